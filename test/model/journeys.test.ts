import { describe, expect, test } from 'vitest';
import { fixed } from '../../sim/model/luck.ts';
import type { Scenario } from '../../sim/model/scenario.ts';
import { nodeOf, problems, scenario, short } from './reading.ts';

const NODES = `nodes:
  eyes: { kind: network }
  web: { kind: service }
  pop.{1..2}: { kind: pop }
  isp.{1..2}: { kind: resolver, network: eyes }
  ns: { kind: nameserver }
  users.{a,b}: { kind: population, people: 1000, via: { isp.*: 100% }, does: [ read ] }
  staff: { kind: population, does: [ work ] }
zones: { shop.com: { nameservers: ns, ttl: 5m } }
prefixes: { p: { from: pop.* } }
`;
const WORK = '  work: [ up: web ]\n';
const read = (journeys: string, more = '') => scenario(`${NODES}journeys:\n${WORK}${journeys}${more}`);
const stages = (from: Scenario, population: string) =>
  from.journeys
    .find((one) => one.population === population)
    ?.stages.map(({ condition, symptom }) => `${short(condition)} → ${symptom}`);

describe('a journey', () => {
  test('is made by each population through each of its resolvers', () => {
    const from = read('  read: [ { resolves: shop.com } ]\n');
    expect(from.journeys.map(({ population, name, resolver, people }) => [population, name, resolver, people])).toEqual(
      [
        ['staff', 'work', null, null],
        ['users.a', 'read', 'isp.1', 500],
        ['users.a', 'read', 'isp.2', 500],
        ['users.b', 'read', 'isp.1', 500],
        ['users.b', 'read', 'isp.2', 500],
      ],
    );
    expect(stages(from, 'users.a')).toEqual(['resolves/isp.1/shop.com=ok|stale → name not resolved']);
  });

  test('names for each stage what people see: of the question, or as said', () => {
    const from = read(
      '  read: [ { resolves: shop.com }, { route: p }, { reach: any pop.*, else: refused }, { up: web, else: server-error }, { well: web }, web, { not: { fault: web } }, { any: [ { up: web }, { reach: web } ], else: stale } ]\n',
    );
    expect(stages(from, 'users.a')?.map((stage) => stage.split(' → ')[1])).toEqual([
      'name not resolved',
      'no route',
      'refused',
      'server error',
      'slow',
      'refused',
      'server error',
      'stale content',
    ]);
  });

  test('asks from the network of the resolver where the people have none', () => {
    expect(stages(read('  read: [ { route: p } ]\n'), 'users.a')).toEqual(['route/eyes/p → no route']);
  });

  test('takes in the stages of another one, and may rename what people see', () => {
    const from = read(
      '  read: { title: Read, stages: [ { works: look, else: login-refused }, { up: web } ] }\n  look: [ { reach: web }, { well: web } ]\n',
    );
    expect(from.journeys.find(({ name }) => name === 'read')?.title).toBe('Read');
    expect(stages(from, 'users.a')).toEqual([
      'reach/users.a/web → login refused',
      'well/web → slow',
      'up/web → refused',
    ]);
  });

  test.each([
    ['  read: [ { up: wbe } ]\n', 'journeys.read[0].up: there is no node "wbe"; did you mean "web"?'],
    [
      '  read: [ { up: web, else: no-rout } ]\n',
      'journeys.read[0].else: there is no symptom "no-rout"; did you mean "no route"?',
    ],
    ['  read: []\n', 'journeys.read: a journey has at least one stage'],
    [
      '  read: [ up: web ]\n  lost: [ up: web ]\n',
      'journeys.lost: nobody makes this journey; add it to what a population does',
    ],
    ['  read: [ { works: read } ]\n', 'journeys.read[0].works: a journey takes in itself: read → read'],
    ['  raed: [ up: web ]\n', 'nodes.users.{a,b}.does[0]: there is no journey "read"; did you mean "raed"?'],
  ])('%j is refused', (text, problem) => {
    expect(problems(`${NODES}journeys:\n${WORK}${text}`).map((one) => one.replace(/^\d+:\d+: /, ''))).toContain(
      problem,
    );
  });
});

describe('works', () => {
  const works = (question: string) =>
    short(
      read(
        '  read: [ up: web ]\n',
        `conditions: { c: ${question} }\ntasks: { t: { after: c, takes: 1m } }\n`,
      ).tasks.get('t')?.after,
    ).replaceAll('=ok|slow|stale content|partly loaded', '');

  test.each([
    ['{ works: work }', 'works/staff/work'],
    ['{ works: read, for: users.a }', 'all(works/users.a/read/isp.1, works/users.a/read/isp.2)'],
    [
      '{ works: read, for: any users.* }',
      'any(works/users.a/read/isp.1, works/users.a/read/isp.2, works/users.b/read/isp.1, works/users.b/read/isp.2)',
    ],
    [
      '{ works: read, for: 2 of users.* }',
      '2of(all(works/users.a/read/isp.1, works/users.a/read/isp.2), all(works/users.b/read/isp.1, works/users.b/read/isp.2))',
    ],
    [
      '{ works: read, for: 75% of users.* }',
      '3of(works/users.a/read/isp.1, works/users.a/read/isp.2, works/users.b/read/isp.1, works/users.b/read/isp.2)',
    ],
  ])('%s', (question, meant) => {
    expect(works(question)).toBe(meant);
  });

  test('for a share of groups of different size counts people', () => {
    const text = NODES.replace('isp.*: 100%', 'isp.1: 10%, isp.2: rest');
    const after = scenario(
      `${text}journeys:\n${WORK}  read: [ up: web ]\ntasks: { t: { after: { works: read, for: 95% of users.* }, takes: 1m } }\n`,
    ).tasks.get('t')?.after;
    expect(short(after)).toMatch(/^not\(affected\/read>=100\.\d+</);
  });

  test('is asked of people who make the journey', () => {
    expect(
      problems(`${NODES}journeys:\n${WORK}  read: [ up: web ]\nconditions: { c: { works: read, for: staff } }\n`),
    ).toEqual([
      '15:26: conditions.c.works: nobody in staff makes the journey read; add it to what a population does'.replace(
        '15:26',
        '14:27',
      ),
    ]);
  });
});

describe('a stage with a session', () => {
  const said = (from: Scenario) =>
    from.journeys
      .find(({ population }) => population === 'users.a')
      ?.stages.map(({ condition, symptom, session }) => [short(condition), symptom, session]);

  test('says how long it lasts, and what people see at its end', () => {
    expect(said(read('  read: [ { up: web, session: 2h }, { up: ns, session: 90s, else: locked-out } ]\n'))).toEqual([
      ['up/web', 'session expired', 7_200_000],
      ['up/ns', 'locked out', 90_000],
    ]);
  });
  test('makes one stage of another journey, of what stops people in it', () => {
    const from = read('  read: [ { works: enter, session: 2h }, web ]\n  enter: [ web, { well: web }, ns ]\n');
    expect(said(from)).toEqual([
      ['all(up/web, up/ns)', 'session expired', 7_200_000],
      ['up/web', 'refused', 0],
    ]);
  });
});

describe('load', () => {
  const nodes = (text: string) => `nodes:\n  web: { kind: service }\n${text}journeys: { read: [ web ] }\n`;

  test('is of journeys, and of people from elsewhere; too much of it is a need or a wish', () => {
    const from = scenario(
      nodes(`  power: { kind: power, bears: read, cold: 1.5, warms: 20m, capacity: 1.3, recovers: 1.1, whenOver: fail, upAfter: 5m, needs: [ web ] }
  tele: { kind: service, capacity: 1.2, wants: [ web ] }
  u: { kind: population, people: 10, does: [ read ], spill: { tele: 18%, web: 5% } }
`),
    );
    expect(nodeOf(from, 'power').bearing).toEqual({
      journeys: ['read'],
      cold: 1.5,
      warms: 1_200_000,
      capacity: 1.3,
      recovers: 1.1,
      whenOver: 'fail',
    });
    expect(
      nodeOf(from, 'power').needs.map(({ condition, downAfter, upAfter }) => [short(condition), downAfter, upAfter]),
    ).toEqual([
      ['up/web', fixed(0), fixed(300_000)],
      ['not(overloaded/power)', fixed(0), fixed(300_000)],
    ]);
    expect(nodeOf(from, 'tele').bearing).toMatchObject({
      journeys: [],
      cold: 1,
      capacity: 1.2,
      recovers: 1.2,
      whenOver: 'slow',
    });
    expect(short(nodeOf(from, 'tele').wants?.condition)).toBe('all(up/web, not(overloaded/tele))');
    expect(nodeOf(from, 'web').bearing).toMatchObject({ capacity: null });
    expect(nodeOf(from, 'u').spill).toEqual([
      { node: 'tele', share: 0.18 },
      { node: 'web', share: 0.05 },
    ]);
  });
  test('of nobody is none', () => {
    expect(nodeOf(scenario(nodes('  u: { kind: population, does: [ read ] }\n')), 'web').bearing).toBeNull();
  });
});
