/** Nodes by their own names: default, making entry and refinements merged, before it is known where they stand. */
import type { Context } from '../context.ts';
import { NODE_KINDS, type NodeKind } from '../scenario.ts';
import { type Dict, type Origin, shorten, type Tree, under } from '../tree.ts';
import { type Refinement, refined, refinementsFor, settled, type Written } from './entries.ts';
import type { Texts } from './texts.ts';
import { wordOf } from './values.ts';

export interface Base {
  readonly name: string;
  readonly kind: NodeKind;
  readonly tree: Dict;
  readonly at: Origin;
  readonly family: string | null;
}

/** An entry with a kind makes nodes; one without refines. */
export const makes = (written: Written): boolean => under(written.entry.value, 'kind') !== undefined;

export function makeBases(
  context: Context,
  texts: Texts,
  written: readonly Written[],
  defaults: Tree | undefined,
): Map<string, Base> {
  const makers = new Map<string, { written: Written; captures: readonly string[] }>();
  for (const one of written.filter(makes)) {
    if (one.rank === 0)
      context.problem(
        one.entry.at,
        `"${one.key}" has a kind, and a glob cannot make nodes`,
        'spell them out in braces, or leave out the kind to refine what it matches',
      );
    for (const { name, captures } of one.rank === 0 ? [] : one.names) {
      const other = makers.get(name);
      if (name.includes('@'))
        context.problem(
          one.entry.at,
          `"${shorten(name)}" is the name of an instance`,
          'leave out the kind to refine it',
        );
      else if (other)
        context.problem(
          one.entry.at,
          `"${other.written.key}" and "${one.key}" both make the node ${name}`,
          'an entry without kind refines',
        );
      else makers.set(name, { written: one, captures });
    }
  }
  const names = [...makers.keys()];
  const refining = written.filter((one) => !makes(one) && !one.key.includes('@'));
  const refinements = refinementsFor(context, refining, names, 'node');
  const bases = new Map<string, Base>();
  const merged = merger(context, texts, defaults);
  for (const name of names) {
    const { written: maker, captures } = makers.get(name) as { written: Written; captures: readonly string[] };
    const own = texts.fill(maker.entry.value, captures);
    if (own.is !== 'map') continue;
    const kind = wordOf<NodeKind>(context, under(own, 'kind'), NODE_KINDS, 'service');
    const layers = refinements.get(name) ?? [];
    bases.set(name, {
      name,
      kind,
      tree: merged({ written: maker, captures }, own, kind, layers, name),
      at: maker.entry.at,
      family: maker.family,
    });
  }
  return bases;
}

type Merger = (maker: Refinement, own: Dict, kind: NodeKind, layers: readonly Refinement[], name: string) => Dict;

/** Default, entry and refinements as one. A family whose entries hold no captures comes to the same tree, made once. */
function merger(context: Context, texts: Texts, defaults: Tree | undefined): Merger {
  const made = new Map<string, Dict>();
  const numbers = new Map<Written, number>();
  const numberOf = (written: Written): number => {
    const number = numbers.get(written) ?? numbers.size;
    numbers.set(written, number);
    return number;
  };
  return (maker, own, kind, layers, name) => {
    const all = [maker, ...layers];
    const alike = !all.some(({ written }) => texts.takesCaptures(written.entry.value));
    const key = alike ? all.map(({ written }) => numberOf(written)).join() : '';
    const known = alike ? made.get(key) : undefined;
    if (known) return known;
    const usual = under(defaults, kind);
    const base =
      usual?.is === 'map'
        ? refined(context, texts, settled(context, texts.fill(usual) as Dict), [maker], name)
        : settled(context, own);
    const tree = layers.length > 0 ? refined(context, texts, base, layers, name) : base;
    if (alike) made.set(key, tree);
    return tree;
  };
}
