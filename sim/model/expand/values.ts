/** Times, numbers, words and flags out of the tree; what is wrong is reported and a harmless value put in its place. */

import type { Context } from '../context.ts';
import { readDraw, readMoment, readNumber, readSpan, Wrong } from '../draws.ts';
import { type Draw, fixed } from '../luck.ts';
import { didYouMean } from '../nearest.ts';
import { foundOf, type Leaf, shorten, type Tree } from '../tree.ts';
import type { Ms } from '../units.ts';

export const NOW: Draw = fixed(0);

/** The leaf, or null after saying that something else was found. */
export function leafOf(context: Context, tree: Tree, expected: string): Leaf | null {
  if (tree.is !== 'leaf') context.problem(tree.at, `expected ${expected}, found ${foundOf(tree)}`);
  return tree.is === 'leaf' && !tree.broken ? tree : null;
}

function read<T>(
  context: Context,
  tree: Tree | undefined,
  expected: string,
  instead: T,
  reader: (text: string) => T | Wrong,
): T {
  if (!tree) return instead;
  const leaf = leafOf(context, tree, expected);
  if (!leaf) return instead;
  const value = reader(leaf.text);
  if (!(value instanceof Wrong)) return value;
  context.problem(leaf.at, value.says, value.hint);
  return instead;
}

export const spanOf = (context: Context, tree: Tree | undefined, instead: Ms = 0): Ms =>
  read(context, tree, 'a time span such as 90s', instead, readSpan);

export const momentOf = (context: Context, tree: Tree | undefined, start: number): Ms | null =>
  read<Ms | null>(context, tree, 'a moment such as 9m or 15:39Z', null, (text) =>
    text === 'never' ? null : readMoment(text, start),
  );

/** The same few texts are read for every node of a family. */
const DRAWN = new Map<string, Draw | Wrong>();
const MOST_DRAWN = 1000;

function drawn(text: string): Draw | Wrong {
  const known = DRAWN.get(text);
  if (known) return known;
  const draw = readDraw(text);
  if (DRAWN.size < MOST_DRAWN && text.length < 100) DRAWN.set(text, draw);
  return draw;
}

export function drawOf(context: Context, tree: Tree | undefined, instead: Draw = NOW): Draw {
  const empirical = tree?.is === 'map' ? tree.entries.get('empirical')?.value : undefined;
  if (empirical?.is === 'list')
    return { law: 'empirical', values: empirical.items.map((item) => spanOf(context, item)) };
  return read(context, tree, 'a time span such as 90s, or a draw such as 1m..5m', instead, drawn);
}

export interface Limits {
  readonly least?: number;
  readonly most?: number;
  readonly whole?: boolean;
}

export function numberOf(context: Context, tree: Tree | undefined, instead: number, limits: Limits = {}): number {
  return read(context, tree, 'a number', instead, (text) => {
    const n = readNumber(text);
    if (n instanceof Wrong) return n;
    const { least = -Infinity, most = Infinity, whole = false } = limits;
    if (whole && !Number.isInteger(n)) return new Wrong(`expected a whole number, found ${shorten(text)}`);
    if (n >= least && n <= most) return n;
    return new Wrong(
      most === Infinity
        ? `expected a number of at least ${least}, found ${shorten(text)}`
        : `expected a number from ${least} to ${most}, found ${shorten(text)}`,
    );
  });
}

export function flagOf(context: Context, tree: Tree | undefined, instead = false): boolean {
  return read(context, tree, 'true or false', instead, (text) =>
    text === 'true' || text === 'false' ? text === 'true' : new Wrong(`expected true or false, found "${text}"`),
  );
}

export function wordOf<W extends string>(context: Context, tree: Tree | undefined, words: readonly W[], instead: W): W {
  return read<W>(
    context,
    tree,
    `one of ${words.join(', ')}`,
    instead,
    (text) =>
      words.find((word) => word === text) ??
      new Wrong(`expected one of ${words.join(', ')}, found "${text}"`, didYouMean(text, words)),
  );
}

export const textOf = (tree: Tree | undefined): string | null =>
  tree?.is === 'leaf' && tree.value !== null ? tree.text : null;

export { listOf } from '../lists.ts';
