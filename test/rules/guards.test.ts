/** R13, guards: a check asks about the state after the effect, and may itself be down, wrong, or absent. */
import { expect, test } from 'vitest';
import { MINUTE, simulate } from '../support/scenario.ts';

const guarded = (
  more: string,
  guard = ', guard: { by: audit, asks: { reach: b, from: a }, whenDown: open }',
  drained = 'a',
): string => `
nodes: { "{a,b,c}": { kind: router }, audit: { kind: tool }, eye: { kind: tool, needs: [ { reach: b, from: a } ] } }
links: { ring: { mesh: "{a,b,c}", layer: backbone } }
changes: { drain: { at: 1m, to: ${drained}, effect: { drain: backbone }${guard} } }
${more}`;
const verdict = (text: string) => {
  const run = simulate(text);
  return [run.at('guard/drain', MINUTE), run.at('rollout/drain', MINUTE), run.at('up/eye', MINUTE)];
};

test('R13 guards: passes what leaves its question true', () => {
  expect(verdict(guarded('', undefined, 'c'))).toEqual(['passes', 'complete', true]);
});
test('R13 guards: blocks what would not', () => {
  expect(verdict(guarded(''))).toEqual(['blocks', 'blocked', true]);
});
test('R13 guards: broken, it fails open', () => {
  expect(verdict(guarded('faults: { f: { before: true, bug: audit } }'))).toEqual(['broken-open', 'complete', false]);
  expect(verdict(guarded('faults: { f: { at: 30s, to: audit } }'))).toEqual(['broken-open', 'complete', false]);
});
test('R13 guards: or closed', () => {
  const closed = guarded('faults: { f: { before: true, bug: audit } }').replace('whenDown: open', 'whenDown: closed');
  expect(verdict(closed)).toEqual(['broken-closed', 'blocked', true]);
});
test('R13 guards: or there is none', () => {
  expect(verdict(guarded('', ''))).toEqual(['absent', 'complete', false]);
});

test('R13 guards: a check sees connectivity after the effect, and persistent gates as they are', () => {
  const asks = (question: string) =>
    verdict(guarded('').replace('asks: { reach: b, from: a }', `asks: ${question}`))[0];
  expect(asks('{ reach: b, from: a }')).toBe('blocks');
  // The eye would fall; but whether it is up is frozen.
  expect(asks('eye')).toBe('passes');
});

test('R13 guards: what the change itself takes down is down in the state after it', () => {
  const text = (to: string, effect: string) => `
nodes: { "{a,b,c}": { kind: router }, audit: { kind: tool }, eye: { kind: tool, needs: [ { reach: c, from: a } ] } }
links: { one: { from: a, to: b }, two: { from: b, to: c } }
changes: { drain: { at: 1m, to: ${to}, effect: ${effect}, guard: { by: audit, asks: { reach: c, from: a } } } }`;
  expect([verdict(text('b', 'down'))[0], verdict(text('b', 'off'))[0], verdict(text('one', 'down'))[0]]).toEqual(
    Array(3).fill('blocks'),
  );
  expect(simulate(text('b', 'down')).changes('up')).toEqual([]);
});

test('R13 guards: asking changes nothing', () => {
  const run = simulate(guarded(''));
  expect(run.changes().map(([, fact]) => fact)).toEqual(['guard/drain', 'rollout/drain']);
});

test('R13 guards: asking changes nothing under a force either', () => {
  const pinned = guarded('forces: { pin: { reach: c, from: a, holds: true, at: 30s, until: 2m } }');
  const run = simulate(
    pinned.replace('{ reach: b, from: a } ] }', '{ all: [ { reach: b, from: a }, { reach: c, from: a } ] } ] }'),
  );
  expect([run.at('guard/drain', MINUTE), run.changes('reach')]).toEqual(['blocks', []]);
});

test('R13 guards: drained is not cut: a drained router is up', () => {
  const run = simulate(guarded('', ''));
  expect([run.at('reach/a/b', MINUTE), run.at('up/a', MINUTE)]).toEqual([false, true]);
});

test('R13 guards: it judges once, when the change starts', () => {
  const run = simulate(
    `${guarded('faults: { f: { at: 2m, to: "ring:a~c" } }', undefined, 'c').replace('effect', 'takes: 5m, effect')}`,
  );
  // With the ring cut at 2m, draining c would still leave a and b joined; what matters is that nobody asks again.
  expect(run.times('guard/drain')).toEqual([MINUTE]);
  expect(run.times('rollout/drain')).toEqual([MINUTE, 6 * MINUTE]);
});
