import { describe, expect, test } from 'vitest';
import { score, scoreExpectations } from '../../sim/analysis/score.ts';
import type { CheckpointResult } from '../../sim/trace/lines.ts';
import { make, runOf, scenarioOf } from './made.ts';

/** x is down from minute 1 to 3 and from 5 to 6 of ten; y falls with it, ten seconds later. */
const PLACE = `
nodes:
  x: { kind: service }
  y: { kind: service, needs: [ x ], downAfter: 10s, upAfter: 10s }
  w.{1..4}: { kind: service }
faults:
  first:  { at: 1m, to: x, until: 3m }
  second: { at: 5m, to: x, until: 6m }
  some:   { at: 2m, to: "w.{1,2,3}", until: 4m }
  other:  { at: 4m, to: w.4, until: 5m }
rates:
  queries: { unit: queries, rest: 100, while: { not: x }, to: 3000, over: 1m, back: 1m }
  still:   { unit: queries, rest: 100, while: { all: [ x, { not: x } ] }, to: 3000 }
checkpoints:
`;

function judged(checkpoint: string): CheckpointResult {
  const { scenario, trace } = make(`${PLACE}  k: ${checkpoint}\n`);
  return score(scenario, trace)[0] as CheckpointResult;
}
const finds = (checkpoint: string): string | null => judged(checkpoint).simulated;

describe('what a claim finds', () => {
  test.each([
    ['first: the start of the first stretch', '{ first: { not: x } }', '15:31:00'],
    ['first: what holds from the start is first at 0', '{ first: x }', '15:30:00'],
    ['first: what holds as the window opens is first then', '{ first: { not: x }, within: "2m.." }', '15:32:00'],
    ['first: a window that ends as it begins still sees it', '{ first: { not: x }, within: "..1m" }', '15:31:00'],
    ['first: never', '{ first: { not: x }, within: "..59s" }', null],
    ['first: only while something else holds', '{ first: { not: x }, while: { not: y } }', '15:31:10'],
    ['last: the start of the last stretch', '{ last: { not: x } }', '15:35:00'],
    ['last: what holds at the end', '{ last: x }', '15:36:00'],
    ['back: after the first stretch in which it was not so', '{ back: x }', '15:33:00'],
    ['back: what was not so from the start counts', '{ back: { not: x } }', '15:31:00'],
    ['back: nothing to come back from in the window', '{ back: x, within: "3m..4m" }', null],
    ['back: lost in the window', '{ back: x, within: "3m.." }', '15:36:00'],
    ['lasts: the time in all', '{ lasts: { not: x } }', '3m'],
    ['lasts: clipped to the window', '{ lasts: { not: x }, within: "2m..5m30s" }', '1m30s'],
    ['lasts: to the end of the run', '{ lasts: x }', '7m'],
    ['lasts: a whole window and no more', '{ lasts: x, within: "8m..9m" }', '1m'],
    ['lasts: only while something else holds', '{ lasts: { not: x }, while: { not: y } }', '2m40s'],
    ['count: how often it comes true', '{ count: { not: x } }', '2'],
    ['count: what held from the start did not come true', '{ count: x }', '2'],
    ['count: nor what held as the window opened', '{ count: { not: x }, within: "2m.." }', '1'],
    ['count: none', '{ count: { not: { up: any w.* } } }', '0'],
    ['always', '{ always: x }', 'no'],
    ['always: over the window', '{ always: x, within: "3m..4m59s" }', 'yes'],
    ['always: ends included', '{ always: x, within: "3m..5m" }', 'no'],
    ['always: while', '{ always: { not: x }, while: { not: { up: all w.* } }, within: "..2m59s" }', 'yes'],
    ['always: never put to the test', '{ always: x, while: { not: { up: any w.* } } }', null],
    ['never', '{ never: { not: { up: any w.* } } }', 'yes'],
    ['never: once is enough', '{ never: { not: x } }', 'no'],
    ['never: never put to the test', '{ never: { not: x }, while: { not: { up: any w.* } } }', null],
    ['at: after everything of that moment', '{ at: { when: 1m, so: x } }', 'no'],
    ['at: the moment before', '{ at: { when: 59s, so: x } }', 'yes'],
    ['lag', '{ lag: [ { not: x }, { not: y } ] }', '10s'],
    ['lag: signed', '{ lag: [ { not: y }, { not: x } ] }', '-10s'],
    ['lag: one never comes', '{ lag: [ { not: y }, { not: { up: any w.* } } ] }', null],
    ['order', '{ order: [ { not: x }, { not: y }, { not: w.1 } ] }', 'yes'],
    ['order: the wrong way round', '{ order: [ { not: y }, { not: x } ] }', 'no'],
    ['order: at once is not one after the other', '{ order: [ { not: w.1 }, { not: w.2 } ] }', 'no'],
    ['order: one never comes', '{ order: [ { not: x }, { not: { up: any w.* } } ] }', 'no'],
    ['max', '{ max: queries }', '3000'],
    ['max: half of the way up', '{ max: queries, within: "..1m30s" }', '1550'],
    ['max: written as it was seen', '{ max: queries, seen: 30x, accept: "..4000" }', '3000x'],
    ['ratio', '{ ratio: { of: queries, to: before } }', '30x'],
    ['ratio: before it moves there is none', '{ ratio: { of: queries, to: before }, within: "..30s" }', null],
    ['ratio: a rate that never moves', '{ ratio: { of: still, to: before } }', null],
    ['share: the most at once', '{ share: { not: { up: each w.* } } }', '75%'],
    ['share: what ends is not at once with what begins', '{ share: { not: { up: each w.* } }, within: "4m.." }', '25%'],
    ['gain: from one moment to another', '{ gain: { of: { not: { up: each w.* } }, from: 0s, to: 3m } }', '75%'],
    ['gain: less than before', '{ gain: { of: { not: { up: each w.* } }, from: 3m, to: 4m } }', '-50%'],
    [
      'share: of each in several places',
      '{ share: { any: [ { not: { up: each w.* } }, { fault: each w.* } ] } }',
      '75%',
    ],
    ['share: none', '{ share: { not: { up: each w.* } }, within: "..1m" }', '0%'],
  ])('%s', (_, checkpoint, expected) => {
    expect(finds(checkpoint)).toBe(expected);
  });

  test('order: consequences in one instant come one after the other', () => {
    const { scenario, trace } = make(`
nodes:
  a: { kind: service }
  b: { kind: service, needs: [ a ] }
faults: { f: { at: 1m, to: a } }
checkpoints:
  so:  { order: [ { not: a }, { not: b } ] }
  not: { order: [ { not: b }, { not: a } ] }
`);
    expect(score(scenario, trace).map(({ simulated }) => simulated)).toEqual(['yes', 'no']);
  });
});

describe('a claim after another checkpoint', () => {
  const following = (so: string, within: string, other = '{ first: { not: x } }'): CheckpointResult | undefined => {
    const { scenario, trace } = make(
      `${PLACE}  k: { after: { so: ${so}, checkpoint: other, within: ${within} } }\n  other: ${other}\n`,
    );
    return score(scenario, trace)[0];
  };
  test('comes true soon enough', () => {
    expect(following('{ not: y }', '10s')).toMatchObject({ simulated: '15:31:10', held: true });
  });
  test('comes true too late', () => {
    expect(following('{ not: y }', '9s')).toMatchObject({ simulated: null, held: false });
  });
  test('was true before', () => {
    expect(following('{ not: x }', '10s', '{ first: { not: y } }')).toMatchObject({ simulated: null, held: false });
  });
  test('of a checkpoint that finds no moment', () => {
    expect(following('{ not: y }', '10m', '{ never: { not: x } }')).toMatchObject({ simulated: null, held: false });
  });
  test('two that come after each other find nothing', () => {
    const round = '{ after: { so: { not: x }, checkpoint: k, within: 1m } }';
    expect(following('{ not: y }', '10m', round)).toMatchObject({ simulated: null, held: false });
  });
});

describe('a peak', () => {
  const peak = (faults: string, claim: string): string | null => {
    const { scenario, trace } = make(`
nodes: { "n.{1..6}": { kind: service } }
faults:
${faults}
checkpoints: { k: ${claim} }
`);
    return score(scenario, trace)[0]?.simulated ?? null;
  };
  const FEW_THEN_MANY = '  few: { at: 1m10s, to: "n.{1,2}" }\n  many: { at: 3m50s, to: "n.{3,4,5}" }';

  test('is the middle of the fullest minute of the clock', () => {
    expect(peak(FEW_THEN_MANY, '{ peak: "up/n.*" }')).toBe('15:33:30');
  });
  test('has bins as long as said, on the clock', () => {
    expect(peak(FEW_THEN_MANY, '{ peak: "up/*", per: 20s }')).toBe('15:33:50');
  });
  test('looks at its window only', () => {
    expect(peak(FEW_THEN_MANY, '{ peak: "up/*", within: "..3m" }')).toBe('15:31:30');
  });
  test('is the earliest of several', () => {
    expect(peak('  a: { at: 1m, to: n.1 }\n  b: { at: 2m, to: n.2 }', '{ peak: "up/*" }')).toBe('15:31:30');
  });
  test('takes a star for any run of characters, slashes too', () => {
    expect(peak(FEW_THEN_MANY, '{ peak: "*/n.1" }')).toBe('15:31:30');
  });
  test('is nowhere when nothing of that name changes', () => {
    expect(peak(FEW_THEN_MANY, '{ peak: "up/n.6" }')).toBeNull();
  });
});

describe('whether it holds', () => {
  test.each([
    ['inside', '{ first: { not: x }, seen: 15:31:30Z, accept: ±1m }', true],
    ['at the end of the tolerance', '{ first: { not: x }, seen: 15:32:00Z, accept: ±1m }', true],
    ['just outside', '{ first: { not: x }, accept: "15:31:01Z.." }', false],
    ['an open end', '{ first: { not: x }, accept: "..15:31:00Z" }', true],
    ['it never happened', '{ first: { not: { up: any w.* } }, accept: "..15:40Z" }', false],
    ['it never happened, as it should', '{ first: { not: { up: any w.* } }, accept: never }', true],
    ['it happened and should not have', '{ first: { not: x }, accept: never }', false],
    ['without tolerance: as seen', '{ count: { not: x }, seen: 2 }', true],
    ['without tolerance: not as seen', '{ count: { not: x }, seen: 3 }', false],
    ['without anything: that it happens', '{ first: x }', true],
    ['without anything: that it happens at all', '{ lasts: { not: { up: any w.* } } }', false],
    ['never must hold', '{ never: { not: x } }', false],
    ['what was never put to the test does not hold', '{ never: { not: x }, while: { not: { up: any w.* } } }', false],
    ['a negative lag', '{ lag: [ { not: y }, { not: x } ], accept: "-15s..-5s" }', true],
  ])('%s', (_, checkpoint, held) => {
    expect(judged(checkpoint).held).toBe(held);
  });
});

test('the ends of a tolerance are included, whatever binary fractions make of them', () => {
  // 0.35 + 0.05 falls short of 0.4.
  const { scenario, trace } = make(`
nodes: { "n.{1..5}": { kind: service } }
faults: { f: { at: 1m, to: "n.{1,2}" } }
checkpoints: { k: { share: { not: { up: each n.* } }, seen: 35%, accept: ±5% } }
`);
  expect(score(scenario, trace)[0]).toMatchObject({ simulated: '40%', held: true });
});

test('a moment can be drawn: what was seen, what is tolerated, what came', () => {
  expect(judged('{ first: { not: x }, seen: 15:31:30Z, accept: ±1m }').moment).toEqual({
    seen: 90_000,
    from: 30_000,
    to: 150_000,
    simulated: 60_000,
  });
  expect(judged('{ lasts: { not: x } }').moment).toBeUndefined();
});

test('what is not modelled is listed, and does not hold', () => {
  expect(judged('{ says: Money, seen: 3, notModelled: money }')).toMatchObject({
    simulated: null,
    held: false,
    notModelled: 'money',
  });
});

test('claims of a variant are told apart from checkpoints', () => {
  const scenario = scenarioOf(`${PLACE}  k: { first: { not: x }, accept: "..2m" }\n`);
  const other = { ...scenario, checkpoints: new Map(), expectations: scenario.checkpoints };
  const trace = runOf(other);
  expect(score(other, trace)).toEqual([]);
  expect(scoreExpectations(other, trace)).toMatchObject([{ id: 'k', held: true }]);
});
