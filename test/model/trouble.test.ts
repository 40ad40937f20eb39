import { describe, expect, test } from 'vitest';
import { fixed } from '../../sim/model/luck.ts';
import { problems, scenario, short } from './reading.ts';

const NODES = `nodes:
  meta: { kind: network }
  bb.{1..2}: { kind: router }
  pop.1: { kind: pop, network: meta }
  pop.2: { kind: pop, network: meta }
  audit: { kind: tool }
  ops: { kind: team, size: 2 }
  field: { kind: team }
links: { l: { from: bb.1, to: bb.2, layer: backbone } }
prefixes: { p: { from: pop.1 } }
`;
const wrong = (section: string, line: string) =>
  problems(`${NODES}${section}:\n  x: ${line}\n`).map((one) =>
    one.replace(/^\d+:\d+: /, '').replace(`${section}.x`, '…'),
  );

describe('faults', () => {
  const fault = (line: string) => scenario(`${NODES}faults:\n  x: ${line}\n`).faults.get('x');

  test('begin at a moment, after a condition, before the start, or by chance', () => {
    expect(fault('{ at: 15:39Z, to: bb.* }')).toMatchObject({
      at: 540_000,
      targets: ['bb.1', 'bb.2'],
      effect: { setting: 'down', of: null },
      until: null,
    });
    expect(short(fault('{ after: { not: bb.1 }, to: bb.2 }')?.after)).toBe('not(up/bb.1)');
    expect(fault('{ before: true, bug: audit }')).toMatchObject({
      before: true,
      targets: ['audit'],
      effect: { setting: 'bug', of: null },
    });
    expect(fault('{ mtbf: exp(30d), mttr: 1h, to: l }')).toMatchObject({
      targets: ['l'],
      mtbf: { law: 'exponential' },
      mttr: fixed(3_600_000),
    });
  });

  test('end at a moment, after a span, or when a condition comes true', () => {
    expect(fault('{ at: 1m, to: bb.1, until: 2m }')).toMatchObject({ until: 120_000, untilSo: null, lasts: null });
    expect(fault('{ at: 1m, to: bb.1, for: 2m..3m }')).toMatchObject({ until: null, lasts: { law: 'uniform' } });
    expect(short(fault('{ at: 1m, to: bb.1, until: bb.2 }')?.untilSo)).toBe('up/bb.2');
    expect(fault('{ at: 1m, to: bb.1, until: never }')).toMatchObject({ until: null, untilSo: null, lasts: null });
  });

  test.each([
    ['{ to: bb.1 }', '…: nothing says when this begins; say one of at, after, before: true, or mtbf with mttr'],
    [
      '{ at: 1m, before: true, to: bb.1 }',
      '…: at and before both say when this begins; say one of at, after, before: true, or mtbf with mttr',
    ],
    ['{ at: 1m }', '…: "to" is missing; say which nodes or links break'],
    ['{ at: 5m, to: bb.1, until: 4m }', '….until: this ends before it begins'],
    ['{ at: 5m, to: bb.1, until: 6m, for: 1m }', '….for: until and for both say when this ends'],
    ['{ mtbf: 1h, to: bb.1 }', '…: a fault by chance has both mtbf and mttr'],
    ['{ at: -5m, to: bb.1 }', '….at: a time span cannot be negative, found -5m'],
    ['{ at: never, to: bb.1 }', '….at: "never" is no moment to begin at'],
    ['{ at: 1m, to: bb.9 }', '….to: there is no node or link "bb.9"; did you mean "bb.1"?'],
    [
      '{ at: 1m, to: bb.1, effect: { drain: backbone } }',
      '….effect: a fault is down, off, bug, mute, set, deny or sign, found drain; what somebody means to do is a change',
    ],
    [
      '{ at: 1m, to: bb.1, effect: doen }',
      '….effect: expected a map or one of down, off, bug, start, mute, remove, found "doen"; did you mean "down"?',
    ],
  ])('%s is refused', (line, problem) => {
    expect(wrong('faults', line)).toEqual([problem]);
  });
});

describe('changes', () => {
  const change = (line: string) => scenario(`${NODES}changes:\n  x: ${line}\n`).changes.get('x');

  test('have an effect, a guard, a roll-out and a roll-back', () => {
    const read = change(
      '{ at: 9m, to: bb.*, effect: { drain: backbone }, takes: 10s, guard: { by: audit, asks: { reach: bb.1, from: pop.1 }, whenDown: open }, rollout: { batches: 4, every: 6m, order: shuffled, halt: { not: bb.1 } }, until: bb.2 }',
    );
    expect(read).toMatchObject({
      at: 540_000,
      targets: ['bb.1', 'bb.2'],
      effect: { setting: 'drain', of: 'backbone' },
      takes: fixed(10_000),
      guard: { by: 'audit', whenBroken: 'open' },
      rollout: { batches: 4, every: fixed(360_000), order: 'shuffled' },
      rollback: { batches: 1, every: fixed(0), order: 'named', halt: null },
    });
    expect([short(read?.guard?.asks), short(read?.rollout.halt), short(read?.untilSo)]).toEqual([
      'reach/pop.1/bb.1',
      'not(up/bb.1)',
      'up/bb.2',
    ]);
  });

  test('a broken guard lets nothing through unless it says open', () => {
    expect(change('{ at: 9m, to: bb.1, effect: off, guard: { by: audit, asks: bb.2 } }')?.guard?.whenBroken).toBe(
      'closed',
    );
  });

  test('a task may begin one', () => {
    const read = scenario(
      `${NODES}changes:\n  x: { to: pop.1, effect: { withdraw: p } }\ntasks:\n  t: { after: { not: bb.1 }, takes: 1m, does: { apply: x } }\n`,
    );
    expect(read.changes.get('x')).toMatchObject({
      at: null,
      after: null,
      before: false,
      effect: { setting: 'withdraw', of: 'p' },
    });
  });

  test.each([
    ['{ to: bb.1, effect: off }', '…: nothing begins this; say one of at, after, before: true, or let a task apply it'],
    [
      '{ at: 1m, to: bb.1 }',
      '…: "effect" is missing; drain, cut, down, off, start, mute, withdraw, remove, set, sign, ds or flush',
    ],
    [
      '{ at: 1m, to: bb.1, effect: { drain: backbone, off: true } }',
      '….effect.off: "drain" and "off" are two effects; write two entries',
    ],
    [
      '{ at: 1m, to: bb.1, effect: { drain: bakbone } }',
      '….effect.drain: no link has the layer "bakbone"; did you mean "backbone"?',
    ],
    ['{ at: 1m, to: pop.2, effect: { withdraw: p } }', '….to: pop.2 does not announce p'],
    [
      '{ at: 1m, to: bb.1, effect: off, guard: { by: audit } }',
      '….guard: "asks" is missing; say what must hold after the change',
    ],
    [
      '{ at: 1m, to: bb.1, effect: off, guard: { by: audit, asks: { reach: bb.2 } } }',
      '….guard.asks: nobody asks this: say who looks under `from`',
    ],
    [
      '{ at: 1m, to: bb.1, effect: off, until: 5m }',
      '….until: a change is taken back when a condition comes true, not at a moment; let a task revert it',
    ],
    [
      '{ at: 1m, to: bb.1, effect: off, until: 10:00Z }',
      '….until: a change is taken back when a condition comes true, not at a moment; let a task revert it',
    ],
    [
      '{ after: 10:00Z, to: bb.1, effect: off }',
      '….after: there is no node or task "10:00Z"; a moment is no condition',
    ],
    [
      '{ at: 1m, to: bb.1, effect: off, rollout: { batches: 0 } }',
      '….rollout.batches: expected a number of at least 1, found 0',
    ],
  ])('%s is refused', (line, problem) => {
    expect(wrong('changes', line)).toContain(problem);
  });
  test('one mistake is told once', () => {
    expect(wrong('changes', '{ at: 1m, to: bb.1, effect: off, until: 10:00Z }')).toHaveLength(1);
  });
});

describe('tasks', () => {
  const tasks = (text: string) => scenario(`${NODES}faults: { f: { at: 1m, to: bb.1 } }\ntasks:\n${text}`).tasks;

  test('say who, after what, with what, how long, and what is so then', () => {
    const task = tasks(
      '  x: { team: [ ops, field ], after: { not: bb.1 }, needs: audit, takes: 5m..10m, onLoss: restart, until: bb.1, does: { revert: f } }\n',
    ).get('x');
    expect(task).toMatchObject({
      parent: null,
      ways: [],
      teams: [
        { team: 'ops', hands: 1 },
        { team: 'field', hands: 1 },
      ],
      onLoss: 'restart',
      reverts: ['f'],
      applies: [],
    });
    expect([short(task?.after), short(task?.needs), short(task?.until)]).toEqual([
      'not(up/bb.1)',
      'up/audit',
      'up/bb.1',
    ]);
  });

  test('a bare task name is its being done', () => {
    expect(
      short(tasks('  x: { after: { not: bb.1 }, takes: 1m }\n  y: { after: x, takes: 1m }\n').get('y')?.after),
    ).toBe('done/x');
  });

  test('ways inherit what calls for the task, its team and its needs', () => {
    const read = tasks(
      '  x: { team: ops, after: { not: bb.1 }, needs: audit, does: { revert: f }, ways: { far: { takes: 1m, needs: bb.2 }, near: { team: { ops: 2 }, after: bb.2, takes: 9m } } }\n',
    );
    expect([...read.keys()]).toEqual(['x', 'x.far', 'x.near']);
    expect(read.get('x')).toMatchObject({ ways: ['x.far', 'x.near'], reverts: ['f'] });
    expect(read.get('x.far')).toMatchObject({
      parent: 'x',
      teams: [{ team: 'ops', hands: 1 }],
      takes: fixed(60_000),
      reverts: [],
    });
    expect([short(read.get('x.far')?.after), short(read.get('x.far')?.needs)]).toEqual([
      'not(up/bb.1)',
      'all(up/audit, up/bb.2)',
    ]);
    expect([short(read.get('x.near')?.after), read.get('x.near')?.teams]).toEqual([
      'up/bb.2',
      [{ team: 'ops', hands: 2 }],
    ]);
  });

  test('a task without after is called for when one of its ways is', () => {
    expect(
      short(tasks('  x: { ways: { a: { after: bb.1, takes: 1m }, b: { after: bb.2, takes: 1m } } }\n').get('x')?.after),
    ).toBe('any(up/bb.1, up/bb.2)');
  });

  test.each([
    ['{ takes: 1m }', '…: "after" is missing; say what calls for it: a condition'],
    ['{ after: bb.1 }', '…: "takes" is missing; say how long the work takes'],
    [
      '{ after: bb.1, takes: 1m, ways: { a: { takes: 2m } } }',
      '….takes: a task with ways takes what they take; say `takes` in each way',
    ],
    ['{ ways: { a: { takes: 2m } } }', '….ways.a: "after" is missing, here and in the task; say what calls for it'],
    ['{ team: audit, after: bb.1, takes: 1m }', '….team: audit is a tool, expected a team'],
    ['{ team: { ops: 3 }, after: bb.1, takes: 1m }', '….team.ops: this takes 3 hands, and ops has 2'],
    ['{ hands: 3, after: bb.1, takes: 1m }', '….hands: whose hands? say which team'],
    ['{ after: bb.1, takes: 1m, does: { revert: y } }', '….does.revert: there is no change or fault "y"'],
    ['{ after: bb.1, takes: 1m, onLoss: wait }', '….onLoss: expected one of pause, restart, fail, found "wait"'],
  ])('%s is refused', (line, problem) => {
    expect(wrong('tasks', line)).toEqual([problem]);
  });
});

describe('rates and forces', () => {
  test('a rate grows while its condition holds', () => {
    const rate = scenario(
      `${NODES}rates:\n  q: { unit: queries, rest: 1x, to: 30x, while: { not: bb.1 }, over: 5m, back: 10m }\n`,
    ).rates.get('q');
    expect(rate).toMatchObject({ rest: 1, to: 30, unit: 'queries', growsOver: 300_000, fallsOver: 600_000 });
  });

  test('a force pins one fact', () => {
    const force = scenario(
      `${NODES}forces:\n  f: { announces: p, from: pop.1, holds: false, at: 5m, until: 9m }\n`,
    ).forces.get('f');
    expect(force).toEqual({
      name: 'f',
      question: { kind: 'announces', subjects: ['pop.1', 'p'], test: { is: true } },
      holds: false,
      at: 300_000,
      until: 540_000,
    });
  });

  test.each([
    ['{ up: any bb.*, holds: true, at: 1m }', '…: a force pins one fact, and this asks about several'],
    ['{ guard: x, is: [ passes, blocks ], holds: true, at: 1m }', '….guard: there is no change "x"'],
    ['{ up: bb.1, at: 1m }', '…: "holds" is missing; true or false'],
    ['{ up: bb.1, holds: maybe, at: 1m }', '….holds: expected true or false, found "maybe"'],
    ['{ up: bb.1, holds: true, at: 5m, until: 5m }', '….until: this ends before it begins'],
  ])('force %s is refused', (line, problem) => {
    expect(wrong('forces', line)).toEqual([problem]);
  });
});
