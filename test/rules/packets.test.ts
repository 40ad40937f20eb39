/** How packets end is said in one word everywhere: by the fact, to the people who sent them, and with whom they are where they arrive. */
import { expect, test } from 'vitest';
import { type Run, simulate } from '../support/scenario.ts';

/** One block, and a part of it that somebody else announces from the tenth minute on; people behind `near`. */
const hijacked = (traffic: string, stage: string): Run =>
  simulate(`
nodes:
  "{victim,thief,t1,t2,near}": { kind: network }
  people: { kind: population, network: near, people: 100, does: [ read ] }
links:
  a: { from: victim, to: t1, bgp: buys }
  b: { from: "{thief,near}", to: t2, bgp: buys }
  c: { from: t1, to: t2, bgp: peers, hold: 90s }
prefixes:
  real: { cidr: 192.0.2.0/24, from: victim }
  stolen: { cidr: 192.0.2.0/25, from: thief, traffic: ${traffic}, while: { set: bold } }
changes: { bold: { at: 10m, to: thief, effect: { set: bold } } }
faults: { f: { at: 20m, to: t1 } }
journeys: { read: [ ${stage} ] }
`);
const words = (run: Run, of: string): readonly unknown[] => run.changes(of).map(([, , word]) => word);

test('people see the word that the fact has', () => {
  const dropped = hijacked('drop', '{ forwards: 192.0.2.1 }');
  expect(words(dropped, 'forwards/')).toEqual(['filtered']);
  expect(words(dropped, 'works/')).toEqual(['filtered']);
  const real = hijacked('drop', '{ forwards: 192.0.2.200 }');
  expect(words(real, 'forwards/')).toEqual(['black hole', 'no route']);
  expect(words(real, 'works/')).toEqual(['black hole', 'no route']);
});

test('where a stage says itself what people see, that is what they see', () => {
  expect(words(hijacked('drop', '{ forwards: 192.0.2.1, else: refused }'), 'works/')).toEqual(['refused']);
});

test('that packets arrive with somebody else is in the trace, and seen by whoever asks who has them', () => {
  const run = hijacked('here', '{ forwards: 192.0.2.1 }');
  expect(words(run, 'forwards/')).toEqual([]);
  expect(run.changes('passes/').map(([, fact, value]) => [fact, value])).toEqual([
    ['passes/near/192.0.2.1/thief', true],
    ['passes/near/192.0.2.1/victim', false],
  ]);
  expect(words(hijacked('here', '{ forwards: 192.0.2.1, through: victim }'), 'works/')).toEqual(['wrong party']);
  // Nobody is asked for where only one serves it.
  expect(hijacked('drop', '{ forwards: 192.0.2.1 }').changes('passes/')).toEqual([]);
});
