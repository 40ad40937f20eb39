/** A stretch of the run: chosen, brought closer, paged along; its scale, its axis, its changes as marks, and what it comes to. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countSorts, eventsOf, rowsIn, SORTS } from '../../viz/frame/events.ts';
import { minutesUnder, peopleOf } from '../../viz/frame/figures.ts';
import { frames } from '../../viz/frame/frame.ts';
import { pointedAt, silenceAt } from '../../viz/frame/instant.ts';
import { scaleOf, ticksOf, within } from '../../viz/frame/scale.ts';
import { textWidth } from '../../viz/frame/text.ts';
import { HOUR, MINUTE, since } from '../../viz/frame/time.ts';
import { totalsOf } from '../../viz/frame/totals.ts';
import { worldOf } from '../../viz/frame/world.ts';
import { parse } from '../../viz/load/parse.ts';
import { hashOf, readHash } from '../../viz/state/hash.ts';
import { type Action, reduce } from '../../viz/state/reduce.ts';
import { opening, type Session } from '../../viz/state/session.ts';
import { fitted, LEAST, type Span, zoomed } from '../../viz/state/span.ts';
import { wishText } from '../../viz/state/wish.ts';
import { chain, textOf } from '../support/sample-trace.ts';
import { outage } from './sample-outage.ts';

const small = worldOf(parse(textOf(chain())).run);
const large = worldOf(parse(textOf(outage())).run);
const { course, run } = large;
const start: Session = { ...opening(30_000), predict: false };
const does = (session: Session, ...actions: Action[]) =>
  actions.reduce((now, action) => reduce(now, action, course), session);
const spans = fc
  .tuple(fc.integer({ min: 0, max: course.length }), fc.integer({ min: 0, max: course.length }))
  .map(([from, to]) => ({ from, to }));
const SEED = { seed: 4102021, numRuns: 300 };
const size = { picture: { width: 900, height: 500, zoom: 1 }, notes: 900, timeline: 1100, narrow: false };

describe('a stretch', () => {
  test('lies in the run, in whole milliseconds, and is never nothing', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e9, max: 1e9, noNaN: true }),
        fc.double({ min: -1e9, max: 1e9, noNaN: true }),
        (from, to) => {
          const span = fitted({ from, to }, course.length);
          if (span === null) return;
          expect(Number.isInteger(span.from) && Number.isInteger(span.to)).toBe(true);
          expect(span.from).toBeGreaterThanOrEqual(0);
          expect(span.to).toBeLessThanOrEqual(course.length);
          expect(span.to - span.from).toBeGreaterThanOrEqual(LEAST);
        },
      ),
      SEED,
    );
    expect(fitted({ from: -5, to: course.length + 5 }, course.length)).toBeNull();
    expect(fitted({ from: 9000, to: 4000 }, course.length)).toEqual({ from: 4000, to: 9000 });
  });

  test('comes closer around the playhead, which stays where it is on the screen', () => {
    const session = does(start, { do: 'seek', at: 2 * HOUR }, { do: 'zoom', by: 1 }, { do: 'zoom', by: 1 });
    const { from, to } = session.span!;
    expect(to - from).toBe(course.length / 4);
    expect((2 * HOUR - from) / (to - from)).toBeCloseTo((2 * HOUR) / course.length, 6);
    const back = does(session, { do: 'zoom', by: -1 }, { do: 'zoom', by: -1 });
    expect(back.span).toBeNull();
    expect(does(back, { do: 'zoom', by: -1 }).span).toBeNull();
    let close: Span | null = null;
    for (let i = 0; i < 60; i++) close = zoomed(close, 2 * HOUR, 1, course.length);
    expect(close!.to - close!.from).toBe(LEAST);
    // Elsewhere than the playhead it is brought closer around its own middle.
    expect(zoomed({ from: 0, to: 1000 }, HOUR, 1, course.length)).toEqual({ from: 250, to: 750 });
  });

  test('is left as it is by moves inside of it, and paged along by moves out of it', () => {
    const session = does(start, { do: 'seek', at: HOUR }, { do: 'span', span: { from: HOUR, to: 2 * HOUR } });
    expect(does(session, { do: 'seek', at: 1.5 * HOUR }).span).toBe(session.span);
    const on = does(session, { do: 'seek', at: 4 * HOUR });
    expect(on.span).toEqual({ from: 3.9 * HOUR, to: 4.9 * HOUR });
    expect(does(on, { do: 'seek', at: 3 * HOUR }).span).toEqual({ from: 2.1 * HOUR, to: 3.1 * HOUR });
    expect(does(on, { do: 'part', share: 0 }).span).toEqual({ from: 0, to: HOUR });
    expect(does(on, { do: 'part', share: 1 }).span).toEqual({ from: course.length - HOUR, to: course.length });
    // Who chooses a stretch elsewhere sees it, until the playhead moves.
    const elsewhere = does(session, { do: 'span', span: { from: 5 * HOUR, to: 6 * HOUR } });
    expect(elsewhere.span).toEqual({ from: 5 * HOUR, to: 6 * HOUR });
    expect(does(elsewhere, { do: 'hover', id: 'x' }, { do: 'tab', tab: 'score' }).span).toBe(elsewhere.span);
    expect(does(elsewhere, { do: 'step', by: 1 }).span!.from).toBeLessThan(2 * HOUR);
  });

  test('holds the playhead at every frame of playing, and is as long throughout', () => {
    let session = does(start, { do: 'span', span: { from: 0, to: 10 * MINUTE } }, { do: 'play' });
    const pages = new Set<Span>();
    while (session.playing) {
      session = does(session, { do: 'tick', seconds: 0.2 });
      const { from, to } = session.span!;
      expect(session.moment.at).toBeGreaterThanOrEqual(from);
      expect(session.moment.at).toBeLessThanOrEqual(to);
      expect(to - from).toBe(10 * MINUTE);
      pages.add(session.span!);
    }
    expect(pages.size).toBeGreaterThan(10);
    expect(session.moment.at).toBe(course.length);
  });

  test('stands in the address of a moment, not in that of the run; what does not fit the run is left out', async () => {
    const session = does(start, { do: 'span', span: { from: 480_000, to: 900_000 } });
    expect(hashOf(session, run, course)).toBe('#t=0&span=480000-900000');
    const read = (hash: string) => readHash(hash, run, course, () => true).span;
    expect(read('#span=480000-900000')).toEqual(session.span);
    for (const hash of ['#span=9-3', '#span=a-b', '#span=5', '#span=99999999999-999999999999', '#span=0-99999999999'])
      expect(read(hash)).toBeNull();
    const base = { variant: null, seed: '1', set: [], fork: null };
    expect(await wishText({ ...base, seed: '2' }, null, base)).toBe('seed=2&v=1');
  });
});

describe('the scale of a stretch', () => {
  test('is as wide as that of the run, in order, and keeps what lies outside at its edges', () => {
    fc.assert(
      fc.property(spans, fc.constantFrom(290, 1100), fc.boolean(), (wish, width, skip) => {
        const span = fitted(wish, course.length);
        const scale = scaleOf(course.length, skip ? course.gaps : [], width, span);
        const { from, to } = span ?? { from: 0, to: course.length };
        for (const [early, late] of [
          [from, to],
          [from - HOUR, to + HOUR],
        ] as const) {
          expect(scale.x(early)).toBeCloseTo(0, 6);
          expect(scale.x(late)).toBeCloseTo(width, 6);
        }
        let before = 0;
        for (let at = from; at <= to; at += (to - from) / 50) {
          expect(scale.x(at)).toBeGreaterThanOrEqual(before - 1e-6);
          before = scale.x(at);
        }
        const stripes = scale.stripes.reduce((sum, stripe) => sum + stripe.width, 0);
        expect(stripes).toBeLessThanOrEqual(width * 0.41);
      }),
      SEED,
    );
  });

  test('tells the true length of a silence that its edge cuts', () => {
    const gap = course.gaps.find(({ from, to }) => to - from > HOUR / 2)!;
    const whole = scaleOf(course.length, course.gaps, 1100).stripes[course.gaps.indexOf(gap)]!;
    const cut = scaleOf(course.length, course.gaps, 1100, { from: gap.from - MINUTE, to: gap.to - 5 * MINUTE });
    expect(cut.stripes.map(({ title }) => title)).toContain(whole.title);
    // Where there is nothing but silence, there is no stripe: it is as long as it is.
    expect(scaleOf(course.length, course.gaps, 1100, { from: gap.from + 1000, to: gap.to - 1000 }).stripes).toEqual([]);
  });

  test('has its two ends and round times that stand apart, as clock times or from the start', () => {
    fc.assert(
      fc.property(spans, fc.constantFrom(290, 1100), fc.boolean(), (wish, width, wall) => {
        const scale = scaleOf(course.length, course.gaps, width, fitted(wish, course.length));
        const ticks = ticksOf(scale, run.epoch, false, wall);
        expect([ticks[0]!.at, ticks.at(-1)!.at]).toEqual([scale.from, scale.to]);
        ticks.slice(1).forEach((tick, i) => void expect(tick.x - ticks[i]!.x).toBeGreaterThan(55));
        const sides = ticks.map(({ x, label, anchor }) => {
          const wide = textWidth(label, 11);
          const left = x - (anchor === 'start' ? 0 : anchor === 'end' ? wide : wide / 2);
          return [left, left + wide] as const;
        });
        sides.slice(1).forEach(([left], i) => void expect(left).toBeGreaterThan(sides[i]![1]));
      }),
      SEED,
    );
    const labels = (wall: boolean, from: number, to: number) =>
      ticksOf(scaleOf(course.length, [], 600, { from, to }), run.epoch, false, wall).map(({ label }) => label);
    expect(labels(true, 484_000, 784_000)).toEqual(['15:38:04', '15:39', '15:40', '15:41', '15:42', '15:43:04']);
    expect(labels(false, 484_000, 784_000)).toEqual(['8 min 4 s', '9 min', '10 min', '11 min', '12 min', '13 min 4 s']);
    expect(labels(true, 540_000, 541_000)).toContain('15:39:00.400');
    expect(since(2 * HOUR + 5 * MINUTE + 3000, 1000)).toBe('2 h 5 min 3 s');
    expect(since(2 * HOUR + 5 * MINUTE + 3250, 250)).toBe('2 h 5 min 3.25 s');
    expect([since(0, MINUTE), since(450, 50), since(59_000, MINUTE)]).toEqual(['0', '450 ms', '0']);
  });

  test('cuts a line at its edges, at the height that it has there', () => {
    const scale = scaleOf(100, [], 100, { from: 10, to: 60 });
    const line = [
      [0, 0],
      [20, 20],
      [20, 5],
      [100, 85],
    ] as const;
    expect(within(scale, line)).toEqual([
      [10, 10],
      [20, 20],
      [20, 5],
      [60, 45],
    ]);
    expect(within(scaleOf(100, [], 100, { from: 40, to: 50 }), line)).toEqual([
      [40, 25],
      [50, 35],
    ]);
    expect(within(scaleOf(100, [], 100), line)).toBe(line);
  });
});

describe('the changes of a stretch', () => {
  test('have one mark each where there is room, else many together; all are counted, and no marks touch', () => {
    fc.assert(
      fc.property(spans, fc.constantFrom(290, 1100), (wish, width) => {
        const span = fitted(wish, course.length);
        const scale = scaleOf(course.length, course.gaps, width, span);
        const marks = eventsOf(large, scale);
        const inside = [...course.times].filter((at) => at >= scale.from && at <= scale.to).length;
        expect(marks.reduce((sum, { count }) => sum + count, 0)).toBe(inside);
        expect(marks.length).toBeLessThanOrEqual(width / 24 + 1);
        marks.slice(1).forEach((mark, i) => {
          expect(mark.x - marks[i]!.x).toBeGreaterThanOrEqual(24);
          expect(mark.row).toBe(marks[i]!.row + marks[i]!.count);
        });
        const [first, last] = rowsIn(run, scale);
        expect(last - first).toBe(inside);
        expect(SORTS.reduce((sum, sort) => sum + countSorts(large, first, last)[sort], 0)).toBe(inside);
      }),
      SEED,
    );
  });

  test('say what they are: one in its own words, several by what they did and with the first of them', () => {
    const marks = eventsOf(small, scaleOf(small.run.length, [], 1100));
    const [breaks] = marks;
    expect(breaks).toMatchObject({ row: 0, sort: 'origin' });
    const single = marks.find(({ count }) => count === 1)!;
    expect(single.label).toBe('');
    expect(single.title).toContain(small.run.changes.says(single.row));
    const several = marks.find(({ count }) => count > 1)!;
    expect(several.label).toBe(String(several.count));
    expect(several.title).toMatch(/^\d+ changes/);
    expect(several.title).toContain(`The first: ${small.run.changes.says(several.row)}`);
  });
});

describe('what a stretch comes to', () => {
  const totals = (from: number, to: number) => totalsOf(large, scaleOf(course.length, [], 1000, { from, to }));

  test('its first and last change, parts lost and regained', () => {
    const { at } = run.changes;
    const all = totals(0, course.length);
    expect([all.first?.row, all.last?.row, all.changes]).toEqual([0, run.changes.count - 1, run.changes.count]);
    const drain = totals(9 * MINUTE - 1, 10 * MINUTE);
    expect(drain.first?.row).toBe([...at].findIndex((time) => time >= 9 * MINUTE - 1));
    const gone = (time: number) => {
      const board = large.boards.at([...at].filter((one) => one <= time).length);
      return new Set(
        large.things.list
          .filter((thing) => ['down', 'unreachable'].includes(large.statusOf(board, thing).state))
          .map(({ id }) => id),
      );
    };
    const [before, after] = [gone(9 * MINUTE - 2), gone(10 * MINUTE)];
    expect(drain.lost).toBeGreaterThan(0);
    expect(drain.lost).toBeGreaterThanOrEqual([...after].filter((id) => !before.has(id)).length);
    expect(drain.regained).toBe(0);
    expect(all.regained).toBeGreaterThan(0);
    expect(totals(1000, 2000)).toMatchObject({ changes: 0, first: null, last: null, lost: 0, regained: 0 });
  });

  test('user-minutes of stretches side by side are those of the whole', () => {
    const people = peopleOf(run)!.map(({ at, value }): [number, number] => [at, value]);
    const under = (from: number, to: number) =>
      minutesUnder(
        within(scaleOf(course.length, [], 1000, { from, to }), people).map(([at, value]) => ({ at, value })),
      );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: course.length - 1 }), (cut) => {
        expect(under(0, cut) + under(cut, course.length)).toBeCloseTo(minutesUnder(peopleOf(run)!), -3);
      }),
      SEED,
    );
    expect(totals(0, 1000).people).toBe('nobody is affected');
    expect(totals(HOUR, 2 * HOUR).people).toMatch(/^up to .* people affected, .* user-minutes lost$/);
  });
});

describe('the timeline', () => {
  const frameOf = frames(large);
  const at = (span: Span | null, more: Partial<Session> = {}) =>
    frameOf({ ...start, moment: { at: HOUR, step: 0 }, ...more, span }, size).timeline;

  test('without a stretch is one scale throughout, and nothing is told of a stretch', () => {
    const whole = at(null);
    expect(whole.scale).toBe(whole.overview.scale);
    expect([whole.near, whole.overview.brush]).toEqual([null, null]);
  });

  test('with a stretch shows all of the run above, and below only what lies in it', () => {
    const span = { from: 5 * MINUTE, to: 40 * MINUTE };
    const near = at(span);
    expect(near.overview.bins).toEqual(at(null).overview.bins);
    expect(near.scale.width).toBe(near.overview.scale.width);
    expect(near.overview.brush).toEqual([near.overview.scale.x(span.from), near.overview.scale.x(span.to)]);
    expect(near.rows.map(({ id }) => id)).toEqual(at(null).rows.map(({ id }) => id));
    for (const row of near.rows)
      for (const bar of row.spans) {
        const source = large.rows.find(({ id }) => id === row.id)!.spans[Number(bar.id.split(':').at(-1))]!;
        expect(source.from <= span.to && source.to >= span.from).toBe(true);
        expect(bar.x + bar.width).toBeLessThanOrEqual(near.scale.width + 1.5);
      }
    for (const claim of near.claims) {
      const { moment } = run.end!.checkpoints.find(({ id }) => id === claim.id)!;
      for (const part of ['seen', 'simulated'] as const)
        if (claim[part] !== null) {
          expect(moment![part]).toBeGreaterThanOrEqual(span.from);
          expect(moment![part]).toBeLessThanOrEqual(span.to);
        }
    }
    expect(near.claims.length).toBeGreaterThan(0);
    expect(near.claims.length).toBeLessThan(at(null).claims.length);
  });

  test('hides the playhead where it is not in the stretch', () => {
    const span = { from: 2 * HOUR, to: 3 * HOUR };
    expect(frameOf({ ...start, moment: { at: HOUR, step: 0 }, span }, size).head).toEqual({ x: 0, shown: false });
    expect(frameOf({ ...start, moment: { at: 2 * HOUR, step: 0 }, span }, size).head.shown).toBe(true);
  });

  test('tells times from the start where somebody asks for them', () => {
    const ends = (wall: boolean) => {
      const labels = at(null, { wall }).overview.ticks.map(({ label }) => label);
      return [labels[0], labels.at(-1)];
    };
    expect(ends(true)).toEqual(['15:30', '23:30']);
    expect(ends(false)).toEqual(['0', '8 h']);
    expect(does(start, { do: 'wall' }).wall).toBe(false);
  });
});

describe('the moment under the pointer', () => {
  test('is told by both clocks, with the nearest change', () => {
    expect(pointedAt(large, 9 * MINUTE + 100, Number.POSITIVE_INFINITY)).toEqual({
      time: '15:39:00 · 9 min in',
      event: expect.stringMatching(/^15:39:00 /),
    });
    expect(pointedAt(small, 182, Number.POSITIVE_INFINITY).time).toMatch(/^0\.182 s \(\d\d:\d\d:\d\d\.182\)$/);
  });

  test('tells nothing of what is still covered', () => {
    expect(pointedAt(large, 10 * MINUTE, 0).event).toBe('');
    const silence = course.gaps[0]!;
    const before = course.times.filter((time) => time < silence.from).length;
    expect(pointedAt(large, (silence.from + silence.to) / 2, before).event).not.toContain('Nothing changes');
  });

  test('in a long silence says how long it is, from change to change', () => {
    const gap = course.gaps.find(({ from, to }) => to - from > HOUR / 2)!;
    const found = silenceAt(large, (gap.from + gap.to) / 2)!;
    expect([...course.times]).toContain(found.to);
    expect([...course.times].some((time) => time > found.from && time < found.to)).toBe(false);
    expect(found.says).toMatch(/^Nothing changes for .*, until \d\d:\d\d:\d\d$/);
    expect(silenceAt(large, gap.to + 1)).toBeNull();
    const spoken = frames(large)({ ...start, moment: { at: (gap.from + gap.to) / 2, step: 1 } }, size);
    expect(spoken.spoken).toContain(found.says);
    expect(spoken.silence).not.toBeNull();
  });
});
