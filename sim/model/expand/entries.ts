/** The entries of a section: which make things, which refine them, and what each thing comes to. */

import type { Context } from '../context.ts';
import { disagreement } from '../lists.ts';
import { didYouMean } from '../nearest.ts';
import { type Dict, type Entry, type Origin, pathOf, shorten, type Tree, under } from '../tree.ts';
import { byName } from '../units.ts';
import { expandBraces, familyOf, hasBraces, parseBraces } from './braces.ts';
import { globMatcher, isGlob } from './globs.ts';
import { mergeRefined } from './refine.ts';
import type { Texts } from './texts.ts';

/** A named thing with everything merged and filled in. */
export interface Made {
  readonly name: string;
  /** Where the key that made it stands. */
  readonly at: Origin;
  readonly tree: Tree;
  /** `pop.*` for what `pop.{1..4}` made. */
  readonly family: string | null;
}

/** One key of a section and the names it makes or, as a pattern, meets. */
export interface Written {
  readonly entry: Entry;
  readonly key: string;
  /** 0 glob, 1 brace, 2 plain: a refinement of higher rank wins. */
  readonly rank: number;
  readonly family: string | null;
  /** What its braces spell out, stars left in. */
  readonly names: readonly { readonly name: string; readonly captures: readonly string[] }[];
}

const NAME = /^[A-Za-z0-9._\-@/:]+$/;
const LONGEST_NAME = 200;
const EMPTY = { names: [], family: null };

/** The keys of a section with braces spelled out. */
export function writtenIn(context: Context, texts: Texts, section: Dict | undefined): Written[] {
  const written: Written[] = [];
  for (const [key, entry] of section?.entries ?? []) {
    const filled = texts.text(key, [], entry.at);
    if (filled === null) continue;
    const rank = isGlob(filled) ? 0 : hasBraces(filled) ? 1 : 2;
    const { names, family } = hasBraces(filled)
      ? spelled(context, filled, entry.at)
      : { names: [{ name: filled, captures: [] }], family: null };
    for (const { name } of names) checkName(context, name.replaceAll('*', ''), entry.at);
    written.push({ entry, key: filled, rank, names, family });
  }
  return written;
}

function spelled(context: Context, text: string, at: Origin): Pick<Written, 'names' | 'family'> {
  const braces = parseBraces(text);
  if (typeof braces === 'string') {
    context.problem(at, braces);
    return EMPTY;
  }
  context.spend('things', braces.count, at);
  return { names: expandBraces(braces), family: familyOf(braces) };
}

function checkName(context: Context, name: string, at: Origin): void {
  if (name.length > LONGEST_NAME) context.problem(at, `a name is longer than ${LONGEST_NAME} characters`);
  else if (name !== '' && !NAME.test(name)) {
    const wrong = /[^A-Za-z0-9._\-@/:]/.exec(name)?.[0] as string;
    context.problem(
      at,
      `a name may hold letters, digits and . _ - @ / : but not ${JSON.stringify(wrong)}, found "${shorten(name)}"`,
    );
  }
}

/** Every refinement that meets a name, with what it captured. */
export function refinementsFor(
  context: Context,
  refining: readonly Written[],
  names: readonly string[],
  what: string,
): Map<string, Refinement[]> {
  const found = new Map<string, Refinement[]>();
  const known = new Set(refining.length > 0 ? names : []);
  for (const written of refining) {
    const meet = (name: string, captures: readonly string[]) => {
      const list = found.get(name) ?? [];
      // A brace and a star may both meet it: once is enough.
      if (list.at(-1)?.written !== written) list.push({ written, captures });
      found.set(name, list);
    };
    const lost: string[] = [];
    for (const one of written.names) {
      if (!isGlob(one.name)) {
        if (known.has(one.name)) meet(one.name, one.captures);
        else lost.push(one.name);
        continue;
      }
      context.spend('work', names.length, written.entry.at);
      const match = globMatcher(one.name);
      let any = false;
      for (const name of names) {
        const stars = match(name);
        if (stars) meet(name, [...one.captures, ...stars]);
        any ||= stars !== null;
      }
      if (!any) lost.push(one.name);
    }
    for (const name of lost.slice(0, 3)) {
      const says = `there is no ${what} "${shorten(name)}" for this to refine`;
      context.problem(written.entry.at, says, isGlob(name) ? undefined : didYouMean(name, names));
    }
  }
  return found;
}

export interface Refinement {
  readonly written: Written;
  readonly captures: readonly string[];
}

/** The layers over `base`, lower ranks first and by key within a rank, so that the order of the file does not matter. */
export function refined(
  context: Context,
  texts: Texts,
  base: Dict,
  refinements: readonly Refinement[],
  name: string,
  later?: string,
): Dict {
  let merged = base;
  let ofRank: { readonly rank: number; readonly merged: Dict } = { rank: -1, merged: base };
  const doubts: { written: Written; path: readonly string[]; entry: Entry }[] = [];
  const layers = refinements
    .map(({ written, captures }) => ({ written, tree: texts.fill(written.entry.value, captures, later) }))
    .sort((a, b) => a.written.rank - b.written.rank || byName(a.written.key, b.written.key));
  for (const { written, tree } of layers) {
    if (tree.is !== 'map') {
      context.problem(written.entry.at, `only a map can refine, "${written.key}" holds something else`);
      continue;
    }
    const beside = ofRank.rank === written.rank ? ofRank.merged : null;
    const both = beside && disagreement(beside, tree);
    if (both) doubts.push({ written, ...both });
    ofRank = { rank: written.rank, merged: beside ? mergeRefined(context, beside, tree) : tree };
    merged = mergeRefined(context, merged, tree);
  }
  for (const { written, path, entry } of doubts) {
    // A higher rank may have settled it.
    if (path.reduce<Tree | undefined>(under, merged) !== entry.value) continue;
    const others = layers.filter(
      (one) =>
        one.written !== written && one.written.rank === written.rank && path.reduce<Tree | undefined>(under, one.tree),
    );
    context.problem(
      entry.at,
      `"${others[0]?.written.key}" and "${written.key}" both say this of ${name}, differently`,
      `say it under "${name}" itself`,
    );
  }
  return merged;
}

/** Things of a section other than nodes: braces and plain keys make, globs refine; a plain key refines what a brace made. `later`: see `fill`. */
export function makeEntries(
  context: Context,
  texts: Texts,
  section: Dict | undefined,
  what: string,
  later?: string,
): Map<string, Made> {
  const written = writtenIn(context, texts, section);
  const makers = new Map<string, { written: Written; captures: readonly string[] }>();
  const refining = written.filter(({ rank }) => rank === 0);
  for (const one of written.filter(({ rank }) => rank === 1)) {
    for (const { name, captures } of one.names) {
      const other = makers.get(name);
      if (other) context.problem(one.entry.at, `"${other.written.key}" and "${one.key}" both make the ${what} ${name}`);
      else makers.set(name, { written: one, captures });
    }
  }
  for (const one of written.filter(({ rank }) => rank === 2)) {
    if (makers.has(one.key)) refining.push(one);
    else makers.set(one.key, { written: one, captures: [] });
  }
  const names = [...makers.keys()];
  const refinements = refinementsFor(context, refining, names, what);
  const made = new Map<string, Made>();
  for (const name of names) {
    const { written: maker, captures } = makers.get(name) as { written: Written; captures: readonly string[] };
    const tree = texts.fill(maker.entry.value, captures, later);
    const layers = refinements.get(name) ?? [];
    made.set(name, {
      name,
      at: maker.entry.at,
      family: maker.family,
      tree: whole(context, texts, tree, layers, name, later),
    });
  }
  return made;
}

function whole(
  context: Context,
  texts: Texts,
  tree: Tree,
  layers: readonly Refinement[],
  name: string,
  later?: string,
): Tree {
  if (tree.is === 'map')
    return layers.length > 0
      ? refined(context, texts, settled(context, tree), layers, name, later)
      : settled(context, tree);
  const [layer] = layers;
  if (layer) context.problem(layer.written.entry.at, `only maps can be refined, ${pathOf(tree.at)} is something else`);
  return tree;
}

/** An entry that makes something may use `x+`: then there is nothing before it. */
export function settled(context: Context, tree: Dict): Dict {
  for (const key of tree.entries.keys()) {
    if (/[+-]$/.test(key)) return mergeRefined(context, { is: 'map', at: tree.at, entries: new Map() }, tree);
  }
  return tree;
}
