/** Variants: which patches a variant stands for, each once and in order, and whether they get along. */
import { disagreement, listOf } from './lists.ts';
import { didYouMean } from './nearest.ts';
import { applyPatch } from './patch.ts';
import type { Problem } from './problems.ts';
import { type Dict, type Entry, entryOf, problemAt, type Tree, under } from './tree.ts';

/** What a variant may not change: it would be another file. */
const FIXED = ['netfall', 'id', 'variants', 'sources', 'extends'];

/** The scenario with the variant's patches merged in. */
export function applyVariant(root: Dict, name: string, problems: Problem[]): Dict {
  const variants = under(root, 'variants');
  const known = variants?.is === 'map' ? variants.entries : new Map<string, Entry>();
  if (!known.has(name)) {
    const hint =
      didYouMean(name, known.keys()) ?? (known.size > 0 ? `variants here: ${[...known.keys()].join(', ')}` : undefined);
    problems.push(problemAt(entryOf(root, 'variants')?.at ?? root.at, `there is no variant "${name}"`, hint));
    return root;
  }
  let patched = root;
  for (const one of chain(known, name, problems)) {
    const patch = under(known.get(one)?.value, 'patch');
    if (patch?.is === 'map') patched = applyPatch(patched, patch, problems);
  }
  return patched;
}

/** Checks every variant's patch against the scenario, whichever is chosen. */
export function checkVariants(root: Dict, problems: Problem[]): void {
  const variants = under(root, 'variants');
  if (variants?.is !== 'map') return;
  for (const [name, { value }] of variants.entries) {
    const patch = under(value, 'patch');
    for (const [key, { at }] of patch?.is === 'map' ? patch.entries : []) {
      if (FIXED.includes(key)) problems.push(problemAt(at, `a variant cannot change "${key}"`));
    }
    applyVariant(root, name, problems);
  }
}

/** The variant after all it builds on, each once. */
function chain(known: ReadonlyMap<string, Entry>, name: string, problems: Problem[]): readonly string[] {
  const order: string[] = [];
  const open: string[] = [];
  const visit = (one: string, at: Tree['at']) => {
    if (order.includes(one)) return;
    const variant = known.get(one);
    if (!variant) {
      problems.push(problemAt(at, `there is no variant "${one}"`, didYouMean(one, known.keys())));
    } else if (open.includes(one)) {
      problems.push(
        problemAt(at, `a variant builds on itself: ${[...open.slice(open.indexOf(one)), one].join(' → ')}`),
      );
    } else {
      open.push(one);
      const also = listOf(under(variant.value, 'also')).filter((item) => item.is === 'leaf');
      for (const item of also) visit(item.text, item.at);
      quarrels(
        known,
        also.map((item) => item.text),
        also.at(-1)?.at,
        problems,
      );
      open.pop();
      order.push(one);
    }
  };
  visit(name, (known.get(name) as Entry).at);
  return order;
}

/** Two variants side by side under `also` that set one thing differently: neither comes first. */
function quarrels(
  known: ReadonlyMap<string, Entry>,
  names: readonly string[],
  at: Tree['at'] | undefined,
  problems: Problem[],
): void {
  names.forEach((name, i) => {
    for (const other of names.slice(0, i)) {
      const [a, b] = [under(known.get(other)?.value, 'patch'), under(known.get(name)?.value, 'patch')];
      const both = a && b && disagreement(a, b);
      if (both && at)
        problems.push(
          problemAt(
            at,
            `"${other}" and "${name}" set ${both.path.join('.')} differently`,
            'set it in this variant, or build on one of them only',
          ),
        );
    }
  });
}
