/** What holds a fact as it is, on a terminal: a tree of what would have to be otherwise, and the smallest change of all. */
import type { Flip, Held, HeldClock, HeldGate, HeldTest, Ms, WhatHolds } from '../../index.ts';
import { padEnd, widthOf, wrap } from './layout.ts';
import type { Palette } from './paint.ts';

/** Deeper than this nobody reads on; of what is too long ever less is told, down to this. */
const DEEPEST = 14;
const SHALLOWEST = 3;
/** So many of a kind, and kinds, are told beside each other. */
const MOST = 5;
const NAMED = 4;
const TAKEN = 2;

const NEVER = ' (nothing in this scenario changes that)';
const AS_ABOVE = ' (as above)';

interface Fold {
  /** How deep. */
  readonly deepest: number;
  /** What has come to rest is not followed. */
  readonly rests: boolean;
}

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

/** The tree, folded until it takes no more lines than there is room for, or as far as it can be. */
export function heldLines(
  { by, since }: WhatHolds,
  clock: (at: Ms) => string,
  width: number,
  room: number,
  paint: Palette,
): string[] {
  const inFull = new Map<string, HeldTest>();
  fullIn(by, inFull);
  const told = (fold: Fold): string[] =>
    drawn(new Rows(clock, fold, inFull).of(by, { depth: 0, since }), '  ', clock, width, paint);
  let lines = told({ deepest: DEEPEST, rests: false });
  for (let deepest = DEEPEST; lines.length > room && deepest >= SHALLOWEST; deepest--)
    lines = told({ deepest, rests: true });
  if (lines.length > 0) return lines;
  return [by.so ? '  All that it takes is there: it comes to bear now.' : '  └─ nothing in this scenario changes that'];
}

// ---- rows ----

/** Below which fact: how deep that is, and since when it has been as it is. */
interface Under {
  readonly depth: number;
  readonly since: Ms | null;
}

/** Where each fact is told in full. */
function fullIn(held: Held, found: Map<string, HeldTest>): void {
  if (held.is === 'gate') for (const one of held.of) fullIn(one, found);
  if (held.is === 'clock') fullIn(held.once, found);
  if (held.is !== 'test' || held.by === null) return;
  found.set(held.fact, held);
  fullIn(held.by, found);
}

class Rows {
  private readonly shown = new Set<string>();

  constructor(
    private readonly clock: (at: Ms) => string,
    private readonly fold: Fold,
    private readonly inFull: ReadonlyMap<string, HeldTest>,
  ) {}

  /** What is told of below a fact. */
  of(held: Held, under: Under): readonly Row[] {
    const open = through(held);
    if (open.is !== 'gate') return this.rows(open, under);
    const { head, below } = this.block(open, under);
    const [first, ...others] = below.filter((one) => !one.note);
    // A gate alone in a gate: its head is the head.
    if (head === null && first?.isHead && others.length === 0)
      return [...below.filter((one) => one.note), note(first.text), ...first.below];
    return head === null ? below : [note(head), ...below];
  }

  private rows(held: Held, under: Under): readonly Row[] {
    const open = through(held);
    if (open.so) return [];
    if (open.is === 'test') return [this.test(open, under)];
    if (open.is === 'clock') return [this.running(open)];
    if (open.is === 'outside') return [row(`missing: that ${open.says}`, null)];
    const { head, below } = this.block(open, under);
    return head === null ? below : [{ ...row(head, null, below), isHead: true }];
  }

  private test(test: HeldTest, { depth }: Under): Row {
    const { fact, says, since, told, declared, circle, barren, limit } = test;
    if (limit !== null) return row(`${says}; it would have to be ${limit}`, since);
    if (barren || (this.fold.rests && test.rests)) return row(says, since, [], NEVER);
    if (declared.length > 0) {
      const back = circle ? [note('one way of taking that back waits for this in turn')] : [];
      return row(says, since, back, `, by ${declared.join(' and ')}`);
    }
    // It was told in full where that may have been left out.
    const by = told ? this.inFull.get(fact)?.by : test.by;
    if (!by) return row(says, since, [], told ? AS_ABOVE : '');
    if (this.shown.has(fact)) return row(says, since, [], AS_ABOVE);
    this.shown.add(fact);
    return depth < this.fold.deepest
      ? row(says, since, this.of(by, { depth: depth + 1, since }))
      : row(says, since, [], ', and so on');
  }

  /** How many of those below would do; nothing to be said of one alone. */
  private block(
    { need, of }: HeldGate,
    under: Under,
  ): { readonly head: string | null; readonly below: readonly Row[] } {
    const so = of.filter((one) => one.so);
    const missing = need - so.length;
    const all = of.filter((one) => !one.so);
    // Where there is a choice, what cannot come is left out.
    const possible = enough(
      enough(all, (one) => !isHopeless(one), missing),
      (one) => !this.isOver(one, under.depth),
      missing,
    );
    const groups = alike(possible);
    const rest = groups.slice(MOST).flat().length;
    const told = groups.slice(0, MOST).map((group) => this.group(group, under));
    const already = need > 1 ? this.already(so, under.since) : [];
    const [[first, ...others] = []] = told;
    // Of things that are all alike it is said once, there, how many are needed.
    if (first && told.length === 1 && possible.length > 1 && !first.isHead)
      return {
        head: null,
        below: [...already, { ...first, text: `${first.text} (${howMany(missing, possible.length)})` }, ...others],
      };
    return {
      head: headOf(missing, possible.length),
      below: [...already, ...told.flat(), ...(rest > 0 ? [row(`and ${rest} more`, null)] : [])],
    };
  }

  /** Nothing that is still to come turns it. Of what the fact itself hangs on that is told. */
  private isOver(held: Held, depth: number): boolean {
    if (held.is === 'gate') return !held.so && held.of.filter((one) => !this.isOver(one, depth)).length < held.need;
    return held.is === 'test' && (held.barren || (this.fold.rests && depth > 0 && held.rests));
  }

  private group(group: readonly Held[], under: Under): readonly Row[] {
    const shown = group.find(({ folded }) => !folded) ?? (group[0] as Held);
    const [first, ...others] = this.rows(shown, under);
    if (!first || group.length === 1) return first ? [first, ...others] : [];
    const text = first.isHead
      ? `${first.text.slice(0, -1)} (so for each of ${group.length}, all alike):`
      : `${first.text}, and ${group.length - 1} more alike`;
    return [{ ...first, text }, ...others];
  }

  /** What came to be so after the fact became what it is: what was so before is no news. */
  private already(so: readonly Held[], since: Ms | null): readonly Row[] {
    const tests = new Map(so.flatMap(soIn).map((test) => [test.fact, test]));
    const news = [...tests.values()].filter((test) => test.since !== null && test.since >= (since ?? 0));
    return alike(news)
      .slice(0, 2)
      .map((group) => {
        const last = group.reduce((a, b) => ((b.since as Ms) > (a.since as Ms) ? b : a));
        const others = group.length > 1 ? `, and ${group.length - 1} more alike` : '';
        return note(`already so: ${last.says}, since ${this.clock(last.since as Ms)}${others}`);
      });
  }

  private running({ rule, takes, until, once }: HeldClock): Row {
    const says = CLOCKS[rule] ?? 'it takes time';
    const long = takes === null ? '' : `, ${takes} in all`;
    const end = until === null ? '' : `, until ${this.clock(until)}`;
    return row(`${says}${long}${end}`, null, this.already([once], null));
  }
}

/** Those for which this holds, if they are enough; else all. */
function enough(list: readonly Held[], may: (one: Held) => boolean, missing: number): readonly Held[] {
  const some = list.filter(may);
  return some.length >= missing ? some : list;
}

/** The tests by which it is so. */
function soIn(held: Held): readonly HeldTest[] {
  if (!held.so) return [];
  if (held.is === 'test') return [held];
  if (held.is === 'gate') return held.of.flatMap(soIn);
  return held.is === 'clock' ? soIn(held.once) : [];
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

function howMany(missing: number, open: number): string {
  if (missing === open) return `it takes ${open === 2 ? 'both' : 'all'}`;
  return missing === 1 ? 'any one would do' : `it takes ${missing}`;
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
  const { smallest, turns, loaded } = what;
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
    ...sets.flatMap((set) => bullet(saySet(set.flips) + takenBy(set.flips) + slower(set), width)),
    ...(others > 0 ? [dim(`    and ${others}${found >= 60 ? ' or more' : ''} of that size besides`)] : []),
    ...(loaded
      ? wrap('By itself, and if nothing drowns: how much would be asked then, only a run can tell.', width)
      : []),
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

/** What those of a set take that are computed as a whole. */
function takenBy(set: readonly Flip[]): string {
  const taken = [...new Set(set.flatMap(({ takes }) => takes.map(({ says }) => says)))];
  const rest = taken.length - TAKEN;
  if (taken.length === 0) return '';
  return `, as when ${taken.slice(0, TAKEN).join(' and ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
