/** Checks of numbers, routes, names and journeys: what crosses, arrives and runs out when. */
import type { Check } from './check.ts';

export const trafficChecks: readonly Check[] = [
  {
    name: 'R1 a number crosses at the first whole millisecond, and between its limits stays on its side',
    world: `
nodes:
  "{source,limited,exact}": { kind: service }
  limited: { needs: [ { not: { rate: load, above: 60, below: 20 } } ] }
  exact: { needs: [ { not: { rate: load, above: 100 } } ] }
rates:
  load: { rest: 0, while: { not: source }, to: 100, over: 10m, back: 10m }
faults:
  first:  { to: source, at: 0s, for: 8m }
  second: { to: source, at: 20m, for: 11m }
`,
    of: ['up/limited', 'up/exact', 'rate/'],
    changes: [
      '0 rate/load 0',
      '360000 up/limited false',
      '480000 rate/load 80',
      '840001 up/limited true',
      '960000 rate/load 0',
      '1200000 rate/load 0',
      '1560000 up/limited false',
      '1800000 rate/load 100',
      '1800000 up/exact false',
      '1860000 rate/load 100',
      '1860001 up/exact true',
      '2340001 up/limited true',
      '2460000 rate/load 0',
    ],
  },
  {
    name: 'R1 a number that jumps to its limit is above it',
    world: `
nodes:
  "{source,limited}": { kind: service }
  limited: { needs: [ { not: { rate: load, above: 100, below: 50 } } ] }
rates:
  load: { rest: 0, while: { not: source }, to: 100, over: 0, back: 0 }
faults:
  source: { to: source, at: 10s, for: 10s }
`,
    of: ['rate/', 'up/limited'],
    changes: ['10000 rate/load 100', '10000 up/limited false', '20000 rate/load 0', '20000 up/limited true'],
  },
  {
    name: 'R5 a hold clock begins anew after every break',
    world: `
nodes:
  net: { kind: network }
  pop: { kind: pop }
  user: { kind: service, needs: [ { route: block, from: net } ] }
prefixes:
  block: { from: pop, withdrawAfter: 2s, announceAfter: 3s }
faults:
  short: { to: pop, at: 10s, for: 1s }
  long: { to: pop, at: 20s, for: 5s }
  again: { to: pop, at: 27s, for: 500ms }
`,
    of: ['announces/', 'route/'],
    changes: [
      '22000 announces/pop/block false',
      '22000 route/net/block false',
      '30500 announces/pop/block true',
      '30500 route/net/block true',
    ],
  },
  {
    name: 'R5 messages arrive after their lag, in order, and each by itself',
    world: `
nodes:
  "net.{1,2}": { kind: network }
  "pop.{1,2}": { kind: pop }
  check: { kind: service, in: pop.* }
  "user.{1,2}": { kind: service, needs: [ { route: block, from: net.$1 } ] }
links:
  session: { from: net.1, to: pop.1, bgp: peers, delay: 1ms }
prefixes:
  block: { from: pop.*, while: check@here, withdrawLag: 20s, announceLag: 15s, withdrawAfter: 2s }
faults:
  short: { to: check@pop.1, at: 10s, for: 4s }
  both: { to: check, at: 100s, for: 10s }
`,
    of: ['announces/', 'route/'],
    changes: [
      '12000 announces/pop.1/block false',
      '14000 announces/pop.1/block true',
      '102000 announces/pop.1/block false',
      '102000 announces/pop.2/block false',
      '110000 announces/pop.1/block true',
      '110000 announces/pop.2/block true',
      '122000 route/net.2/block false',
      '122001 route/net.1/block false',
      '125000 route/net.2/block true',
      '125001 route/net.1/block true',
    ],
  },
  {
    name: 'R12 a cache filled lately lasts for the rest of its life, then stale for a while, then nothing',
    world: `
nodes:
  ns: { kind: nameserver }
  plain:  { kind: resolver }
  keeps:  { kind: resolver, serveStale: 100s }
  user: { kind: service, wants: [ { resolves: zone, via: plain }, { resolves: zone, via: keeps } ] }
  eye: { kind: monitor, watches: { well: user } }
zones:
  zone: { nameservers: ns, ttl: 60s }
tasks:
  look: { after: { not: { sees: eye } }, takes: 1s }
faults:
  first: { to: ns, at: 100s, for: 300s }
  second: { to: ns, at: 430s, for: 10s }
  third: { to: ns, at: 450s, for: 300s }
  reboot: { to: plain, at: 800s, for: 10s }
`,
    of: ['resolves/'],
    from: 300_000,
    changes: [
      '400000 resolves/keeps/zone ok',
      '400000 resolves/plain/zone ok',
      '460000 resolves/keeps/zone stale',
      '460000 resolves/plain/zone servfail',
      '560000 resolves/keeps/zone servfail',
      '750000 resolves/keeps/zone ok',
      '750000 resolves/plain/zone ok',
      '800000 resolves/plain/zone servfail',
      '810000 resolves/plain/zone ok',
    ],
  },
  {
    name: 'the first stage that stops people names what they see, and what merely hurts lets them pass',
    world: `
nodes:
  "{door,map,shop}": { kind: service }
  users: { kind: population, people: 100, does: buy }
journeys:
  buy: [ { up: door, else: login refused }, { up: map, else: slow }, { up: shop, else: server error } ]
faults:
  shop: { to: shop, at: 10s, for: 20s }
  door: { to: door, at: 20s, for: 20s }
  map: { to: map, at: 25s, for: 40s }
`,
    of: ['works/', 'affected/'],
    changes: [
      '10000 works/users/buy server error',
      '10000 affected/buy 100',
      '20000 works/users/buy login refused',
      '40000 works/users/buy slow',
      '40000 affected/buy 0',
      '65000 works/users/buy ok',
    ],
  },
];
