/** What holds a fact as it is, on a terminal: a tree of what would have to be otherwise, and the smallest change of all. */
import type { Flip, Held, HeldClock, HeldGate, HeldTest, Ms, WhatHolds } from '../../index.ts';
import { padEnd, widthOf, wrap } from './layout.ts';
import type { Palette } from './paint.ts';

/** Deeper than this nobody reads on; so many of a kind, and kinds, are told beside each other. */
const DEEPEST = 14;
const MOST = 5;
const NAMED = 4;

/** A line of the tree: a fact with the clock of its latest change, or a note on those below it. */
interface Row {
  readonly text: string;
  readonly at: Ms | null;
  readonly note: boolean;
  /** Says how many of those below would do. */
  readonly isHead: boolean;
  /** What stands behind it, and behind how many are like it. */
  readonly tail: string;
  readonly below: readonly Row[];
}
const row = (text: string, at: Ms | null, below: readonly Row[] = [], tail = ''): Row => ({
  text,
  at,
  note: false,
  isHead: false,
  tail,
  below,
});
const note = (text: string): Row => ({ ...row(text, null), note: true });

export function heldLines({ by }: WhatHolds, clock: (at: Ms) => string, width: number, paint: Palette): string[] {
  const rows = new Rows(clock).of(by, 0);
  if (rows.length === 0)
    return [
      by.so ? '  All that it takes is there: it comes to bear now.' : '  └─ nothing in this scenario changes that',
    ];
  return drawn(rows, '  ', clock, width, paint);
}

// ---- rows ----

class Rows {
  constructor(private readonly clock: (at: Ms) => string) {}

  /** What is told of below a fact. */
  of(held: Held, depth: number): readonly Row[] {
    const open = through(held);
    if (open.is !== 'gate') return this.rows(open, depth);
    const { head, below } = this.block(open, depth);
    const [first, ...others] = below.filter((one) => !one.note);
    // A gate alone in a gate: its head is the head.
    if (head === null && first?.isHead && others.length === 0)
      return [...below.filter((one) => one.note), note(first.text), ...first.below];
    return head === null ? below : [note(head), ...below];
  }

  private rows(held: Held, depth: number): readonly Row[] {
    const open = through(held);
    if (open.so) return [];
    if (open.is === 'test') return [this.test(open, depth)];
    if (open.is === 'clock') return [this.running(open)];
    if (open.is === 'outside') return [row(`missing: that ${open.says}`, null)];
    const { head, below } = this.block(open, depth);
    return head === null ? below : [{ ...row(head, null, below), isHead: true }];
  }

  private test(test: HeldTest, depth: number): Row {
    const { says, since, told, declared, circle, barren, by } = test;
    if (told) return row(`${says} (as above)`, since);
    if (barren) return row(`${says} (nothing in this scenario changes that)`, since);
    if (declared.length > 0) {
      const back = circle ? [note('one way of taking that back waits for this in turn')] : [];
      return row(says, since, back, `, by ${declared.join(' and ')}`);
    }
    if (by === null) return row(says, since);
    return depth < DEEPEST ? row(says, since, this.of(by, depth + 1)) : row(`${says}, and so on`, since);
  }

  /** How many of those below would do; nothing to be said of one alone. */
  private block(
    { need, of }: HeldGate,
    depth: number,
  ): { readonly head: string | null; readonly below: readonly Row[] } {
    const so = of.filter((one) => one.so);
    const missing = need - so.length;
    const all = of.filter((one) => !one.so);
    const possible = all.filter((one) => !isHopeless(one));
    const open = possible.length >= missing ? possible : all;
    const groups = alike(open);
    const rest = groups.slice(MOST).flat().length;
    return {
      head: headOf(missing, open.length),
      below: [
        ...(need > 1 ? this.already(so) : []),
        ...groups.slice(0, MOST).flatMap((group) => this.group(group, depth)),
        ...(rest > 0 ? [row(`and ${rest} more`, null)] : []),
      ],
    };
  }

  private group(group: readonly Held[], depth: number): readonly Row[] {
    const shown = group.find(({ folded }) => !folded) ?? (group[0] as Held);
    const [first, ...others] = this.rows(shown, depth);
    if (!first || group.length === 1) return first ? [first, ...others] : [];
    const text = first.isHead
      ? `${first.text.slice(0, -1)} (so for each of ${group.length}, all alike):`
      : `${first.text}, and ${group.length - 1} more alike`;
    return [{ ...first, text }, ...others];
  }

  private already(so: readonly Held[]): readonly Row[] {
    const groups = alike(so.filter((one): one is HeldTest => one.is === 'test' && one.since !== null));
    return groups.slice(0, 2).map(([first, ...more]) => {
      const { says, since } = first as HeldTest;
      const others = more.length > 0 ? `, and ${more.length} more alike` : '';
      return note(`already so: ${says}, since ${this.clock(since as Ms)}${others}`);
    });
  }

  private running({ rule, takes, until, once }: HeldClock): Row {
    const says = CLOCKS[rule] ?? 'it takes time';
    const long = takes === null ? '' : `, ${takes} in all`;
    const end = until === null ? '' : `, until ${this.clock(until)}`;
    return row(`${says}${long}${end}`, null, once.is === 'gate' ? this.already(once.of) : this.already([once]));
  }
}

/** A clock that does not run yet is as what it waits for; all of all and any of any are one. */
function through(held: Held): Held {
  if (held.is === 'clock') return held.so || held.runs ? held : through(held.once);
  if (held.is !== 'gate' || held.so) return held;
  const isAll = held.need === held.of.length;
  const of = held.of.map(through).flatMap((one) => {
    if (one.is !== 'gate' || one.so) return [one];
    return (isAll && one.need === one.of.length) || (!isAll && held.need === 1 && one.need === 1) ? one.of : [one];
  });
  return { ...held, of, need: isAll ? of.length : held.need };
}

/** No way leads there, whatever else is so. */
const isHopeless = (held: Held): boolean =>
  held.is === 'test'
    ? held.barren && held.never
    : held.is === 'gate' && !held.so && held.of.filter((one) => !isHopeless(one)).length < held.need;

function headOf(missing: number, open: number): string | null {
  if (open < 2) return null;
  if (missing === open) return `${open === 2 ? 'both' : `all ${open}`} of these would have to be otherwise:`;
  if (open === 2) return 'either of these would do:';
  return missing === 1 ? `any one of these ${open} would do:` : `${missing} of these ${open} would do:`;
}

/** Those of which the same would have to be said, together; in the order of the first of each. */
function alike<T extends Held>(list: readonly T[]): readonly (readonly T[])[] {
  const groups = new Map<string, T[]>();
  for (const one of list) {
    groups.set(one.like, [...(groups.get(one.like) ?? []), one]);
  }
  return [...groups.values()];
}

const CLOCKS: Readonly<Partial<Record<HeldClock['rule'], string>>> = {
  hold: 'it has to last first',
  expiry: 'what was known before lives on in the cache',
  work: 'the work on it goes on',
  message: 'the news of it is under way',
  schedule: 'its time has not come',
  luck: 'it is a matter of luck when',
  forced: 'it is forced from outside',
};

// ---- drawing ----

function drawn(
  rows: readonly Row[],
  front: string,
  clock: (at: Ms) => string,
  width: number,
  paint: Palette,
): string[] {
  const last = rows.findLastIndex((one) => !one.note);
  return rows.flatMap((one, index) => {
    const rest = index < last ? `${front}│  ` : `${front}   `;
    const own = one.note ? `${front}${index < last ? '│ ' : '  '}` : `${front}${index < last ? '├─ ' : '└─ '}`;
    const at = one.at === null ? '' : clock(one.at);
    const room = Math.max(20, width - widthOf(own) - (at === '' ? 0 : widthOf(at) + 2));
    const lines = wrap(one.text + one.tail, room).map((text, k) => {
      const head = paint.dim(k === 0 ? own : one.note ? own : rest);
      if (one.note) return head + paint.dim(text);
      return k > 0 || at === '' ? head + text : `${head}${padEnd(text, room)}  ${paint.mark(at)}`;
    });
    return [...lines, ...drawn(one.below, rest, clock, width, paint)];
  });
}

// ---- the smallest change ----

export function smallestLines(
  what: WhatHolds,
  clock: (at: Ms) => string,
  width: number,
  { title, dim }: Palette,
): string[] {
  const { smallest, turns } = what;
  const later = turns === null ? 'In this run it stayed so to the end.' : `In this run it turned at ${clock(turns)}.`;
  const say = (text: string): string[] => wrap(text, width).map(title);
  if (smallest === null)
    return [...say('Nothing that this scenario knows of would have made it otherwise.'), ...wrap(later, width)];
  const { sets, found, sure, circular } = smallest;
  if (sets.some(({ flips }) => flips.length === 0))
    return say(`Nothing has to change: only time has to pass. ${later}`);
  if (sets.length === 0) return say('There are too many ways for it to be otherwise to find the shortest.');
  const effect = sets.every(({ begins }) => begins) ? 'set it going' : 'made it otherwise';
  const head = circular
    ? `It waits for itself: nothing outside of the circle would have ${effect}. The least within it:`
    : sets.length === 1
      ? `The smallest change that would have ${effect}:`
      : `The smallest changes, each of which would have ${effect}:`;
  const others = found - sets.length;
  const slower = ({ begins }: (typeof sets)[number]): string =>
    begins && effect !== 'set it going' ? ', after some time' : '';
  return [
    ...say(head),
    '',
    ...sets.flatMap((set) => bullet(saySet(set.flips) + slower(set), width)),
    ...(others > 0 ? [dim(`    and ${others}${found >= 60 ? ' or more' : ''} of that size besides`)] : []),
    ...(sure ? [] : wrap('There may be a smaller one: there was too much to look at.', width)),
    '',
    ...wrap(later, width),
  ];
}

const bullet = (text: string, width: number): string[] =>
  wrap(text, width - 4).map((line, k) => (k === 0 ? `  • ${line}` : `    ${line}`));

function saySet(set: readonly Flip[]): string {
  const said = set.map(({ says }) => says);
  if (said.length <= NAMED) return said.join(', and ');
  return `${said.length} at once: ${said.slice(0, NAMED - 1).join(', ')}, and ${said.length - NAMED + 1} more`;
}
