/** Stories of large scenarios: what was written apart and is one piece of news, and titles in place of names. */
import { describe, expect, test } from 'vitest';
import { story } from '../../sim/analysis/story.ts';
import { make } from './made.ts';

/** The short story as a reader sees it: time and sentence. */
function told(text: string): readonly string[] {
  const { scenario, trace } = make(text);
  return story(scenario, trace).map(({ when, says }) => `${when} ${says}`);
}

describe('groups of one kind', () => {
  const withdrawals = (first: string, second: string): readonly string[] =>
    told(`
nodes:
  net: { kind: network }
  pop.1.{1..4}: { kind: pop }
  pop.2.{1..6}: { kind: pop }
  mind: { kind: service, in: pop.* }
prefixes:
  "{a,b,c,d,e}": { from: pop.*, while: mind@here }
  many: { from: pop.*, while: mind@here, count: 17 }
  always: { from: pop.* }
checkpoints:
${['a', 'b', 'c', 'd', 'e', 'many'].map((prefix) => `  seen-${prefix}: { first: { not: { route: ${prefix}, from: net } } }`).join('\n')}
faults: { f: ${first}, g: ${second} }
`).filter((line) => /withdraw|announce/.test(line));

  test('are one line when all of them take part in one wave, and what they withdraw are prefixes', () => {
    expect(withdrawals('{ at: 1m, to: "mind@pop.1.*" }', '{ at: 65s, to: "mind@pop.2.*" }')).toEqual([
      '15:31:00 to 15:31:05 all 10 pops withdraw 22 prefixes (a, b, …)',
    ]);
  });
  test('are told apart when their waves are minutes apart, and prefixes are not read out again', () => {
    expect(
      withdrawals('{ at: 1m, to: "mind@pop.1.*", until: 5m }', '{ at: 65s, to: "mind@pop.2.*", until: 8m }'),
    ).toEqual([
      '15:31:00 to 15:31:05 all 10 pops withdraw 22 prefixes (a, b, …)',
      '15:35:00 all 4 pop.1.* pops announce 22 prefixes again after 4m',
      '15:38:00 all 6 pop.2.* pops announce 22 prefixes again after 6m55s',
    ]);
  });
  test('are counted when nearly all of them take part', () => {
    expect(withdrawals('{ at: 1m, to: "mind@pop.1.*" }', '{ at: 65s, to: "mind@pop.2.{1..5}" }')).toEqual([
      '15:31:00 to 15:31:05 9 of 10 pops withdraw 22 prefixes (a, b, …)',
    ]);
  });
  test('are told apart when fewer do', () => {
    expect(withdrawals('{ at: 1m, to: "mind@pop.1.*" }', '{ at: 65s, to: "mind@pop.2.{1..4}" }')).toEqual([
      '15:31:00 all 4 pop.1.* pops withdraw 22 prefixes (a, b, …)',
      '15:31:05 pop.2.1, pop.2.2, pop.2.3 and pop.2.4 withdraw 22 prefixes (a, b, …)',
    ]);
  });
});

describe('what people of several apps can do', () => {
  const apps = (does: string, more = ''): string => `
nodes:
  region.{1,2}: { kind: region }
  core: { kind: service }
  gate: { kind: service, in: region.*, needs: [ core ] }
  talkers.{1,2}: { kind: population, in: region.$1, people: 3000000, does: [ chat ] }
  ${does}
journeys:
  chat: [ gate@here ]
  feed: [ gate@here ]
  photos: [ gate@here ]
faults: { f: { at: 1m, to: "gate@region.1", until: 5m }, g: { at: 1m, to: "gate@region.2", until: 8m } }
${more}`;
  const people = (text: string): readonly string[] => told(text).filter((line) => /fail|work/.test(line));
  const READERS = 'readers.{1,2}: { kind: population, in: region.$1, people: 2000000, does: [ feed, photos ] }';

  test('is one line, and people who may have both apps are never summed', () => {
    expect(people(apps(READERS))).toEqual([
      '15:31:00 chat (6 million people) and feed and photos (4 million) fail for everybody: refused',
      '15:35:00 chat, feed and photos work again for everybody in region.1 (up to 3 million people each) after 4m',
      '15:38:00 chat, feed and photos work again for everybody in region.2 (up to 3 million people each) after 7m',
    ]);
  });
  test('gives the numbers that are known', () => {
    expect(people(apps(READERS.replace(' people: 2000000,', '')))[0]).toBe(
      '15:31:00 chat (6 million people) and feed and photos fail for everybody: refused',
    );
  });
  test('is told apart where one line would say more than was so', () => {
    // Those who read in the second region chat too, and can.
    const both = READERS.replace('feed, photos', 'feed, chat');
    const text = apps(both, 'checkpoints: {}\n')
      .replace('  photos: [ gate@here ]\n', '')
      .replace('feed: [ gate@here ]', 'feed: [ other@here ]')
      .replace('  gate: {', '  other: { kind: service, in: region.* }\n  gate: {')
      .replace(/^faults.*$/m, 'faults: { f: { at: 1m, to: "{gate@region.1,other@region.2}" } }');
    expect(people(text)).toEqual([
      '15:31:00 chat fails for everybody in region.1 (5 million people): refused',
      '15:31:00 feed fails for readers.2 (2 million people): refused',
    ]);
  });
  test('is told apart where they see different things, or not at once', () => {
    const refused = apps(READERS).replace('feed: [ gate@here ]', 'feed: [ { up: gate@here, else: overloaded } ]');
    expect(people(refused).slice(0, 2)).toEqual([
      '15:31:00 chat (6 million people) and photos (4 million) fail for everybody: refused',
      '15:31:00 feed fails for everybody (4 million people): overloaded',
    ]);
  });
  test('has a verb in the plural for what is called in the plural', () => {
    const single = apps('')
      .replace('does: [ chat ]', 'does: [ photos ]')
      .replace(/^ {2}(chat|feed): .*\n/gm, '');
    expect(people(single)[0]).toBe('15:31:00 photos fail for everybody (6 million people): refused');
  });
});

describe('titles', () => {
  test('of changes, tasks and their ways, links, prefixes and names stand for their names', () => {
    const lines = told(`
nodes:
  "{a.1,b.1}": { kind: router }
  eye.1: { kind: monitor, title: the eye, watches: { not: { reach: b.1, from: a.1 } } }
links: { l.1: { from: a.1, to: b.1, title: the one cable } }
faults: { f: { at: 1m, to: l.1 } }
tasks:
  mend.1:
    title: mending the cable
    after: { sees: eye.1 }
    ways: { by-hand: { title: mending it by hand, needs: { not: { sees: eye.1 } }, takes: 1m }, by-ship: { takes: 2m } }
`);
    expect(lines).toContain('15:31:00 the one cable breaks');
    expect(lines.find((line) => /alarm/.test(line))).toBe(
      '15:31:00 the eye raises the alarm; work on mend.1.by-ship begins; mending it by hand is called for but cannot begin',
    );
  });
  test('that two things of one name do not share are not used', () => {
    const lines = told(`
nodes: { x: { kind: router } }
changes: { twin: { title: the upgrade, at: 1m, to: x, effect: off } }
tasks: { twin: { after: { applied: twin }, takes: 1m } }
`);
    expect(lines.some((line) => /the change twin is in force/.test(line))).toBe(true);
  });
  test('that a group shares name the group; one of them is told apart by its place', () => {
    const text = (faulty: string): string => `
nodes:
  house.{1..3}: { kind: datacenter }
  cold.{1..3}: { kind: service, title: cold store, in: house.$1 }
  warm.{1..4}: { kind: service }
faults: { f: { at: 1m, to: "${faulty}" } }
`;
    expect(told(text('cold.*'))).toEqual(['15:31:00 all 3 services (cold store) break']);
    expect(told(text('cold.2'))).toEqual(['15:31:00 cold store at house.2 breaks']);
  });
});

test('resolvers that are asked more, and less again, are told of in waves', () => {
  const lines = told(`
nodes:
  net: { kind: network }
  ns: { kind: nameserver, network: net }
  isp.{1..4}:
    { kind: resolver, network: net, clientRetry: { tries: 4, over: 1m, back: 1m }, demand: { a.test: 10% } }
zones: { a.test: { nameservers: ns, ttl: 30s } }
faults: { f: { at: 1m, to: ns, until: 5m } }
checkpoints: { most: { max: "queries/isp.*" } }
`);
  const asked = lines.filter((line) => /asked/.test(line)).map((line) => line.replace(/^[\d: to]+ /, ''));
  expect(asked).toEqual([
    'isp.2, isp.3 and isp.4 are asked more and more',
    'isp.1 is asked more and more',
    'isp.2, isp.3 and isp.4 are asked 1.3 times as much as usual',
    'isp.1 is asked 1.3 times as much as usual',
    'all 4 resolvers are asked less and less, from 1.3 times as much as usual',
    'all 4 resolvers are asked as much as usual',
  ]);
});
