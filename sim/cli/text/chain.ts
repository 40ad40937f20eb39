/** Causes on a terminal: the chain as sentences with clock times, and what else had a part in each of them. */
import { type Cause, FACTS, type FactKind, formatClock, formatDuration, type Reasons, type Rule } from '../../index.ts';
import { hang, padEnd, widest } from './layout.ts';
import type { Palette } from './paint.ts';

/** How a change followed from the one that tipped it, so much later; nothing where it followed at once. */
const HOW: Readonly<Record<Rule, (later: string) => string>> = {
  now: (later) => (later ? `${later} later` : ''),
  hold: (later) => (later ? `when that had lasted ${later}` : ''),
  lag: (later) => (later ? `when the news arrived, ${later} later` : ''),
  expiry: (later) => (later ? `when it ran out, ${later} later` : ''),
  work: (later) => (later ? `when the work was done, ${later} later` : ''),
  message: (later) => (later ? `when the message arrived, ${later} later` : ''),
  schedule: (later) => (later ? `${later} later` : ''),
  luck: (later) => (later ? `by chance, ${later} later` : 'by chance'),
  forced: () => 'forced from outside',
  released: () => 'no longer forced',
};

function howOf({ rule, at }: Cause, tipped: Cause | undefined): string {
  const later = tipped ? at - tipped.at : 0;
  // Whoever waits for minutes does not count milliseconds.
  const exact = later < 10_000 ? later : Math.round(later / 1000) * 1000;
  return HOW[rule](later > 0 ? formatDuration(exact) : '');
}

/** So many kinds of others are told before a change. */
const MOST = 3;
const ALSO = 'also';

/**
 * One sentence a change, from where it began to the change asked about. Before each, marked "also", what it follows from beside the
 * change before it: like ones together, and each but once.
 */
export function chainLines(
  reasons: Reasons,
  chain: readonly Cause[],
  start: number,
  width: number,
  paint: Palette,
): string[] {
  const clocks = chain.map(({ at }) => formatClock(start, at));
  const room = widest([...clocks, ALSO]);
  const others = othersOf(chain);
  return chain.flatMap((cause, i) => {
    const before = chain[i - 1];
    const clock = padEnd(clocks[i] as string, room);
    const how = howOf(cause, before);
    const lines = hang(`  ${clock}  `, how === '' ? cause.says : `${cause.says}, ${how}`, width);
    return [
      ...alsoLines(reasons, others[i] as readonly number[], before, start, room, width).map(paint.dim),
      ...lines
        .map((line, k) => (k === 0 ? `  ${paint.mark(clock)}${line.slice(2 + clock.length)}` : line))
        .map((line) => dimEnd(line, how, paint.dim)),
    ];
  });
}

const dimEnd = (line: string, end: string, dim: (text: string) => string): string =>
  end !== '' && line.endsWith(`, ${end}`) ? `${line.slice(0, -end.length)}${dim(end)}` : line;

/** What each change of the chain follows from, without what is told already. */
function othersOf(chain: readonly Cause[]): readonly (readonly number[])[] {
  const told = new Set(chain.map(({ id }) => id));
  return chain.map(({ because }) => {
    const others = because.filter((id) => !told.has(id));
    for (const id of others) told.add(id);
    return others;
  });
}

/** With its time, where that is not the one of the line above. */
function alsoLines(
  reasons: Reasons,
  ids: readonly number[],
  above: Cause | undefined,
  start: number,
  room: number,
  width: number,
): string[] {
  const groups = alike(reasons, ids);
  const line = (mark: string, text: string): string[] => hang(`  ${padEnd(mark, room)}  `, text, width);
  const rest = groups.slice(MOST).flat().length;
  return [
    ...groups.slice(0, MOST).flatMap((group) => {
      const { says, at } = reasons.reason(group.at(-1) as number);
      const more = group.length > 1 ? `, and ${group.length - 1} more` : '';
      return line(ALSO, `${says}${more}${at === above?.at ? '' : `, at ${formatClock(start, at)}`}`);
    }),
    ...(rest > 0 ? line('', `and ${rest} more`) : []),
  ];
}

/** Changes of the same kind of fact to the same value, or of the same kind of number, together; in the order of the first of each. */
function alike(reasons: Reasons, ids: readonly number[]): readonly (readonly number[])[] {
  const { facts, columns } = reasons.past.history.trace;
  const groups = new Map<string, number[]>();
  for (const id of ids) {
    const kind = facts.kinds[columns.fact[id] as number] as FactKind;
    const key = FACTS[kind].domain.is === 'number' ? kind : `${kind} ${columns.to[id]}`;
    groups.set(key, [...(groups.get(key) ?? []), id]);
  }
  return [...groups.values()];
}

/** Whether anything beside the chain itself had a part. */
export const hasOthers = (chain: readonly Cause[]): boolean => othersOf(chain).some(({ length }) => length > 0);
