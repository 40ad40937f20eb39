/** Variants: which patches a variant stands for, each once and in order, and whether they get along. */
import type { Context } from './context.ts';
import { disagreement, listOf } from './lists.ts';
import { didYouMean } from './nearest.ts';
import { applyPatch } from './patch.ts';
import { type Dict, type Entry, entryOf, type Leaf, type Origin, shorten, type Tree, under } from './tree.ts';

/** What a variant may not change: it would be another file. */
const FIXED = ['netfall', 'id', 'variants', 'sources', 'extends'];
/** Variants that one may build on, all in all. */
const MOST_BELOW = 50;

/** The scenario with the variant's patches merged in. */
export function applyVariant(root: Dict, name: string, context: Context): Dict {
  const variants = new Variants(root, context);
  if (variants.known.has(name)) return variants.applied(name);
  const names = [...variants.known.keys()];
  const listed = names.length > 0 ? `variants here: ${names.slice(0, 20).join(', ')}` : undefined;
  context.problem(
    entryOf(root, 'variants')?.at ?? root.at,
    `there is no variant "${shorten(name)}"`,
    didYouMean(name, names) ?? listed,
  );
  return root;
}

/** Checks every variant's patch against the scenario, whichever is chosen. */
export function checkVariants(root: Dict, context: Context): void {
  const variants = new Variants(root, context);
  for (const name of variants.known.keys()) variants.applied(name);
}

/** Where several patches have been merged one after the other; shared by the variants that begin alike. */
interface Stage {
  readonly tree: Dict;
  readonly next: Map<string, Stage>;
}

class Variants {
  readonly known: ReadonlyMap<string, Entry>;
  private readonly context: Context;
  private readonly base: Stage;
  private readonly checked = new Set<string>();

  constructor(root: Dict, context: Context) {
    const variants = under(root, 'variants');
    this.known = variants?.is === 'map' ? variants.entries : new Map();
    this.context = context;
    this.base = { tree: root, next: new Map() };
  }

  applied(name: string): Dict {
    let stage = this.base;
    for (const one of this.chain(name)) {
      this.check(one);
      const known = stage.next.get(one);
      const next: Stage = known ?? { tree: this.patched(stage.tree, one), next: new Map() };
      stage.next.set(one, next);
      stage = next;
    }
    return stage.tree;
  }

  private patch(name: string): Tree | undefined {
    return under(this.known.get(name)?.value, 'patch');
  }

  private patched(tree: Dict, name: string): Dict {
    const patch = this.patch(name);
    return patch?.is === 'map' ? applyPatch(tree, patch, this.context) : tree;
  }

  private also(name: string): readonly Leaf[] {
    return listOf(under(this.known.get(name)?.value, 'also')).filter((item) => item.is === 'leaf');
  }

  /** The variant after all it builds on, each once. */
  private chain(name: string): ReadonlySet<string> {
    const order = new Set<string>();
    const open: string[] = [];
    const visit = (one: string, at: Origin) => {
      if (order.has(one) || order.size > MOST_BELOW) return;
      this.context.spend('work', 1, at);
      if (!this.known.has(one)) {
        this.context.problem(at, `there is no variant "${shorten(one)}"`, didYouMean(one, this.known.keys()));
      } else if (open.includes(one)) {
        const circle = [...open.slice(open.indexOf(one)), one].join(' → ');
        this.context.problem(at, `a variant builds on itself: ${shorten(circle)}`);
      } else if (open.length > MOST_BELOW) {
        this.context.problem(at, `a variant builds on more than ${MOST_BELOW} others`);
      } else {
        open.push(one);
        for (const item of this.also(one)) visit(item.text, item.at);
        open.pop();
        order.add(one);
      }
    };
    const { at } = this.known.get(name) as Entry;
    visit(name, at);
    if (order.size > MOST_BELOW) this.context.problem(at, `a variant builds on more than ${MOST_BELOW} others`);
    return order;
  }

  /** Once for each: what it may not change, and two side by side under `also` that set one thing differently: neither comes first. */
  private check(name: string): void {
    if (this.checked.has(name)) return;
    this.checked.add(name);
    const own = this.patch(name);
    for (const [key, { at }] of own?.is === 'map' ? own.entries : []) {
      if (FIXED.includes(key)) this.context.problem(at, `a variant cannot change "${key}"`);
    }
    const also = this.also(name);
    also.forEach(({ text, at }, i) => {
      for (const other of also.slice(0, i)) {
        this.context.spend('work', 10, at);
        const [a, b] = [this.patch(other.text), this.patch(text)];
        const both = a && b && disagreement(a, b);
        if (!both) continue;
        const says = `"${other.text}" and "${text}" set ${both.path.join('.')} differently`;
        this.context.problem(at, says, 'set it in this variant, or build on one of them only');
      }
    });
  }
}

/** One thing that a variant writes: its path, and its value as written; null where it is taken away. */
export interface Written {
  readonly path: string;
  readonly value: string | null;
}

/** What a variant's own patch writes, in its order. */
export function writtenBy(variant: Tree | undefined): readonly Written[] {
  const patch = under(variant, 'patch');
  return patch ? leavesOf(patch, '') : [];
}

function leavesOf(tree: Tree, path: string): Written[] {
  if (tree.is === 'leaf') return [{ path, value: tree.value === null ? null : tree.text }];
  if (tree.is === 'list') return [{ path, value: `[ ${tree.items.map(saying).join(', ')} ]` }];
  if (tree.entries.size === 0) return [{ path, value: '{}' }];
  return [...tree.entries].flatMap(([key, { value }]) => leavesOf(value, path === '' ? key : `${path}.${key}`));
}

function saying(tree: Tree): string {
  if (tree.is === 'leaf') return tree.text;
  if (tree.is === 'list') return `[ ${tree.items.map(saying).join(', ')} ]`;
  return `{ ${[...tree.entries].map(([key, { value }]) => `${key}: ${saying(value)}`).join(', ')} }`;
}
