/** Conditions from the way they are written to gates over single questions; names for conditions are put in where they are used. */

import type { FactKind } from '../facts.ts';
import { didYouMean } from '../nearest.ts';
import type { Condition, Test } from '../scenario.ts';
import { type Dict, type Entry, foundOf, type Leaf, type Origin, shorten, type Tree } from '../tree.ts';
import type { Builder } from './asked.ts';
import { asks, HEADS, type Head } from './questions.ts';
import { parseSelector, type Selected, select } from './selectors.ts';
import { numberOf } from './values.ts';
import { ANYBODY, type Asker, type World, watched } from './world.ts';

const GATES: ReadonlySet<string> = new Set(['all', 'any', 'atLeast', 'not']);
const HOLDS: Condition = { all: [] };
const NONE: ReadonlySet<string> = new Set();
/** Keys that may stand in the map of a question, though not beside every question. */
const DETAILS: ReadonlySet<string> = new Set([
  'of',
  'downAfter',
  'upAfter',
  ...[...HEADS.values()].flatMap((head) => head.details),
]);

/** Reads conditions of one scenario; remembers named ones by who asks. */
export class Conditions implements Builder {
  readonly world: World;
  private readonly named = new Map<string, Condition>();
  /** Conditions that differ with who asks. */
  private readonly personal = new Set<string>();
  private readonly sizes = new WeakMap<Condition, number>();
  private readonly used = new Set<string>();
  private readonly open: string[] = [];

  constructor(world: World) {
    this.world = world;
  }

  /** A condition nobody asks is read all the same: its mistakes are mistakes. */
  checkUnused(name: string): void {
    if (this.used.has(name)) return;
    const tree = this.world.conditions.get(name) as Tree;
    this.byName(name, tree, ANYBODY, tree.at);
  }

  /** `extra`: keys of the map that belong to the one who asks (`else`, `downAfter`). */
  read(tree: Tree, asker: Asker, extra: ReadonlySet<string> = NONE): Condition {
    this.world.context.spend('questions', 1, tree.at);
    if (tree.is === 'leaf') return this.word(tree, asker);
    if (tree.is === 'list') return this.gate('all', tree.items, asker);
    return this.map(tree, asker, extra);
  }

  private map(tree: Dict, asker: Asker, extra: ReadonlySet<string>): Condition {
    let first: string | undefined;
    let second: string | undefined;
    let misspelt = false;
    for (const key of tree.entries.keys()) {
      if (extra.has(key)) continue;
      if (!GATES.has(key) && !asks(tree.entries, key)) misspelt ||= !DETAILS.has(key);
      else if (first === undefined) first = key;
      else second ??= key;
    }
    if (first === undefined) {
      // A misspelt key is reported already: it may be the question.
      if (misspelt) return HOLDS;
      const hint = 'a condition is a name, all, any, atLeast, not, or a question such as up or reach';
      return this.wrong(tree.at, 'this asks nothing', hint);
    }
    if (second !== undefined) {
      const { at } = tree.entries.get(second) as Entry;
      const hint = 'write them as a list, or under all or any';
      return this.wrong(at, `"${first}" and "${second}" are two questions in one`, hint);
    }
    const head = HEADS.get(first);
    if (tree.entries.size > 1)
      this.checkDetails(tree, first, head?.details ?? (first === 'atLeast' ? ['of'] : []), extra);
    if (head) return this.question(head, first, tree, asker);
    const value = (key: string) => tree.entries.get(key)?.value;
    if (first === 'not') return { not: this.read(value('not') as Tree, asker) };
    if (first !== 'atLeast') return this.gate(first as 'all' | 'any', this.items(value(first) as Tree), asker);
    const of = value('of');
    if (!of) return this.wrong(tree.at, '"atLeast" needs the list it counts under `of`');
    const items = this.items(of);
    const atLeast = numberOf(this.world.context, value('atLeast'), 1, { whole: true });
    if (atLeast < 1 || atLeast > items.length) {
      return this.wrong(
        (value('atLeast') as Tree).at,
        `atLeast ${atLeast} of ${items.length} can never be judged`,
        items.length > 0 ? `expected 1 to ${items.length}` : undefined,
      );
    }
    return { atLeast, of: items.map((item) => this.read(item, asker)) };
  }

  private checkDetails(tree: Dict, first: string, details: readonly string[], extra: ReadonlySet<string>): void {
    for (const [key, { at }] of tree.entries) {
      if (key === first || details.includes(key) || extra.has(key) || !DETAILS.has(key)) continue;
      const listed = details.length > 0 ? `with it go ${details.join(', ')}` : undefined;
      this.wrong(at, `"${key}" does not go with "${first}"`, didYouMean(key, details) ?? listed);
    }
  }

  private items(tree: Tree): readonly Tree[] {
    if (tree.is === 'list') return tree.items;
    this.wrong(tree.at, `expected a list, found ${foundOf(tree)}`);
    return [];
  }

  private gate(gate: 'all' | 'any', items: readonly Tree[], asker: Asker): Condition {
    const conditions = items.map((item) => this.read(item, asker));
    if (conditions.length === 1) return conditions[0] as Condition;
    return gate === 'all' ? { all: conditions } : { any: conditions };
  }

  private question(head: Head, key: string, tree: Dict, asker: Asker): Condition {
    const condition = head.read({
      conditions: this,
      world: this.world,
      asker,
      key,
      at: tree.at,
      get: (name) => tree.entries.get(name)?.value,
    });
    return condition ?? HOLDS;
  }

  /** A bare word: a condition by name, a node that is up, a task that is done. */
  private word(leaf: Leaf, asker: Asker): Condition {
    if (leaf.broken || leaf.value === null) return HOLDS;
    const { how, pattern } = parseSelector(leaf.text.trim());
    const { nodes, tasks } = this.world.sections;
    const named = this.world.conditions.get(pattern);
    if (named) {
      const other = [nodes, tasks].find((section) => section.has(pattern) || section.group(pattern));
      if (other)
        return this.wrong(
          leaf.at,
          `"${shorten(pattern)}" is a condition and a ${other.what}`,
          'give one of them another name',
        );
      return how === 'one'
        ? this.byName(pattern, named, asker, leaf.at)
        : this.wrong(leaf.at, `"${pattern}" is a condition, and there is one of it`, `write "${pattern}"`);
    }
    const selected = select(this.world, [nodes, tasks], leaf, asker);
    if (!selected) return HOLDS;
    return (
      this.quantified(selected, (name) => this.ask(selected.section === nodes ? 'up' : 'done', [name], leaf.at)) ??
      HOLDS
    );
  }

  private byName(name: string, tree: Tree, asker: Asker, at: Origin): Condition {
    const known = this.named.get(this.personal.has(name) ? keyOf(name, asker) : name);
    if (known) {
      this.world.context.spend('questions', this.sizeOf(known), at);
      return known;
    }
    if (this.open.includes(name)) {
      return this.wrong(
        at,
        `a condition names itself: ${shorten([...this.open.slice(this.open.indexOf(name)), name].join(' → '))}`,
      );
    }
    if (this.open.length >= 20) return this.wrong(at, 'conditions name each other more than 20 deep');
    this.used.add(name);
    this.open.push(name);
    let looked = false;
    const condition: Condition = {
      called: name,
      ...this.read(
        tree,
        watched(asker, () => {
          looked = true;
        }),
      ),
    };
    this.open.pop();
    if (looked) this.personal.add(name);
    this.named.set(looked ? keyOf(name, asker) : name, condition);
    return condition;
  }

  private sizeOf(condition: Condition): number {
    const known = this.sizes.get(condition);
    if (known !== undefined) return known;
    const parts =
      'all' in condition
        ? condition.all
        : 'any' in condition
          ? condition.any
          : 'of' in condition
            ? condition.of
            : 'not' in condition
              ? [condition.not]
              : [];
    const size = parts.reduce((sum, part) => sum + this.sizeOf(part), 1);
    this.sizes.set(condition, size);
    return size;
  }

  /** One condition for each name, under the selector's gate; null when `of` leaves out every one. */
  quantified(
    selected: Pick<Selected, 'how' | 'count' | 'names'>,
    of: (name: string) => Condition | null,
  ): Condition | null {
    const parts = selected.names.map(of).filter((part) => part !== null);
    if (parts.length === 0) return null;
    if (parts.length === 1) return parts[0] as Condition;
    if (selected.how === 'any') return { any: parts };
    return selected.how === 'atLeast' ? { atLeast: Math.min(selected.count, parts.length), of: parts } : { all: parts };
  }

  ask(kind: FactKind, subjects: readonly string[], at: Origin, test: Test = { is: true }): Condition {
    this.world.context.spend('questions', 1, at);
    return { ask: { kind, subjects, test } };
  }

  wrong(at: Origin, says: string, hint?: string): Condition {
    this.world.context.problem(at, says, hint);
    return HOLDS;
  }
}

const keyOf = (name: string, { node, here, network, resolver, population, unknown }: Asker): string =>
  [name, node, here, network, resolver, population, unknown].join('\n');
