/** The names of one kind of thing, the groups among them, and which of them a pattern means. */

import type { Context } from '../context.ts';
import { didYouMean } from '../nearest.ts';
import { type Origin, shorten } from '../tree.ts';
import { byName } from '../units.ts';
import { type Captured, expandBraces, hasBraces, parseBraces } from './braces.ts';
import { globMatcher, isGlob } from './globs.ts';

/** A pattern may spell out this many names by braces. */
const MOST_SPELLED = 20_000;

interface Meant {
  readonly names: readonly string[];
  readonly captured: readonly Captured[];
}

const NONE: readonly string[] = [];
const isPlain = (pattern: string): boolean => !isGlob(pattern) && !hasBraces(pattern);

export class Section {
  /** What one of it is called in sentences: "node", "link". */
  readonly what: string;
  private readonly context: Context;
  private readonly singles = new Set<string>();
  private readonly groups = new Map<string, readonly string[]>();
  private readonly members = new Set<string>();
  private readonly found = new Map<string, Meant>();
  private readonly wrong = new Set<string>();

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
    return isPlain(pattern) ? this.called(pattern) : this.meant(pattern, at).names;
  }

  /** The same with what the pattern captured of each; of an instance, what it captured of the node. */
  captured(pattern: string, at: Origin): readonly Captured[] {
    return isPlain(pattern)
      ? this.called(pattern).map((name) => ({ name, captures: [] }))
      : this.meant(pattern, at).captured;
  }

  /** Whether a problem was reported about the pattern itself. */
  isWrong(pattern: string): boolean {
    return this.wrong.has(pattern);
  }

  private called(name: string): readonly string[] {
    return this.groups.get(name) ?? (this.has(name) ? [name] : NONE);
  }

  private meant(pattern: string, at: Origin): Meant {
    const known = this.found.get(pattern);
    if (known) return known;
    const met = new Map<string, readonly string[]>();
    const lost: string[] = [];
    for (const one of this.spelled(pattern, at)) {
      if (!this.one(one, at, (name, captures) => met.has(name) || met.set(name, captures))) lost.push(one.name);
    }
    // What braces spell out is meant, each of it: a misspelt name among good ones is not passed over.
    for (const name of met.size > 0 ? lost.slice(0, 3) : []) {
      this.context.problem(
        at,
        isGlob(name)
          ? `no ${this.what} matches "${shorten(name)}", of "${shorten(pattern)}"`
          : `there is no ${this.what} "${shorten(name)}", of "${shorten(pattern)}"`,
        didYouMean(name, this.names()),
      );
    }
    this.context.spend('work', met.size, at);
    const captured = [...met].map(([name, captures]) => ({ name, captures })).sort((a, b) => byName(a.name, b.name));
    const meant: Meant = { names: captured.map(({ name }) => name), captured };
    this.found.set(pattern, meant);
    return meant;
  }

  private spelled(pattern: string, at: Origin): readonly Captured[] {
    if (!hasBraces(pattern)) return [{ name: pattern, captures: [] }];
    const braces = parseBraces(pattern);
    if (typeof braces === 'string' || braces.count > MOST_SPELLED) {
      const says = `"${shorten(pattern)}" spells out more than ${MOST_SPELLED} names`;
      this.context.problem(at, typeof braces === 'string' ? braces : says);
      this.wrong.add(pattern);
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
  ): boolean {
    if (!isGlob(pattern)) {
      const names = this.called(pattern);
      for (const name of names) meet(name, captures);
      return names.length > 0;
    }
    const byInstance = pattern.includes('@') || this.what !== 'node';
    this.context.spend('work', this.singles.size + this.groups.size + (byInstance ? this.members.size : 0), at);
    const match = globMatcher(pattern);
    let any = false;
    const look = (names: Iterable<string>, means: (name: string) => readonly string[]) => {
      for (const name of names) {
        const stars = match(name);
        if (!stars) continue;
        any = true;
        for (const meant of means(name)) meet(meant, [...captures, ...stars]);
      }
    };
    look(this.singles, (name) => [name]);
    look(this.groups.keys(), (name) => this.groups.get(name) as readonly string[]);
    if (byInstance) look(this.members, (name) => [name]);
    return any;
  }

  static filter(names: readonly string[], pattern: string): string[] {
    const match = globMatcher(pattern);
    return names.filter((name) => match(name) !== null);
  }
}
