/** Checks of faults and changes: guards, batches, halts, and what is taken back when. */
import type { Check } from './check.ts';

export const changesChecks: readonly Check[] = [
  {
    name: 'R13 a guard passes, blocks, is broken open or closed, or is absent',
    world: `
nodes:
  "dc.{1,2}": { kind: datacenter }
  "{sound,buggy,away}": { kind: tool }
links:
  cable: { from: dc.1, to: dc.2, layer: backbone }
  spare: { from: dc.1, to: dc.2, layer: management }
faults:
  bug: { before: true, bug: buggy }
  away: { to: away, at: 1s }
changes:
  passes: { at: 2s, to: dc.1, effect: { drain: backbone }, guard: { by: sound, asks: { reach: dc.2, from: dc.1 } } }
  blocks: { at: 3s, to: dc.1, effect: { cut: management }, guard: { by: sound, asks: { reach: dc.2, from: dc.1 } } }
  open:   { at: 4s, to: dc.1, effect: { cut: management }, guard: { by: buggy, asks: { reach: dc.2, from: dc.1 }, whenDown: open } }
  closed: { at: 5s, to: dc.1, effect: { drain: management }, guard: { by: away, asks: dc.1 } }
  absent: { at: 6s, to: dc.2, effect: { drain: backbone } }
`,
    of: ['guard/', 'reach/', 'carries/'],
    changes: [
      '2000 guard/passes passes',
      '2000 carries/cable false',
      '3000 guard/blocks blocks',
      '4000 guard/open broken-open',
      '4000 carries/spare false',
      '4000 reach/dc.1/dc.2 false',
      '5000 guard/closed broken-closed',
      '6000 guard/absent absent',
    ],
  },
  {
    name: 'R13 asking a guard leaves no trace, even while other things happen in the same millisecond',
    world: `
nodes:
  "dc.{1,2}": { kind: datacenter }
  audit: { kind: tool }
  far: { kind: service, in: dc.1, needs: [ { reach: dc.2 } ] }
links:
  "{left,right}": { from: dc.1, to: dc.2, layer: $1 }
faults:
  left: { to: left, at: 10s, for: 10s }
changes:
  cut: { at: 5s, to: dc.1, effect: { cut: left }, guard: { by: audit, asks: { reach: dc.2, over: left, from: dc.1 } } }
  drain: { at: 10s, to: dc.1, effect: { drain: right }, guard: { by: audit, asks: { reach: dc.2, from: dc.1 } } }
`,
    of: ['guard/', 'carries/', 'up/far', 'reach/dc.1/dc.2/left'],
    changes: [
      '5000 guard/cut blocks',
      '10000 guard/drain passes',
      '10000 carries/left false',
      '10000 carries/right false',
      '10000 reach/dc.1/dc.2/left false',
      '10000 up/far false',
      '20000 carries/left true',
      '20000 reach/dc.1/dc.2/left true',
      '20000 up/far true',
    ],
  },
  {
    name: 'R13 a guard looks at paths after the change, with everything else as it is',
    world: `
nodes:
  "dc.{1,2}": { kind: datacenter }
  audit: { kind: tool }
  far: { kind: service, in: dc.1, needs: [ { reach: dc.2 } ] }
links:
  cable: { from: dc.1, to: dc.2, layer: backbone }
changes:
  drain: { at: 10s, to: dc.1, effect: { drain: backbone }, guard: { by: audit, asks: far } }
`,
    of: ['guard/', 'up/'],
    changes: ['10000 guard/drain passes', '10000 up/far false'],
  },
  {
    name: 'R13 batches go out in equal parts, a halt is latched, and they come back in their own steps',
    world: `
nodes:
  "x.{1..5}": { kind: service }
  canary: { kind: service, needs: [ x.3 ], downAfter: 2s }
changes:
  wave: { at: 10s, to: x.*, effect: down, takes: 2s, rollout: { batches: 4, every: 5s }, rollback: { batches: 2, every: 3s }, until: { not: canary } }
  brave: { at: 60s, to: x.*, effect: "off", rollout: { batches: 5, every: 4s, halt: { not: canary } } }
`,
    of: ['rollout/', 'fault/', 'config/'],
    changes: [
      '10000 rollout/wave starting',
      '12000 fault/x.1 true',
      '12000 rollout/wave rolling',
      '17000 fault/x.2 true',
      '22000 fault/x.3 true',
      '24000 fault/x.1 false',
      '24000 fault/x.2 false',
      '24000 rollout/wave reverting',
      '27000 fault/x.3 false',
      '27000 rollout/wave reverted',
      '60000 config/x.1/off true',
      '60000 rollout/brave rolling',
      '64000 config/x.2/off true',
      '68000 config/x.3/off true',
      '70000 rollout/brave halted',
    ],
  },
  {
    name: 'R13 a change that is taken back while it starts never comes out',
    world: `
nodes:
  "{x,y}": { kind: service }
changes:
  slow: { at: 10s, to: x, effect: down, takes: 30s, until: { fault: y } }
faults:
  "y": { to: y, at: 20s }
`,
    of: ['rollout/', 'up/x'],
    changes: ['10000 rollout/slow starting', '20000 rollout/slow reverted'],
  },
  {
    name: 'faults by chance come one after the other, as often as they are drawn',
    world: `
nodes:
  x: { kind: service }
faults:
  x: { to: x, mtbf: 20m, mttr: 1m }
`,
    of: ['up/'],
    changes: ['1200000 up/x false', '1260000 up/x true', '2460000 up/x false', '2520000 up/x true'],
  },
  {
    name: 'R13 what is to begin while it is taken back begins when it has been, unless it is taken back once more',
    world: `
nodes:
  "{x,y}": { kind: service }
  "{bell,gong,stop}": { kind: service }
changes:
  again: { after: { any: [ { fault: bell }, { fault: gong } ] }, to: "{x,y}", effect: down, rollback: { batches: 2, every: 10s }, until: { any: [ { fault: stop } ] } }
faults:
  bell.1: { to: bell, at: 10s, for: 1s }
  stop.1: { to: stop, at: 20s, for: 1s }
  bell.2: { to: bell, at: 25s, for: 1s }
  stop.2: { to: stop, at: 40s, for: 1s }
  gong: { to: gong, at: 42s, for: 1s }
  stop.3: { to: stop, at: 45s, for: 1s }
`,
    of: ['rollout/'],
    changes: [
      '10000 rollout/again complete < fault/bell',
      '20000 rollout/again reverting < fault/stop',
      '30000 rollout/again reverted < rollout/again',
      '30000 rollout/again complete < rollout/again',
      '40000 rollout/again reverting < fault/stop',
      '50000 rollout/again reverted < rollout/again',
    ],
  },
  {
    name: 'R9 a second hand upon the first starts a thing once more',
    world: `
nodes:
  key: { kind: service }
  n: { kind: service, starts: [ key ] }
faults:
  key: { before: true, to: key }
  n.1: { to: n, at: 10s, for: 1s }
  n.2: { to: n, at: 30s, for: 1s }
changes:
  one: { at: 20s, to: n, effect: start }
  two: { at: 40s, to: n, effect: start }
`,
    of: ['up/n', 'config/n/start'],
    changes: [
      '10000 up/n false',
      '20000 config/n/start true',
      '20000 up/n true',
      '30000 up/n false',
      '40000 config/n/start false',
      '40000 config/n/start true',
      '40000 up/n true',
    ],
  },
];
