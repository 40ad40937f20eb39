/** What became of a trouble in another run: gone, new, later, sooner, worse or lighter. Trouble is matched by when it was. */
import type { Spell } from './spells.ts';

/**
 * Of a trouble as it was in the other run, and as it is in this one:
 * - `new`: only this run has it; `fixed`: only the other had it;
 * - `worsened`: people or parts are stopped for longer; or as long, and in trouble for longer;
 * - `delayed`: not worse, and it begins later;
 * - `eased`: neither, and they are stopped, or in trouble, for less long;
 * - `sooner`: as long, and it begins sooner.
 * What differs by no more than the grain is no difference.
 */
export const CLASSES = ['new', 'worsened', 'delayed', 'sooner', 'eased', 'fixed'] as const;
export type Class = (typeof CLASSES)[number];

/** Each class has a shape beside its word. */
export const CLASS_SIGN: Readonly<Record<Class, string>> = {
  new: '✚',
  worsened: '▼',
  delayed: '⇥',
  sooner: '⇤',
  eased: '▲',
  fixed: '✓',
};
export const CLASS_GLOSS: Readonly<Record<Class, string>> = {
  new: 'only this run has this trouble',
  worsened: 'stopped, or in trouble, for longer than there',
  delayed: 'not worse, and it begins later than there',
  sooner: 'as long as there, and it begins sooner',
  eased: 'stopped, or in trouble, for less long than there',
  fixed: 'only the other run has this trouble',
};

/** One trouble of one run: a spell, or several that belong to one of the other run. */
export interface Trouble {
  readonly from: number;
  readonly to: number;
  /** Time in trouble, and of that the time stopped; less than from `from` to `to` where it was well in between. */
  readonly long: number;
  readonly deep: number;
  readonly spells: number;
  readonly word: string;
}

export interface Change {
  readonly as: Class;
  readonly ours: Trouble | null;
  readonly theirs: Trouble | null;
}

interface Match {
  readonly ours: Spell[];
  readonly theirs: Spell[];
}

/**
 * Spells that overlap, even through a third, are one trouble. Those that overlap with nothing of the other run are taken in order:
 * the first of one run between two matches is the first of the other run there, only at another time.
 */
function matched(ours: readonly Spell[], theirs: readonly Spell[]): readonly Match[] {
  const all = [
    ...ours.map((spell) => ({ spell, mine: true })),
    ...theirs.map((spell) => ({ spell, mine: false })),
  ].sort((a, b) => a.spell.from - b.spell.from || a.spell.to - b.spell.to);
  const groups: Match[] = [];
  let reach = Number.NEGATIVE_INFINITY;
  for (const { spell, mine } of all) {
    if (spell.from >= reach) groups.push({ ours: [], theirs: [] });
    const group = groups[groups.length - 1]!;
    (mine ? group.ours : group.theirs).push(spell);
    reach = Math.max(reach, spell.to);
  }
  const done: Match[] = [];
  let waiting: Match[] = [];
  for (const group of groups) {
    if (group.ours.length > 0 && group.theirs.length > 0) {
      done.push(...waiting, group);
      waiting = [];
      continue;
    }
    const mine = group.ours.length > 0;
    const other = waiting.find((one) => (mine ? one.ours : one.theirs).length === 0);
    if (other) (mine ? other.ours : other.theirs).push(...(mine ? group.ours : group.theirs));
    else waiting.push(group);
  }
  return [...done, ...waiting];
}

function troubleOf(spells: readonly Spell[]): Trouble | null {
  const [first] = spells;
  if (!first) return null;
  const worst = spells.reduce((a, b) =>
    b.deep > a.deep || (b.deep === a.deep && b.to - b.from > a.to - a.from) ? b : a,
  );
  return {
    from: first.from,
    to: Math.max(...spells.map(({ to }) => to)),
    long: spells.reduce((sum, { from, to }) => sum + to - from, 0),
    deep: spells.reduce((sum, { deep }) => sum + deep, 0),
    spells: spells.length,
    word: worst.word,
  };
}

function classOf(ours: Trouble | null, theirs: Trouble | null, grain: number): Class | null {
  if (!ours || !theirs) return ours ? 'new' : 'fixed';
  const [deep, long, from] = [ours.deep - theirs.deep, ours.long - theirs.long, ours.from - theirs.from];
  const much = (by: number): boolean => Math.abs(by) > grain;
  const worse = much(deep) ? deep > 0 : long > grain;
  if (worse) return 'worsened';
  if (from > grain) return 'delayed';
  if (much(deep) || much(long)) return 'eased';
  return from < -grain ? 'sooner' : null;
}

/** All that differs between the spells of one subject in two runs, in order of time. `grain`: ms that do not count. */
export function changesOf(ours: readonly Spell[], theirs: readonly Spell[], grain: number): readonly Change[] {
  return matched(ours, theirs).flatMap((match): Change[] => {
    const [mine, other] = [troubleOf(match.ours), troubleOf(match.theirs)];
    const as = classOf(mine, other, grain);
    return as === null ? [] : [{ as, ours: mine, theirs: other }];
  });
}
