/** What the rest of an Internet does with what it hears: policies that a share of its networks have, chosen by their numbers. */
import type { Context } from '../context.ts';
import { nameOf } from '../internet/internet.ts';
import { hashName } from '../named-luck.ts';
import type { Tree } from '../tree.ts';
import type { Texts } from './texts.ts';
import { numberOf } from './values.ts';

/** A policy by its name, as if a node had said it, and the networks that have it: those whose lot lies below `below`. */
interface Part {
  readonly policy: Tree;
  readonly below: number;
}

/** The policy of a network that says nothing of its own; undefined: none. The same for a network whether it is declared or not. */
export type UsualImports = (asn: number) => Tree | undefined;

export function usualImports(context: Context, texts: Texts, section: Tree | undefined): UsualImports {
  const parts: Part[] = [];
  let sum = 0;
  if (section?.is === 'map') {
    for (const [name, { at, value }] of section.entries) {
      sum += numberOf(context, texts.fill(value), 0, { least: 0, most: 1 });
      parts.push({ policy: { is: 'leaf', at, value: name, text: name }, below: sum });
    }
    if (sum > 1 + 1e-9) context.problem(section.at, `these shares add up to ${Number((sum * 100).toPrecision(6))}%`);
  }
  return (asn) => {
    const lot = (hashName(`imports of ${nameOf(asn)}`) >>> 0) / 4294967296;
    return parts.find(({ below }) => lot < below)?.policy;
  };
}
