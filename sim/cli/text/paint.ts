/** Colours, where they are wanted; each has a meaning, and none is the only carrier of one. */
import picocolors from 'picocolors';
import type { Io } from '../io.ts';

type Paint = (text: string) => string;

export interface Palette {
  readonly title: Paint;
  readonly dim: Paint;
  readonly good: Paint;
  readonly bad: Paint;
  readonly warn: Paint;
  readonly mark: Paint;
}

export function paintOf({ color }: Pick<Io, 'color'>): Palette {
  const { bold, dim, green, red, yellow, cyan } = picocolors.createColors(color);
  return { title: bold, dim, good: green, bad: red, warn: yellow, mark: cyan };
}
