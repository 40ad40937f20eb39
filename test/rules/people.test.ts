/** R1, R3, R4, R5, R6, R11, R16 where people are counted: sessions that end, numbers that move, load that trips what bears it. */
import { describe, expect, test } from 'vitest';
import { Reasons } from '../../sim/analysis/why.ts';
import { MINUTE, problemsOf, type Run, simulate } from '../support/scenario.ts';

const world = (more: string, faults: string): string => `
nodes:
  "{a,b,c}": { kind: service }
  users: { kind: population, people: 100, does: use }
  ${more}
faults: { ${faults} }
`;
const because = (run: Run, fact: string, at?: number): readonly string[] =>
  new Reasons(run.plan, run.trace).because(run.change(fact, at)).map((id) => run.factOf(id));
const shares = (run: Run): readonly (readonly [number, unknown])[] =>
  run.changes('stopped').map(([at, , share]) => [at, share]);

test('R1 domains: people who turn twice in a millisecond are counted twice, the second time in the next one', () => {
  const run = simulate(
    `${world('', 'f: { at: 1m, to: a, for: 10m }')}journeys: { use: [ { up: a, session: 1h }, b ] }
tasks: { break: { after: { not: a }, takes: 0, does: { apply: g } } }
changes: { g: { to: b, effect: off } }
`,
  );
  expect(shares(run)).toEqual([
    [MINUTE, 0],
    [MINUTE + 1, 1],
  ]);
  expect(run.changes('affected').map(([at]) => at)).toEqual([MINUTE, MINUTE + 1]);
});

test('R3 two phases: a stage that fails and is mended in one phase moves nobody off the line they are on', () => {
  // When b falls its spare rises in the same millisecond; meanwhile sessions at a end.
  const run = simulate(
    `${world('spare: { kind: service, standby: true, needs: [ { not: b } ] }', 'f: { at: 1m, to: a, for: 30m }, g: { at: 10m, to: b }')}journeys: { use: [ { up: a, session: 1h }, { any: [ b, spare ] } ] }
`,
  );
  expect(run.times('up/spare')).toEqual([10 * MINUTE]);
  expect(shares(run)).toEqual([
    [MINUTE, 0],
    [31 * MINUTE, 0],
  ]);
});

test('R4 half-open: a session that ends in the instant of the return has ended', () => {
  const run = simulate(`${world('', 'f: { at: 1m, to: a, for: 30m }')}journeys: { use: [ { up: a, session: 1h } ] }\n`);
  expect(run.changes('works').map(([at, , word]) => [at, word])).toEqual([
    [31 * MINUTE, 'session expired'],
    [31 * MINUTE, 'ok'],
  ]);
  const sooner = simulate(
    `${world('', 'f: { at: 1m, to: a, for: 1799999ms }')}journeys: { use: [ { up: a, session: 1h } ] }\n`,
  );
  expect(sooner.changes('works')).toEqual([]);
});

test('R5 expiry: a stage that is back for a moment begins anew', () => {
  const run = simulate(
    `${world('', 'f: { at: 1m, to: a, for: 20m }, g: { at: 22m, to: a, for: 20m }')}journeys: { use: [ { up: a, session: 1h } ] }\n`,
  );
  expect(run.changes('works')).toEqual([]);
  expect(run.at('stopped/users/use', 41 * MINUTE)).toBeCloseTo(19 / 60, 8);
});

describe('R6 races', () => {
  const bears = (more: string): string =>
    world(
      `power: { kind: power, bears: use, cold: 2, warms: 10m, capacity: 1.5, ${more} }`,
      'f: { at: 1m, to: a, for: 10m }',
    );

  test('a node that trips is not up again in the instant it fell', () => {
    expect(problemsOf(`${bears('whenOver: fail')}journeys: { use: [ a, power ] }\n`).join()).toMatch(
      /`upAfter` or `startTakes`/,
    );
    const run = simulate(`${bears('whenOver: fail, upAfter: 15m')}journeys: { use: [ a, power ] }\n`);
    expect(run.trace.reason).toBe('horizon');
    expect(run.times('up/power', false).map((at) => Math.round(at / MINUTE))).toEqual([11, 26, 41, 56]);
  });
  test('nor may it stop people at once by being slow', () => {
    expect(
      problemsOf(`${bears('whenOver: slow')}journeys: { use: [ a, { well: power, else: refused } ] }\n`).join(),
    ).toMatch(/stops in the same instant those who make it so/);
    expect(problemsOf(`${bears('whenOver: slow')}journeys: { use: [ a, { well: power } ] }\n`)).toEqual([]);
  });
  test('what takes its time is no race, wherever it takes it', () => {
    const gate = (traits: string) =>
      `${bears('whenOver: slow')}journeys: { use: [ a, gate ] }\n`.replace(
        '  power:',
        `  gate: { kind: service, needs: [ { not: { overloaded: power } } ]${traits} }\n  power:`,
      );
    expect(problemsOf(gate('')).join()).toMatch(/in the same instant/);
    for (const traits of [', upAfter: 1m', ', downAfter: 1m', ', startTakes: 1m'])
      expect(problemsOf(gate(traits))).toEqual([]);
  });
});

test('R11 warm start: what fails before the start stops everybody, and is no load', () => {
  const run = simulate(
    `${world('power: { kind: power, bears: use }', 'f: { before: true, to: a, until: 1m }')}journeys: { use: [ { up: a, session: 1h } ] }
rates: { calls: { rest: 1, each: 0.5, of: users } }
`,
  );
  expect(
    ['stopped/users/use', 'troubled/users', 'affected/use', 'load/power', 'rate/calls'].map((fact) => run.at(fact, 0)),
  ).toEqual([1, 100, 100, 0, 51]);
  expect(
    ['stopped/users/use', 'troubled/users', 'affected/use', 'load/power', 'rate/calls'].map((fact) =>
      run.at(fact, MINUTE),
    ),
  ).toEqual([0, 0, 0, 1, 1]);
});

test('R16 causes: of a session that is over the loss, of a count who is counted, of a trip the load and who came back', () => {
  const run = simulate(
    `${world('power: { kind: power, bears: use, cold: 2, warms: 10m, capacity: 1.5, whenOver: fail, startTakes: 1h }', 'f: { at: 1m, to: a, for: 10m }, g: { at: 20m, to: b, for: 10m }')}journeys: { use: [ { up: a, session: 10m }, { up: b, else: slow }, c, { any: [ power, c ] } ] }
`,
  );
  expect(because(run, 'sessions/users/use/1', 6 * MINUTE)).toEqual(['up/a']);
  expect(because(run, 'works/users/use', 6 * MINUTE)).toEqual(['sessions/users/use/1']);
  expect(because(run, 'affected/use', 2 * MINUTE)).toEqual(['stopped/users/use']);
  expect(because(run, 'load/power', 12 * MINUTE)).toEqual(['stopped/users/use']);
  expect(because(run, 'overloaded/power', 12 * MINUTE)).toEqual(['load/power']);
  expect(because(run, 'up/power')).toEqual(['overloaded/power']);
  // What is merely slow stops nobody.
  expect(run.history.changesOf(run.history.fact('stopped/users/use') as number).length).toBe(2);
});

test('asking how many of an unknown number are troubled, or whose load it is, is an error with a sentence', () => {
  const people = world('', '').replace('people: 100, ', '');
  const asks = (question: string): string =>
    `${people}journeys: { use: [ a ] }\nstory: { s: { first: ${question}, says: Much. } }\n`;
  expect(problemsOf(asks('{ troubled: users, above: 3 }')).join()).toMatch(/nothing says how many people they are/);
  expect(problemsOf(asks('{ load: a, above: 3 }')).join()).toMatch(/nothing says whose load it bears/);
  expect(problemsOf(asks('{ overloaded: a }')).join()).toMatch(/nothing says whose load it bears/);
  const claim = (number: string): string =>
    `${people}journeys: { use: [ a ] }\ncheckpoints: { k: { says: x, max: ${number} } }\n`;
  expect(problemsOf(claim('stopped/users/use')).join()).toMatch(/affected\/JOURNEY/);
  expect(problemsOf(claim('load/users')).join()).toMatch(/users is a population/);
});
