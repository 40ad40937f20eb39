/** Two runs beside each other: where they part, what became of each trouble, and what both come to. Ours is the one that is shown. */
import { type Change, CLASSES, type Class, changesOf, type Trouble } from './classes.ts';
import { type Divergence, divergenceOf } from './differ.ts';
import { type Figures, figuresOf } from './figures.ts';
import { type Subject, subjectsOf } from './spells.ts';
import { clockText, lasting, many } from './time.ts';
import type { World } from './world.ts';

/** Differences of one class in one group: one line of the list. */
interface Difference {
  readonly as: Class;
  readonly kind: Subject['kind'];
  readonly label: string;
  readonly kindWord: string;
  readonly thing: string;
  readonly count: number;
  readonly people: number;
  readonly ours: Trouble | null;
  readonly theirs: Trouble | null;
}

export interface Comparison {
  readonly ours: World;
  readonly theirs: World;
  /** Differences of so many ms are none. */
  readonly grain: number;
  readonly parts: Divergence | null;
  readonly list: readonly Difference[];
  /** What became of the troubles of each part, by the page's id for it. */
  readonly classes: ReadonlyMap<string, readonly Class[]>;
  readonly counts: Readonly<Record<Class, number>>;
  readonly figures: readonly [ours: Figures, theirs: Figures];
}

/** A thousandth of the longer run: what nobody sees on its axis. */
const grainOf = (...lengths: readonly number[]): number => Math.max(1, Math.max(...lengths) / 1000);

export function compare(ours: World, theirs: World): Comparison {
  const grain = grainOf(ours.run.length, theirs.run.length);
  const [mine, others] = [subjectsOf(ours, grain), subjectsOf(theirs, grain)];
  const changes = differencesOf(mine, others, grain);
  return {
    ours,
    theirs,
    grain,
    parts: divergenceOf(ours.run, theirs.run),
    list: gathered(changes),
    classes: classesByThing(changes),
    counts: Object.fromEntries(
      CLASSES.map((one) => [one, changes.filter(({ change }) => change.as === one).length]),
    ) as Record<Class, number>,
    figures: [figuresOf(ours, mine), figuresOf(theirs, others)],
  };
}

interface Found {
  readonly subject: Subject;
  readonly change: Change;
}

/** What is in one run alone is compared with never having been in trouble. */
function differencesOf(mine: readonly Subject[], others: readonly Subject[], grain: number): Found[] {
  const theirs = new Map(others.map((subject) => [subject.key, subject]));
  const ours = new Set(mine.map(({ key }) => key));
  return [...mine, ...others.filter(({ key }) => !ours.has(key))].flatMap((subject) =>
    changesOf(ours.has(subject.key) ? subject.spells : [], theirs.get(subject.key)?.spells ?? [], grain).map(
      (change): Found => ({ subject, change }),
    ),
  );
}

function classesByThing(found: readonly Found[]): ReadonlyMap<string, readonly Class[]> {
  const classes = new Map<string, Class[]>();
  for (const { subject, change } of found) {
    const known = classes.get(subject.thing);
    if (known) known.push(change.as);
    else classes.set(subject.thing, [change.as]);
  }
  return classes;
}

/** One trouble for many: from the first that begins to the last that is over, by the longest of them. */
function around(troubles: readonly (Trouble | null)[]): Trouble | null {
  const there = troubles.filter((one) => one !== null);
  const [first] = there;
  if (!first) return null;
  const most = there.reduce((a, b) => (b.deep > a.deep || (b.deep === a.deep && b.long > a.long) ? b : a));
  return {
    ...most,
    from: there.reduce((a, { from }) => Math.min(a, from), first.from),
    to: there.reduce((a, { to }) => Math.max(a, to), first.to),
    spells: there.reduce((a, { spells }) => Math.max(a, spells), 1),
  };
}

/** What happens to many of a kind is one line, where it happens at about one time: those that overlap. */
function gathered(found: readonly Found[]): readonly Difference[] {
  const groups = new Map<string, Found[][]>();
  for (const one of found) {
    const key = `${one.change.as} ${one.subject.kind} ${one.subject.group}`;
    const lists = groups.get(key) ?? [];
    groups.set(key, lists);
    const same = lists.find((list) => list.some(({ change }) => touch(change, one.change)));
    if (same) same.push(one);
    else lists.push([one]);
  }
  const order = (one: Difference): number => (one.kind === 'journey' ? 0 : CLASSES.length) + CLASSES.indexOf(one.as);
  const weight = ({ ours, theirs }: Difference): number => Math.abs((ours?.deep ?? 0) - (theirs?.deep ?? 0));
  return [...groups.values()]
    .flat()
    .map((list): Difference => {
      const { subject, change } = list[0]!;
      const subjects = new Map(list.map((one) => [one.subject.key, one.subject]));
      return {
        as: change.as,
        kind: subject.kind,
        label: subjects.size === 1 ? subject.name : subject.label,
        kindWord: subject.kindWord,
        thing: subject.thing,
        count: subjects.size,
        people: [...subjects.values()].reduce((sum, { people }) => sum + (people ?? 0), 0),
        ours: around(list.map((one) => one.change.ours)),
        theirs: around(list.map((one) => one.change.theirs)),
      };
    })
    .sort(
      (a, b) => order(a) - order(b) || b.people - a.people || weight(b) - weight(a) || (a.label < b.label ? -1 : 1),
    );
}

const touch = (a: Change, b: Change): boolean => {
  const [one, other] = [a.ours ?? a.theirs, b.ours ?? b.theirs];
  return one !== null && other !== null && one.from < other.to && other.from < one.to;
};

export interface SideText {
  readonly value: string;
  readonly why: string;
  /** Row in its own run, or -1. */
  readonly row: number;
}

export interface Line {
  readonly id: string;
  readonly as: Class;
  readonly label: string;
  readonly whom: string;
  readonly ours: string;
  readonly theirs: string;
  readonly by: string;
  readonly thing: string;
  /** Where in the shown run a click leads. */
  readonly at: number;
}

export interface NumberRow {
  readonly label: string;
  readonly ours: string;
  readonly theirs: string;
  /** For whom this number is better, for people: `ours`, `theirs`, or neither. */
  readonly better: 'ours' | 'theirs' | null;
}

export interface CompareText {
  readonly names: readonly [ours: string, theirs: string];
  readonly parts: {
    readonly at: number;
    readonly time: string;
    readonly fact: string;
    readonly ours: SideText;
    readonly theirs: SideText;
  } | null;
  readonly numbers: readonly NumberRow[];
  readonly counts: readonly { readonly as: Class; readonly count: number }[];
  readonly lines: readonly Line[];
  readonly more: number;
  readonly grain: string;
  readonly people: boolean;
}

/** So many lines are read; more is a heap. */
const LISTED = 80;

export function compareText(comparison: Comparison, names: readonly [string, string]): CompareText {
  const { ours, parts, list, counts, figures, grain } = comparison;
  const { run, brief } = ours;
  const clock = (at: number): string => clockText(run.epoch, at, brief);
  return {
    names,
    parts: parts && {
      at: parts.at,
      time: clock(parts.at),
      fact: parts.fact,
      ours: sideText(ours, parts.ours),
      theirs: sideText(comparison.theirs, parts.theirs),
    },
    numbers: numbersOf(figures, clock),
    counts: CLASSES.map((as) => ({ as, count: counts[as] })).filter(({ count }) => count > 0),
    lines: list.slice(0, LISTED).map((one, i) => lineOf(one, i, comparison, clock)),
    more: Math.max(0, list.length - LISTED),
    grain: lasting(grain),
    people: figures.some(({ userMinutes }) => userMinutes !== null),
  };
}

function sideText({ run, brief }: World, { value, row }: Divergence['ours']): SideText {
  const read = value === null ? 'not there' : value === true ? 'yes' : value === false ? 'no' : String(value);
  if (row < 0)
    return { value: read, row, why: value === null ? 'this run does not speak of it' : 'as it was from the start' };
  const cause = run.changes.tipped[row]!;
  const since = clockText(run.epoch, run.changes.at[row]!, brief);
  return {
    value: read,
    row,
    why: `${run.changes.says(row)}${cause < 0 ? '' : `, because ${run.changes.says(cause)}`} (${since})`,
  };
}

function lineOf(one: Difference, i: number, { ours, theirs }: Comparison, clock: (at: number) => string): Line {
  const told = (trouble: Trouble | null, length: number): string => {
    if (!trouble) return 'no trouble';
    const until = trouble.to >= length ? 'the end' : clock(trouble.to);
    const parts = trouble.spells > 1 ? ` in ${trouble.spells} spells` : '';
    return `${clock(trouble.from)} to ${until}, ${lasting(trouble.long)}${parts}: ${trouble.word}`;
  };
  const here = one.ours ?? one.theirs;
  return {
    id: `${i} ${one.as} ${one.label}`,
    as: one.as,
    label: one.label,
    whom:
      one.kind === 'journey'
        ? one.people > 0
          ? `${many(one.people)} people`
          : ''
        : one.count > 1
          ? `${one.count} ${one.kindWord}`
          : '',
    ours: told(one.ours, ours.run.length),
    theirs: told(one.theirs, theirs.run.length),
    by: byHowMuch(one),
    thing: one.thing,
    at: Math.min(here?.from ?? 0, ours.run.length),
  };
}

/** In the words of its class: how much longer, how much later. */
function byHowMuch({ as, ours, theirs }: Difference): string {
  if (!ours || !theirs) return lasting((ours ?? theirs)?.long ?? 0);
  const deeper = Math.abs(ours.deep - theirs.deep);
  const longer = deeper > 0 ? deeper : Math.abs(ours.long - theirs.long);
  switch (as) {
    case 'delayed':
    case 'sooner':
      return `${lasting(Math.abs(ours.from - theirs.from))} ${as === 'delayed' ? 'later' : 'sooner'}`;
    case 'worsened':
      return `${lasting(longer)} longer`;
    default:
      return `${lasting(longer)} less`;
  }
}

function numbersOf([ours, theirs]: Comparison['figures'], clock: (at: number) => string): NumberRow[] {
  const amount = (n: number | null): string => (n === null ? 'not counted' : many(n));
  const moment = (at: number | null, none: string): string => (at === null ? none : clock(at));
  const over = (one: Figures): string => (one.over === 'over' ? clock(one.troubleOver ?? 0) : one.over);
  const less = (a: number | null, b: number | null): NumberRow['better'] =>
    a === null || b === null || a === b ? null : a < b ? 'ours' : 'theirs';
  const rows: (NumberRow & { readonly told: boolean })[] = [
    {
      label: 'user-minutes lost',
      ours: amount(ours.userMinutes),
      theirs: amount(theirs.userMinutes),
      better: less(ours.userMinutes, theirs.userMinutes),
      told: ours.userMinutes !== null || theirs.userMinutes !== null,
    },
    {
      label: 'people affected at most',
      ours: amount(ours.mostPeople),
      theirs: amount(theirs.mostPeople),
      better: less(ours.mostPeople, theirs.mostPeople),
      told: ours.mostPeople !== null || theirs.mostPeople !== null,
    },
    {
      label: 'first trouble',
      ours: moment(ours.firstTrouble, 'none'),
      theirs: moment(theirs.firstTrouble, 'none'),
      better: null,
      told: true,
    },
    {
      label: 'last trouble over',
      ours: over(ours),
      theirs: over(theirs),
      better: less(endOf(ours), endOf(theirs)),
      told: true,
    },
    {
      label: 'checkpoints held',
      ours: ours.held ? `${ours.held[0]} of ${ours.held[1]}` : '–',
      theirs: theirs.held ? `${theirs.held[0]} of ${theirs.held[1]}` : '–',
      // Whether history is met says nothing for people.
      better: null,
      told: ours.held !== null || theirs.held !== null,
    },
  ];
  return rows.filter(({ told }) => told).map(({ told: _, ...row }) => row);
}

const endOf = ({ over, troubleOver }: Figures): number =>
  over === 'none' ? -1 : over === 'over' ? (troubleOver ?? 0) : Number.POSITIVE_INFINITY;
