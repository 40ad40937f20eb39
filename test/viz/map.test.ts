/** The map at a moment: spots, what they are as, arcs, names that find room, and the way from spot to spot. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { nextSpot } from '../../viz/control/map.ts';
import { along, flatten, globeOf } from '../../viz/frame/globe.ts';
import { maps } from '../../viz/frame/map.ts';
import { voyagesOf } from '../../viz/frame/voyages.ts';
import { worldOf } from '../../viz/frame/world.ts';
import { stepAt } from '../../viz/load/board.ts';
import { parse } from '../../viz/load/parse.ts';
import { opening } from '../../viz/state/session.ts';
import { realTrace } from '../support/real-trace.ts';
import { chain, textOf } from '../support/sample-trace.ts';

const outage = readFileSync(join(import.meta.dirname, '../../scenarios/outages/facebook-2021.yaml'), 'utf8');
const world = worldOf(parse(realTrace(outage)).run);
const globe = globeOf(world.run, world.things, world.ties);
const mapOf = maps(world);
const WHOLE = { k: 1, x: 0, y: 0 };
const MINUTE = 60_000;
const at = (minutes: number, on: string | null = null) => {
  const step = stepAt(world.run, minutes * MINUTE);
  const session = { ...opening(1), hover: on, moment: { at: minutes * MINUTE, step } };
  return mapOf(world.boards.at(step), session, 900, 400, WHOLE);
};
const spot = (frame: ReturnType<typeof at>, id: string) => frame.spots.find((mark) => mark.id === id)!;

describe('the globe', () => {
  test('has a spot for each place, with what stands there', () => {
    expect(globe.spots.map(({ id }) => id)).toEqual(expect.arrayContaining(['dc.1.1', 'pop.4.16', 'region.3']));
    expect(globe.spots.length).toBe(12 + 40 + 4);
    const people = globe.spots.reduce((sum, one) => sum + one.people, 0);
    expect(people).toBe(4 * (2.8e8 + 2.025e8 + 2.2e8));
    expect(globe.nowhere + globe.spots.reduce((sum, one) => sum + one.things.length, 0)).toBe(world.things.list.length);
  });

  test('is laid flat so that all spots are seen', () => {
    const flat = flatten(900, 400);
    for (const { at: point } of globe.spots) {
      const [x, y] = flat([...point])!;
      expect(x > 0 && x < 900 && y > 0 && y < 400).toBe(true);
    }
    const [from, to] = [globe.spots[0]!, globe.spots[1]!];
    expect(along(from, to, 0)).toEqual(from.at.map((one) => expect.closeTo(one, 9)));
    expect(along(from, to, 1)).toEqual(to.at.map((one) => expect.closeTo(one, 9)));
  });
});

describe('a moment', () => {
  test('shows each spot as its host is, and a part of the world as its people are', () => {
    const [before, after] = [at(8), at(30)];
    expect(new Set(before.spots.map(({ state }) => state))).toEqual(new Set(['up']));
    expect(before.arcs.every(({ harm }) => harm === null)).toBe(true);
    expect(spot(after, 'dc.1.1').state).toBe('unreachable');
    expect(spot(after, 'region.1').state).toBe('down');
    expect(spot(after, 'pop.1.1').title).toMatch(/^edge site pop\.1\.1: .* since .*; there: .*cut off/);
    expect(after.arcs.every(({ harm }) => harm === 'cut')).toBe(true);
    expect(after.note).toMatch(/^\d+ parts are in no one place/);
  });

  test('marks and names keep off each other, and are the same when it is drawn again', () => {
    const frame = at(30);
    for (const [i, a] of frame.spots.entries())
      for (const b of frame.spots.slice(i + 1))
        expect(Math.hypot(a.x - b.x, a.y - b.y), `${a.id} ${b.id}`).toBeGreaterThan((a.r + b.r) * 0.8);
    expect(frame.spots.filter(({ named }) => named).length).toBeGreaterThan(8);
    expect(maps(world)(world.boards.at(0), opening(1), 900, 400, WHOLE).spots.map(({ x, y }) => [x, y])).toEqual(
      frame.spots.map(({ x, y }) => [x, y]),
    );
  });

  test('what is looked at has its name, and all but its neighbours step back', () => {
    const frame = at(30, 'pop.2.7');
    expect(spot(frame, 'pop.2.7')).toMatchObject({ named: true, dim: false });
    const near = frame.arcs.filter((arc) => arc.near);
    expect(near.length).toBeGreaterThan(0);
    for (const { arc } of near) expect([arc.from.id, arc.to.id]).toContain('pop.2.7');
    expect(frame.spots.filter(({ dim }) => dim).length).toBe(globe.spots.length - 1 - near.length);
  });

  test('a run that says nothing of places says so', () => {
    const plain = worldOf(parse(textOf(chain())).run);
    const frame = maps(plain)(plain.boards.at(0), opening(1), 900, 400, WHOLE);
    expect(frame.spots).toEqual([]);
    expect(frame.note).toMatch(/does not say where/);
  });
});

test('causes travel between spots', () => {
  const { changes } = world.run;
  const voyages = voyagesOf(world, globe, 0, changes.count);
  expect(voyages.length).toBeGreaterThan(0);
  for (const { from, to, id } of voyages) expect(id).toBe(`${from.id}>${to.id}`);
});

test('arrows go to the nearest that lies that way', () => {
  const marks = [
    { id: 'here', x: 0, y: 0 },
    { id: 'right', x: 10, y: 2 },
    { id: 'far', x: 30, y: 0 },
    { id: 'up', x: 1, y: -20 },
  ];
  const next = (key: string) => nextSpot(marks, marks[0]!, key)?.id;
  expect(['ArrowRight', 'ArrowUp', 'ArrowLeft', 'ArrowDown'].map(next)).toEqual(['right', 'up', undefined, undefined]);
});
