/** The menu of a part: what it offers at a moment, what it says why not, and how it is walked. */
import { describe, expect, test } from 'vitest';
import { type Item, menuOf, menuOfMany, placeOf } from '../../viz/frame/menu.ts';
import { type World, worldOf } from '../../viz/frame/world.ts';
import { parse } from '../../viz/load/parse.ts';
import { opening, type Session } from '../../viz/state/session.ts';
import { textOf } from '../support/sample-trace.ts';
import { runOf, scenarioText } from './real-run.ts';
import { outage } from './sample-outage.ts';

const real = worldOf(runOf(scenarioText('patterns/tool-needs-what-it-repairs')));
const sample = worldOf(parse(textOf(outage())).run);

function whyOf(world: World, id: string, share: number, more: Partial<Session> = {}, isFile = false) {
  const { course } = world;
  const at = course.length * share;
  const step = course.times.filter((time) => time <= at).length;
  const session: Session = { ...opening(1), moment: { at, step }, ...more };
  const { items, row } = menuOf(world, world.things.byId.get(id)!, { session, isFile });
  return { why: Object.fromEntries(items.map((item) => [item.id, item.why])), items, row };
}

describe('the menu of a part', () => {
  test('at the start knows no reason', () => {
    const { why, row } = whyOf(real, 'names', 0);
    expect([why.why, why.causes, row]).toEqual([
      'It is as it was at the start',
      'Nothing about it has changed yet',
      -1,
    ]);
    expect([why.about, why.fit, why.pin, why.fail, why.link]).toEqual([null, null, null, null, null]);
    expect([why.picture, why.map]).toEqual(['The picture is shown', 'Its place is not known']);
  });

  test('later leads to what made it so', () => {
    const { why, row } = whyOf(real, 'names', 0.5);
    expect([why.why, why.causes]).toEqual([null, null]);
    expect(real.run.changes.says(row)).toMatch(/^names/);
  });

  test('asks for no failure at the end, nor where the scenario is not at hand, nor of what nobody can touch', () => {
    expect(whyOf(real, 'names', 1).why.fail).toBe('This is the end');
    expect(whyOf(sample, 'door', 0).why.fail).toBe('This trace does not hold its scenario');
    const people = sample.things.list.find(({ kind }) => kind === 'population')!;
    expect(whyOf(sample, people.id, 0).why.fail).toBe('Nothing can be done to it by hand');
  });

  test('says what failing means for a team, and what a click on the pin does', () => {
    const says = (id: string, item: Item['id'], more: Partial<Session> = {}): string =>
      whyOf(real, id, 0, more).items.find((one) => one.id === item)!.says;
    expect(says('ops', 'fail')).toBe('What if nobody of it were there now…');
    expect(says('names', 'fail')).toBe('What if it failed now…');
    expect(says('names', 'pin', { pins: ['names'] })).toBe('Let its lane go');
  });

  test('greys what is shown already, and a link to what came from a file', () => {
    const selection = { thing: 'names', change: null, checkpoint: null };
    const { why } = whyOf(real, 'names', 0, { selection, tab: 'node', view: 'map' }, true);
    expect([why.about, why.picture, why.map]).toEqual(['It is shown', null, 'The map is shown']);
    expect(why.link).toMatch(/came from a file/);
  });

  test('of many drawn as one only lays them open', () => {
    const things = sample.things.list.slice(0, 3);
    const card = { kind: 'group', fold: 'f', things } as unknown as Parameters<typeof menuOfMany>[1];
    const { items, note } = menuOfMany(sample, card, 'pop.*', { session: opening(1), isFile: false });
    expect(items.filter(({ why }) => why === null).map(({ id, says }) => [id, says])).toEqual([
      ['fold', 'Lay it open'],
    ]);
    expect(note).toBe('It stands for 3 parts: lay it open first');
    expect(new Set(items.slice(1).map(({ why }) => why))).toEqual(new Set([note]));
  });
});

test('is walked by arrows, Home, End and letters', () => {
  const items = ['All', 'Bring', 'Show it', 'Show more'].map((says) => ({ says }));
  const walk = (at: number, ...keys: readonly string[]) => keys.map((key) => placeOf(items, at, key));
  expect(walk(3, 'ArrowDown', 'ArrowUp', 'Home', 'End')).toEqual([0, 2, 0, 3]);
  expect(walk(0, 's', 'S', 'b', 'x')).toEqual([2, 2, 1, 0]);
  expect(walk(2, 's')).toEqual([3]);
  expect(walk(0, 'F5', ' ')).toEqual([null, null]);
});
