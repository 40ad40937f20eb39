/** A system of some hundred parts for tests of the page: regions, sites and nameservers in groups within groups; the backbone is drained. */
import { realTrace } from '../support/real-trace.ts';

const TEXT = `
netfall: 1
id: large
title: A large system loses its backbone
clock: { start: 2021-10-04T15:30:00Z, run: 3h }
nodes:
  "{outside,transit.{1..6},net.{1..8}}": { kind: network }
  region.{1..4}: { kind: region }
  dc.{1..4}.{1..3}: { kind: datacenter, in: region.$1 }
  power: { kind: power, in: dc.* }
  bb.{1..4}.{1..3}.{1..4}: { kind: router, role: backbone, in: dc.$1.$2 }
  pop.1.{1..4}: { kind: pop }
  pop.2.{1..8}: { kind: pop }
  pop.3.{1..12}: { kind: pop }
  pop.4.{1..16}: { kind: pop }
  check: { kind: service, in: pop.*, needs: [ { reach: any dc.*, over: backbone } ], downAfter: 5s..30s..2m, upAfter: 2m }
  ns.{a,b,c,d}: { kind: nameserver, in: pop.*, prefix: ns-$1 }
  public: { kind: resolver, network: outside, demand: { example.com: 20% }, clientRetry: { tries: 20, over: 5m, back: 5m } }
  isp.{1..8}: { kind: resolver, network: net.$1, demand: { example.com: 20% }, clientRetry: { tries: 5, over: 5m, back: 5m } }
  "{feed,chat,photos,market,live}": { kind: service, in: dc.* }
  "{sso,vpn,mail,tickets,wiki,graphs,pager,phones,ledger}": { kind: tool, needs: [ { reach: any dc.*, over: backbone, from: pop.1.1 } ] }
  netops: { kind: team }
  door: { kind: access, in: dc.1.1, needs: [ { reach: dc.2.1, over: backbone, from: dc.1.1 } ] }
  users.fb.{1..4}: { kind: population, in: region.$1, people: 100000, does: [ read ], via: { public: 10%, "isp.$1": rest } }
  users.wa.{1..4}: { kind: population, in: region.$1, people: 100000, does: [ talk ], via: { public: 10%, "isp.$1": rest } }
links:
  plane.{1..4}: { mesh: "bb.*.*.$1", layer: backbone }
  haul: { from: "pop.*.*", to: "bb.$1.*.*", pick: 4, layer: backbone }
  core: { mesh: transit.*, bgp: peers }
  upstream: { from: pop.*, to: transit.*, pick: 2, bgp: buys }
  others: { from: "{outside,net.*}", to: transit.*, pick: 2, bgp: buys, delay: 10ms..1s..90s }
prefixes:
  ns-{a,b,c,d}: { from: pop.*, while: check@here }
zones:
  example.com: { nameservers: "ns.*", ttl: 1m }
changes:
  drain: { at: "15:40:00Z", to: "bb.*", effect: { drain: backbone }, takes: 30s, rollback: { batches: 4, every: 5m } }
tasks:
  repair: { team: netops, after: { rollout: drain, is: complete }, takes: 1h, does: { revert: drain } }
journeys:
  read: [ { resolves: example.com }, { up: any feed } ]
  talk: [ { resolves: example.com }, { up: any chat } ]
rates:
  calls: { unit: calls a minute, rest: 0, while: { not: { works: read, for: all users.fb.* } }, to: 900, over: 10m, back: 20m }
`;

let kept: string | undefined;
/** Its trace as the page gets it; made once. */
export function largeTrace(): string {
  kept ??= realTrace(TEXT);
  return kept;
}
