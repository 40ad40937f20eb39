/** From moment to moment: whatever way one came, and however much is only counted on, what is shown is what a fresh look shows. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cardsOf, FIELD_MOST } from '../../viz/frame/cards.ts';
import { coarseMost, coarseSum } from '../../viz/frame/coarse.ts';
import { joined, most, type Point, sum } from '../../viz/frame/curve.ts';
import { densityOf } from '../../viz/frame/density.ts';
import { usualFolds } from '../../viz/frame/fit.ts';
import { flappingIn } from '../../viz/frame/flap.ts';
import { type Fold, isFold, type Part } from '../../viz/frame/folds.ts';
import { type Frame, frames, type Size } from '../../viz/frame/frame.ts';
import { columnsOf, stepsOf } from '../../viz/frame/past.ts';
import { scaleOf } from '../../viz/frame/scale.ts';
import { stackOf } from '../../viz/frame/stack.ts';
import { statuses } from '../../viz/frame/status.ts';
import { pageOf, tableOf } from '../../viz/frame/table.ts';
import { tallyOf } from '../../viz/frame/tally.ts';
import { STATES } from '../../viz/frame/words.ts';
import { type World, worldOf } from '../../viz/frame/world.ts';
import { createBoards } from '../../viz/load/board.ts';
import { parse } from '../../viz/load/parse.ts';
import { momentAt, momentOfRow } from '../../viz/state/move.ts';
import { opening, type Session } from '../../viz/state/session.ts';
import { chain, textOf } from '../support/sample-trace.ts';
import { largeTrace } from './large.ts';
import { manyTrace, seeded } from './many.ts';
import { outage } from './sample-outage.ts';

const ROOM: Size = {
  picture: { width: 896, height: 420, zoom: 1 },
  timeline: 1280,
  notes: 600,
  narrow: false,
};
const texts = {
  chain: textOf(chain()),
  outage: textOf(outage()),
  nested: largeTrace(),
  many: manyTrace({ parts: 900, changes: 4000, group: 45, links: 200 }),
  mixed: textOf(outage()).replaceAll('"kind":"pop"', '"kind":"tool"'),
};

/** What a frame says, without functions. */
const plain = ({ timeline, ...frame }: Frame) => ({ ...frame, timeline: timeline.rows });

/** Somebody who plays, jumps, points, selects and lays open. */
function wander(world: World, steps: number, seed: number): Session[] {
  const random = seeded(seed);
  const { course, things, run } = world;
  const thing = (): string => things.list[Math.floor(random() * things.list.length)]!.id;
  const folds = [...new Set(cardsOf(world.parts, usualFolds(world.parts, 896, 420), []).map(({ fold }) => fold))];
  const sessions: Session[] = [opening(world.usualSpeed)];
  for (let k = 0; k < steps; k++) {
    const before = sessions[k]!;
    const turn = random();
    const change: Partial<Session> =
      turn < 0.25
        ? { moment: momentAt(course, random() * run.length) }
        : turn < 0.6
          ? {
              moment: momentOfRow(
                course,
                Math.min(before.moment.step + Math.floor(random() * 30), run.changes.count - 1),
              ),
            }
          : turn < 0.7
            ? { playing: !before.playing }
            : turn < 0.8
              ? { hover: random() < 0.4 ? null : thing() }
              : turn < 0.9
                ? { selection: { thing: random() < 0.4 ? null : thing(), change: null, checkpoint: null } }
                : {
                    toggled:
                      random() < 0.5 ? [] : (folds.filter((fold) => fold !== null && random() < 0.2) as string[]),
                  };
    sessions.push({ ...before, ...change });
  }
  return sessions;
}

describe.each(Object.entries(texts))('a frame of %s', (_, text) => {
  test('is the same after a long way as at first sight', () => {
    const world = worldOf(parse(text).run);
    const walked = frames(world);
    for (const [k, session] of wander(world, 80, 4).entries()) {
      const frame = walked(session, ROOM);
      if (k % 4 > 0) continue;
      const fresh = frames(worldOf(world.run))(session, ROOM);
      expect(plain(frame)).toEqual(plain(fresh));
    }
  });

  test('counts every part once, as it is', () => {
    const world = worldOf(parse(text).run);
    const { things } = world;
    const walked = frames(world);
    for (const session of wander(world, 30, 9)) {
      const fresh = statuses(world.run, things);
      const frame = walked({ ...session, playing: false }, ROOM);
      const board = createBoards(world.run).at(session.moment.step);
      const states = things.list.map((thing) => fresh(board, thing).state);
      for (const { state, count } of frame.legend) expect(count).toBe(states.filter((one) => one === state).length);
    }
  });
});

describe('a picture', () => {
  test('keeps every mark that nothing has changed about', () => {
    const world = worldOf(parse(texts.many).run);
    const frameOf = frames(world);
    const session = { ...opening(world.usualSpeed), moment: momentOfRow(world.course, 100) };
    const one = frameOf(session, ROOM).picture;
    expect(frameOf({ ...session, tab: 'score' }, ROOM).picture).toBe(one);
    const next = frameOf({ ...session, moment: momentOfRow(world.course, 101) }, ROOM).picture;
    const changed = next.cards.filter((card, i) => card !== one.cards[i]);
    expect(changed.length).toBeGreaterThan(0);
    expect(changed.length).toBeLessThan(4);
  });

  test('shows what flaps with its count, however far the run goes between two frames', () => {
    const { run, things } = worldOf(parse(manyTrace({ parts: 30, changes: 3000, group: 10 })).run);
    const flapping = flappingIn(run, things);
    const random = seeded(3);
    for (let k = 0; k < 200; k++) {
      const step = Math.floor(random() * run.changes.count);
      const from = run.changes.at[step]! - random() * 400_000;
      for (const far of [0, 1, 17]) {
        const until = Math.min(step + far, run.changes.count);
        const wanted = new Map<number, number>();
        for (let row = until - 1; row >= 0 && run.changes.at[row]! > from; row--) {
          const thing = things.ofFact[run.changes.fact[row]!];
          if (thing && ['up', 'serves'].includes(run.facts.kinds[run.changes.fact[row]!]!))
            wanted.set(thing.index, (wanted.get(thing.index) ?? 0) + 1);
        }
        for (const [index, count] of wanted) if (count <= 2) wanted.delete(index);
        expect(new Map([...flapping(until, from)].sort())).toEqual(new Map([...wanted].sort()));
      }
    }
  });
});

describe('moments that are kept', () => {
  const { run } = parse(manyTrace({ parts: 700, changes: 30_000, group: 50 }));

  test.each([0, 10_000, 32 << 20])('are the same as a walk from the start, with %d bytes of room', (room) => {
    const boards = createBoards(run, room);
    expect(boards.size).toBeLessThanOrEqual(room);
    const random = seeded(5);
    for (let k = 0; k < 60; k++) {
      const step = k % 3 === 2 ? boards.at(0).step + k : Math.floor(random() * (run.changes.count + 1));
      const { value, last } = boards.at(step);
      const [values, lasts] = [run.facts.initial.slice(), new Int32Array(run.facts.count).fill(-1)];
      for (let row = 0; row < step; row++) {
        values[run.changes.fact[row]!] = run.changes.to[row]!;
        lasts[run.changes.fact[row]!] = row;
      }
      expect(value).toEqual(values);
      expect(last).toEqual(lasts);
    }
  });
});

describe('very many', () => {
  const world = worldOf(parse(manyTrace({ parts: 6000, changes: 500, group: 2000 })).run);
  const foldsIn = (list: readonly Part[]): Fold[] =>
    list.flatMap((part) => (isFold(part) ? [part, ...foldsIn(part.parts)] : []));

  test('are laid open in ranges, of which none is too long to be seen', () => {
    const usual = usualFolds(world.parts, 896, 420);
    let toggled: string[] = [];
    for (let depth = 0; depth < 6; depth++) {
      const cards = cardsOf(world.parts, usual, toggled);
      expect(cards.length).toBeLessThan(700);
      const next = cards.find((card) => card.kind === 'group');
      if (!next) break;
      toggled = [...toggled, next.fold as string];
    }
    expect(cardsOf(world.parts, usual, toggled).some(({ kind }) => kind === 'member')).toBe(true);
    for (const fold of foldsIn(world.parts)) {
      expect(fold.parts.length).toBeLessThanOrEqual(160);
      expect(fold.parts.flatMap((part) => (isFold(part) ? part.things : [part]))).toEqual(fold.things);
    }
    const ranges = foldsIn(world.parts).filter(({ level }) => level === 'range');
    expect(new Set(ranges.map(({ id }) => id)).size).toBe(ranges.length);
    expect(ranges.map(({ label }) => label)).toContain('auth-a.1 … 50');
  });

  test('are drawn by a field in which each state has its share, and none is left out', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(40_000), { minLength: 7, maxLength: 7 }), (counts) => {
        if (counts.every((one) => one === 0)) return;
        const tally = tallyOf([]);
        counts.forEach((n, i) => {
          for (let k = 0; k < n % 50; k++) tally.add({ state: STATES[i]!, word: 'x', fact: -1 }, 1);
        });
        if (tally.all === 0) return;
        const sample = tally.sample(FIELD_MOST);
        expect(sample.length).toBe(FIELD_MOST);
        for (const state of STATES) {
          const share = (tally.of(state) / tally.all) * FIELD_MOST;
          const drawn = sample.filter((one) => one === state).length;
          expect(drawn > 0).toBe(share > 0);
          expect(Math.abs(drawn - share)).toBeLessThan(STATES.length);
        }
      }),
      { numRuns: 60, seed: 4102021 },
    );
  });

  test('are in the table page by page, each part once', () => {
    const board = world.boards.at(300);
    const all: string[] = [];
    for (let from: number | null = 0; from !== null; ) {
      const page: ReturnType<typeof pageOf> = pageOf(world, board, null, from);
      expect(page.rows.length).toBeLessThanOrEqual(500);
      expect(page.total).toBe(world.things.list.length);
      all.push(...page.rows.map(({ id }) => id));
      from = page.after;
    }
    expect(all).toEqual(tableOf(world, board, null).map(({ id }) => id));
    const far = all[3456] as string;
    expect(pageOf(world, board, far, null).rows.some(({ id, selected }) => id === far && selected)).toBe(true);
  });
});

describe('long timelines in columns', () => {
  test('are as high and as low as the curves they stand for', () => {
    const random = seeded(8);
    const curves = Array.from({ length: 40 }, () => {
      const points: Point[] = [{ at: 0, value: Math.floor(random() * 9) }];
      for (let at = 0; at < 990; ) {
        at += 1 + Math.floor(random() * 30);
        const { value } = points.at(-1)!;
        points.push({ at, value: value + Math.floor(random() * 5) });
        if (random() < 0.5) points.push({ at, value: Math.floor(random() * 20) });
      }
      points.push({ at: 1030, value: points.at(-1)!.value });
      return points;
    });
    const extremes = (points: readonly Point[]) => [
      Math.min(...points.map(({ value }) => value)),
      Math.max(...points.map(({ value }) => value)),
    ];
    const exact = joined(curves, sum);
    const [low, high] = extremes(coarseSum(curves));
    expect(low).toBeCloseTo(extremes(exact)[0]!, 6);
    expect(high).toBeCloseTo(extremes(exact)[1]!, 6);
    expect(Math.max(...coarseMost(curves).map(({ value }) => value))).toBeCloseTo(
      extremes(joined(curves, most))[1]!,
      9,
    );
    for (const points of [coarseSum(curves), coarseMost(curves)])
      for (let i = 1; i < points.length; i++) expect(points[i]!.at).toBeGreaterThanOrEqual(points[i - 1]!.at);
  });

  test('tell how many were in which state at the end of each pixel', () => {
    const world = worldOf(parse(texts.many).run);
    const scale = scaleOf(world.run.length, [], 300);
    const exact = stepsOf(world.past(), world.things.list);
    for (const step of columnsOf(world.past(), world.things.list, scale)) {
      const column = Math.round(scale.x(step.at));
      const wanted = exact.findLast(({ at }) => Math.min(Math.floor(scale.x(at)), 299) <= column)!;
      step.shares.forEach((share, i) => void expect(share).toBeCloseTo(wanted.shares[i]!, 9));
    }
  });

  test('count each change once', () => {
    const world = worldOf(parse(texts.many).run);
    const scale = scaleOf(world.run.length, [], 300);
    const bins = densityOf(world.run, scale, world.tone);
    expect(bins.length).toBeLessThanOrEqual(100);
    const places = new Set(Array.from(world.run.changes.at, (at) => Math.min(Math.floor(scale.x(at) / 3), 99)));
    expect(bins.map(({ x }) => Math.round(x / 3))).toEqual([...places]);
  });

  test('give each word its part of people and of time', () => {
    const spans = Array.from({ length: 40_000 }, (_, i) => ({
      from: i,
      to: i + 1,
      word: i % 4 === 0 ? 'timeout' : 'ok',
      look: i % 4 === 0 ? ('paths' as const) : ('ok' as const),
      row: i,
      base: 0,
      share: 1,
    }));
    const stack = stackOf([{ weight: 1, spans }]);
    expect(stack.length).toBeLessThanOrEqual(2048);
    const lost = stack.reduce((all, { from, to, share }) => all + (to - from) * share, 0);
    expect(lost).toBeCloseTo(10_000, 3);
  });
});
