/** Checkpoints: a claim, what was seen, what counts as the same, and why holding it means something. */
import { readMoment, readNumber, readSpan, Wrong } from '../draws.ts';
import { didYouMean } from '../nearest.ts';
import type { Checkpoint, Claim, Window } from '../scenario.ts';
import type { CheckpointKeys } from '../schema/claims.ts';
import { plainOf, shorten, type Tree } from '../tree.ts';
import { CLAIMS, readClaim, UNIT, type Unit } from './claims.ts';
import type { Conditions } from './conditions.ts';
import type { Made } from './entries.ts';
import { checkSource, Fields } from './fields.ts';
import { leafOf, listOf, textOf, wordOf } from './values.ts';
import { NOBODY, type World } from './world.ts';

const EVER: Window = { from: null, to: null };

export function buildCheckpoint(conditions: Conditions, made: Made, ids: ReadonlySet<string>): Checkpoint {
  const { world } = conditions;
  const entry = Fields.of<CheckpointKeys>(world, made);
  const claim = readClaim(conditions, entry, ids);
  const notModelled = entry.text('notModelled');
  const claims = entry.among(...CLAIMS);
  if (claims.length === 0 && notModelled === null)
    world.context.problem(
      made.at,
      'this claims nothing',
      'give it a claim (first, lasts, never…), or say why under `notModelled`',
    );
  if (claims.length > 0 && notModelled !== null)
    entry.problem('notModelled', 'this has a claim, and so it is modelled');
  const unit = claim ? UNIT[claim.claim] : null;
  const seen = readSeen(world, entry, claim, unit);
  const whileSo = entry.get('while');
  const without = entry.get('without');
  return {
    id: made.name,
    says: entry.text('says') ?? made.name,
    place: made.at.source.place(made.at.offset),
    claim,
    notModelled,
    within: windowOf(world, entry.get('within')),
    whileSo: whileSo ? conditions.read(whileSo, NOBODY) : null,
    seen,
    seenText: entry.text('seen'),
    accept: readAccept(world, entry, claim, unit, seen),
    acceptText: entry.text('accept'),
    source: checkSource(world, entry.get('source')),
    strength: wordOf(world.context, entry.get('strength'), ['A', 'B', 'C'], 'B'),
    group: entry.text('group'),
    fittedTo: parametersOf(world, entry.get('fittedTo')),
    parts: partsOf(world, entry, claim, notModelled),
    foil: variantOf(world, entry.get('foil')),
    without: without ? (plainOf(without) as object) : null,
  };
}

/** What a variant claims of itself; what else could be taken away is for checkpoints. */
export function buildExpectation(conditions: Conditions, made: Made, ids: ReadonlySet<string>): Checkpoint {
  const built = buildCheckpoint(conditions, made, ids);
  if (built.parts.length > 0)
    conditions.world.context.problem(made.at, 'an expectation has no parts', 'name them in a checkpoint');
  return built;
}

/** A value in the claim's unit, negative only for a lag. */
function inUnit(world: World, unit: Unit, text: string, signed: boolean): number | Wrong {
  if (unit === 'number') return readNumber(text);
  if (unit === 'moment') return readMoment(text, world.start);
  if (!signed || !/^[-+]/.test(text)) return readSpan(text);
  const span = readSpan(text.slice(1));
  return span instanceof Wrong ? span : text.startsWith('-') ? -span : span;
}

function readSeen(world: World, entry: Fields<CheckpointKeys>, claim: Claim | null, unit: Unit): number | null {
  const leaf = entry.get('seen') && leafOf(world.context, entry.get('seen') as Tree, 'what was seen');
  if (!leaf || !claim) return null;
  if (unit === null) {
    entry.problem('seen', `"${claim.claim}" is so or not so: there is no number to be seen`);
    return null;
  }
  const value = inUnit(world, unit, leaf.text, claim.claim === 'lag');
  if (!(value instanceof Wrong)) return value;
  world.context.problem(leaf.at, value.says, value.hint);
  return null;
}

function readAccept(
  world: World,
  entry: Fields<CheckpointKeys>,
  claim: Claim | null,
  unit: Unit,
  seen: number | null,
): Window | null {
  const leaf = entry.get('accept') && leafOf(world.context, entry.get('accept') as Tree, 'a tolerance such as ±5m');
  if (!leaf || !claim || leaf.text === 'never') return null;
  const problem = (says: string, hint?: string): null => {
    world.context.problem(leaf.at, says, hint);
    return null;
  };
  if (unit === null) return problem(`"${claim.claim}" is so or not so: there is nothing to tolerate`);
  const around = /^(?:±|\+-|\+\/-)\s*(.+)$/.exec(leaf.text)?.[1];
  if (around !== undefined) {
    if (seen === null)
      return problem(
        'a tolerance of ± is around what was seen, and that is missing',
        'add `seen`, or write both ends: a..b',
      );
    const by = unit === 'number' ? readNumber(around) : readSpan(around);
    return by instanceof Wrong ? problem(by.says, by.hint) : { from: seen - by, to: seen + by };
  }
  return rangeOf(leaf.text, (end) => inUnit(world, unit, end, claim.claim === 'lag'), problem);
}

/** `a..b`, `a..`, `..b`. */
function rangeOf(
  text: string,
  read: (end: string) => number | Wrong,
  problem: (says: string, hint?: string) => null,
): Window | null {
  const parts = text.split('..');
  if (parts.length !== 2)
    return problem(`expected two ends with .. between, found "${shorten(text)}"`, 'write a..b, a.. or ..b');
  const [from, to] = parts.map((part) => (part.trim() === '' ? null : read(part.trim()))) as [
    number | Wrong | null,
    number | Wrong | null,
  ];
  if (from instanceof Wrong) return problem(from.says, from.hint);
  if (to instanceof Wrong) return problem(to.says, to.hint);
  if (from === null && to === null) return problem('both ends are open');
  return from !== null && to !== null && from > to ? problem(`${text} runs backwards`) : { from, to };
}

function windowOf(world: World, tree: Tree | undefined): Window {
  const leaf = tree && leafOf(world.context, tree, 'a stretch such as 15:50Z..18:00Z');
  if (!leaf) return EVER;
  const problem = (says: string, hint?: string): null => {
    world.context.problem(leaf.at, says, hint);
    return null;
  };
  return rangeOf(leaf.text, (end) => readMoment(end, world.start), problem) ?? EVER;
}

function parametersOf(world: World, tree: Tree | undefined): readonly string[] {
  return listOf(tree).flatMap((item) => {
    const name = textOf(item);
    if (name === null) return [];
    if (!world.parameters.has(name))
      world.context.problem(item.at, `there is no parameter "${shorten(name)}"`, didYouMean(name, world.parameters));
    return [name];
  });
}

/** Each once, and only of what is measured: a claim that is so or not so has no parts. */
function partsOf(
  world: World,
  entry: Fields<CheckpointKeys>,
  claim: Claim | null,
  notModelled: string | null,
): readonly string[] {
  const items = listOf(entry.get('parts'));
  if (items.length === 0) return [];
  if (claim && UNIT[claim.claim] === null)
    entry.problem('parts', `"${claim.claim}" is so or not so: there is nothing to take parts of`);
  if (notModelled !== null) entry.problem('parts', 'what is not modelled has no parts');
  const names: string[] = [];
  for (const item of items) {
    const name = variantOf(world, item);
    if (name === null) continue;
    if (names.includes(name)) world.context.problem(item.at, `"${shorten(name)}" is named twice`);
    else names.push(name);
  }
  return names;
}

function variantOf(world: World, tree: Tree | undefined): string | null {
  const name = textOf(tree);
  if (tree && name !== null && !world.variants.has(name))
    world.context.problem(tree.at, `there is no variant "${shorten(name)}"`, didYouMean(name, world.variants));
  return name;
}
