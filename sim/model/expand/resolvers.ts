/** What is said of a resolver: how it asks nameservers, what it is asked for, and what its clients do without an answer. */
import { readNumber, readSpan, Wrong } from '../draws.ts';
import type { Draw } from '../luck.ts';
import { didYouMean } from '../nearest.ts';
import type { Resolver } from '../scenario.ts';
import { ADDRESS_TYPES } from '../scenario-names.ts';
import type { NodeKeys } from '../schema/place.ts';
import { shorten, under } from '../tree.ts';
import { byName, SECOND } from '../units.ts';
import { readAsking } from './asking.ts';
import { checkSource, Fields } from './fields.ts';
import { readRoundTrips } from './round-trips.ts';
import { select } from './selectors.ts';
import { flagOf, numberOf, spanOf, textOf, wordOf } from './values.ts';
import { NOBODY, type World } from './world.ts';

export function readResolver(node: Fields<NodeKeys>, failureCache: Draw | null): Resolver {
  const { context } = node.world;
  const number = (key: 'tries' | 'prefetch' | 'recovers', instead: number, least: number, most?: number): number =>
    numberOf(context, node.get(key), instead, most === undefined ? { least } : { least, most });
  const [load, capacity] = [node.get('load'), node.get('capacity')];
  const most = capacity ? numberOf(context, capacity, 1, { least: 1 }) : null;
  const recovers = number('recovers', most ?? 1, 1);
  if (most !== null && recovers > most)
    node.problem('recovers', `it has caught up below ${recovers}, which lies over its capacity (${most})`);
  const whenOver = wordOf(context, node.get('whenOver'), ['slow', 'fail'], 'slow');
  // Whoever gets no answer asks again: what is lost by too many questions makes more of them (R1).
  if (most !== null && whenOver === 'fail' && recovers === most)
    node.problem(
      'whenOver',
      'what is not answered is asked again, so that this feeds on itself: say under `recovers` when it has caught up',
      'without a gap between capacity and recovers it would flicker',
    );
  const demand = readDemand(node);
  for (const key of ['clientRetry', 'capacity', 'load'] as const)
    if (demand.length === 0 && node.has(key))
      node.problem(
        key,
        `"${key}" is about what it is asked for, and nothing says what that is`,
        'say so under `demand`',
      );
  for (const key of ['recovers', 'whenOver'] as const)
    if (most === null && node.has(key)) node.problem(key, `"${key}" goes with "capacity"`);
  const validates = flagOf(context, node.get('validates'));
  const reuses = flagOf(context, node.get('reuses'));
  if (reuses && !validates)
    node.problem('reuses', 'only denials that were checked are reused (RFC 8198)', 'say validates: true');
  const caches = readCaches(node);
  if (caches.many) checkMany(node, failureCache, whenOver);
  const asking = readAsking(node);
  return {
    ...asking,
    ...readRoundTrips(node, asking),
    tries: number('tries', 1, 1),
    patience: node.has('patience') ? spanOf(context, node.get('patience')) : null,
    prefetch: number('prefetch', 0, 0, 1),
    load: load ? numberOf(context, load, 1, { least: 1e-9 }) : null,
    demand,
    clientRetry: readRetry(node),
    capacity: most,
    recovers,
    whenOver,
    ...caches,
    validates,
    reuses,
    first: wordOf(context, node.get('first'), ADDRESS_TYPES, 'a'),
  };
}

function readCaches(node: Fields<NodeKeys>): Pick<Resolver, 'caches' | 'many' | 'manyOf'> {
  const { context } = node.world;
  const written = node.get('caches');
  const inner = node.inner('caches');
  const limits = { least: 1, whole: true };
  if (inner) {
    const many = under(inner, 'many');
    if (!many)
      context.problem(inner.at, '"many" is missing', 'say how many caches there are, as in caches: { many: 4000 }');
    return { caches: 1, many: true, manyOf: numberOf(context, many, 1, limits) };
  }
  const text = textOf(written);
  if (text === 'many') return { caches: 1, many: true, manyOf: null };
  if (written && text !== null && readNumber(text) instanceof Wrong) {
    context.problem(
      written.at,
      `expected a number of caches, or many, found "${shorten(text)}"`,
      didYouMean(text, ['many']) ?? 'many: so many that a loss reaches its clients share by share',
    );
    return { caches: 1, many: false, manyOf: null };
  }
  return { caches: numberOf(context, written, 1, limits), many: false, manyOf: null };
}

/** What nobody can say of so many caches that none of them counts. */
function checkMany(node: Fields<NodeKeys>, failureCache: Draw | null, whenOver: Resolver['whenOver']): void {
  const several = 'say a plain number of caches, or make it several resolvers';
  const retry = node.inner('clientRetry');
  for (const key of ['over', 'back'] as const)
    if (under(retry ?? undefined, key))
      node.problem(
        'clientRetry',
        `the clients of each of many caches begin at moments of their own: how long it takes under "${key}" is told of one`,
        `leave "${key}" out: all of them ask again at once`,
      );
  if (whenOver === 'fail')
    node.problem(
      'whenOver',
      'what a resolver does not answer for want of capacity is told of all its clients alike, and in many caches they are not alike',
      several,
    );
  for (const key of ['backoff', 'avoids'] as const)
    if (node.has(key))
      node.problem(
        key,
        `"${key}" is told of one cache, and each of many waits and asks anew at moments of its own`,
        several,
      );
  if (failureCache !== null && failureCache.law !== 'fixed')
    node.problem('failureCache', 'many caches remember a failure for the same time', 'say one time, such as 30s');
}

function readDemand(node: Fields<NodeKeys>): Resolver['demand'] {
  const { world } = node;
  const found: { zone: string; share: number }[] = [];
  let sum = 0;
  for (const [zone, { at, value }] of node.inner('demand')?.entries ?? []) {
    const share = numberOf(world.context, value, 0, { least: 0, most: 1 });
    sum += share;
    const leaf = { is: 'leaf', at, value: zone, text: zone } as const;
    for (const name of select(world, [world.sections.zones], leaf, NOBODY)?.names ?? [])
      found.push({ zone: name, share });
  }
  if (sum > 1 + 1e-9) node.problem('demand', `these shares add up to ${Number((sum * 100).toPrecision(6))}%`);
  return found.sort((a, b) => byName(a.zone, b.zone));
}

function readRetry(node: Fields<NodeKeys>): Resolver['clientRetry'] {
  const { world } = node;
  const written = node.inner('clientRetry');
  if (!written) return { tries: 1, over: 0, back: 0 };
  const retry = new Fields<NonNullable<NodeKeys['clientRetry']>>(world, written, node.place('clientRetry'));
  checkSource(world, retry.get('source'));
  return {
    tries: numberOf(world.context, retry.need('tries', 'say how often a client asks without an answer'), 1, {
      least: 1,
    }),
    over: spanOf(world.context, retry.get('over')),
    back: spanOf(world.context, retry.get('back')),
  };
}

/** Whether its clients may have this from it: no answer at all, or the answer that there is no such name, or no address for it. */
export function mayAnswer(world: World, resolver: string, word: 'timeout' | 'nxdomain' | 'nodata'): boolean {
  if (word === 'nxdomain') return world.removes;
  return under(world.drafts.get(resolver)?.tree, word === 'timeout' ? 'patience' : 'reuses') !== undefined;
}

/** Whether this is what its clients get when a resolver is asked more than it can answer. */
export function drownsFor(world: World, resolver: string, so: Resolver['whenOver']): boolean {
  const tree = world.drafts.get(resolver)?.tree;
  return under(tree, 'capacity') !== undefined && (textOf(under(tree, 'whenOver')) ?? 'slow') === so;
}

/** For how many seconds its clients wait for a resolver that asks nameservers in an order, and waits for each; null: that is not told. */
export function patienceWith(world: World, resolver: string): number | null {
  const tree = world.drafts.get(resolver)?.tree;
  const patience = readSpan(textOf(under(tree, 'patience')) ?? '');
  const waits = under(tree, 'rtt') && (under(tree, 'retry') ?? under(tree, 'backoff'));
  return waits && !(patience instanceof Wrong) ? patience / SECOND : null;
}
