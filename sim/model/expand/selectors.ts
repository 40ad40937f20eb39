/** Who a question is about: a name, or any, all, N of, N% of what a pattern matches. */
import { looksLikeMoment } from '../draws.ts';
import { didYouMean } from '../nearest.ts';
import type { NodeKind } from '../scenario.ts';
import { aKind, foundOf, type Origin, shorten, type Tree } from '../tree.ts';
import { byName } from '../units.ts';
import { hasBraces } from './braces.ts';
import { isGlob } from './globs.ts';
import type { Section } from './sections.ts';
import { leafOf, listOf } from './values.ts';
import { type Asker, kindOf, NOBODY, type World } from './world.ts';

export interface Selected {
  readonly how: 'one' | 'any' | 'all' | 'atLeast';
  /** For atLeast. */
  readonly count: number;
  readonly names: readonly string[];
  readonly at: Origin;
  /** Where the names come from, if a word may mean things of several kinds. */
  readonly section: Section;
}

interface Written {
  readonly how: 'one' | 'any' | 'all' | 'each' | 'count' | 'share';
  readonly n: number;
  readonly pattern: string;
}

const QUANTIFIED = /^(?:(any|all|each)|(\d+) of|(\d+(?:\.\d+)?)% of)\s+(\S+)$/;

export function parseSelector(text: string): Written {
  const found = text.includes(' ') ? QUANTIFIED.exec(text) : null;
  if (!found) return { how: 'one', n: 1, pattern: text };
  const [, word, count, share, pattern] = found as unknown as [
    string,
    'any' | 'all' | 'each' | undefined,
    string | undefined,
    string | undefined,
    string,
  ];
  if (word) return { how: word, n: 1, pattern };
  return count === undefined
    ? { how: 'share', n: Number(share) / 100, pattern }
    : { how: 'count', n: Number(count), pattern };
}

/** What a selector means; null after a problem. With several sections, the one that knows the name. */
export function select(
  world: World,
  sections: readonly Section[],
  tree: Tree,
  asker: Asker,
  kinds?: readonly NodeKind[],
): Selected | null {
  const leaf = leafOf(world.context, tree, `the name of a ${sections[0]?.what}`);
  if (!leaf) return null;
  const problem = (says: string, hint?: string): null => {
    world.context.problem(leaf.at, says, hint);
    return null;
  };
  const { how, n, pattern } = parseSelector(leaf.text.trim());
  if (how === 'each') return problem('"each" is for the claim share');
  let section: Section | null = null;
  let names: readonly string[] = [];
  for (const one of sections) {
    const met = namesOf(world, one, pattern, leaf.at, asker);
    if (met.length === 0) continue;
    if (section) {
      return isGlob(pattern)
        ? problem(`"${shorten(pattern)}" matches ${section.what}s and ${one.what}s`, 'say it of each by itself')
        : problem(`"${shorten(pattern)}" is a ${section.what} and a ${one.what}`, 'give one of them another name');
    }
    [section, names] = [one, met];
  }
  if (!section && pattern.endsWith('@here') && asker.unknown) return null;
  if (!section) return nothing(world, sections, pattern, leaf.at, how !== 'one');
  const several =
    isGlob(pattern) || hasBraces(pattern) || world.views.has(pattern) || section.group(pattern) !== undefined;
  if (how === 'one' && (names.length > 1 || several)) {
    return problem(
      `"${shorten(pattern)}" stands for ${names.length === 1 ? 'what it matches' : `${names.length} ${section.what}s`}, and this asks about one`,
      `write "any ${shorten(pattern)}" or "all ${shorten(pattern)}"`,
    );
  }
  if (kinds && section === world.sections.nodes) {
    const wrong = names.find((name) => !kinds.includes(kindOf(world, name) as NodeKind));
    if (wrong !== undefined)
      return problem(`${wrong} is ${aKind(kindOf(world, wrong) as string)}, expected ${kinds.map(aKind).join(' or ')}`);
  }
  const base = { names, at: leaf.at, section };
  if (how === 'one' || how === 'any' || how === 'all') return { ...base, how, count: 1 };
  // 60% of 5 is exactly 3, whatever binary fractions say.
  const count = how === 'count' ? n : Math.ceil(n * names.length - 1e-9);
  if (count < 1 || count > names.length)
    return problem(`"${shorten(leaf.text)}" asks for ${count} of ${names.length}`, `expected 1 to ${names.length}`);
  return { ...base, how: 'atLeast', count };
}

function namesOf(world: World, section: Section, pattern: string, at: Origin, asker: Asker): readonly string[] {
  if (section !== world.sections.nodes) return section.matching(pattern, at);
  if (pattern.endsWith('@here')) return here(world, pattern.slice(0, -'@here'.length), asker);
  const names = section.matching(pattern, at);
  const view = world.views.get(pattern);
  if (!view || names.length > 0) return names;
  const seen = new Set(view.flatMap((one) => section.matching(one, at)));
  world.context.spend('work', seen.size, at);
  return [...seen].sort(byName);
}

/** `api@here`: the instance in the asker's place, or in a place around it. */
function here(world: World, name: string, asker: Asker): readonly string[] {
  for (let place = asker.here; place !== null; place = world.drafts.get(place)?.place ?? null) {
    if (world.drafts.has(`${name}@${place}`)) return [`${name}@${place}`];
    if (world.drafts.get(name)?.place === place) return [name];
  }
  return [];
}

function nothing(world: World, sections: readonly Section[], pattern: string, at: Origin, quantified: boolean): null {
  if (sections.some((section) => section.isWrong(pattern))) return null;
  const what = sections.map((section) => section.what).join(' or ');
  const known = function* () {
    for (const section of sections) yield* section.names();
    if (sections.includes(world.sections.nodes)) yield* world.views.keys();
    if (!quantified && sections.includes(world.sections.tasks)) yield* world.conditions.keys();
  };
  const spaced = /\s/.test(pattern);
  const says = pattern.endsWith('@here')
    ? `there is no "${shorten(pattern.slice(0, -5))}" in the same place`
    : isGlob(pattern)
      ? `no ${what} matches "${shorten(pattern)}"`
      : `there is no ${what} "${shorten(pattern)}"`;
  world.context.problem(
    at,
    says,
    spaced
      ? 'a selector is a name, or any, all, N of, N% of a glob'
      : (didYouMean(pattern, known()) ?? (looksLikeMoment(pattern) ? 'a moment is no condition' : undefined)),
  );
  return null;
}

/** Names for a list of targets: each a name, a group, a glob or braces; sorted, none twice. */
export function targets(
  world: World,
  sections: readonly Section[],
  tree: Tree | undefined,
  kinds?: readonly NodeKind[],
): readonly string[] {
  const names = new Set<string>();
  for (const item of listOf(tree)) {
    const leaf = leafOf(world.context, item, `the name of a ${sections.map((section) => section.what).join(' or ')}`);
    if (!leaf) continue;
    const { how, pattern } = parseSelector(leaf.text.trim());
    if (how !== 'one') {
      world.context.problem(
        leaf.at,
        `targets are all that a glob matches, found ${foundOf(leaf)}`,
        `write "${shorten(pattern)}"`,
      );
      continue;
    }
    const selected = select(
      world,
      sections,
      { ...leaf, value: `all ${pattern}`, text: `all ${pattern}` },
      NOBODY,
      kinds,
    );
    world.context.spend('work', selected?.names.length ?? 0, leaf.at);
    if (selected && listOf(tree).length === 1) return selected.names;
    for (const name of selected?.names ?? []) names.add(name);
  }
  return [...names].sort(byName);
}
