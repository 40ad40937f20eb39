/** R14: teams that are needed together must be able to talk, over a channel that all of them use and that is up. */
import { expect, test } from 'vitest';
import { story } from '../../sim/analysis/story.ts';
import { Reasons } from '../../sim/analysis/why.ts';
import { problems } from '../model/reading.ts';
import { MINUTE, simulate } from '../support/scenario.ts';

const world = (netops: string, field: string, faults: string, task = '', more = ''): string => `
nodes:
  x: { kind: service }
  "{chat,phones,radio}": { kind: tool }
  "{office,yard}": { kind: datacenter }
  netops: { kind: team${netops} }
  field: { kind: team${field} }
${more}
faults: { f: { at: 1m, to: x }, ${faults} }
tasks: { mend: { team: [ netops, field ], after: { not: x }, takes: 10m${task} } }`;
const states = (text: string) =>
  simulate(text)
    .changes('task/mend')
    .map(([at, , state]) => `${at / MINUTE} ${state}`);

const CUT = 'c: { at: 3m, to: chat, until: 8m }';

test('R14 channels: the loss of the last channel interrupts work, its return lets it go on', () => {
  const text = world(', talks: chat', ', talks: [ chat ]', CUT);
  expect(states(text)).toEqual(['1 working', '3 paused', '8 working', '16 done']);
  const run = simulate(text);
  expect(run.tippedBy(run.change('task/mend', 3 * MINUTE))).toBe('up/chat');
});

test('R14 channels: as `onLoss` says', () => {
  const both = (task: string) => states(world(', talks: chat', ', talks: chat', CUT, task));
  expect(both(', onLoss: restart')).toEqual(['1 working', '3 paused', '8 working', '18 done']);
  expect(both(', onLoss: fail')).toEqual(['1 working', '3 failed']);
});

test('R14 channels: one that all of them use is enough, one that only some use is none', () => {
  expect(states(world(', talks: [ chat, phones ]', ', talks: [ chat, phones ]', CUT))).toEqual([
    '1 working',
    '11 done',
  ]);
  expect(states(world(', talks: [ chat, radio ]', ', talks: [ chat, phones ]', CUT))).toEqual([
    '1 working',
    '3 paused',
    '8 working',
    '16 done',
  ]);
});

test('R14 channels: one team alone needs none, nor do teams of one place, nor teams that do not say', () => {
  const done = ['1 working', '11 done'];
  expect(states(world(', talks: chat', '', CUT).replace('[ netops, field ]', 'netops'))).toEqual(done);
  expect(states(world(', talks: chat, in: office', ', talks: chat, in: office', CUT))).toEqual(done);
  expect(states(world('', '', CUT))).toEqual(done);
  const apart = world(', talks: chat, in: office', ', talks: chat, in: yard', CUT);
  expect(states(apart)).toEqual(['1 working', '3 paused', '8 working', '16 done']);
});

test('R14 channels: a team that does not say is within reach of any channel of the others', () => {
  expect(states(world(', talks: [ chat, phones ]', '', CUT))).toEqual(['1 working', '11 done']);
  expect(states(world(', talks: chat', '', CUT))).toEqual(['1 working', '3 paused', '8 working', '16 done']);
});

test('R14 channels: teams of one place speak for each other', () => {
  const third = '  guards: { kind: team, in: yard, talks: radio }';
  const text = world(', talks: [ chat, radio ]', ', in: yard, talks: chat', CUT, '', third).replace(
    '[ netops, field ]',
    '{ netops: 1, field: 1, guards: 1 }',
  );
  // The field team lost its chat, and stands beside guards with a radio.
  expect(states(text)).toEqual(['1 working', '11 done']);
});

test('R14 channels: a way needs one between its own teams', () => {
  const text = world(', talks: chat', ', talks: chat', CUT).replace(
    /tasks:.*/,
    'tasks: { mend: { team: [ netops, field ], after: { not: x }, ways: { together: { takes: 10m }, alone: { team: field, after: { stuck: mend.together, for: 2m }, takes: 1m } } } }',
  );
  expect(states(text)).toEqual([
    '1 working',
    '1 working',
    '3 paused',
    '3 paused',
    '5 working',
    '5 working',
    '6 done',
    '6 done',
    '6 cancelled',
  ]);
});

test('R14 channels: the story and the causes name the channel', () => {
  const { scenario, plan, trace } = simulate(
    world(
      ', talks: [ chat, phones ]',
      ', talks: [ chat, phones ]',
      'b: { at: 2m, to: phones }, c: { at: 3m, to: chat }',
    ),
  );
  const told = story(scenario, trace).map(({ says }) => says);
  expect(told.join('\n')).toContain('work on mend is interrupted without chat or phones between netops and field');
  const last = trace.facts.names.indexOf('task/mend');
  const id = Array.from(trace.columns.fact).lastIndexOf(last);
  const because = new Reasons(plan, trace)
    .because(id)
    .map((cause) => trace.facts.names[trace.columns.fact[cause] as number]);
  expect(because.sort()).toEqual(['up/chat', 'up/phones']);
});

test('R14 channels: teams that share none can never work together: that is a mistake of the author', () => {
  const text = world(', talks: chat', ', talks: [ phones, radio ]', CUT);
  expect(problems(text)).toEqual([
    '10:18: tasks.mend.team: netops and field are needed together, and no channel is used by all of them; give them one under `talks` (netops: chat; field: phones, radio), or let them stand in one place',
  ]);
  expect(problems(world(', talks: []', '', CUT)).length).toBe(1);
  expect(problems(world(', talks: chatt', '', CUT).replace('[ netops, field ]', 'netops'))).toEqual([
    '6:32: nodes.netops.talks: there is no node "chatt"; did you mean "chat"?',
  ]);
  expect(problems('nodes: { x: { kind: service, talks: x } }')).toEqual([
    '1:30: nodes.x.talks: "talks" is for a team, and this is a service',
  ]);
});
