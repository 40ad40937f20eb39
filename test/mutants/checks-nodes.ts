/** Checks of time, nodes, forces, paths and causes: what falls and rises when, and after what. */
import type { Check } from './check.ts';

export const nodeChecks: readonly Check[] = [
  {
    name: 'R7 five nodes with delays fall and rise to the millisecond',
    world: `
nodes:
  bb:   { kind: router }
  dns:  { kind: service, needs: [ bb ], downAfter: 43ms, upAfter: 43ms }
  auth: { kind: service, needs: [ bb, dns ], downAfter: 41ms, upAfter: 41ms }
  api:  { kind: service, needs: [ auth, dns ], downAfter: 40ms, upAfter: 40ms }
  cdn:  { kind: service, needs: [ { any: [ bb, dns ] } ], downAfter: 49ms, upAfter: 49ms }
  web:  { kind: service, needs: [ api, cdn ], downAfter: 42ms, upAfter: 42ms }
faults:
  bb:   { at: 100ms, for: 300ms, to: bb }
  dns:  { at: 700ms, for: 150ms, to: dns }
  auth: { at: 720ms, for: 10ms, to: auth }
`,
    of: ['up/'],
    changes: [
      '100 up/bb false',
      '141 up/auth false',
      '143 up/dns false',
      '181 up/api false',
      '192 up/cdn false',
      '223 up/web false',
      '400 up/bb true',
      '443 up/dns true',
      '449 up/cdn true',
      '484 up/auth true',
      '524 up/api true',
      '566 up/web true',
      '700 up/dns false',
      '720 up/auth false',
      '740 up/api false',
      '782 up/web false',
      '850 up/dns true',
      '891 up/auth true',
      '931 up/api true',
      '973 up/web true',
    ],
  },
  {
    name: 'R3 a consumer behind relays does not drop while a standby takes over in the same millisecond',
    world: `
nodes:
  main: { kind: service }
  spare: { kind: service, standby: true, needs: [ { not: main } ] }
  relay.1: { kind: service, needs: [ { any: [ main, spare ] } ] }
  relay.2: { kind: service, needs: [ relay.1 ] }
  user: { kind: service, needs: [ relay.2 ] }
faults:
  main: { to: main, at: 10s, for: 5s }
`,
    of: ['up/'],
    changes: ['10000 up/main false', '10000 up/spare true', '15000 up/main true', '15000 up/spare false'],
  },
  {
    name: 'R4 false on [t, t+D) is enough for a delay D, a break is not, and the end belongs to the run',
    world: `
nodes:
  "{source,flaky}": { kind: service }
  exact: { kind: service, needs: [ source ], downAfter: 5s, upAfter: 2s }
  longer: { kind: service, needs: [ source ], downAfter: 5001ms }
  steady: { kind: service, needs: [ flaky ], downAfter: 5s }
  page: { kind: tool, wants: [ flaky ] }
  m: { kind: monitor, watches: { not: { well: page } }, after: 5s }
tasks:
  look: { after: { sees: m }, takes: 1s }
faults:
  source: { to: source, at: 10s, for: 5s }
  flaky.1: { to: flaky, at: 20s, for: 4s }
  flaky.2: { to: flaky, at: 25s, for: 4s }
  flaky.3: { to: flaky, at: 1h }
`,
    of: ['up/', 'sees/'],
    changes: [
      '10000 up/source false',
      '15000 up/exact false',
      '15000 up/source true',
      '17000 up/exact true',
      '20000 up/flaky false',
      '24000 up/flaky true',
      '25000 up/flaky false',
      '29000 up/flaky true',
      '3600000 up/flaky false',
    ],
  },
  {
    name: 'R7 R8 each clause waits for its own upAfter, and starting begins again from nothing',
    world: `
nodes:
  "{a,b}": { kind: service }
  waits: { kind: service, needs: [ { up: a, upAfter: 10s }, { up: b, upAfter: 4s } ] }
  boots: { kind: service, needs: [ { up: a, upAfter: 3s }, b ], startTakes: 20s }
faults:
  a.1: { to: a, at: 10s, for: 5s }
  a.2: { to: a, at: 22s, for: 1s }
  b.1: { to: b, at: 40s, for: 8s }
  b.2: { to: b, at: 50s, for: 1s }
`,
    of: ['up/waits', 'up/boots'],
    changes: [
      '10000 up/boots false',
      '10000 up/waits false',
      '33000 up/waits true',
      '40000 up/waits false',
      '55000 up/waits true',
      '71000 up/boots true',
    ],
  },
  {
    name: 'R9 a start by hand stands for `starts`, once, and never for `needs`',
    world: `
nodes:
  net: { kind: service }
  key: { kind: service, needs: [ vault ] }
  vault: { kind: service, needs: [ net ], starts: [ key ] }
faults:
  net.1: { to: net, at: 10s, for: 20s }
  net.2: { to: net, at: 50s, for: 5s }
changes:
  hand: { at: 20s, to: [ vault ], effect: start }
`,
    of: ['up/'],
    changes: [
      '10000 up/net false',
      '10000 up/vault false',
      '10000 up/key false',
      '30000 up/net true',
      '30000 up/vault true',
      '30000 up/key true',
      '50000 up/net false',
      '50000 up/vault false',
      '50000 up/key false',
      '55000 up/net true',
    ],
  },
  {
    name: 'R9 a thing is broken while at least one token is on it',
    world: `
nodes:
  x: { kind: service }
faults:
  one: { to: x, at: 10s, for: 20s }
  two: { to: x, at: 20s, for: 20s }
  three: { to: x, at: 25s, for: 2s }
`,
    of: ['fault/'],
    changes: ['10000 fault/x true', '40000 fault/x false'],
  },
  {
    name: 'R9 under a force the owner keeps computing, and its value shows on release',
    world: `
nodes:
  x: { kind: service }
  "y": { kind: service, needs: [ x ] }
faults:
  one: { to: x, at: 20s, for: 20s }
forces:
  pinned: { up: x, holds: true, at: 10s, until: 30s }
  other: { up: "y", holds: false, at: 50s, until: 60s }
`,
    of: ['up/'],
    changes: [
      '30000 up/x false',
      '30000 up/y false',
      '40000 up/x true',
      '40000 up/y true',
      '50000 up/y false',
      '60000 up/y true',
    ],
  },
  {
    name: 'R11 before the start as much runs as can: two that need each other do, and `starts` does not count',
    world: `
nodes:
  a: { kind: service, needs: [ b ] }
  b: { kind: service, needs: [ a ], starts: [ { any: [] } ] }
  d: { kind: service, needs: [ a ] }
faults:
  d: { to: d, before: true, until: 30s }
  a: { to: a, at: 60s, for: 1s }
`,
    of: ['up/'],
    changes: ['30000 up/d true', '60000 up/a false', '60000 up/b false', '60000 up/d false'],
  },
  {
    name: 'R2 a path needs every node and link on it, on its layer or on none; drained is not down',
    world: `
nodes:
  "{a,b,c,d}": { kind: datacenter }
  x: { kind: service, in: a, wants: [ { reach: d }, { reach: d, over: red }, { reach: d, over: blue } ] }
  eye: { kind: monitor, watches: { well: x } }
links:
  red: { from: a, to: b, layer: red }
  blue: { from: a, to: c, layer: blue }
  left: { from: b, to: d }
  right: { from: c, to: d }
faults:
  left: { to: left, at: 60s, for: 10s }
  both: { to: [ right, red ], at: 65s, for: 10s }
  b: { to: b, at: 90s, for: 5s }
changes:
  drain: { at: 10s, to: a, effect: { drain: red }, until: { fault: left } }
  cut: { at: 80s, to: c, effect: { cut: blue } }
tasks:
  look: { after: { not: { sees: eye } }, takes: 1s }
`,
    of: ['reach/', 'up/'],
    changes: [
      '10000 reach/x/d/red false',
      '65000 reach/x/d false',
      '65000 reach/x/d/blue false',
      '75000 reach/x/d true',
      '75000 reach/x/d/blue true',
      '75000 reach/x/d/red true',
      '80000 reach/x/d/blue false',
      '90000 up/b false',
      '90000 reach/x/d false',
      '90000 reach/x/d/red false',
      '95000 up/b true',
      '95000 reach/x/d true',
      '95000 reach/x/d/red true',
    ],
  },
  {
    name: 'R16 a change names what tipped it: the last of enough, and not a glitch in between',
    world: `
nodes:
  "n.{1..4}": { kind: service }
  main: { kind: service }
  spare: { kind: service, standby: true, needs: [ { not: main } ] }
  two: { kind: service, needs: [ { up: 2 of n.* } ] }
  relay: { kind: service, needs: [ { any: [ main, spare ] }, { any: [ n.1, n.2 ] } ], downAfter: 10s }
  firm: { kind: service, needs: [ { any: [ main, spare ] } ], downAfter: 10s }
faults:
  n.1: { to: n.1, at: 10s }
  n.2: { to: n.2, at: 20s }
  main: { to: main, at: 25s }
  n.3: { to: n.3, at: 40s }
  n.4: { to: n.4, at: 50s }
  spare: { to: spare, at: 60s }
`,
    of: ['up/'],
    changes: [
      '10000 up/n.1 false < fault/n.1',
      '20000 up/n.2 false < fault/n.2',
      '25000 up/main false < fault/main',
      '25000 up/spare true < up/main',
      '30000 up/relay false < up/n.2',
      '40000 up/n.3 false < fault/n.3',
      '40000 up/two false < up/n.3',
      '50000 up/n.4 false < fault/n.4',
      '60000 up/spare false < fault/spare',
      '70000 up/firm false < up/spare',
    ],
  },
];
