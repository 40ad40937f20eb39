/** Links: each with each, like with like, or some chosen by name; and the implied ones between things and their places. */

import type { Context } from '../context.ts';
import { type Draw, fixed } from '../luck.ts';
import { didYouMean } from '../nearest.ts';
import { type Link, RELATIONS } from '../scenario.ts';
import type { LinkKeys } from '../schema/place.ts';
import { type Dict, entryOf, type Origin, shorten, type Tree, under } from '../tree.ts';
import { byName, SECOND } from '../units.ts';
import type { Captured } from './braces.ts';
import { type Made, makeEntries } from './entries.ts';
import { isGlob } from './globs.ts';
import type { Draft } from './places.ts';
import { Section } from './sections.ts';
import type { Texts } from './texts.ts';
import { drawOf, leafOf, listOf, NOW, numberOf, spanOf, textOf } from './values.ts';

interface Maker {
  readonly context: Context;
  readonly texts: Texts;
  readonly nodes: Section;
}

interface Pair {
  readonly from: string;
  readonly to: string;
}

export function buildLinks(
  context: Context,
  texts: Texts,
  section: Dict | undefined,
  drafts: ReadonlyMap<string, Draft>,
  nodes: Section,
  defaults: Tree | undefined,
): { links: Map<string, Link>; section: Section; entries: readonly Made[]; ends: Map<string, Tree> } {
  const names = new Section('link', context);
  const links = new Map<string, Link>();
  const ends = new Map<string, Tree>();
  const entries = [...makeEntries(context, texts, section, 'link', 'to').values()];
  for (const entry of entries) {
    const pairs = pairsOf({ context, texts, nodes }, entry);
    const layer = entry.tree.is === 'map' ? textOf(entry.tree.entries.get('layer')?.value) : null;
    const session = sessionOf(context, texts, entry, defaults && under(defaults, 'bgp'));
    const own = endsOf(context, entry, session.bgp);
    const made = pairs.map(
      ({ from, to }): Link => ({
        name: pairs.length === 1 ? entry.name : `${entry.name}:${from}~${to}`,
        from,
        to,
        layer,
        ...session,
        implied: false,
      }),
    );
    for (const link of made) {
      if (links.has(link.name)) context.problem(entry.at, `two entries make the link ${link.name}`);
      links.set(link.name, link);
      if (own) ends.set(link.name, own);
    }
    if (made.length > 1)
      names.addGroup(
        entry.name,
        made.map(({ name }) => name),
      );
    else if (made[0]) names.add(entry.name);
  }
  for (const { name, place, at } of drafts.values()) {
    if (place === null) continue;
    context.spend('things', 1, at);
    const implied = `in:${name}~${place}`;
    links.set(implied, { name: implied, from: name, to: place, layer: null, ...NO_SESSION, implied: true });
    names.add(implied);
  }
  return { links, section: names, entries, ends };
}

type Session = Pick<Link, 'bgp' | 'delay' | 'mrai' | 'hold' | 'ends' | 'graceful'>;
const PLAIN = { imports: null, exports: null, limit: null };
const NO_POLICY = { ends: { from: PLAIN, to: PLAIN }, graceful: 0 };
const NO_SESSION: Session = { bgp: null, delay: NOW, mrai: NOW, hold: NOW, ...NO_POLICY };
/** RFC 4271 §10 suggests a hold time of 90 s; it suggests an MRAI of 30 s too, but most routers have none today. */
const USUAL: Pick<Link, 'delay' | 'mrai' | 'hold'> = { delay: fixed(10), mrai: NOW, hold: fixed(90 * SECOND) };

/** What is said of a session, over what `defaults` says of all. */
function readSession(
  context: Context,
  said: (key: keyof typeof USUAL | 'graceful') => Tree | undefined,
): Pick<Link, 'delay' | 'mrai' | 'hold' | 'graceful'> {
  const read = (key: keyof typeof USUAL): Draw => drawOf(context, said(key), USUAL[key]);
  return { delay: read('delay'), mrai: read('mrai'), hold: read('hold'), graceful: spanOf(context, said('graceful')) };
}

/** How sessions are of which nothing is said but in `defaults`. */
export function usualSession(
  context: Context,
  texts: Texts,
  defaults: Tree | undefined,
): ReturnType<typeof readSession> {
  const usual = defaults && texts.fill(defaults);
  return readSession(context, (key) => usual && under(usual, key));
}

/** What a link says of its session, over what `defaults` says of all sessions. */
function sessionOf(context: Context, texts: Texts, entry: Made, defaults: Tree | undefined): Session {
  const written = textOf(under(entry.tree, 'bgp'));
  const bgp = RELATIONS.find((relation) => relation === written) ?? null;
  const usual = defaults && texts.fill(defaults);
  const session = readSession(context, (key) => {
    const own = under(entry.tree, key);
    if (own && bgp === null) context.problem(own.at, `"${key}" is for sessions`, 'say which sort under `bgp`');
    return own ?? (usual && under(usual, key));
  });
  return bgp === null ? NO_SESSION : { bgp, ...NO_POLICY, ...session };
}

/** What a link says of its ends, to be read once there are policies. */
function endsOf(context: Context, entry: Made, bgp: Link['bgp']): Tree | undefined {
  const own = entryOf(entry.tree, 'ends');
  if (own && bgp === null) context.problem(own.at, '"ends" is for sessions', 'say which sort under `bgp`');
  if (own && under(entry.tree, 'mesh'))
    context.problem(own.at, 'a mesh joins each with each: it has no ends to tell apart', 'say it of the nodes');
  return own?.value;
}

function pairsOf(maker: Maker, entry: Made): readonly Pair[] {
  const { context } = maker;
  if (entry.tree.is !== 'map') return [];
  const get = (key: keyof LinkKeys) => (entry.tree as Dict).entries.get(key)?.value;
  const [mesh, from, to, pick] = [get('mesh'), get('from'), get('to'), get('pick')];
  if (mesh ? from || to || pick : !from || !to) {
    context.problem(
      entry.at,
      mesh ? 'a mesh joins each with each: it has no from, to or pick' : 'a link has `from` and `to`, or `mesh`',
    );
    return [];
  }
  if (mesh)
    return meshOf(
      context,
      namesIn(maker, mesh).map(({ name }) => name),
      entry.at,
    );
  const before = context.problems.length;
  const ends = namesIn(maker, from as Tree);
  const pairs = new Map<string, Pair>();
  const known = mentions(to as Tree) ? null : namesIn(maker, to as Tree).map(({ name }) => name);
  if (known) context.spend('work', ends.length * known.length, entry.at);
  const count = pick ? numberOf(context, pick, 1, { least: 1, whole: true }) : null;
  for (const end of ends) {
    const others = (known ?? namesIn(maker, maker.texts.fill(to as Tree, end.captures)).map(({ name }) => name)).filter(
      (name) => name !== end.name,
    );
    if (count !== null && count > others.length)
      context.problem((pick as Tree).at, `there are only ${others.length} to pick ${count} from`);
    const chosen = count === null ? others : choose(others, count, entry.name, end.name);
    context.spend('work', chosen.length, entry.at);
    for (const other of chosen) {
      // The same two nodes are joined once, whichever end is written first.
      const key = end.name < other ? `${end.name}\n${other}` : `${other}\n${end.name}`;
      if (!pairs.has(key)) pairs.set(key, { from: end.name, to: other });
    }
  }
  if (pairs.size === 0 && context.problems.length === before) context.problem(entry.at, 'this joins nothing');
  context.spend('things', pairs.size, entry.at);
  return [...pairs.values()].sort((a, b) => byName(a.from, b.from) || byName(a.to, b.to));
}

function meshOf(context: Context, names: readonly string[], at: Origin): Pair[] {
  if (names.length === 1) context.problem(at, 'a mesh of one joins nothing');
  context.spend('things', (names.length * (names.length - 1)) / 2, at);
  const sorted = [...names].sort(byName);
  return sorted.flatMap((from, i) => sorted.slice(i + 1).map((to) => ({ from, to })));
}

/** The nodes a list of names and patterns means, each once, with what the first pattern that meets it captured. */
function namesIn({ context, nodes }: Maker, tree: Tree): readonly Captured[] {
  const ends = new Map<string, Captured>();
  for (const item of listOf(tree)) {
    const pattern = leafOf(context, item, 'the name of a node, or a glob')?.text;
    if (pattern === undefined) continue;
    const met = nodes.captured(pattern, item.at);
    if (met.length === 0)
      context.problem(
        item.at,
        isGlob(pattern) ? `no node matches "${shorten(pattern)}"` : `there is no node "${shorten(pattern)}"`,
        didYouMean(pattern, nodes.names()),
      );
    for (const end of met) if (!ends.has(end.name)) ends.set(end.name, end);
  }
  return [...ends.values()].sort((a, b) => byName(a.name, b.name));
}

const mentions = (tree: Tree): boolean => listOf(tree).some((item) => item.is === 'leaf' && /\$\d/.test(item.text));

/** The same `count` whatever else there is: each candidate has its rank by name, and the lowest are taken. */
function choose(names: readonly string[], count: number, link: string, from: string): readonly string[] {
  if (count >= names.length) return names;
  const ranked = names.map((name) => ({ name, rank: hash(`${link}\n${from}\n${name}`) }));
  return ranked
    .sort((a, b) => a.rank - b.rank || byName(a.name, b.name))
    .slice(0, count)
    .map(({ name }) => name);
}

/** FNV-1a with a final mix, so that names that differ in their last letter do not have neighbouring ranks. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
