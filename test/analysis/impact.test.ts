import { describe, expect, test } from 'vitest';
import { impact } from '../../sim/analysis/impact.ts';
import { impactByGroup } from '../../sim/analysis/impact-groups.ts';
import type { Journey, Scenario } from '../../sim/model/scenario.ts';
import type { Impact } from '../../sim/trace/lines.ts';
import { make, runOf, scenarioOf } from './made.ts';

const only = (text: string): Impact => {
  const { scenario, trace } = make(text);
  return impact(scenario, trace)[0] as Impact;
};

/** A journey of one cohort that fails while its own gate is down. */
const cohort = (name: string, gate: string, people: number): Journey => ({
  name,
  title: null,
  population: name,
  resolver: gate,
  people,
  stages: [
    { condition: { ask: { kind: 'up', subjects: [gate], test: { is: true } } }, symptom: 'refused', session: 0 },
  ],
});

describe('the worked trace: three services that lose a part of their users at a time', () => {
  // Ten gates a service, a tenth of its users behind each; `g.3..7` down means half of them are served.
  const text = `netfall: 1
id: worked
title: Worked
clock: { start: 2021-10-04T15:30:00Z, run: 8h }
nodes:
  "{web,api,internal}": { kind: population }
  "{web,api,internal}.{1..10}": { kind: service }
faults:
  web-half:      { at: 120s,   to: "web.{1..5}",       until: 300s }
  web-all:       { at: 300s,   to: "web.*",            until: 21600s }
  web-some:      { at: 21600s, to: "web.{1..6}",       until: 23400s }
  api-all:       { at: 120s,   to: "api.*",            until: 21000s }
  api-some:      { at: 21000s, to: "api.{1..4}",       until: 22800s }
  internal-all:  { at: 60s,    to: "internal.*",       until: 18000s }
`;
  const read = scenarioOf(text);
  const users = { web: 1e6, api: 2e5, internal: 5000 };
  const journeys = Object.entries(users).flatMap(([name, people]) =>
    Array.from({ length: 10 }, (_, k) => cohort(name, `${name}.${k + 1}`, people / 10)),
  );
  const scenario: Scenario = { ...read, journeys };
  const lines = impact(scenario, runOf(scenario));
  const of = (name: string) => lines.find(({ journey }) => journey === name) as Impact;

  test('user-minutes are those of the table', () => {
    expect([of('web'), of('api'), of('internal')].map(({ userMinutesLost }) => userMinutesLost)).toEqual([
      374_500_000, 72_000_000, 1_495_000,
    ]);
    expect(lines.reduce((sum, line) => sum + (line.userMinutesLost ?? 0), 0)).toBe(447_995_000);
  });
  test('the most user-minutes come first', () => {
    expect(lines.map(({ journey }) => journey)).toEqual(['web', 'api', 'internal']);
  });
  test('share lost is user-minutes lost of all user-minutes', () => {
    expect(of('web').shareLost).toBeCloseTo(374_500_000 / (1e6 * 480), 8);
  });
  test('first lost is the first of anybody, back is the last of all', () => {
    expect(of('web')).toMatchObject({ people: 1e6, firstLost: 120_000, lastBack: 23_400_000, worst: 'refused' });
  });
});

const SHOP = `
nodes:
  net: { kind: network }
  "{one,two}": { kind: resolver, network: net }
  "{shop,extra}": { kind: service }
  users: { kind: population, PEOPLE does: [ buy ] }
journeys: { buy: [ shop, { up: extra, else: slow } ] }
`;
const shop = (people: string, faults: string): Impact =>
  only(`${SHOP.replace('PEOPLE', people)}faults: { ${faults} }\n`);

describe('one journey', () => {
  test('of people whose number is unknown loses a share, and never zero user-minutes', () => {
    expect(shop('', 'f: { at: 1m, to: shop, until: 3m }')).toMatchObject({
      people: null,
      userMinutesLost: null,
      shareLost: 0.2,
    });
  });
  test('that fails to the end never comes back', () => {
    expect(shop('people: 100,', 'f: { at: 4m, to: shop }')).toMatchObject({
      userMinutesLost: 600,
      firstLost: 240_000,
      lastBack: null,
      worst: 'refused',
    });
  });
  test('that is merely slow loses nothing, and says so', () => {
    expect(shop('people: 100,', 'f: { at: 4m, to: extra }')).toMatchObject({
      userMinutesLost: 0,
      shareLost: 0,
      firstLost: null,
      lastBack: null,
      worst: 'slow',
    });
  });
  test('that never fails is fine', () => {
    expect(shop('people: 100,', '')).toMatchObject({ userMinutesLost: 0, worst: 'ok' });
  });
  test('names what stopped people, whatever hurt them for longer', () => {
    const faults = 'a: { at: 1m, to: extra }, b: { at: 2m, to: shop, until: 3m }';
    expect(shop('people: 100,', faults).worst).toBe('refused');
  });
});

describe('cohorts of one population are one line', () => {
  const text = (people: string): string => `
nodes:
  net: { kind: network }
  "{big,small}": { kind: resolver, network: net }
  ns: { kind: nameserver, network: net }
  users: { kind: population, ${people} via: { big: 75%, small: 25% }, does: [ buy ] }
zones: { shop.test: { nameservers: ns, ttl: 60s } }
journeys: { buy: [ { resolves: shop.test } ] }
faults: { f: { at: 2m, to: big, until: 4m } }
`;
  test('weighed by people', () => {
    expect(only(text('people: 1000,'))).toMatchObject({ people: 1000, userMinutesLost: 1500, shareLost: 0.15 });
  });
  test('weighed by share where people are unknown', () => {
    expect(only(text(''))).toMatchObject({ people: null, userMinutesLost: null, shareLost: 0.15 });
  });
});

describe('for people who read', () => {
  const groups = (text: string) => {
    const { scenario, trace } = make(text);
    return impactByGroup(scenario, impact(scenario, trace));
  };
  const regions = (people = 'people: 1000,', title = ''): string => `
nodes:
  place.{1..3}: { kind: region }
  gate: { kind: service, in: place.* }
  "{clock,extra}": { kind: service }
  users.{1..3}: { kind: population, in: place.$1, ${people} ${title} does: [ buy, pay, look, wait ] }
  crew: { kind: population, people: 10, does: [ look ] }
journeys:
  buy:  { title: Buying, stages: [ gate@here ] }
  pay:  { title: Paying, stages: [ gate@here ] }
  look: [ clock ]
  wait: [ { up: extra, else: slow } ]
faults:
  f: { at: 1m, to: "gate@place.{1,2}", until: 3m }
  g: { at: 2m, to: "gate@place.3", until: 6m }
`;

  test('populations of one group are one row: people summed, time as a range, from the first to the last', () => {
    expect(groups(regions())[0]).toEqual({
      journeys: ['Buying', 'Paying'],
      who: 'users.*',
      people: 3000,
      leastLost: 0.2,
      mostLost: 0.4,
      userMinutesLost: 8000,
      worst: 'refused',
      firstLost: 60_000,
      lastBack: 360_000,
    });
  });
  test('a group goes by the title its populations share', () => {
    expect(groups(regions('people: 1000,', 'title: people in town,'))[0]?.who).toBe('people in town');
  });
  test('people nobody counted stay unknown, and who is not back yet keeps the row open', () => {
    const rows = groups(regions('').replace(', until: 6m', ''));
    expect(rows.find(({ worst }) => worst === 'refused')).toMatchObject({
      people: null,
      userMinutesLost: null,
      firstLost: 60_000,
      lastBack: null,
    });
  });
  test('other groups have rows of their own, and what never failed is told too', () => {
    const rows = groups(regions());
    expect(rows.map(({ journeys, who, worst }) => [journeys.join(), who, worst])).toEqual([
      ['Buying,Paying', 'users.*', 'refused'],
      ['look', 'crew', 'ok'],
      ['look,wait', 'users.*', 'ok'],
    ]);
  });
  test('the impact by population is what it was', () => {
    const { scenario, trace } = make(regions());
    expect(impact(scenario, trace).length).toBe(13);
  });
});
