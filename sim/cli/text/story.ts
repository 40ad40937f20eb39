/** The story on a terminal: clock times in front, sentences beside them, captions standing out. */

import type { Simulation } from '../../index.ts';
import { type StoryLine, story } from '../../index.ts';
import { clean, hang, padEnd, widest } from './layout.ts';
import type { Palette } from './paint.ts';
import { count } from './words.ts';

/** In short, and how much that leaves out; or `full`: everything but claims. */
export function storyLines(
  simulation: Simulation,
  full: boolean,
  width: number,
  { mark, dim, title }: Palette,
): string[] {
  const { plan, trace } = simulation;
  const whole = story(plan.scenario, trace, { detail: 'full' });
  const lines = full ? whole : story(plan.scenario, trace);
  const clocks = lines.map(({ when }) => when.split(' to '));
  const room = widest(clocks.map(([from = '']) => from));
  const told = lines.flatMap(({ says, kind }, i) => {
    const [from = '', to] = clocks[i] as string[];
    const front = `  ${padEnd(from, room)}  `;
    const until = to === undefined ? '' : `, the last at ${to}`;
    return hang(front, clean(says) + until, width).map((line, k) => {
      const text = line.slice(front.length);
      const painted = kind === 'caption' ? title(text) : dimEnd(text, until, dim);
      return (k === 0 ? mark(front) : ' '.repeat(front.length)) + painted;
    });
  });
  const left = full ? 0 : leftOut(whole, lines);
  if (left === 0) return told;
  const rest = `… and ${count(left, 'lesser turn')}, which --full tells`;
  return [...told, ...hang(`  ${' '.repeat(room)}  `, rest, width).map(dim)];
}

/** Lines of the whole story of which a shorter one has told nothing. */
function leftOut(whole: readonly StoryLine[], lines: readonly StoryLine[]): number {
  const told = new Set(lines.flatMap(({ changes }) => changes));
  return whole.filter(({ kind, changes }) => kind === 'change' && !changes.some((id) => told.has(id))).length;
}

const dimEnd = (text: string, end: string, dim: (text: string) => string): string =>
  end !== '' && text.endsWith(end) ? text.slice(0, -end.length) + dim(end) : text;
