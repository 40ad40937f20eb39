/** Numbers of people and of load against a second reckoning on random scenarios, and against what one works out by hand. */
import { describe, expect, test } from 'vitest';
import { impact, troubledMinutes } from '../../sim/analysis/impact.ts';
import { MINUTE, SECOND, simulate } from '../support/scenario.ts';
import { Dice } from '../swarm/dice.ts';
import { People } from './people.ts';

const HOUR = 60 * MINUTE;
const HEAD = 'netfall: 1\nid: small\ntitle: Small\nclock: { start: 2021-10-04T15:30:00Z, run: 8h }\n';

/** Six services, three populations with two resolvers or none, journeys with and without sessions, two nodes that bear people. */
function randomWorld(seed: string): string {
  const dice = new Dice(seed);
  const services = ['a', 'b', 'c', 'd', 'e', 'power'];
  const journeys = ['j1', 'j2', 'j3', 'j4'].map((name) => {
    const stages = dice.some(services, dice.int(1, 4)).map((service) => {
      if (dice.chance(0.45)) return `{ up: ${service}, session: ${dice.int(300, 9000)}s }`;
      return dice.chance(0.2) ? `{ up: ${service}, else: slow }` : service;
    });
    return `  ${name}: [ ${stages.join(', ')} ]`;
  });
  const does = (): string => `[ ${dice.some(['j1', 'j2', 'j3', 'j4'], dice.int(1, 3)).join(', ')} ]`;
  const population = (name: string): string =>
    `  ${name}: { kind: population, people: ${dice.int(1, 5000)}, does: ${does()}, spill: { other: ${dice.int(5, 60)}% }${dice.chance(0.5) ? ', via: { r1: 30%, r2: rest }' : ''} }`;
  const limit = dice.chance(0.6)
    ? `, capacity: ${1 + dice.int(1, 9) / 20}, whenOver: ${dice.pick(['slow', 'fail'])}, startTakes: ${dice.int(60, 3000)}s`
    : '';
  const faults = Array.from({ length: dice.int(2, 9) }, (_, k) => {
    const at = dice.chance(0.1) ? 'before: true' : `at: ${dice.int(0, 240) * 60 + dice.int(0, 1) * dice.int(0, 59)}s`;
    const lasts = dice.chance(0.1) ? '' : `, for: ${dice.pick([dice.int(1, 120), dice.int(1, 10_000)])}s`;
    return `  f${k}: { ${at}${lasts}, to: ${dice.pick(services)} }`;
  });
  return `${HEAD}nodes:
  "{a,b,c,d,e}": { kind: service }
  "{r1,r2}": { kind: resolver }
  power: { kind: power, bears: [ j1, j2 ], cold: ${1 + dice.int(0, 20) / 10}, warms: ${dice.int(60, 4000)}s${limit} }
  other: { kind: service, bears: j3 }
${['u1', 'u2', 'u3'].map(population).join('\n')}
  u0: { kind: population, people: 10, does: [ j1, j2, j3, j4 ] }
journeys:
${journeys.join('\n')}
faults:
${faults.join('\n')}
rates: { complaints: { rest: 3, each: 0.01, of: [ u1, u3 ] } }
`;
}

describe.each(Array.from({ length: 60 }, (_, k) => `people ${k}`))('the second reckoning agrees: %s', (seed) => {
  test('at every moment', () => {
    const populations = ['u0', 'u1', 'u2', 'u3'];
    const run = simulate(randomWorld(seed), { asked: populations.map((name) => ['troubled', name] as const) });
    const { scenario, trace } = run;
    const people = new People(scenario, run);
    const bends = [...trace.columns.at];
    let looked = 0;
    for (let at = 500; at < scenario.run; at += 61 * SECOND) {
      // What happens twice in a millisecond bends in the next one.
      if (bends.some((bend) => Math.abs(bend - at) < 10)) continue;
      looked++;
      const near = (fact: string, should: number, scale: number): void => {
        const is = run.at(fact, at) as number;
        if (Math.abs(is - should) > 1e-5 * scale) throw new Error(`${fact} at ${at}: ${is}, and should be ${should}`);
      };
      for (const journey of scenario.journeys) {
        const works = `works/${journey.population}/${journey.name}${journey.resolver ? `/${journey.resolver}` : ''}`;
        expect(`${works} at ${at} ${run.at(works, at)}`).toBe(`${works} at ${at} ${people.word(journey, at)}`);
      }
      for (const name of new Set(scenario.journeys.map((journey) => journey.name)))
        near(`affected/${name}`, people.affected(name, at), 20_000);
      for (const name of populations) near(`troubled/${name}`, people.troubled(name, at), 5000);
      for (const name of ['power', 'other']) near(`load/${name}`, people.load(name, at), 4);
      near('rate/complaints', 3 + 0.01 * (people.troubled('u1', at) + people.troubled('u3', at)), 100);
    }
    expect(looked).toBeGreaterThan(300);
  });

  test('over the whole run, second by second', () => {
    const run = simulate(randomWorld(seed));
    const { scenario, trace } = run;
    const people = new People(scenario, run);
    const sums = new Map<string, number>();
    let all = 0;
    const step = 5 * SECOND;
    for (let at = step / 2; at < scenario.run; at += step) {
      for (const name of ['u0', 'u1', 'u2', 'u3']) all += people.troubled(name, at) * step;
      for (const journey of scenario.journeys) {
        const key = `${journey.population} ${journey.name}`;
        sums.set(key, (sums.get(key) ?? 0) + (journey.people as number) * people.share(journey, at) * step);
      }
    }
    const lines = impact(scenario, trace);
    // A few steps' worth of minutes a head: what begins or ends within a step.
    const near = (is: number, should: number, heads: number) => expect(Math.abs(is - should) / heads).toBeLessThan(0.2);
    for (const { population, journey, userMinutesLost } of lines) {
      const should = (sums.get(`${population} ${journey}`) as number) / MINUTE;
      near(userMinutesLost as number, should, scenario.nodes.get(population)?.people ?? 1);
    }
    near(troubledMinutes(scenario, trace) as number, all / MINUTE, 15_000);
  });
});

/** Users of a service behind a log-in; `more` are further entries of the section nodes. */
const small = (journeys: string, faults: string, more = ''): string => `${HEAD}nodes:
  "{identity,second,shop}": { kind: service }
  users: { kind: population, people: 1200, does: [ buy ] }
  ${more}
journeys: { buy: ${journeys} }
faults: { ${faults} }
`;

describe('by hand: sessions', () => {
  const lost = 'f: { at: 1h, to: identity, for: 1h }';
  const buys = '[ { up: identity, session: 2h }, shop ]';

  test('of two hours, lost for one: half of the people in the end, a quarter of an hour each', () => {
    const run = simulate(small(buys, lost));
    expect([60, 75, 90, 119, 120].map((m) => run.at('affected/buy', m * MINUTE))).toEqual(
      [0, 150, 300, 590, 0].map((people) => expect.closeTo(people, 4)),
    );
    expect(impact(run.scenario, run.trace)[0]?.userMinutesLost).toBeCloseTo(1200 * 60 * 0.25, 3);
    expect(impact(run.scenario, run.trace)[0]).toMatchObject({ worst: 'session expired', firstLost: HOUR });
  });
  test('are told of to most people after half their length, and over at once when it is back', () => {
    const run = simulate(small(buys, 'f: { at: 1h, to: identity, for: 90m }'));
    expect(run.changes('works')).toEqual([
      [2 * HOUR, 'works/users/buy', 'session expired'],
      [2.5 * HOUR, 'works/users/buy', 'ok'],
    ]);
    expect([
      run.ruleOf(run.change('sessions/users/buy/1', 2 * HOUR)),
      run.tippedBy(run.change('works/users/buy', 2 * HOUR)),
    ]).toEqual(['expiry', 'sessions/users/buy/1']);
  });
  test('all end in the end', () => {
    const run = simulate(small(buys, 'f: { at: 1h, to: identity }'));
    expect(run.changes('stopped').map(([at, , share]) => [at, share])).toEqual([
      [HOUR, 0],
      [3 * HOUR, 1],
    ]);
  });
  test('do not help where something else fails, and go on behind it', () => {
    const run = simulate(small(buys, `${lost}, g: { at: 70m, to: shop, for: 20m }`));
    expect(run.changes('stopped').map(([at, , share]) => [at / MINUTE, share])).toEqual([
      [60, 0],
      [70, 1],
      [90, 0.25],
      [120, 0],
    ]);
  });
  test('of two kinds: whichever has lost more of them', () => {
    // After t minutes t/120 of the long ones are over, and of the short ones, lost 20 minutes later, (t - 20)/30: as many at 26:40.
    const run = simulate(
      small(
        '[ { up: identity, session: 2h }, { up: second, session: 30m } ]',
        `${lost}, g: { at: 80m, to: second, for: 20m }`,
      ),
    );
    expect(run.changes('stopped').map(([at, , share]) => [at, share])).toEqual([
      [HOUR, 0],
      [HOUR + 1_600_000, expect.closeTo(26.6667 / 120, 5)],
      [100 * MINUTE, expect.closeTo(1 / 3, 6)],
      [2 * HOUR, 0],
    ]);
  });
  test('taken from another journey: all its stages together, under one name', () => {
    const text = `${small('[ { works: enter, session: 2h } ]', 'f: { at: 1h, to: identity, for: 30m }, g: { at: 80m, to: second, for: 40m }').replace('journeys: {', 'journeys: { enter: [ identity, second ],')}`;
    // One of them or the other is missing for an hour on end.
    expect(
      simulate(text)
        .changes('stopped')
        .map(([at, , share]) => [at, share]),
    ).toEqual([
      [HOUR, 0],
      [2 * HOUR, 0],
    ]);
  });
  test('lost before the start are over at the start', () => {
    const run = simulate(small(buys, 'f: { before: true, to: identity, until: 1h }'));
    expect([run.at('works/users/buy', 0), run.at('affected/buy', 0)]).toEqual(['session expired', 1200]);
  });
});

describe('by hand: load', () => {
  const power = (traits: string): string => `power: { kind: power, bears: buy, cold: 1.5, warms: 20m${traits} }`;
  const peak = (steps: number, gap: number): number => {
    const regions = Array.from({ length: steps }, (_, k) => k + 1);
    const run = simulate(`${HEAD}nodes:
  power: { kind: power, bears: buy, cold: 1.5, warms: 20m }
  region.{1..${steps === 1 ? 2 : steps}}: { kind: region }
  users.{1..${steps === 1 ? 2 : steps}}: { kind: population, people: 7, in: region.$1, does: buy }
  gate: { kind: service, in: region.* }
journeys: { buy: [ { up: gate@here } ] }
faults:
${(steps === 1 ? [1, 1.5] : regions).map((k) => `  f${k}: { at: 10m, to: gate@region.${Math.ceil(k)}, for: ${60 + (steps === 1 ? 0 : k * gap)}m }`).join('\n')}
`);
    return Math.max(...run.changes('load').map(([, , level]) => level as number));
  };

  test('of everybody back at once peaks at what the cold ones cost', () => {
    expect(peak(1, 0)).toBe(1.5);
  });
  test.each([2, 3, 4, 8])('of %d steps, each after the last is warm, at a step’s part of that', (n) => {
    expect(peak(n, 20)).toBeCloseTo(1 - 1 / n + 1.5 / n, 8);
    expect(peak(n, 35)).toBeCloseTo(1 - 1 / n + 1.5 / n, 8);
  });
  test('in hasty steps is in between', () => {
    expect(peak(4, 10)).toBeGreaterThan(1.126);
    expect(peak(4, 10)).toBeLessThan(1.5);
  });
  test('trips what stands less, and not what stands more', () => {
    const trips = (capacity: number) =>
      simulate(
        small(
          '[ shop, power ]',
          'f: { at: 1h, to: shop, for: 1h }',
          power(`, capacity: ${capacity}, whenOver: fail, startTakes: 10m`),
        ),
      );
    expect(trips(1.6).changes('up/power')).toEqual([]);
    const down = trips(1.4);
    expect(down.times('up/power', false).slice(0, 2)).toEqual([2 * HOUR, 2 * HOUR + 10 * MINUTE + 1]);
    expect(down.tippedBy(down.change('up/power', 2 * HOUR))).toBe('overloaded/power');
    expect(down.tippedBy(down.change('overloaded/power', 2 * HOUR))).toBe('load/power');
    // In between it is up for the moment in which they come back.
    expect(down.times('up/power', true)[0]).toBe(2 * HOUR + 10 * MINUTE + 1);
    expect(down.changes('load').slice(0, 3)).toEqual([
      [HOUR, 'load/power', 0],
      [2 * HOUR, 'load/power', 1.5],
      [2 * HOUR + 1, 'load/power', 0],
    ]);
  });
  test('makes others slow, until it is below what they recover at', () => {
    const run = simulate(
      small('[ shop, { well: power } ]', 'f: { at: 1h, to: shop, for: 1h }', power(', capacity: 1.4, recovers: 1.1')),
    );
    expect(run.changes('up/power')).toEqual([]);
    expect([60, 120, 130, 140].map((m) => run.at('works/users/buy', m * MINUTE))).toEqual([
      'refused',
      'slow',
      'slow',
      'ok',
    ]);
    // 1.5 falls to 1.1 in four fifths of twenty minutes, and is below it a moment later.
    expect(run.times('well/power', true).at(-1)).toBe(136 * MINUTE + 1);
  });
  test('of people who are cold is never of more people than get through', () => {
    const run = simulate(
      small(
        '[ { up: identity, session: 1h }, shop ]',
        'f: { at: 1h, to: shop, for: 1h }, g: { at: 121m, to: identity, for: 6m }',
        power(''),
      ),
    );
    // All are back at two; six minutes of one hour’s sessions are lost, and those come back before the others are warm.
    expect(run.at('load/power', 127 * MINUTE)).toBeCloseTo(1 + 0.5 * (13 / 20 + 0.1), 6);
    const soon = simulate(
      small(
        '[ { up: identity, session: 1h }, shop ]',
        'f: { at: 1h, to: shop, for: 1h }, g: { at: 7201s, to: identity, for: 6m }',
        power('').replace('20m', '10h'),
      ),
    );
    expect(soon.at('load/power', 7201 * SECOND + 6 * MINUTE)).toBe(1.5);
  });
  test('of instances is one and the same', () => {
    const run = simulate(
      small(
        '[ shop ]',
        'f: { at: 1h, to: shop, for: 1h }',
        'dc.{1..3}: { kind: datacenter }\n  power: { kind: power, bears: buy, in: dc.* }',
      ),
    );
    for (const dc of [1, 2, 3])
      expect(run.changes(`load/power@dc.${dc}`).map(([at, , level]) => [at, level])).toEqual([
        [HOUR, 0],
        [2 * HOUR, 1],
      ]);
  });
  test('of people unknown counts each population once', () => {
    const run = simulate(`${HEAD}nodes:
  "{one,two}": { kind: service }
  power: { kind: power, bears: [ buy, sell ] }
  "{r1,r2}": { kind: resolver }
  a: { kind: population, does: buy, people: 1000 }
  b: { kind: population, does: sell, via: { r1: 25%, r2: 75% } }
journeys: { buy: [ one ], sell: [ two ] }
faults: { f: { at: 1h, to: one, for: 1h } }
`);
    expect(run.at('load/power', 90 * MINUTE)).toBe(0.5);
  });
  test('from elsewhere: what the troubled ask more, against all who might', () => {
    const run = simulate(`${HEAD}nodes:
  "{big,other,chat}": { kind: service }
  a: { kind: population, people: 300, does: [ read ], spill: { chat: 20% } }
  b: { kind: population, people: 100, does: [ write ], spill: { chat: 40% } }
  c: { kind: population, people: 900, does: [ read ] }
  eye: { kind: monitor, watches: { load: chat, above: 1.2 } }
journeys: { read: [ big ], write: [ other ] }
faults: { f: { at: 1h, to: big, for: 2h }, g: { at: 2h, to: other, for: 2h } }
tasks: { look: { after: { sees: eye }, takes: 0 } }
`);
    // 0.2 · 300/400, then 0.4 · 100/400 more.
    expect([90, 150, 200].map((m) => run.at('load/chat', m * MINUTE))).toEqual([1.15, 1.25, 1.1]);
    expect(run.times('sees/eye')).toEqual([2 * HOUR, 3 * HOUR]);
  });
});

test('of whoever is troubled by several things at once each counts once', () => {
  const run = simulate(`${HEAD}nodes:
  "{one,two}": { kind: service }
  "{r1,r2}": { kind: resolver }
  users: { kind: population, people: 1000, does: [ buy, sell, look ], via: { r1: 30%, r2: rest } }
  ns: { kind: nameserver }
zones: { z: { nameservers: ns, ttl: 1ms } }
journeys: { buy: [ one ], sell: [ two ], look: [ { resolves: z } ] }
faults: { f: { at: 1h, to: one, for: 1h }, g: { at: 90m, to: two, for: 1h }, h: { at: 3h, to: r1, for: 1h } }
rates: { complaints: { rest: 0, each: 0.5, of: users } }
`);
  expect(run.changes('troubled').map(([at, , people]) => [at / MINUTE, people])).toEqual([
    [60, 1000],
    [150, 0],
    [180, 300],
    [240, 0],
  ]);
  expect(run.at('rate/complaints', 3.5 * HOUR)).toBe(150);
  expect(troubledMinutes(run.scenario, run.trace)).toBe(1000 * 90 + 300 * 60);
});
