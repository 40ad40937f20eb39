/** When faults and changes begin and end, and what they do to their targets. */

import { looksLikeMoment } from '../draws.ts';
import type { Condition, Effect, Setting } from '../scenario.ts';
import { ADDRESS_TYPES } from '../scenario-names.ts';
import { foundOf, shorten, type Tree } from '../tree.ts';
import type { Ms } from '../units.ts';
import type { Conditions } from './conditions.ts';
import type { Fields } from './fields.ts';
import { layerOf } from './questions.ts';
import { select, targets } from './selectors.ts';
import { flagOf, leafOf, momentOf, wordOf } from './values.ts';
import { NOBODY, type World } from './world.ts';

interface BeginningKeys {
  readonly at?: unknown;
  readonly after?: unknown;
  readonly before?: unknown;
}

export function beginningOf<Keys extends BeginningKeys>(
  conditions: Conditions,
  entry: Fields<Keys>,
): { at: Ms | null; after: Condition | null; before: boolean } {
  const { context, start } = conditions.world;
  const fields = entry as unknown as Fields<BeginningKeys>;
  const after = fields.get('after');
  const at = fields.get('at');
  const moment = momentOf(context, at, start);
  if (at?.is === 'leaf' && at.text === 'never') context.problem(at.at, '"never" is no moment to begin at');
  return {
    at: moment,
    after: after ? conditions.read(after, NOBODY) : null,
    before: flagOf(context, fields.get('before')),
  };
}

/** A moment, or a condition coming true; `never` is neither. */
export function endOf(conditions: Conditions, tree: Tree | undefined): { until: Ms | null; untilSo: Condition | null } {
  if (!tree || (tree.is === 'leaf' && tree.text === 'never')) return { until: null, untilSo: null };
  if (tree.is === 'leaf' && looksLikeMoment(tree.text) && !conditions.world.conditions.has(tree.text)) {
    return { until: momentOf(conditions.world.context, tree, conditions.world.start), untilSo: null };
  }
  return { until: null, untilSo: conditions.read(tree, NOBODY) };
}

/** Effects that say which of these. */
const WORDS: { readonly [S in Setting]?: readonly string[] } = {
  sign: ['on', 'off'],
  ds: ['published', 'withdrawn'],
  deny: ADDRESS_TYPES,
};

const ON_LINKS: ReadonlySet<Setting> = new Set(['down', 'drain', 'cut', 'start']);
const ON_ZONES: ReadonlySet<Setting> = new Set(['remove', 'sign', 'ds', 'deny']);

/** What an effect is carried out on: zones, resolvers, nodes, or these and links. */
export function targetsOf(world: World, { setting }: Effect, to: Tree | undefined): readonly string[] {
  const { nodes, links, zones } = world.sections;
  if (ON_ZONES.has(setting)) return targets(world, [zones], to);
  if (setting === 'flush') return targets(world, [nodes], to, ['resolver']);
  return targets(world, ON_LINKS.has(setting) ? [nodes, links] : [nodes], to);
}

const PLAIN: ReadonlySet<string> = new Set(['down', 'off', 'bug', 'start', 'mute', 'remove']);

/** Exactly one effect: a word, or a map with one key. */
export function effectOf(world: World, tree: Tree | undefined): Effect | null {
  if (!tree) return null;
  if (tree.is === 'leaf') return { setting: tree.text as Setting, of: null };
  const [first, second] = tree.is === 'map' ? [...tree.entries] : [];
  if (!first || second) {
    world.context.problem(
      second ? second[1].at : tree.at,
      second ? `"${first?.[0]}" and "${second[0]}" are two effects` : `expected one effect, found ${foundOf(tree)}`,
      second ? 'write two entries' : undefined,
    );
    return null;
  }
  const [setting, { value }] = first as [Setting, { value: Tree }];
  if (PLAIN.has(setting)) return { setting, of: null };
  if (setting === 'set') return { setting, of: wordSet(world, value) };
  if (setting === 'withdraw')
    return { setting, of: select(world, [world.sections.prefixes], value, NOBODY)?.names[0] ?? '' };
  if (setting === 'flush') return { setting, of: select(world, [world.sections.zones], value, NOBODY)?.names[0] ?? '' };
  const words = WORDS[setting];
  if (words) return { setting, of: wordOf(world.context, value, words, words[0] as string) };
  return { setting, of: layerOf(world, value) };
}

/** A word of the configuration: it is part of the name of a fact, and so has no blanks. */
function wordSet(world: World, tree: Tree): string {
  const text = leafOf(world.context, tree, 'a word such as new-order')?.text ?? '';
  if (/\s/.test(text))
    world.context.problem(tree.at, `a word of a configuration has no blanks, found "${shorten(text)}"`);
  return text;
}
