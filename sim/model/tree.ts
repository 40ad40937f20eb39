/** A document as a tree in which every value remembers where it was written; merging and expanding keep the places. */
import type { Place, Problem } from './problems.ts';

/** A text that was read, and where its lines begin. */
export class Source {
  readonly file: string;
  private readonly text: string | null;
  private starts: number[] | null = null;

  /** Without a text (a setting from the command line) everything stands at line 1, column 1. */
  constructor(file: string, text: string | null) {
    this.file = file;
    this.text = text;
  }

  place(offset: number): Place {
    if (this.text === null) return { file: this.file, line: 1, column: 1 };
    this.starts ??= lineStarts(this.text);
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return { file: this.file, line: low + 1, column: offset - (this.starts[low] as number) + 1 };
  }
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** Where a value was written, and inside what. */
export interface Origin {
  readonly source: Source;
  readonly offset: number;
  readonly parent: Origin | null;
  readonly key: string | number | null;
}

export interface Leaf {
  readonly is: 'leaf';
  readonly value: string | number | boolean | null;
  /** As written, without quotes: names may look like numbers (`1`, `0x10`) and still are names. */
  readonly text: string;
  readonly at: Origin;
  /** A problem was reported about this value: nothing more is said about it. */
  readonly broken?: true;
}
export interface List {
  readonly is: 'list';
  readonly items: readonly Tree[];
  readonly at: Origin;
}
export interface Dict {
  readonly is: 'map';
  readonly entries: ReadonlyMap<string, Entry>;
  readonly at: Origin;
}
export type Tree = Leaf | List | Dict;

/** One key of a map; `at` is the place of the key. */
export interface Entry {
  readonly at: Origin;
  readonly value: Tree;
}

export const rootOrigin = (source: Source, offset = 0): Origin => ({ source, offset, parent: null, key: null });

/** Where in the document, as a person would say it: `nodes.api.needs[1].up`. */
export function pathOf(origin: Origin): string {
  const parts: string[] = [];
  for (let step: Origin | null = origin; step && step.key !== null; step = step.parent) {
    parts.push(typeof step.key === 'number' ? `[${step.key}]` : `.${shorten(step.key)}`);
  }
  const path = parts.reverse().join('');
  return path.startsWith('.') ? path.slice(1) : path;
}

export function problemAt(at: Origin, says: string, hint?: string): Problem {
  const problem = { place: at.source.place(at.offset), path: pathOf(at), says };
  return hint === undefined ? problem : { ...problem, hint };
}

export const entryOf = (tree: Tree | undefined, key: string): Entry | undefined =>
  tree?.is === 'map' ? tree.entries.get(key) : undefined;
export const under = (tree: Tree | undefined, key: string): Tree | undefined => entryOf(tree, key)?.value;

/** The same content, wherever it was written. */
export function sameTree(a: Tree, b: Tree): boolean {
  if (a.is === 'leaf') return b.is === 'leaf' && a.text === b.text;
  if (a.is === 'list') {
    return (
      b.is === 'list' &&
      a.items.length === b.items.length &&
      a.items.every((item, i) => sameTree(item, b.items[i] as Tree))
    );
  }
  if (b.is !== 'map' || a.entries.size !== b.entries.size) return false;
  for (const [key, entry] of a.entries) {
    const other = b.entries.get(key);
    if (!other || !sameTree(entry.value, other.value)) return false;
  }
  return true;
}

export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain };

/** Plain data, for the schema and for handing on. */
export function plainOf(tree: Tree): Plain {
  if (tree.is === 'leaf') return tree.value;
  if (tree.is === 'list') return tree.items.map(plainOf);
  const plain: Record<string, Plain> = {};
  for (const [key, entry] of tree.entries) plain[key] = plainOf(entry.value);
  return plain;
}

/** A tree of plain data that was written nowhere: a patch from a program. Undefined and functions have no place in one. */
export function treeOf(
  plain: unknown,
  source: Source,
  parent: Origin | null = null,
  key: string | number | null = null,
): Tree {
  const at: Origin = { source, offset: 0, parent, key };
  if (Array.isArray(plain)) return { is: 'list', at, items: plain.map((item, i) => treeOf(item, source, at, i)) };
  if (typeof plain === 'object' && plain !== null) {
    const entries = new Map<string, Entry>();
    for (const [name, value] of Object.entries(plain)) {
      const tree = treeOf(value, source, at, name);
      entries.set(name, { at: tree.at, value: tree });
    }
    return { is: 'map', at, entries };
  }
  if (typeof plain === 'string' || typeof plain === 'number' || typeof plain === 'boolean' || plain === null) {
    return { is: 'leaf', at, value: plain, text: String(plain) };
  }
  throw new Error(`a patch is plain data, found ${typeof plain} at ${pathOf(at)}`);
}

/** "a map", "a list", "the number 5", "nothing". */
export function foundOf(tree: Tree): string {
  if (tree.is === 'map') return 'a map';
  if (tree.is === 'list') return 'a list';
  if (tree.value === null) return 'nothing';
  return typeof tree.value === 'string' ? `"${shorten(tree.value)}"` : tree.text;
}

/** Long texts are cut in sentences. */
export const shorten = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}…` : text);

/** "a router", "an access". */
export const aKind = (noun: string): string => `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
