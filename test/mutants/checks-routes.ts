/** Checks of what networks do with routes beyond telling them, and of chains of trust. */
import type { Check } from './check.ts';

export const routeChecks: readonly Check[] = [
  {
    name: 'a discriminator counts among the routes of one neighbouring system only (RFC 4271 §9.1.2.2)',
    world: `
nodes:
  "{a,b,o,x}": { kind: network }
  a.1: { kind: router, network: a, exports: ten }
  a.2: { kind: router, network: a, exports: five }
  b: { exports: one }
  switch: { kind: service }
  user: { kind: service, standby: true, needs: [ { route: p, from: x } ] }
links:
  near: { from: x, to: "{a.1,a.2,b}", bgp: buys }
  home: { from: o, to: "{a.1,a.2,b}", bgp: buys }
policies: { ten: { all: { med: 10 } }, five: { all: { med: 5 } }, one: { all: { med: 1 } } }
prefixes: { p: { from: o, while: { not: switch } } }
faults: { gone: { to: switch, at: 10s } }
`,
    of: ['path/x'],
    changes: ['10020 path/x/p a o'],
  },
  {
    name: 'who hears a route with no-export tells nobody (RFC 1997)',
    world: `
nodes:
  "{o,t,x}": { kind: network }
  switch: { kind: service }
  "{near,far}": { kind: service, standby: true }
  near: { needs: [ { route: p, from: t } ] }
  far: { needs: [ { route: p, from: x } ] }
links: { up: { from: "{o,x}", to: t, bgp: buys } }
prefixes: { p: { from: o, communities: no-export, while: { not: switch } } }
faults: { gone: { to: switch, at: 10s } }
`,
    of: ['path/'],
    changes: ['10010 path/t/p o'],
  },
  {
    name: 'a provider with a role takes nothing from its customer that another provider told it (RFC 9234 §5)',
    world: `
nodes:
  "{top,other}": { kind: network, roles: true }
  "{o,leaker}": { kind: network }
  leaker: { exports: everything }
  switch: { kind: service }
  "{near,far}": { kind: service, standby: true }
  near: { needs: [ { route: p, from: leaker } ] }
  far: { needs: [ { route: p, from: top } ] }
links: { up: { from: leaker, to: "{top,other}", bgp: buys }, home: { from: o, to: other, bgp: buys } }
policies: { everything: { all: { then: accept } } }
prefixes: { p: { from: o, while: { not: switch } } }
faults: { gone: { to: switch, at: 10s } }
`,
    of: ['path/'],
    changes: ['10020 path/leaker/p other o'],
  },
  {
    name: 'a session is shut by one prefix more than its limit, not by as many (RFC 4486)',
    world: `
nodes:
  "{o,x}": { kind: network }
  "{two,three}": { kind: service }
  user: { kind: service, needs: [ { session: up } ] }
links: { up: { from: o, to: x, bgp: buys, ends: { to: { limit: { prefixes: 2, then: shut } } } } }
prefixes: { p: { from: o }, q: { from: o, while: { not: two } }, r: { from: o, while: { not: three } } }
faults: { second: { to: two, at: 10s }, third: { to: three, at: 20s } }
`,
    of: ['session/', 'limited/'],
    changes: ['20010 session/up false'],
  },
  {
    name: 'who holds a DS record takes no unsigned answer (RFC 4035 §4.3)',
    world: `
nodes:
  "{registry,names}": { kind: nameserver }
  strict: { kind: resolver, validates: true }
  user: { kind: service, needs: [ { resolves: shop.example, via: strict } ] }
zones:
  example: { nameservers: registry, ttl: 1h, signed: true }
  shop.example: { nameservers: names, ttl: 0s, under: example, signed: true, ds: 1h }
faults: { unsigned: { to: shop.example, at: 10s, for: 10s, effect: { sign: off } } }
`,
    of: ['resolves/'],
    changes: ['10000 resolves/strict/shop.example servfail', '20000 resolves/strict/shop.example ok'],
  },
];
