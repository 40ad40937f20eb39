/** Small scenarios for the verbs that look into a run, and the flagship; each with its own name as a file. */
import { readFileSync } from 'node:fs';
import { type Heard, netfall, type World } from './fake-io.ts';

const scenario = (path: string): string =>
  readFileSync(new URL(`../../scenarios/${path}.yaml`, import.meta.url), 'utf8');

const head = (id: string): string =>
  `netfall: 1\nid: ${id}\ntitle: Small\nclock: { start: 2026-03-02T09:00:00Z, run: 1h }\n`;

/** A shop with two ways to it and a block of its own inside of its provider's; a customer, a peer, a site that falls silent. */
const WAYS = `${head('ways')}
nodes:
  shop: { kind: network, asn: 64500 }
  "{big,other}": { kind: network }
  big: { asn: 64501 }
  "{eyes,friend}": { kind: network }
  island: { kind: network }
links:
  up:    { from: shop, to: big, bgp: buys, hold: 3m }
  spare: { from: shop, to: other, bgp: buys }
  eye:   { from: eyes, to: "{big,other}", bgp: buys }
  core:  { from: big, to: other, bgp: peers }
  pals:  { from: friend, to: shop, bgp: peers }
prefixes:
  shop: { cidr: 192.0.2.0/24, from: shop }
  wide: { cidr: 192.0.0.0/16, from: other }
faults:
  cut: { at: 10m, to: spare, for: 5m }
  dead: { at: 20m, to: shop, for: 20m }
`;

/** Four resolvers, and the ways in which a server may fail one of them. */
const NAMES = `${head('names')}
nodes:
  "{net,isp}": { kind: network }
  site.{1..2}: { kind: pop, network: net }
  ns.{1..2}: { kind: nameserver, in: site.$1, prefix: block }
  ns.inside: { kind: nameserver }
  own: { kind: router }
  public: { kind: resolver, network: isp, timeout: 10s, failureCache: 30s, because: assumed }
  keeper: { kind: resolver, network: isp, serveStale: 1h, because: assumed }
  slow: { kind: resolver, timeout: 20s, failureCache: 30s, because: assumed }
  home: { kind: resolver, failureCache: 30s, because: assumed }
links:
  to-isp: { from: site.1, to: isp, bgp: buys }
  to-isp-too: { from: site.2, to: isp, bgp: buys }
  near: { from: "{home,slow}", to: own }
  far: { from: own, to: ns.inside }
prefixes: { block: { cidr: 192.0.2.0/24, from: site.* } }
zones:
  example: { nameservers: "ns.{1..2}", ttl: 1h }
  shop.example: { nameservers: "ns.{1..2}", ttl: 5m, under: example }
  inside.example: { nameservers: ns.inside, ttl: 5m }
  www.example: { nameservers: "ns.{1..2}", ttl: 1m, cname: shop.example }
faults:
  crash: { at: 10m, to: [ ns.1, ns.2 ], for: 20m }
  gone: { at: 40m, to: far }
  off: { at: 50m, to: home }
changes: { delete: { at: 45m, to: shop.example, effect: { remove: true } } }
`;

/** What policies do: what they set and refuse, what is leaked, what is dropped, and two who announce one block. */
const POLICIES = `${head('policies')}
policies:
  prefer: { back-up: { communities: [ backup ], preference: 50 } }
  picky: { forged: { validity: invalid, then: reject } }
  tell-all: { all: { then: accept } }
  asks: { way: { med: 20 } }
nodes:
  "{rich,strict,thief,owner,mid,west,east}": { kind: network }
  strict: { imports: picky, roles: true }
  rich: { imports: prefer }
  mid: { exports: tell-all, roles: false }
links:
  a: { from: owner, to: "{west,mid}", bgp: buys }
  b: { from: thief, to: east, bgp: buys }
  c: { from: "{west,east}", to: rich, bgp: peers }
  d: { from: mid, to: rich, bgp: peers, ends: { from: { exports: asks } } }
  e: { from: "{mid,east}", to: strict, bgp: buys }
  f: { from: strict, to: rich, bgp: peers }
prefixes:
  block: { cidr: 192.0.2.0/24, from: owner, communities: [ backup ] }
  stolen: { cidr: 192.0.2.0/24, from: thief, traffic: drop }
  flood: { cidr: 192.0.2.128/25, from: owner, communities: [ blackhole ] }
authorisations:
  block: { cidr: 192.0.2.0/24, longest: 25, origin: owner }
`;

/** Resolvers that check signatures, whose clients are impatient, and who wait so long for each server; a server in two blocks. */
const CHECKED = `${head('checked')}
nodes:
  "{net,isp}": { kind: network }
  "{site.1,site.2}": { kind: pop, network: net }
  ns: { kind: nameserver, prefix: [ one, two ] }
  hurried: { kind: resolver, network: isp, timeout: 20s, patience: 5s, retry: 800ms, failureCache: 30s, because: assumed }
links: { up: { from: site.*, to: isp, bgp: buys } }
prefixes: { one: { cidr: 192.0.2.0/24, from: site.1 }, two: { cidr: 198.51.100.0/24, from: site.2 } }
zones: { example: { nameservers: ns, ttl: 5m } }
faults: { half: { at: 10m, to: site.1 }, crash: { at: 30m, to: ns } }
`;

/** Two servers that fall silent one after the other, and resolvers that learn it: one that asks on, and one that gives them up. */
const LEARNS = `${head('learns')}
nodes:
  host.{1..2}: { kind: datacenter }
  ns.{1..2}: { kind: nameserver, in: host.$1 }
  asks: { kind: resolver, timeout: 10s, patience: 5s, retry: 800ms, failureCache: 5s, avoids: 30m, because: assumed }
  rests: { kind: resolver, patience: 2s, failureCache: 5s, avoids: 15m, backoff: { first: 376ms, each: 2, most: 12s }, because: assumed }
  near: { kind: resolver, timeout: 10s, retry: 800ms, rtt: { ns.1: 12ms, ns.2: 180ms }, because: assumed }
zones: { shop.example: { nameservers: ns.*, ttl: 1m } }
faults: { one: { at: 10m, to: host.1 }, two: { at: 30m, to: host.2, for: 20m } }
`;

/** Resolvers that are made to forget while their server keeps silent: what lives, what is dead and given all the same, that there is no such name. */
const FORGETS = `${head('forgets')}
nodes:
  ns: { kind: nameserver }
  "{plain,keeper}": { kind: resolver, timeout: 10s, failureCache: 30s, because: assumed }
  keeper: { serveStale: 1h }
zones:
  shop.example: { nameservers: ns, ttl: 5m, negativeTtl: 1h }
  gone.example: { under: shop.example, nameservers: ns, ttl: 5m, negativeTtl: 1h }
faults: { crash: { at: 15m, to: ns } }
changes:
  delete: { at: 1m, to: gone.example, effect: { remove: true } }
  flush:  { at: 16m, to: plain, effect: { flush: shop.example } }
  late:   { at: 30m, to: keeper, effect: { flush: shop.example } }
`;

const FILES = {
  'forgets.yaml': FORGETS,
  'learns.yaml': LEARNS,
  'checked.yaml': CHECKED,
  'policies.yaml': POLICIES,
  'facebook.yaml': scenario('outages/facebook-2021'),
  'hijack.yaml': scenario('patterns/hijack-at-large'),
  'ways.yaml': WAYS,
  'names.yaml': NAMES,
  'elsewhere.yaml': scenario('patterns/names-elsewhere'),
  'news.yaml': scenario('patterns/bad-news-travels-slowly'),
  'shares.yaml': scenario('patterns/lost-share-by-share'),
  'rollback.yaml': scenario('patterns/rollback-that-caches-refuse'),
  'block.yaml': scenario('patterns/part-of-a-block'),
};

export const look = (argv: readonly string[], world: World = {}): Promise<Heard> =>
  netfall(argv, { files: FILES, ...world });
