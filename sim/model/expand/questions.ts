/** The questions one may ask, by the key that asks: which details go with each, what it asks of which facts, what people see when it fails. */
import { type FactKind, rowOf } from '../facts.ts';
import { didYouMean } from '../nearest.ts';
import type { Condition, NodeKind, Test } from '../scenario.ts';
import { shorten, type Tree } from '../tree.ts';
import { formatDuration } from '../units.ts';
import type { Asked } from './asked.ts';
import { BEARERS } from './bearing.ts';
import { askAnswers, askDelay, askDs, askResolves, askUnresolved } from './questions-names.ts';
import { askLoad, askQueries, askRate, askTroubled } from './questions-rate.ts';
import { askForwards, askRoute } from './questions-routes.ts';
import { askSet } from './questions-set.ts';
import { askWorks } from './questions-works.ts';
import type { Section } from './sections.ts';
import { type Selected, select } from './selectors.ts';
import { listOf, spanOf, textOf, wordOf } from './values.ts';
import type { World } from './world.ts';

export interface Head {
  readonly details: readonly string[];
  /** What people see when it is the first to fail in a journey. */
  readonly symptom: string;
  /** null after a problem. */
  readonly read: (asked: Asked) => Condition | null;
}

const head = (symptom: string, details: readonly string[], read: Head['read']): Head => ({ symptom, details, read });
const DEFAULT = 'server error';

export const HEADS: ReadonlyMap<string, Head> = new Map([
  ['up', head('refused', [], (asked) => ofNodes(asked, 'up'))],
  ['well', head('slow', [], (asked) => ofNodes(asked, 'well'))],
  ['serves', head('refused', [], (asked) => ofNodes(asked, 'serves'))],
  ['alone', head(DEFAULT, [], (asked) => ofNodes(asked, 'alone', ['access']))],
  ['starting', head(DEFAULT, [], (asked) => ofNodes(asked, 'starting'))],
  [
    'fault',
    head(DEFAULT, [], (asked) => ofEach(asked, [asked.world.sections.nodes, asked.world.sections.links], 'fault')),
  ],
  ['carries', head(DEFAULT, [], (asked) => ofEach(asked, [asked.world.sections.links], 'carries'))],
  ['session', head('no route', [], (asked) => ofEach(asked, [asked.world.sections.links], 'session'))],
  ['limited', head(DEFAULT, [], (asked) => ofEach(asked, [asked.world.sections.links], 'limited'))],
  ['reach', head('black hole', ['over', 'from'], reach)],
  ['announces', head('no route', ['at', 'from'], announces)],
  ['route', head('no route', ['from'], askRoute)],
  ['forwards', head('black hole', ['from', 'as', 'through'], askForwards)],
  ['resolves', head('name not resolved', ['via', 'as'], askResolves)],
  ['answers', head('name not resolved', ['via'], askAnswers)],
  ['ds', head('name not resolved', ['via', 'as'], askDs)],
  ['set', head(DEFAULT, ['at', 'from'], askSet)],
  ['applied', head(DEFAULT, [], (asked) => ofEach(asked, [asked.world.sections.changes], 'applied'))],
  ['rollout', head(DEFAULT, ['is'], (asked) => ofWords(asked, 'rollout'))],
  ['guard', head(DEFAULT, ['is'], (asked) => ofWords(asked, 'guard'))],
  ['done', head(DEFAULT, [], (asked) => ofEach(asked, [asked.world.sections.tasks], 'done'))],
  ...(['waiting', 'working', 'paused', 'failed'] as const).map((word): [string, Head] => [
    word,
    head(DEFAULT, [], (asked) => ofEach(asked, [asked.world.sections.tasks], 'task', { word: [word] })),
  ]),
  ['stuck', head(DEFAULT, ['for'], stuck)],
  ['busy', head(DEFAULT, [], (asked) => ofNodes(asked, 'busy', ['team']))],
  ['sees', head(DEFAULT, [], (asked) => ofNodes(asked, 'sees', ['monitor']))],
  ['works', head(DEFAULT, ['for'], askWorks)],
  ['rate', head(DEFAULT, ['above', 'below'], askRate)],
  ['queries', head(DEFAULT, ['above', 'below'], askQueries)],
  ['load', head(DEFAULT, ['above', 'below'], askLoad)],
  ['troubled', head(DEFAULT, ['above', 'below'], askTroubled)],
  ['delay', head('slow', ['via', 'above', 'below'], askDelay)],
  ['unresolved', head('name not resolved', ['via', 'above', 'below'], askUnresolved)],
  ['overloaded', head('overloaded', [], (asked) => ofNodes(asked, 'overloaded', BEARERS))],
  ['over', head('slow', [], over)],
]);

/** A question by itself, which says something of the way beside another: it asks only where nothing else does. */
const ALONE = 'over';
/** A question too, and how long a log-in lasts beside one, in a stage of a journey. */
const LASTS = 'session';
export const asks = (entries: ReadonlyMap<string, unknown>, key: string): boolean =>
  HEADS.has(key) &&
  (key !== ALONE || [...entries.keys()].every((other) => [key, LASTS].includes(other) || !HEADS.has(other)));

function ofEach(
  { world, conditions, get, key, asker }: Asked,
  sections: readonly Section[],
  kind: FactKind,
  test?: Test,
  kinds?: readonly NodeKind[],
): Condition | null {
  const tree = get(key) as Tree;
  const selected = select(world, sections, tree, asker, kinds);
  return selected && conditions.quantified(selected, (name) => conditions.ask(kind, [name], tree.at, test));
}

/** A resolver, or the sites that announce a prefix. */
function over(asked: Asked): Condition | null {
  const { nodes, prefixes } = asked.world.sections;
  return ofEach(asked, [nodes, prefixes], 'over', undefined, ['resolver']);
}

const ofNodes = (asked: Asked, kind: FactKind, kinds?: readonly NodeKind[]) =>
  ofEach(asked, [asked.world.sections.nodes], kind, undefined, kinds);

function ofWords(asked: Asked, kind: 'rollout' | 'guard'): Condition | null {
  const { conditions, get, at } = asked;
  const domain = rowOf(kind).domain;
  const known = domain.is === 'word' ? domain.words : [];
  const is = listOf(get('is'));
  if (is.length === 0)
    return conditions.wrong(at, `${kind} asks for a word: say which under \`is\``, `one of ${known.join(', ')}`);
  const word = is.map((item) => wordOf(asked.world.context, item, known, known[0] as string));
  return ofEach(asked, [asked.world.sections.changes], kind, { word });
}

/** The one who looks: as said, else the asker. */
function looker(
  { world, get, asker, conditions, at }: Asked,
  key: string,
  kinds?: readonly NodeKind[],
): Selected | null {
  const said = get(key);
  if (said) return select(world, [world.sections.nodes], said, asker, kinds);
  if (asker.node !== null) return { how: 'one', count: 1, names: [asker.node], at, section: world.sections.nodes };
  if (!asker.unknown) conditions.wrong(at, `nobody asks this: say who looks under \`${key}\``);
  return null;
}

/** The one who looks comes first: `{ reach: any dc.*, from: all pop.* }` holds when every pop reaches some dc. */
function reach(asked: Asked): Condition | null {
  const { world, conditions, get, asker } = asked;
  const target = get('reach') as Tree;
  const from = looker(asked, 'from');
  const to = select(world, [world.sections.nodes], target, asker);
  const layer = layerOf(world, get('over'));
  if (!from || !to) return null;
  const found = conditions.quantified(from, (a) =>
    // Among globs one's own self is left out: reaching oneself says nothing.
    conditions.quantified(to, (b) =>
      a === b ? null : conditions.ask('reach', layer === null ? [a, b] : [a, b, layer], target.at),
    ),
  );
  return (
    found ?? conditions.wrong(target.at, `${to.names[0]} always reaches itself`, 'ask from somewhere else: from: …')
  );
}

/** The name of a layer that some link has. */
export function layerOf(world: World, tree: Tree | undefined): string | null {
  const layer = textOf(tree);
  if (!tree || layer === null || (tree.is === 'leaf' && tree.broken)) return null;
  if (!world.layers.has(layer)) {
    const known = [...world.layers];
    world.context.problem(
      tree.at,
      `no link has the layer "${shorten(layer)}"`,
      didYouMean(layer, known) ?? (known.length > 0 ? `layers here: ${known.slice(0, 10).join(', ')}` : undefined),
    );
  }
  return layer;
}

function announces(asked: Asked): Condition | null {
  const { world, conditions, get, asker } = asked;
  const target = get('announces') as Tree;
  const prefix = select(world, [world.sections.prefixes], target, asker);
  const site = looker(asked, get('at') ? 'at' : get('from') ? 'from' : 'at');
  if (!prefix || !site) return null;
  const found = conditions.quantified(site, (x) =>
    conditions.quantified(prefix, (p) =>
      world.sites.get(p)?.has(x) ? conditions.ask('announces', [x, p], target.at) : null,
    ),
  );
  return found ?? conditions.wrong(target.at, `${prefix.names[0]} is not announced from ${site.names[0]}`);
}

function stuck(asked: Asked): Condition | null {
  const { world, conditions, get, asker, at } = asked;
  const target = get('stuck') as Tree;
  const lasting = get('for');
  if (!lasting) return conditions.wrong(at, 'stuck for how long? say so under `for`');
  const span = formatDuration(spanOf(world.context, lasting));
  const task = select(world, [world.sections.tasks], target, asker);
  return task && conditions.quantified(task, (t) => conditions.ask('stuck', [t, span], target.at));
}
