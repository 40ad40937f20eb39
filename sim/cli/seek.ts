/** Finds networks, blocks, nodes, resolvers and names by what people type; else says what there is. */
import { blockOf, type Scenario } from '../index.ts';
import { blockKey, covers, hostBlock, lengthOf } from '../model/blocks.ts';
import { nearest } from '../model/nearest.ts';
import type { Prefix } from '../model/scenario.ts';
import { Unreadable } from './io.ts';

/** So many names are listed where none is near. */
const LISTED = 6;

const listed = (known: readonly string[]): string =>
  known.length === 0
    ? ': the scenario has none'
    : `; there is ${known.slice(0, LISTED).join(', ')}${known.length > LISTED ? ` and ${known.length - LISTED} more` : ''}`;

function none(what: string, text: string, known: readonly string[]): never {
  const near = nearest(text, known);
  const hint = near ? `; did you mean "${near}"?` : listed(known);
  throw new Unreadable(`there is no ${what} "${text}" in this scenario${hint}`);
}

/** Who has routes of its own, or belongs to somebody who has: ends of sessions, sites of prefixes, networks. */
export function networkOf({ nodes, links, prefixes, internet }: Scenario, text: string): string {
  const node = nodes.get(text) ?? byNumber({ nodes }, text);
  const number = numberIn(text);
  if (!node && number !== null && internet?.asn.includes(number))
    throw new Unreadable(
      `network ${number} is of the rest of the Internet, and only what is declared can be asked: add a node { kind: network, asn: ${number} }`,
    );
  const speaks = new Set([...links.values()].flatMap(({ bgp, from, to }) => (bgp === null ? [] : [from, to])));
  for (const { sites } of prefixes.values()) for (const { site } of sites) speaks.add(site);
  const has = (name: string): boolean => speaks.has(name) || nodes.get(name)?.kind === 'network';
  if (!node) return none('network', text, [...nodes.keys()].filter(has));
  if (node.network !== null) return node.network;
  if (has(node.name)) return node.name;
  throw new Unreadable(
    `${node.name} has no routes: it is no network, belongs to none, and is at the end of no session; ask for the network its traffic leaves by`,
  );
}

/** `AS13335`, or 13335. */
function numberIn(text: string): number | null {
  const [, number] = /^(?:AS)?(\d{1,10})$/i.exec(text) ?? [];
  return number === undefined ? null : Number(number);
}
function byNumber({ nodes }: Pick<Scenario, 'nodes'>, text: string) {
  const number = numberIn(text);
  return number === null ? undefined : [...nodes.values()].find(({ asn }) => asn === number);
}

/** A prefix by its name or its block; by an address, the longest block around it. null: it is none of these. */
function prefixLike({ prefixes }: Scenario, text: string): string | null {
  if (prefixes.has(text)) return text;
  const key = blockKey(text);
  if (key !== null) return around(prefixes, text).find(({ cidr }) => blockKey(cidr as string) === key)?.name ?? null;
  const host = hostBlock(text);
  return host === null ? null : (around(prefixes, host)[0]?.name ?? null);
}

/** The announced blocks that a block lies in, the longest first. */
function around(prefixes: Scenario['prefixes'], block: string): readonly Prefix[] {
  return [...prefixes.values()]
    .filter(({ cidr, sites }) => cidr !== null && sites.length > 0 && covers(cidr, block))
    .sort((a, b) => lengthOf(b.cidr as string) - lengthOf(a.cidr as string));
}

/** Of a part of a block that is not announced itself, the block is said: routes are to what is announced. */
function part({ prefixes }: Scenario, text: string): null {
  const wider = blockKey(text) === null ? undefined : around(prefixes, text)[0];
  if (wider)
    throw new Unreadable(`nobody announces "${text}" in this scenario; it lies in ${blockOf(wider.cidr, wider.name)}`);
  return null;
}

export const prefixOf = (scenario: Scenario, text: string): string =>
  prefixLike(scenario, text) ??
  part(scenario, text) ??
  none(/^[\da-f.:]+(\/\d+)?$/i.test(text) ? 'block for' : 'prefix', text, [...scenario.prefixes.keys()]);

/** The wider blocks around an address, by which packets to it go where there is no route to the longest; the longest first. */
export function widerOf({ prefixes }: Scenario, text: string): readonly string[] {
  const host = prefixes.has(text) || blockKey(text) !== null ? null : hostBlock(text);
  const blocks = host === null ? [] : around(prefixes, host);
  const keys = blocks.map(({ cidr }) => blockKey(cidr as string));
  return blocks.flatMap(({ name }, k) => (k > 0 && keys.indexOf(keys[k] as string) === k ? [name] : []));
}

export function resolverOf({ nodes }: Scenario, text: string): string {
  const node = nodes.get(text.replace(/^@/, ''));
  if (node?.resolver) return node.name;
  const known = [...nodes.values()].filter(({ resolver }) => resolver !== null).map(({ name }) => name);
  if (node) throw new Unreadable(`${node.name} is no resolver${listed(known)}`);
  return none('resolver', text, known);
}

/** With or without the dot at its end, in letters of either case (RFC 4343). */
export function zoneOf({ zones }: Scenario, text: string): string {
  const name = text.replace(/\.$/, '');
  const known = [...zones.keys()];
  return zones.has(name)
    ? name
    : (known.find((zone) => zone.toLowerCase() === name.toLowerCase()) ?? none('name', text, known));
}

/** Where a packet may be sent: a prefix by name or block, an address, or a node. */
export function targetOf(scenario: Scenario, text: string): { readonly node: string } | { readonly block: string } {
  const prefix = prefixLike(scenario, text);
  if (prefix !== null) return { block: hostBlock(text) === null ? prefix : text };
  const node = scenario.nodes.get(text);
  if (!node) part(scenario, text);
  if (!node) return none('prefix or node', text, [...scenario.prefixes.keys(), ...scenario.nodes.keys()]);
  return { node: node.name };
}

export function nodeOf({ nodes }: Scenario, text: string): string {
  return nodes.has(text) ? text : none('network or node', text, [...nodes.keys()]);
}
