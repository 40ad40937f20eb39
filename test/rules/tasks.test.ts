/** R14, R15: what people do, with which hands, and what they can know. */
import { expect, test } from 'vitest';
import { Reasons } from '../../sim/analysis/why.ts';
import { MINUTE, problemsOf, simulate } from '../support/scenario.ts';

const world = (tasks: string, faults: string, more = ''): string => `
nodes:
  "{x,y}": { kind: service }
  "{tool,key}": { kind: tool }
  crew: { kind: team${more} }
  other: { kind: team }
faults: { ${faults} }
tasks:
${tasks}`;
const states = (text: string, task: string) =>
  simulate(text)
    .changes(`task/${task}`)
    .filter(([, fact]) => fact === `task/${task}`)
    .map(([at, , state]) => `${at / MINUTE} ${state}`);

test('R14 tasks: idle, waiting, working, done', () => {
  const text = world(
    '  fix: { team: crew, after: { not: x }, needs: tool, takes: 5m }',
    'f: { at: 1m, to: x }, g: { at: 30s, to: tool, until: 3m }',
  );
  expect(states(text, 'fix')).toEqual(['1 waiting', '3 working', '8 done']);
  expect(simulate(text).at('task/fix', 0)).toBe('idle');
});

test('R14 tasks: a rising edge calls, and calls again; done holds from completion until then', () => {
  const run = simulate(
    world(
      '  fix: { team: crew, after: { not: x }, takes: 5m }',
      'f: { at: 1m, to: x, for: 1m }, g: { at: 20m, to: x, for: 10m }',
    ),
  );
  expect(run.times('done/fix')).toEqual([6, 20, 25].map((m) => m * MINUTE));
});

test('R14 tasks: a rise while it is waiting or working is no other call', () => {
  const text = world(
    '  fix: { team: crew, after: { not: x }, takes: 5m }',
    'f: { at: 1m, to: x, for: 1m }, g: { at: 3m, to: x, for: 1m }',
  );
  expect(states(text, 'fix')).toEqual(['1 working', '6 done']);
});

test('R14 tasks: each occurrence has its own luck', () => {
  const run = simulate(
    world(
      '  fix: { team: crew, after: { not: x }, takes: 1m..9m }',
      'f: { at: 1m, to: x, for: 1m }, g: { at: 20m, to: x }',
    ),
  );
  const [first, , second] = run.times('done/fix') as [number, number, number];
  expect(first - MINUTE).not.toBe(second - 20 * MINUTE);
});

test('R14 tasks: `until` cancels, and frees the team', () => {
  const text = world(
    '  fix: { team: crew, after: { not: x }, takes: 30m, until: x }\n  next: { team: crew, after: { not: y }, takes: 1m }',
    'f: { at: 1m, to: x, for: 9m }, g: { at: 2m, to: y }',
  );
  expect(states(text, 'fix')).toEqual(['1 working', '10 cancelled']);
  expect(states(text, 'next')).toEqual(['2 waiting', '10 working', '11 done']);
  const run = simulate(text);
  expect(run.tippedBy(run.change('task/next', 10 * MINUTE))).toBe('task/fix');
});

test('R14 tasks: one hand, one task; who has been ready longest comes first, then by name', () => {
  const text = world(
    `  long: { team: crew, after: { not: x }, takes: 10m }
  c: { team: crew, after: { not: x }, takes: 1m, needs: key }
  b: { team: crew, after: { not: y }, takes: 1m }
  a: { team: crew, after: { not: y }, takes: 1m }`,
    'f: { at: 1m, to: x }, g: { at: 2m, to: y }, k: { at: 30s, to: key, until: 3m }',
  );
  // c was called first, but could not have begun before 3m.
  expect(['long', 'a', 'b', 'c'].map((task) => simulate(text).times(`task/${task}`, 'working')[0])).toEqual(
    [1, 11, 12, 13].map((m) => m * MINUTE),
  );
});

test('R14 tasks: whoever is called again as it ends is ready anew, behind those who wait', () => {
  const text = world(
    '  a: { team: crew, after: { not: x }, needs: tool, takes: 5m }\n  b: { team: crew, after: { not: y }, needs: tool, takes: 1m }',
    'f: { at: 1m, to: x, for: 1m }, g: { at: 8m, to: x }, h: { at: 2m, to: y }, t: { at: 30s, to: tool, until: 3m }',
  );
  expect(states(text, 'b')).toEqual(['2 waiting', '8 working', '9 done']);
  expect(states(text, 'a')).toEqual(['1 waiting', '3 working', '8 done', '8 waiting', '9 working', '14 done']);
});

test('R14 tasks: people decide on what is settled: what is lost in the round in which they begin stops them after it', () => {
  const run = simulate(`
nodes: { "{x,y}": { kind: service }, crew: { kind: team } }
faults: { f: { at: 1m, to: x } }
changes: { c: { after: { not: x }, to: y, effect: off } }
tasks:
  drill: { team: crew, after: x, takes: 10m, until: { not: x } }
  fix: { team: crew, after: y, needs: { not: { applied: c } }, takes: 10m }`);
  const { at, phase } = run.trace.columns;
  const moved = run.changes().flatMap(([, fact, to], id) => (at[id] === MINUTE ? [`${phase[id]} ${fact} ${to}`] : []));
  expect(moved.filter((line) => /applied|task/.test(line))).toEqual([
    '1 applied/c true',
    '1 task/drill cancelled',
    '1 task/fix working',
    '2 task/fix paused',
  ]);
});

test('R14 tasks: hands are counted, and several teams may be needed together', () => {
  const text = world(
    `  big: { team: { crew: 2, other: 1 }, after: { not: x }, takes: 5m }
  small: { team: crew, after: { not: y }, takes: 10m }
  aside: { team: other, after: { not: y }, takes: 1m }`,
    'f: { at: 2m, to: x }, g: { at: 1m, to: y }',
    ', size: 2',
  );
  expect(states(text, 'big')).toEqual(['2 waiting', '11 working', '16 done']);
  expect(problemsOf(text.replace('crew: 2,', 'crew: 3,')).join()).toContain('3 hands');
});

test('R14 tasks: a team that is down works on nothing', () => {
  const text = world(
    '  fix: { team: crew, after: { not: x }, takes: 5m }',
    'f: { at: 1m, to: x }, g: { at: 2m, to: crew, for: 10m }',
  );
  expect(states(text, 'fix')).toEqual(['1 working', '2 paused', '12 working', '16 done']);
});

test('R14 tasks: stuck is waiting or interrupted without a break for that long', () => {
  const text = world(
    '  fix: { team: crew, after: { not: x }, needs: tool, takes: 5m }\n  drive: { team: other, after: { stuck: fix, for: 10m }, takes: 1m }',
    'f: { at: 1m, to: x }, g: { at: 2m, to: tool }',
  );
  // Work on it was interrupted at 2m.
  expect(simulate(text).times('stuck/fix/10m')).toEqual([12 * MINUTE]);
  expect(states(text, 'drive')).toEqual(['12 working', '13 done']);
});

const ways = (remote = '', more = ''): string => `
  fix: { after: { not: x }${more}, ways: {
    remote: { team: crew, needs: tool, takes: 10m${remote} },
    by-hand: { team: other, after: { stuck: fix.remote, for: 5m }, takes: 20m } } }`;

test('R14 ways: the first to end ends the task, and the others are called off', () => {
  const text = world(ways(), 'f: { at: 1m, to: x }, g: { at: 30s, to: tool, until: 20m }');
  expect(states(text, 'fix.by-hand')).toEqual(['6 working', '26 done']);
  expect(states(text, 'fix.remote')).toEqual(['1 waiting', '20 working', '26 cancelled']);
  expect(states(text, 'fix')).toEqual(['1 waiting', '6 working', '26 done']);
});

test('R14 ways: a task called for again calls its ways anew', () => {
  const text = world(
    '  fix: { after: { not: x }, ways: { one: { team: crew, after: { not: y }, takes: 5m } } }',
    'f: { at: 1m, to: x, for: 1m }, g: { at: 20m, to: x }, h: { at: 30s, to: y }',
  );
  expect(states(text, 'fix.one')).toEqual(['0.5 waiting', '1 working', '6 done', '20 working', '25 done']);
  expect(simulate(text).times('done/fix')).toEqual([6, 20, 25].map((m) => m * MINUTE));
});

test('R14 ways: a task that is cancelled takes its ways along, and their hands come free', () => {
  const text = world(
    `${ways('', ', until: y')}\n  next: { team: crew, after: { fault: key }, takes: 1m }`,
    'f: { at: 1m, to: x }, g: { before: true, to: y, until: 4m }, h: { at: 2m, to: key }',
  );
  expect(states(text, 'fix')).toEqual(['1 working', '4 cancelled']);
  expect(states(text, 'fix.remote')).toEqual(['1 working', '4 cancelled']);
  expect(states(text, 'next')).toEqual(['2 waiting', '4 working', '5 done']);
});

test('R14 ways: one that is called off with its task follows from what called that off', () => {
  const run = simulate(
    world(
      `  fix: { after: { not: x }, until: { fault: key }, ways: {
    one: { team: crew, after: { not: y }, until: { fault: tool }, takes: 5m } } }`,
      'f: { at: 5m, to: x }, g: { at: 1m, to: y }, k: { at: 2m, to: key }',
    ),
  );
  expect(run.at('task/fix.one', 5 * MINUTE)).toBe('cancelled');
  const because = new Reasons(run.plan, run.trace).because(run.change('task/fix.one', 5 * MINUTE));
  expect(because.map((id) => run.factOf(id)).sort()).toEqual(['fault/key', 'up/x']);
});

test('R14 tasks: what a task does stands in the task', () => {
  const run = simulate(
    world(
      '  fix: { team: crew, after: { not: x }, takes: 5m, does: { revert: f, apply: c } }\nchanges: { c: { to: y, effect: off } }',
      'f: { at: 1m, to: x }',
    ),
  );
  expect([run.times('up/x'), run.times('up/y')]).toEqual([[MINUTE, 6 * MINUTE], [6 * MINUTE]]);
  expect(run.tippedBy(run.change('config/y/off'))).toBe('done/fix');
});

const watched = (faults: string): string => `
nodes:
  "{x,y}": { kind: service }
  crew: { kind: team }
  eye: { kind: monitor, needs: [ y ], watches: { not: x }, after: 3m }
faults: { ${faults} }
tasks: { look: { team: crew, after: { sees: eye }, takes: 1m } }`;

test('R15 monitoring: who detects something does so through a monitor', () => {
  expect(states(watched('f: { at: 1m, to: x }'), 'look')).toEqual(['4 working', '5 done']);
});

test('R15 monitoring: a monitor that is down sees nothing, and begins anew when it is back', () => {
  const run = simulate(watched('f: { at: 1m, to: x }, g: { at: 3m, to: y, for: 10m }'));
  expect(run.times('sees/eye')).toEqual([16 * MINUTE]);
  expect(simulate(watched('f: { at: 1m, to: [ x, y ] }')).changes('task')).toEqual([]);
});

test('R15 monitoring: a monitor that was lost before the trouble never raises the alarm', () => {
  const run = simulate(watched('g: { at: 30s, to: y }, f: { at: 1m, to: x }'));
  expect([run.changes('sees'), run.changes('task')]).toEqual([[], []]);
});

test('R15 monitoring: one that goes blind falls silent, calls nobody, and calls when it sees again and the trouble is still there', () => {
  // Called at 4m and done at 5m; blind from 6m to 20m; what it sees again at 23m is news.
  const text = watched('f: { at: 1m, to: x }, g: { at: 6m, to: y, until: 20m }');
  expect(simulate(text).times('sees/eye')).toEqual([4, 6, 23].map((m) => m * MINUTE));
  expect(states(text, 'look')).toEqual(['4 working', '5 done', '23 working', '24 done']);
  // The trouble is over before it sees again: nobody hears of that one.
  expect(states(watched('g: { at: 30s, to: y, until: 20m }, f: { at: 1m, to: x, until: 10m }'), 'look')).toEqual([]);
});

test('R15 monitoring: of two monitors the one outside is enough', () => {
  const text = `
nodes:
  "{x,y}": { kind: service }
  crew: { kind: team }
  inside: { kind: monitor, needs: [ x ], watches: { not: x } }
  outside: { kind: monitor, watches: { not: x }, after: 10m }
faults: { f: { at: 1m, to: x } }
tasks: { look: { team: crew, after: { any: [ { sees: inside }, { sees: outside } ] }, takes: 1m } }`;
  const run = simulate(text);
  expect([run.times('sees/inside'), run.times('sees/outside')]).toEqual([[], [11 * MINUTE]]);
  expect(run.tippedBy(run.change('task/look', 11 * MINUTE))).toBe('sees/outside');
});

test('R14 ways: a task of which every way has failed or was called off fails', () => {
  const text = world(
    `  fix: { after: { not: x }, ways: {
    near: { team: crew, needs: tool, onLoss: fail, takes: 30m },
    far: { team: other, until: { fault: key }, takes: 30m } } }`,
    'f: { at: 1m, to: x }, g: { at: 5m, to: tool }, h: { at: 7m, to: key }',
  );
  expect(states(text, 'fix')).toEqual(['1 working', '7 failed']);
  const run = simulate(text);
  expect(run.tippedBy(run.change('task/fix'))).toBe('task/fix.far');
});

test('R14 ways: a way that is still to be called for keeps the task open; one called for again takes it up again', () => {
  const text = world(
    `  fix: { after: { not: x }, ways: {
    near: { team: crew, needs: tool, onLoss: fail, takes: 30m },
    far: { team: other, after: { fault: key }, needs: tool, onLoss: fail, takes: 5m } } }`,
    'f: { at: 1m, to: x }, t: { at: 5m, to: tool, until: 6m }, k: { at: 10m, to: key, for: 1m }, t2: { at: 12m, to: tool, until: 13m }, k2: { at: 20m, to: key }',
  );
  expect(states(text, 'fix.near')).toEqual(['1 working', '5 failed']);
  expect(states(text, 'fix.far')).toEqual(['10 working', '12 failed', '20 working', '25 done']);
  expect(states(text, 'fix')).toEqual(['1 working', '5 paused', '10 working', '12 failed', '20 working', '25 done']);
});

test.each([
  [
    'a: { after: b, takes: 1m }, b: { after: a, takes: 1m }',
    'for each other, and so nobody ever begins one: a after b after a',
  ],
  ['a: { after: a, takes: 1m }', 'a waits for itself'],
  [
    'a: { after: { all: [ x, b ] }, takes: 1m }, b: { after: c, takes: 1m }, c: { after: { stuck: a, for: 1m }, takes: 1m }',
    'a after b after c after a',
  ],
  ['a: { ways: { w: { after: b, takes: 1m } } }, b: { after: a, takes: 1m }', 'a after b after a'],
])('R14 tasks: a ring that nothing else calls into is refused: %s', (tasks, says) => {
  const problems = problemsOf(`nodes: { x: { kind: service } }\ntasks: { ${tasks} }`);
  expect(problems.length).toBe(1);
  expect(problems[0]).toContain(says);
});

test.each([
  'a: { after: { any: [ b, { not: x } ] }, takes: 1m }, b: { after: a, takes: 1m }',
  'a: { after: { not: b }, takes: 1m }, b: { after: a, takes: 1m }',
])('R14 tasks: a ring with a way in is none: %s', (tasks) => {
  expect(problemsOf(`nodes: { x: { kind: service } }\ntasks: { ${tasks} }`)).toEqual([]);
});

test('R14 tasks: a hand may begin a ring', () => {
  const ring = 'tasks: { a: { after: b, takes: 1m }, b: { after: a, takes: 1m } }';
  const run = simulate(
    `nodes: { x: { kind: service } }\n${ring}\nforces: { f: { done: b, holds: true, at: 1m, until: 2m } }`,
  );
  expect(run.times('task/a', 'done')[0]).toBe(2 * MINUTE);
});
