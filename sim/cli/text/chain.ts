/** Causes on a terminal: the chain as sentences with clock times, and as a tree of what had a part. */
import { type Cause, formatClock, formatDuration, type Reasons, type Rule } from '../../index.ts';
import { hang, padEnd, widthOf, wrap } from './layout.ts';
import type { Palette } from './paint.ts';

/** How a change followed from the one that tipped it, so much later. */
const HOW: Readonly<Record<Rule, (later: string) => string>> = {
  now: (later) => (later ? `${later} later` : 'at once'),
  hold: (later) => (later ? `when that had lasted ${later}` : 'at once'),
  lag: (later) => (later ? `when the news arrived, ${later} later` : 'at once'),
  expiry: (later) => (later ? `when it ran out, ${later} later` : 'at once'),
  work: (later) => (later ? `when the work was done, ${later} later` : 'at once'),
  message: (later) => (later ? `when the message arrived, ${later} later` : 'at once'),
  schedule: (later) => (later ? `${later} later` : 'as planned'),
  luck: (later) => (later ? `by chance, ${later} later` : 'by chance'),
  forced: () => 'forced from outside',
  released: () => 'no longer forced',
};

const howOf = ({ rule, at }: Cause, tipped: Cause | undefined): string =>
  HOW[rule](tipped && at > tipped.at ? formatDuration(at - tipped.at) : '');

/** One sentence a change, from where it began to the change asked about. */
export function chainLines(chain: readonly Cause[], start: number, width: number, { dim, mark }: Palette): string[] {
  const clocks = chain.map(({ at }) => formatClock(start, at));
  const room = Math.max(...clocks.map(widthOf));
  return chain.flatMap((cause, i) => {
    const clock = padEnd(clocks[i] as string, room);
    const how = howOf(cause, chain[i - 1]);
    const lines = hang(`  ${clock}  `, `${cause.says}, ${how}`, width);
    return lines
      .map((line, k) => (k === 0 ? `  ${mark(clock)}${line.slice(2 + clock.length)}` : line))
      .map((line) => dimEnd(line, how, dim));
  });
}

const dimEnd = (line: string, end: string, dim: (text: string) => string): string =>
  line.endsWith(`, ${end}`) ? `${line.slice(0, -end.length)}${dim(end)}` : line;

/** So many that had a part beside the tipping one are listed under a change. */
const MOST = 6;

/**
 * The change asked about on top; below it what tipped it, and so on down to where it began.
 * What else had a part branches off, marked "also", unless it was told further up.
 */
export function treeLines(
  reasons: Reasons,
  chain: readonly Cause[],
  start: number,
  width: number,
  paint: Palette,
): string[] {
  const told = new Set(chain.map(({ id }) => id));
  const line = (front: string, rest: string, { says, at }: Cause): string[] => {
    const clock = formatClock(start, at);
    const room = Math.max(20, width - widthOf(front) - widthOf(clock) - 2);
    return wrap(says, room).map((text, i) =>
      i > 0 ? paint.dim(rest) + text : `${paint.dim(front)}${padEnd(text, room)}  ${paint.mark(clock)}`,
    );
  };
  return chain.toReversed().flatMap((cause, depth) => {
    const trunk = depth < chain.length - 1 ? '│' : ' ';
    const others = cause.because.filter((id) => id !== cause.tipped && !told.has(id));
    for (const id of others) told.add(id);
    const hidden = others.length > MOST ? others.length - MOST + 1 : 0;
    return [
      ...line('  ● ', `  ${trunk} `, cause),
      ...others.slice(0, others.length - hidden).flatMap((id) => line('  ├─ also ', '  │       ', reasons.reason(id))),
      ...(hidden > 0 ? [paint.dim(`  ├─ and ${hidden} more like these`)] : []),
    ];
  });
}

/** Whether anything beside the chain itself had a part. */
export const hasOthers = (chain: readonly Cause[]): boolean => {
  const told = new Set(chain.map(({ id }) => id));
  return chain.some(({ because }) => because.some((id) => !told.has(id)));
};
