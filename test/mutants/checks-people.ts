/** Checks of people: whose turn it is, what they do when something is missing, and when they are free. */
import type { Check } from './check.ts';

export const peopleChecks: readonly Check[] = [
  {
    name: 'R14 one hand does one task, and who has been ready longest is first',
    world: `
nodes:
  "{x,y,z}": { kind: service }
  crew: { kind: team }
tasks:
  hold: { team: crew, after: { fault: x }, takes: 20s }
  zebra: { team: crew, after: { fault: y }, takes: 10s }
  ape: { team: crew, after: { fault: z }, takes: 10s }
faults:
  x: { to: x, at: 10s }
  "y": { to: y, at: 12s }
  z: { to: z, at: 15s }
`,
    of: ['task/'],
    changes: [
      '10000 task/hold working',
      '12000 task/zebra waiting',
      '15000 task/ape waiting',
      '30000 task/hold done',
      '30000 task/zebra working',
      '40000 task/zebra done',
      '40000 task/ape working',
      '50000 task/ape done',
    ],
  },
  {
    name: 'R5 R14 work whose needs are lost goes on where it was, or begins anew; a task that is over is called again',
    world: `
nodes:
  "{x,tool}": { kind: service }
  "{crew,staff}": { kind: team }
tasks:
  pauses: { team: crew, after: { fault: x }, takes: 20s, needs: tool }
  repeats: { team: staff, after: { fault: x }, takes: 20s, needs: tool, onLoss: restart }
faults:
  x.1: { to: x, at: 10s, for: 1s }
  x.2: { to: x, at: 100s, for: 1s }
  tool: { to: tool, at: 15s, for: 10s }
`,
    of: ['task/'],
    changes: [
      '10000 task/pauses working',
      '10000 task/repeats working',
      '15000 task/pauses paused',
      '15000 task/repeats paused',
      '25000 task/pauses working',
      '25000 task/repeats working',
      '40000 task/pauses done',
      '45000 task/repeats done',
      '100000 task/pauses working',
      '100000 task/repeats working',
      '120000 task/pauses done',
      '120000 task/repeats done',
    ],
  },
  {
    name: 'R14 the first way to end ends the task and sets the others free',
    world: `
nodes:
  "{x,link}": { kind: service }
  "{near,far}": { kind: team }
tasks:
  fix: { after: { fault: x }, does: { revert: x }, ways: { remote: { team: near, needs: link, takes: 60s }, by-hand: { team: far, after: { stuck: fix.remote, for: 20s }, takes: 30s } } }
  look: { team: near, after: fix, takes: 5s }
faults:
  x: { to: x, at: 10s }
  link: { to: link, at: 5s, for: 30s }
`,
    of: ['task/', 'stuck/', 'fault/x'],
    changes: [
      '10000 fault/x true',
      '10000 task/fix waiting',
      '10000 task/fix.remote waiting',
      '30000 stuck/fix.remote/20s true',
      '30000 task/fix.by-hand working',
      '30000 task/fix working',
      '35000 task/fix.remote working',
      '35000 stuck/fix.remote/20s false',
      '60000 task/fix done',
      '60000 task/fix.by-hand done',
      '60000 task/fix.remote cancelled',
      '60000 fault/x false',
      '60000 task/look working',
      '65000 task/look done',
    ],
  },
  {
    name: 'R14 what is called off or fails sets its team free',
    world: `
nodes:
  "{x,y,z}": { kind: service }
  crew: { kind: team }
tasks:
  fails: { team: crew, after: { fault: x }, takes: 60s, needs: z, onLoss: fail }
  held: { team: crew, after: { fault: x }, takes: 100s, until: { fault: "y" } }
  next: { team: crew, after: { fault: "y" }, takes: 10s }
faults:
  x: { to: x, at: 10s }
  z: { to: z, at: 30s }
  "y": { to: y, at: 50s }
`,
    of: ['task/'],
    changes: [
      '10000 task/fails working',
      '10000 task/held waiting',
      '30000 task/fails failed',
      '30000 task/held working',
      '50000 task/held cancelled',
      '50000 task/next working',
      '60000 task/next done',
    ],
  },
  {
    name: 'R14 a task of which every way has failed or was called off fails, and one called for again takes it up again',
    world: `
nodes:
  "{x,tool,bell}": { kind: service }
  "{near,far}": { kind: team }
tasks:
  fix: { after: { fault: x }, ways: { one: { team: near, needs: tool, onLoss: fail, takes: 60s }, two: { team: far, after: { fault: bell }, until: { not: tool }, takes: 60s } } }
faults:
  x: { to: x, at: 10s }
  tool.1: { to: tool, at: 20s, for: 5s }
  bell.1: { to: bell, at: 30s, for: 5s }
  tool.2: { to: tool, at: 40s, for: 5s }
  bell.2: { to: bell, at: 50s, for: 5s }
`,
    of: ['task/'],
    changes: [
      '10000 task/fix.one working < fault/x',
      '10000 task/fix working < task/fix.one',
      '20000 task/fix.one failed < up/tool',
      '20000 task/fix paused < task/fix.one',
      '30000 task/fix.two working < fault/bell',
      '30000 task/fix working < task/fix.two',
      '40000 task/fix.two cancelled < up/tool',
      '40000 task/fix failed < task/fix.two',
      '50000 task/fix.two working < fault/bell',
      '50000 task/fix working < task/fix.two',
      '110000 task/fix done < done/fix.two',
      '110000 task/fix.two done < task/fix.two',
    ],
  },
];
