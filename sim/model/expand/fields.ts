/** Typed looks into an entry: a key the schema does not know does not compile. */
import { didYouMean } from '../nearest.ts';
import { type Dict, type Entry, type Origin, shorten, type Tree } from '../tree.ts';
import type { Made } from './entries.ts';
import { textOf } from './values.ts';
import type { World } from './world.ts';

export class Fields<Keys> {
  readonly world: World;
  readonly at: Origin;
  private readonly entries: ReadonlyMap<string, Entry>;

  constructor(world: World, tree: Tree, at: Origin) {
    this.world = world;
    this.at = at;
    this.entries = tree.is === 'map' ? tree.entries : new Map();
  }

  static of<Keys>(world: World, made: Pick<Made, 'tree' | 'at'>): Fields<Keys> {
    return new Fields<Keys>(world, made.tree, made.at);
  }

  get(key: keyof Keys & string): Tree | undefined {
    return this.entries.get(key)?.value;
  }

  /** Where the key stands; where the entry stands if it has no such key. */
  place(key: keyof Keys & string): Origin {
    return this.entries.get(key)?.at ?? this.at;
  }

  has(key: keyof Keys & string): boolean {
    return this.entries.has(key);
  }

  /** The keys that are there. What the schema does not know was told of before. */
  keys(): Iterable<keyof Keys & string> {
    return this.entries.keys() as Iterable<keyof Keys & string>;
  }

  /** Which of these keys are there. */
  among<K extends keyof Keys & string>(...keys: K[]): K[] {
    return keys.filter((key) => this.entries.has(key));
  }

  need(key: keyof Keys & string, why: string): Tree | undefined {
    const value = this.get(key);
    if (!value) this.world.context.problem(this.at, `"${key}" is missing`, why);
    return value;
  }

  text(key: keyof Keys & string): string | null {
    return textOf(this.get(key));
  }

  inner(key: keyof Keys & string): Dict | null {
    const value = this.get(key);
    return value?.is === 'map' ? value : null;
  }

  problem(key: keyof Keys & string, says: string, hint?: string): void {
    this.world.context.problem(this.place(key), says, hint);
  }
}

/** A source that is cited must be listed. */
export function checkSource(world: World, tree: Tree | undefined): string | null {
  const name = textOf(tree);
  if (!tree || name === null) return null;
  if (!world.sources.has(name))
    world.context.problem(tree.at, `there is no source "${shorten(name)}"`, didYouMean(name, world.sources));
  return name;
}
