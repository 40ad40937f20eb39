/** The names of one kind of thing, the groups among them, and which of them a pattern means. */
import type { Origin } from '../tree.ts';
import { byName } from '../units.ts';
import { type Captured, expandBraces, hasBraces, parseBraces } from './braces.ts';
import type { Context } from './context.ts';
import { globMatcher, isGlob } from './globs.ts';

/** A pattern may spell out this many names by braces. */
const MOST_SPELLED = 20_000;

interface Meant {
  readonly names: readonly string[];
  readonly captured: readonly Captured[];
}

export class Section {
  /** What one of it is called in sentences: "node", "link". */
  readonly what: string;
  private readonly context: Context;
  private readonly singles = new Set<string>();
  private readonly groups = new Map<string, readonly string[]>();
  private readonly members = new Set<string>();
  private readonly found = new Map<string, Meant>();

  constructor(what: string, context: Context) {
    this.what = what;
    this.context = context;
  }

  add(name: string): void {
    this.singles.add(name);
  }

  /** A name that stands for several: the instances of a node, the links of one entry. */
  addGroup(name: string, members: readonly string[]): void {
    this.groups.set(name, [...members].sort(byName));
    for (const member of members) this.members.add(member);
  }

  has(name: string): boolean {
    return this.singles.has(name) || this.members.has(name);
  }

  group(name: string): readonly string[] | undefined {
    return this.groups.get(name);
  }

  /** Every name one may write. */
  *names(): Iterable<string> {
    yield* this.singles;
    yield* this.groups.keys();
    yield* this.members;
  }

  /** All the things a pattern of names, braces and stars means, in order of their names. */
  matching(pattern: string, at: Origin): readonly string[] {
    return this.meant(pattern, at).names;
  }

  /** The same with what the pattern captured of each; of an instance, what it captured of the node. */
  captured(pattern: string, at: Origin): readonly Captured[] {
    return this.meant(pattern, at).captured;
  }

  private meant(pattern: string, at: Origin): Meant {
    const known = this.found.get(pattern);
    if (known) return known;
    const met = new Map<string, readonly string[]>();
    const meet = (name: string, captures: readonly string[]) => {
      if (!met.has(name)) met.set(name, captures);
    };
    for (const one of this.spelled(pattern, at)) this.one(one, at, meet);
    this.context.spend('work', met.size, at);
    const captured = [...met].map(([name, captures]) => ({ name, captures })).sort((a, b) => byName(a.name, b.name));
    const meant = { names: captured.map(({ name }) => name), captured };
    this.found.set(pattern, meant);
    return meant;
  }

  private spelled(pattern: string, at: Origin): readonly Captured[] {
    if (!hasBraces(pattern)) return [{ name: pattern, captures: [] }];
    const braces = parseBraces(pattern);
    if (typeof braces === 'string' || braces.count > MOST_SPELLED) {
      this.context.problem(
        at,
        typeof braces === 'string' ? braces : `"${pattern}" spells out more than ${MOST_SPELLED} names`,
      );
      return [];
    }
    this.context.spend('work', braces.count, at);
    return expandBraces(braces);
  }

  /** A star in a pattern without @ means nodes by their own name, and so all instances of those that have some. */
  private one(
    { name: pattern, captures }: Captured,
    at: Origin,
    meet: (name: string, captures: readonly string[]) => void,
  ): void {
    if (!isGlob(pattern)) {
      for (const name of this.groups.get(pattern) ?? (this.has(pattern) ? [pattern] : [])) meet(name, captures);
      return;
    }
    const byInstance = pattern.includes('@') || this.what !== 'node';
    this.context.spend('work', this.singles.size + this.groups.size + (byInstance ? this.members.size : 0), at);
    const match = globMatcher(pattern);
    const look = (names: Iterable<string>, means: (name: string) => readonly string[]) => {
      for (const name of names) {
        const stars = match(name);
        if (stars) for (const meant of means(name)) meet(meant, [...captures, ...stars]);
      }
    };
    look(this.singles, (name) => [name]);
    look(this.groups.keys(), (name) => this.groups.get(name) as readonly string[]);
    if (byInstance) look(this.members, (name) => [name]);
  }

  static filter(names: readonly string[], pattern: string): string[] {
    const match = globMatcher(pattern);
    return names.filter((name) => match(name) !== null);
  }
}
