/** What is said of the run at a moment, large under the picture: so much of it as two lines hold. */
import type { Run } from '../load/run.ts';
import type { Moment } from '../state/session.ts';
import { textWidth } from './text.ts';

export interface Caption {
  /** Empty before the first is said. */
  readonly says: string;
  readonly at: number;
  /** Room is kept for the longest, so that the picture stays where it is. */
  readonly lines: 1 | 2;
}

const CAPTION_SIZE = 15;
const SIDES = 40;

export function captionOf(run: Run, { at, step }: Moment, width: number): Caption | null {
  if (run.captions.length === 0) return null;
  const now = run.captions.findLast((one) => one.step <= step && one.at <= at);
  const longest = run.captions.reduce((most, { says }) => Math.max(most, textWidth(says, CAPTION_SIZE)), 0);
  return { says: now?.says ?? '', at: now?.at ?? 0, lines: longest > width - SIDES ? 2 : 1 };
}
