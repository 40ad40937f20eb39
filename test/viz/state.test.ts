/** Moving through a run, and the address that leads back: the same unit both ways, and what is sought is what is found. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { worldOf } from '../../viz/frame/world.ts';
import { parse } from '../../viz/load/parse.ts';
import { hashOf, readHash } from '../../viz/state/hash.ts';
import { momentAt, played, stepped, toMarker } from '../../viz/state/move.ts';
import { type Action, changeInQuestion, reduce } from '../../viz/state/reduce.ts';
import { opening, type Session, TABS, VIEWS } from '../../viz/state/session.ts';
import { chain, textOf } from '../support/sample-trace.ts';
import { rowThat } from './rows.ts';
import { outage } from './sample-outage.ts';

const small = worldOf(parse(textOf(chain())).run);
const large = worldOf(parse(textOf(outage())).run);
const start: Session = { ...opening(50), predict: false };
const does = (world: typeof small, session: Session, ...actions: Action[]) =>
  actions.reduce((now, action) => reduce(now, action, world.course), session);
const row = (world: typeof small, says: string) => rowThat(world.run, says);

describe('stepping', () => {
  test('goes on and back by the same changes, also inside an instant', () => {
    for (const world of [small, large]) {
      const there = [{ at: 0, step: 0 }];
      for (let i = 0; i < world.run.changes.count; i++) there.push(stepped(world.course, there[i]!, 1));
      expect(there.map(({ step }) => step)).toEqual(there.map((_, i) => i));
      let moment = there[there.length - 1]!;
      for (let i = there.length - 2; i >= 0; i--) {
        moment = stepped(world.course, moment, -1);
        expect(moment).toEqual(there[i]);
      }
    }
  });

  test('back from between two changes goes to the last one, not past it', () => {
    const between = momentAt(small.course, 150);
    expect(stepped(small.course, between, -1)).toEqual({ at: 143, step: 4 });
  });

  test('after the last change comes the end', () => {
    const last = momentAt(small.course, 973);
    expect(stepped(small.course, last, 1)).toEqual({ at: 1200, step: 26 });
  });

  test('by markers', () => {
    const times: number[] = [];
    for (let moment = momentAt(small.course, 0), i = 0; i < 4; i++) {
      moment = toMarker(small.course, moment, 1);
      times.push(moment.at);
    }
    expect(times).toEqual([100, 192, 730, 1200]);
    expect(toMarker(small.course, momentAt(small.course, 192), -1).at).toBe(100);
  });
});

describe('playing', () => {
  test('is as fast as it says, and stops at the end', () => {
    const session = does(small, start, { do: 'play' }, { do: 'tick', seconds: 2 });
    expect(session.moment).toEqual({ at: 100, step: 2 });
    const over = does(small, session, { do: 'tick', seconds: 1000 });
    expect([over.moment.at, over.playing]).toEqual([1200, false]);
    expect(does(small, over, { do: 'play' }).moment.at).toBe(0);
  });

  test('stops at the next decision, at each silence, or nowhere', () => {
    const { stops } = large.course;
    expect(stops.decision.length).toBeGreaterThan(3);
    expect(stops.silence.length).toBeGreaterThan(0);
    expect(small.course.stops.miss).toEqual([]);
    const seen: number[] = [];
    let session = does(large, { ...opening(50_000), predict: false }, { do: 'until', stop: 'decision' });
    for (let turn = 0; turn < 2000 && seen.length < stops.decision.length; turn++) {
      if (!session.playing) session = does(large, session, { do: 'play' });
      session = does(large, session, { do: 'tick', seconds: 0.9 });
      if (!session.playing) seen.push(session.moment.at);
    }
    expect(seen).toEqual(stops.decision);
    // All of that instant has happened.
    expect(session.moment).toEqual(momentAt(large.course, seen[seen.length - 1]!));
    const over = does(large, { ...opening(50_000), predict: false }, { do: 'play' }, { do: 'tick', seconds: 10_000 });
    expect(over.moment.at).toBe(large.course.length);
  });

  test('in pieces of any size comes to the same moment', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.001, max: 2, noNaN: true }), { minLength: 1, maxLength: 30 }),
        (pieces) => {
          const whole = played(
            large.course,
            { at: 0, step: 0 },
            pieces.reduce((a, b) => a + b, 0),
            30_000,
            true,
          );
          const parts = pieces.reduce((moment, piece) => played(large.course, moment, piece, 30_000, true), {
            at: 0,
            step: 0,
          });
          expect(parts.at).toBeCloseTo(whole.at, 2);
        },
      ),
      { numRuns: 100, seed: 4102021 },
    );
  });

  test('passes over long silences in less than a second each', () => {
    const [gap] = large.course.gaps.filter(({ to, from }) => to - from > 30 * 60_000);
    const skipped = played(large.course, momentAt(large.course, gap!.from), 0.7, 1000, true);
    expect(skipped.at).toBeGreaterThan(gap!.to - 1);
    expect(played(large.course, momentAt(large.course, gap!.from), 0.7, 1000, false).at).toBe(gap!.from + 700);
  });

  test('every other move pauses it', () => {
    const playing = does(small, start, { do: 'play' });
    const moves: Action[] = [
      { do: 'seek', at: 5 },
      { do: 'step', by: 1 },
      { do: 'marker', by: 1 },
      { do: 'part', share: 0.5 },
      { do: 'change', row: 3 },
      { do: 'cause', by: 1 },
      { do: 'near', by: 1 },
    ];
    for (const move of moves) expect(does(small, playing, move).playing).toBe(false);
  });
});

describe('selecting', () => {
  test('a change selects its part and goes to it', () => {
    const session = does(small, start, { do: 'change', row: row(small, 'api goes down') });
    expect(session.selection).toEqual({ thing: 'api', change: 4, checkpoint: null });
    expect(session.moment).toEqual({ at: 181, step: 5 });
  });

  test('causes lead back to the root and forward again', () => {
    const web = does(small, start, { do: 'change', row: row(small, 'web goes down') });
    const back = does(
      small,
      web,
      { do: 'cause', by: -1 },
      { do: 'cause', by: -1 },
      { do: 'cause', by: -1 },
      { do: 'cause', by: -1 },
    );
    expect(small.run.changes.says(back.selection.change!)).toBe('bb breaks');
    expect(does(small, back, { do: 'cause', by: -1 }).selection).toEqual(back.selection);
    expect(small.run.changes.says(does(small, back, { do: 'cause', by: 1 }).selection.change!)).toBe('bb goes down');
  });

  test('the changes of the selected part, one by one, both ways', () => {
    const on = (by: 1 | -1): Action => ({ do: 'near', by });
    const first = does(small, start, { do: 'thing', id: 'dns' }, on(1));
    expect(small.run.changes.says(first.selection.change!)).toBe('dns goes down');
    const third = does(small, first, on(1), on(1));
    expect(small.run.changes.says(third.selection.change!)).toBe('dns breaks');
    expect(does(small, third, on(-1), on(-1)).selection).toEqual(first.selection);
  });

  test('without a change selected, the question is the latest of the part, or of all', () => {
    expect(changeInQuestion({ thing: null, change: null, checkpoint: null }, 0, small.course)).toBeNull();
    expect(changeInQuestion({ thing: null, change: null, checkpoint: null }, 6, small.course)).toBe(5);
    expect(changeInQuestion({ thing: 'bb', change: null, checkpoint: null }, 6, small.course)).toBe(1);
  });

  test('a checkpoint goes to its moment', () => {
    const session = does(large, start, { do: 'checkpoint', id: 'K01' });
    expect([session.tab, session.moment.at]).toEqual(['score', 9 * 60_000 + 22_000]);
  });
});

describe('the address', () => {
  test('leads back to any moment, selection and tab', () => {
    const things = [null, ...large.things.list.map(({ id }) => id)];
    fc.assert(
      fc.property(
        fc.record({
          step: fc.integer({ min: 0, max: large.run.changes.count }),
          thing: fc.constantFrom(...things),
          change: fc.option(fc.integer({ min: 0, max: large.run.changes.count - 1 })),
          tab: fc.constantFrom(...TABS),
          view: fc.constantFrom(...VIEWS),
          span: fc.option(
            fc
              .tuple(fc.nat(1000), fc.integer({ min: 10, max: 1000 }))
              .map(([from, more]) => ({ from, to: from + more })),
          ),
          pins: fc.uniqueArray(fc.constantFrom(...[...large.things.byId.keys()].slice(0, 5))),
        }),
        ({ step, thing, change, tab, view, span, pins }) => {
          const moment = step === 0 ? { at: 0, step: 0 } : { at: large.run.changes.at[step - 1]!, step };
          const session = { moment, selection: { thing, change, checkpoint: null }, tab, view, span, pins };
          const hash = hashOf(session, large.run, large.course);
          expect(readHash(hash, large.run, large.course, (id) => large.things.byId.has(id))).toEqual(session);
        },
      ),
      { numRuns: 200, seed: 4102021 },
    );
  });

  test('names a change by its time and its fact', () => {
    const session = does(small, start, { do: 'change', row: row(small, 'web goes down') });
    expect(hashOf(session, small.run, small.course)).toBe('#t=223&on=web&change=223/up/web');
  });

  test('of another run, or of nonsense, is read as far as it fits', () => {
    const read = (hash: string) => readHash(hash, small.run, small.course, (id) => small.things.byId.has(id));
    const nothing = {
      moment: { at: 0, step: 0 },
      selection: { thing: null, change: null, checkpoint: null },
      tab: 'story',
      view: 'picture',
      span: null,
      pins: [],
    };
    for (const hash of ['', '#', '#t=-5', '#t=x&on=nobody&change=1/up/nobody&check=K9&tab=none', '#%%%', '#t=1e9'])
      expect(read(hash)).toEqual(nothing);
    expect(read('#t=99999999').moment).toEqual({ at: 1200, step: 26 });
  });
});
