/** The story on a terminal: clock times in front, sentences beside them. */
import { captionsOf, factSentence, formatClock } from '../../index.ts';
import type { Simulation } from '../simulate.ts';
import { hang, padEnd } from './layout.ts';
import type { Palette } from './paint.ts';

interface Line {
  readonly clock: string;
  readonly says: string;
  readonly paint?: (text: string) => string;
}

/** Every change by itself, watched ones included, and the captions among them. */
export function everyChange({ plan, trace }: Simulation, width: number, paint: Palette): string[] {
  const { start } = plan.scenario;
  const captions = captionsOf(plan, trace).map(({ at, says }) => ({
    at,
    id: Number.POSITIVE_INFINITY,
    says,
    caption: true,
  }));
  const changes = Array.from({ length: trace.count }, (_, id) => ({
    at: trace.columns.at[id] as number,
    id,
    says: factSentence(trace, id),
    caption: false,
  }));
  const told = [...changes, ...captions].sort((a, b) => a.at - b.at || a.id - b.id);
  return columns(
    told.map(({ at, says, caption }) => ({
      clock: formatClock(start, at),
      says,
      ...(caption ? { paint: paint.title } : {}),
    })),
    width,
    paint,
  );
}

export const storyLines = everyChange;

function columns(lines: readonly Line[], width: number, { mark }: Palette): string[] {
  const room = Math.max(0, ...lines.map(({ clock }) => clock.length));
  return lines.flatMap(({ clock, says, paint = (text) => text }) => {
    const front = `  ${padEnd(clock, room)}  `;
    return hang(front, says, width).map(
      (line, i) => (i === 0 ? mark(front) : ' '.repeat(front.length)) + paint(line.slice(front.length)),
    );
  });
}
