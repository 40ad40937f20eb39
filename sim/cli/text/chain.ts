/** Causes on a terminal: the chain as sentences with clock times, and as a tree of what had a part. */
import { type Cause, formatClock, formatDuration, type Ms, type Reasons, type Rule } from '../../index.ts';
import { hang, padEnd, widest, widthOf, wrap } from './layout.ts';
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

/** One sentence a change, from where it began to the change asked about. */
export function chainLines(chain: readonly Cause[], start: number, width: number, { dim, mark }: Palette): string[] {
  const clocks = chain.map(({ at }) => formatClock(start, at));
  const room = widest(clocks);
  return chain.flatMap((cause, i) => {
    const clock = padEnd(clocks[i] as string, room);
    const how = howOf(cause, chain[i - 1]);
    const lines = hang(`  ${clock}  `, how === '' ? cause.says : `${cause.says}, ${how}`, width);
    return lines
      .map((line, k) => (k === 0 ? `  ${mark(clock)}${line.slice(2 + clock.length)}` : line))
      .map((line) => dimEnd(line, how, dim));
  });
}

const dimEnd = (line: string, end: string, dim: (text: string) => string): string =>
  end !== '' && line.endsWith(`, ${end}`) ? `${line.slice(0, -end.length)}${dim(end)}` : line;

/** So many kinds of others are listed under a change. */
const MOST = 6;

/**
 * The change asked about on top; below it what tipped it, and so on down to where it began.
 * What else had a part branches off, marked "also", like ones together, unless it was told further up.
 */
export function treeLines(
  reasons: Reasons,
  chain: readonly Cause[],
  start: number,
  width: number,
  paint: Palette,
): string[] {
  const told = new Set(chain.map(({ id }) => id));
  const line = (front: string, rest: string, says: string, at: Ms): string[] => {
    const clock = formatClock(start, at);
    const room = Math.max(20, width - widthOf(front) - widthOf(clock) - 2);
    return wrap(says, room).map((text, i) =>
      i > 0 ? paint.dim(rest) + text : `${paint.dim(front)}${padEnd(text, room)}  ${paint.mark(clock)}`,
    );
  };
  return chain.toReversed().flatMap((cause, depth) => {
    const others = cause.because.filter((id) => !told.has(id));
    for (const id of others) told.add(id);
    const groups = alike(reasons, others);
    const also = groups.slice(0, MOST).flatMap(([id, ...more]) => {
      const { says, at } = reasons.reason(id as number);
      return line('  ├─ also ', '  │       ', more.length > 0 ? `${says}, and ${more.length} more` : says, at);
    });
    const rest = groups.length > MOST ? [paint.dim(`  ├─ and ${groups.slice(MOST).flat().length} more`)] : [];
    return [...line('  ● ', depth < chain.length - 1 ? '  │ ' : '    ', cause.says, cause.at), ...also, ...rest];
  });
}

/** Changes of the same kind of fact to the same value, together; in the order of the first of each. */
function alike(reasons: Reasons, ids: readonly number[]): readonly (readonly number[])[] {
  const { facts, columns } = reasons.past.history.trace;
  const groups = new Map<string, number[]>();
  for (const id of ids) {
    const key = `${facts.kinds[columns.fact[id] as number]} ${columns.to[id]}`;
    groups.set(key, [...(groups.get(key) ?? []), id]);
  }
  return [...groups.values()];
}

/** Whether anything beside the chain itself had a part. */
export const hasOthers = (chain: readonly Cause[]): boolean => {
  const told = new Set(chain.map(({ id }) => id));
  return chain.some(({ because }) => because.some((id) => !told.has(id)));
};
