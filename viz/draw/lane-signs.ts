/** The signs of the lanes, as paths: a flag where somebody was called, two bars where work was interrupted, a tick, a cross, a verdict. */
import type { Verdict } from '../frame/claims.ts';

export const flagPath = (x: number, y: number, height: number): string =>
  `M${x},${y + height}v${-height - 2}l6,2.6l-6,2.6z`;

export const breakPath = (x: number, y: number, height: number): string =>
  [4, 8].map((by) => `M${x + by},${y + 3}h2v${height - 6}h-2z`).join('');

export const tickPath = (x: number, middle: number): string => `M${x - 1},${middle}l3.5,4l6,-8`;

export const crossPath = (x: number, middle: number): string => `M${x - 3},${middle - 4}l8,8m0,-8l-8,8`;

/** A full diamond held, a hollow one was fitted, a cross missed. */
export const verdictPath = (x: number, y: number, verdict: Verdict): string =>
  verdict === 'missed' ? `M${x - 4},${y - 4}l8,8M${x + 4},${y - 4}l-8,8` : `M${x},${y - 5}l5,5l-5,5l-5,-5z`;
