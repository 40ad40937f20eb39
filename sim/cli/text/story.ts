/** The story on a terminal: clock times in front, sentences beside them, captions standing out. */
import { story } from '../../index.ts';
import type { Simulation } from '../simulate.ts';
import { clean, hang, padEnd, widest } from './layout.ts';
import type { Palette } from './paint.ts';

/** In short, or `full`: everything but claims. */
export function storyLines(
  simulation: Simulation,
  full: boolean,
  width: number,
  { mark, dim, title }: Palette,
): string[] {
  const { plan, trace } = simulation;
  const lines = story(plan.scenario, trace, { detail: full ? 'full' : 'short' });
  const clocks = lines.map(({ when }) => when.split(' to '));
  const room = widest(clocks.map(([from = '']) => from));
  return lines.flatMap(({ says, kind }, i) => {
    const [from = '', to] = clocks[i] as string[];
    const front = `  ${padEnd(from, room)}  `;
    const until = to === undefined ? '' : `, the last at ${to}`;
    return hang(front, clean(says) + until, width).map((line, k) => {
      const text = line.slice(front.length);
      const told = kind === 'caption' ? title(text) : dimEnd(text, until, dim);
      return (k === 0 ? mark(front) : ' '.repeat(front.length)) + told;
    });
  });
}

const dimEnd = (text: string, end: string, dim: (text: string) => string): string =>
  end !== '' && text.endsWith(end) ? text.slice(0, -end.length) + dim(end) : text;
