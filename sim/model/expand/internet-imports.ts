/** What the rest of an Internet does with what it hears: policies that a share of its networks have, chosen by their numbers. */
import type { Context } from '../context.ts';
import { hashName, mix } from '../named-luck.ts';
import { type Tree, under } from '../tree.ts';
import { byName } from '../units.ts';
import type { Texts } from './texts.ts';
import { numberOf } from './values.ts';

/** The name of a policy where it stands. */
type Named = Extract<Tree, { is: 'leaf' }>;

export interface UsualImports {
  readonly all: readonly Named[];
  /** The policy of a network that says nothing of its own; undefined: none. The same for a network whether it is declared or not. */
  of(asn: number): Named | undefined;
}

/** Of sums of shares that are written in decimals. */
const TINY = 1e-9;
const LOT = hashName('imports of the Internet');

export function usualImports(context: Context, texts: Texts, section: Tree): UsualImports {
  const written = under(section, 'imports');
  if (written?.is !== 'map') return { all: [], of: () => undefined };
  let sum = 0;
  // By name, so that the order of the file does not matter.
  const parts = [...written.entries]
    .sort(([a], [b]) => byName(a, b))
    .map(([name, { at, value }]) => {
      sum += numberOf(context, texts.fill(value), 0, { least: 0, most: 1 });
      return { policy: { is: 'leaf', at, value: name, text: name } satisfies Named, below: sum };
    });
  if (sum > 1 + TINY)
    context.problem(written.at, 'these shares make more than 100 %', 'each network has one of these policies at most');
  return {
    all: parts.map(({ policy }) => policy),
    of(asn) {
      const lot = (mix(LOT ^ mix(asn)) >>> 0) / 4_294_967_296;
      return parts.find(({ below }) => lot < below)?.policy;
    },
  };
}
