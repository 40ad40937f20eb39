/** The shapes of the states, as paths around a middle: circle, triangle, ring, diamond, square with a cross, dashed round and square. */
import type { State } from '../frame/words.ts';

const circle = (x: number, y: number, r: number): string =>
  `M${x - r},${y}a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0z`;
const square = (x: number, y: number, r: number): string => `M${x - r},${y - r}h${2 * r}v${2 * r}h${-2 * r}z`;

/** The body of a state's shape with radius `r`. Radii differ a little, so that all look the same size. */
export function bodyPath(state: State, x: number, y: number, r: number): string {
  switch (state) {
    case 'degraded':
      return `M${x},${y - r * 1.08}L${x + r * 1.1},${y + r * 0.86}H${x - r * 1.1}z`;
    case 'starting':
      return `M${x},${y - r * 1.15}L${x + r * 1.15},${y}L${x},${y + r * 1.15}L${x - r * 1.15},${y}z`;
    case 'down':
    case 'off':
      return square(x, y, r * 0.9);
    default:
      return circle(x, y, state === 'unreachable' ? r * 0.84 : r);
  }
}

/** What is drawn on top of the body: the cross of what is down, the heart of what runs but is cut off. */
export function markPath(state: State, x: number, y: number, r: number): string {
  if (state === 'down') {
    const d = r * 0.48;
    return `M${x - d},${y - d}l${2 * d},${2 * d}M${x + d},${y - d}l${-2 * d},${2 * d}`;
  }
  return '';
}

/** A dot in the middle says that it runs. */
export const heartPath = (state: State, x: number, y: number, r: number): string =>
  state === 'unreachable' ? circle(x, y, r * 0.3) : '';
