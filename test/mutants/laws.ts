/** The laws of the killing suite: what no single list of changes can say. */
import { linesOf, runWorld } from './check.ts';

export interface Law {
  readonly name: string;
  /** What is wrong; null when the law holds. */
  readonly broken: () => string | null;
}

const LUCKY = `
nodes:
  "m.{1..4}": { kind: service }
  n.1: { kind: service, needs: [ m.1 ], downAfter: 1s..100s, upAfter: exp(20s) }
  n.2: { kind: service, needs: [ m.1 ], downAfter: 1s..100s, upAfter: "normal(20s, 5s)" }
  all: { kind: service, needs: [ { up: all n.* } ] }
faults:
  m.1: { to: m.1, at: 5m, for: 5m }
  m.2: { to: m.1, at: 15m, for: 5m }
`;
const LONELY = LUCKY.replace('nodes:', 'nodes:\n  "{a,z}.lonely": { kind: service, startTakes: 5s }').replace(
  'faults:',
  'faults:\n  lonely: { to: a.lonely, at: 1m, for: 1s..1m }',
);
const TURNED = `
faults:
  m.2: { to: m.1, at: 15m, for: 5m }
  m.1: { to: m.1, at: 5m, for: 5m }
nodes:
  n.2: { kind: service, needs: [ m.1 ], downAfter: 1s..100s, upAfter: "normal(20s, 5s)" }
  n.1: { kind: service, needs: [ m.1 ], downAfter: 1s..100s, upAfter: exp(20s) }
  all: { kind: service, needs: [ { up: all n.* } ] }
  "m.{4,3,2,1}": { kind: service }
`;
const RACE = `
nodes:
  "{a,b}": { kind: service }
faults:
  a: { to: a, after: { not: b }, until: b }
  b: { to: b, after: a, until: { not: a } }
`;

export const lawWorlds: readonly string[] = [LUCKY, LONELY, TURNED, RACE];

const timesOf = (world: string, fact: string): number[] =>
  linesOf(runWorld(world), [fact]).map((line) => Number.parseInt(line, 10));

export const laws: readonly Law[] = [
  {
    name: 'R17 R24 an unconnected node changes nothing for the others',
    broken: () => {
      const [one, two] = [LUCKY, LONELY].map((world) => linesOf(runWorld(world), ['up/m', 'up/n']).join('\n'));
      return one === two ? null : 'other luck';
    },
  },
  {
    name: 'R17 each occasion has its own luck, and each thing',
    broken: () => {
      const [fall1, , fall2] = timesOf(LUCKY, 'up/n.1') as [number, number, number];
      const [other] = timesOf(LUCKY, 'up/n.2') as [number];
      if (fall2 - 900_000 === fall1 - 300_000) return 'the second time as the first';
      return other === fall1 ? 'one as the other' : null;
    },
  },
  {
    name: 'R18 the order of the file does not matter; the seed does',
    broken: () => {
      const digest = runWorld(LUCKY).digest;
      if (runWorld(TURNED).digest !== digest) return 'another digest for another order';
      return runWorld(LUCKY, 'another').digest === digest ? 'one digest for two seeds' : null;
    },
  },
  {
    name: 'R6 the 65th change of a fact in one instant is a race, and it is named',
    broken: () => {
      const trace = runWorld(RACE);
      if (trace.reason !== 'race') return `ends as ${trace.reason}`;
      if (!trace.flipping.includes('fault/b')) return `names ${trace.flipping.join(', ')}`;
      const most = linesOf(trace, ['fault/b']).length;
      return most === 64 ? null : `stops after ${most} changes`;
    },
  },
];
