/** What folds into one mark: groups of the scenario, families of groups that are named or placed alike, and all of a kind. */
import type { Thing, Things } from './things.ts';
import { KIND_WORDS, LANES, type Lane } from './words.ts';

export interface Fold {
  readonly id: string;
  readonly label: string;
  readonly lane: Lane;
  /** A `range` is some of very many, in their order. */
  readonly level: 'group' | 'family' | 'kind' | 'range';
  /** What it is made of: smaller folds, and things that stand for themselves. */
  readonly parts: readonly Part[];
  /** Every thing in it, however deep. */
  readonly things: readonly Thing[];
}

export type Part = Fold | Thing;

export const isFold = (part: Part): part is Fold => 'parts' in part;
export const thingsIn = (part: Part): readonly Thing[] => (isFold(part) ? part.things : [part]);

/** Single things that only share the first word of their name are a family from this many on. */
const FAMILY = 3;
/** A kind of fewer parts is not worth a mark of its own. */
const KIND = 3;

/** All folds and loose things, outermost first. A fold that is not folded is as if it were not there. */
export function foldsOf(things: Things): readonly Part[] {
  const taken = new Set(things.groups.keys());
  const free = (id: string, kind: string): string => {
    const one = taken.has(id) ? `${id} (${kind})` : id;
    taken.add(one);
    return one;
  };
  const grouped = new Map<string, Part[]>();
  const seen = new Set<string>();
  for (const lane of LANES)
    for (const thing of things.list) {
      if (thing.lane !== lane) continue;
      const members = thing.group === null ? undefined : things.groups.get(thing.group);
      if (members && seen.has(thing.group!)) continue;
      const key = `${lane} ${thing.kind}`;
      const list = grouped.get(key) ?? [];
      grouped.set(key, list);
      if (!members) list.push(thing);
      else {
        seen.add(thing.group!);
        list.push(foldOf(thing.group!, short(thing.group!), 'group', members));
      }
    }
  return [...grouped.values()].flatMap((parts) => {
    const kind = thingsIn(parts[0]!)[0]!.kind;
    const word = KIND_WORDS[kind] ?? kind;
    const named = families(parts, stemOf, (stem) => `${stem}*`, free, kind);
    const list = families(named, placesOf, (place) => `${word} in ${short(place)}`, free, kind);
    return list.length < KIND ? list : [foldOf(free(word, 'kind'), word, 'kind', list)];
  });
}

/** What the many are called that a subject of a fact is one of; its own name where it is one of none. */
export type ManyOf = (subject: string) => string;

export function manyOf(things: Things, parts: readonly Part[]): ManyOf {
  const names = new Map<Thing, string>();
  const walk = (list: readonly Part[]): void => {
    for (const part of list) {
      if (!isFold(part)) continue;
      if (part.level === 'kind' || part.level === 'range') walk(part.parts);
      else for (const thing of part.things) names.set(thing, part.label);
    }
  };
  walk(parts);
  return (subject) => {
    const thing = things.named(subject);
    // A link is called by what it belongs to: its two ends say no more of many.
    if (thing) return names.get(thing) ?? subject;
    // Numbers count things of one name; in addresses they are the name.
    return isAddress(subject) ? subject : subject.replace(/:.+~.+$/, '').replace(/\d+/g, '*');
  };
}

const isAddress = (text: string): boolean =>
  /^\d+(\.\d+){3}(\/\d+)?$/.test(text) || /^[\da-f]*:[\da-f:.]*(\/\d+)?$/i.test(text);

function foldOf(id: string, label: string, level: Fold['level'], parts: readonly Part[]): Fold {
  const things = parts.flatMap(thingsIn);
  return { id, label, level, parts: inRanges(id, parts), things, lane: things[0]!.lane };
}

/** More parts than this are not laid open beside each other, but as ranges, each of which can be laid open in turn. */
const BESIDE = 160;
/** So many ranges at most, and so many parts in each at least. */
const RANGES = 100;
const RANGE = 50;

function inRanges(id: string, parts: readonly Part[]): readonly Part[] {
  if (parts.length <= BESIDE) return parts;
  const size = Math.max(RANGE, roundUp(parts.length / RANGES));
  return Array.from({ length: Math.ceil(parts.length / size) }, (_, i) => {
    const some = parts.slice(i * size, (i + 1) * size);
    const [first, last] = [nameOf(some[0]!), nameOf(some[some.length - 1]!)];
    return foldOf(
      `${id}/${i + 1}`,
      some.length === 1 ? first : `${first} … ${withoutStem(last, first)}`,
      'range',
      some,
    );
  });
}

/** What a name does not share with another: `2000` of `svc.2000` after `svc.1501`. */
function withoutStem(name: string, other: string): string {
  const stem = /^.*[.@/-]/.exec(other)?.[0] ?? '';
  return name.startsWith(stem) && name.length > stem.length ? name.slice(stem.length) : name;
}

const nameOf = (part: Part): string => (isFold(part) ? part.label : part.name);

/** To 1, 2 or 5 of a power of ten. */
function roundUp(count: number): number {
  let size = 1;
  for (const steps = [2, 2.5, 2]; size < count; steps.push(steps.shift() as number)) size *= steps[0] as number;
  return size;
}

/** `bb.*.*.*` is `bb.*` to the eye. */
const short = (name: string): string => name.replace(/(\.\*)+$/, '.*');

function families(
  parts: readonly Part[],
  keyOf: (part: Part) => string | null,
  label: (key: string) => string,
  free: (id: string, kind: string) => string,
  kind: string,
): readonly Part[] {
  const byKey = new Map<string, Part[]>();
  for (const part of parts) {
    const key = keyOf(part);
    if (key === null) continue;
    const list = byKey.get(key);
    if (list) list.push(part);
    else byKey.set(key, [part]);
  }
  const done = new Set<string>();
  return parts.flatMap((part): Part[] => {
    const key = keyOf(part);
    const list = key === null ? [] : byKey.get(key)!;
    if (key === null || list.length < (list.some(isFold) ? 2 : FAMILY)) return [part];
    if (done.has(key)) return [];
    done.add(key);
    return [foldOf(free(label(key), kind), label(key), 'family', list)];
  });
}

/** `ns.` of the group `ns.a`, `ns-` of the prefix `ns-ab`; null where a name has but one word. */
const stemOf = (part: Part): string | null => /^[a-z_]+[.-]/i.exec(isFold(part) ? part.id : part.name)?.[0] ?? null;

/** Groups that stand in all of the same places: many services in each of the same sites. */
function placesOf(part: Part): string | null {
  if (!isFold(part) || part.level !== 'group') return null;
  const places = part.things.map((thing) => thing.place);
  const [first] = places;
  if (places.includes(null) || !first) return null;
  const stem = first.replace(/\d+/g, '*');
  return places.every((place) => place!.replace(/\d+/g, '*') === stem) ? stem : null;
}
