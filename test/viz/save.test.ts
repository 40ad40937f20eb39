/** What is saved: the same as the command line hands on, named after what it is, laid out so that it stands by itself. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accountOf, csvLines, jsonLines, perfettoLines } from '../../sim/index.ts';
import { frames } from '../../viz/frame/frame.ts';
import { linesOf, posterOf } from '../../viz/frame/poster.ts';
import { textWidth } from '../../viz/frame/text.ts';
import { worldOf } from '../../viz/frame/world.ts';
import { parse } from '../../viz/load/parse.ts';
import { accountOfRun } from '../../viz/save/account.ts';
import { rangesOf } from '../../viz/save/fonts.ts';
import { GRIDS, type GridName, gridOf } from '../../viz/save/grids.ts';
import { fileName } from '../../viz/save/names.ts';
import { offersOf } from '../../viz/save/offers.ts';
import { legal, paintOf } from '../../viz/save/standalone.ts';
import { momentAt } from '../../viz/state/move.ts';
import { opening } from '../../viz/state/session.ts';
import type { Span } from '../../viz/state/span.ts';
import { UPLINK } from '../cli/fake-io.ts';
import { shipped, simulated } from '../exchange/runs.ts';
import { chain, textOf } from '../support/sample-trace.ts';

const simulation = simulated(shipped('outages/slack-2021-09-30'));
const { run } = parse([...jsonLines(simulation)].join(''));
const world = worldOf(run);
const session = { ...opening(world.usualSpeed), moment: momentAt(world.course, run.length / 2) };

test('the page hands on what the command line does', () => {
  const [page, line] = [accountOfRun(run), accountOf(simulation)];
  expect(page.count).toBe(line.count);
  expect([...perfettoLines(page)].join('')).toBe([...perfettoLines(line)].join(''));
});

test('a run that breaks off is handed on as far as it goes', () => {
  const cut = parse(textOf(chain()).trimEnd().split('\n').slice(0, 8).join('\n'));
  const trace = JSON.parse([...perfettoLines(accountOfRun(cut.run))].join(''));
  expect(trace.traceEvents.length).toBeGreaterThan(7);
});

describe('tables', () => {
  test.each(Object.keys(GRIDS) as GridName[])('%s: each row has all columns', (name) => {
    const { columns, rows } = gridOf(name, world, session);
    const list = [...rows];
    expect(list.length).toBeGreaterThan(0);
    for (const row of list) expect(row.length).toBe(columns.length);
    expect([...csvLines({ columns, rows: list })].length).toBe(list.length + 1);
  });

  test('parts are as they are at the moment', () => {
    const states = (at: number) =>
      [...gridOf('parts', world, { ...session, moment: momentAt(world.course, at) }).rows].map(
        ([name, , , state]) => `${name} ${state}`,
      );
    expect(states(0)).not.toEqual(states(run.length / 2));
  });
});

describe('names of files', () => {
  const named = (more: object, at: number | null, what = 'picture') =>
    fileName({ run: { ...run, ...more }, brief: false }, at, what, 'svg');

  test('say scenario, variant, seed, whether it was changed, and the moment', () => {
    const { written } = run;
    const epoch = Date.parse('2021-09-30T00:00:00Z');
    expect(named({ epoch }, 15 * 3_600_000 + 62_000)).toBe('slack-2021-09-30_150102_picture.svg');
    expect(named({ epoch, variant: 'no-ds', seed: '7' }, null, '')).toBe('slack-2021-09-30_no-ds_seed-7.svg');
    expect(named({ epoch, written: { ...written, set: ['a=1'] } }, 86_400_000)).toBe(
      'slack-2021-09-30_changed_day1-000000_picture.svg',
    );
    expect(fileName({ run, brief: true }, 223, 'picture', 'png')).toBe('slack-2021-09-30_0.223s_picture.png');
  });

  test('are taken by every system, whatever the run is called', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (id, seed) => {
        expect(named({ scene: { ...run.scene, id }, seed, variant: id }, 0)).toMatch(
          /^[A-Za-z0-9][A-Za-z0-9._-]*\.svg$/,
        );
      }),
      { seed: 4102021 },
    );
  });
});

describe('a poster', () => {
  const frameFor = (width: number) =>
    frames(world)(session, {
      picture: { width, height: 500, zoom: 1 },
      timeline: width,
      notes: width - 36,
      narrow: width < 720,
    });

  test.each([320, 390, 900, 1900])('%i wide: its words stand inside of it and below each other', (width) => {
    const frame = frameFor(width);
    for (const body of ['picture', 'timeline', 'both'] as const) {
      const poster = posterOf(
        world,
        frame,
        body,
        { width, picture: 500, strip: 69, axis: 20 },
        [['tie needs', 'needs: the upper needs the lower']],
        false,
      );
      const size = { 'poster-title': 17, 'poster-small': 12, 'poster-clock': 34, 'poster-works': 15 };
      for (const { className, x, y, text } of poster.texts) {
        expect(x + textWidth(text, size[className as keyof typeof size]), text).toBeLessThanOrEqual(width);
        expect(y).toBeLessThan(poster.height);
      }
      const ys = poster.texts.map(({ y }) => y).sort((a, b) => a - b);
      expect(poster.strip).toBeGreaterThan(ys[2] as number);
      if (poster.lanes !== null) expect(poster.lanes).toBeGreaterThan(poster.strip + 60);
      expect(poster.texts.at(-1)?.text).toMatch(/^Simulated, not observed|seed 1$/);
    }
  });

  test('lanes of a stretch have room for an axis of their own', () => {
    const lanes = (span: Span | null) =>
      posterOf(
        world,
        frames(world)(
          { ...session, span },
          { picture: { width: 800, height: 500, zoom: 1 }, timeline: 800, notes: 764, narrow: false },
        ),
        'timeline',
        { width: 800, picture: 500, strip: 69, axis: 20 },
        [],
        false,
      ).lanes!;
    expect(lanes({ from: 0, to: run.length / 2 })).toBe(lanes(null) + 20);
  });

  test('one of many has the same places at every moment', () => {
    const at = (share: number) => {
      const frame = frames(world)(
        { ...session, moment: momentAt(world.course, run.length * share) },
        { picture: { width: 800, height: 500, zoom: 1 }, timeline: 800, notes: 764, narrow: false },
      );
      const { width, height, strip, picture } = posterOf(
        world,
        frame,
        'picture',
        { width: 800, picture: 500, strip: 69, axis: 20 },
        [],
        true,
      );
      return { width, height, strip, picture };
    };
    for (const share of [0.2, 0.5, 0.9, 1]) expect(at(share)).toEqual(at(0));
  });

  test('explains the lines it has, and no others', () => {
    const known = [
      ['tie needs', 'a'],
      ['tie link', 'b'],
      ['tie link cut', 'c'],
      ['tie place near', 'd'],
    ] as const;
    const tie = (kind: string, harm: string | null) => ({ kind, harm, near: null }) as never;
    expect(
      linesOf([tie('needs', null), tie('link', 'cut'), tie('place', null)], known, false).map(([, means]) => means),
    ).toEqual(['a', 'c']);
    expect(linesOf([tie('link', null)], known, true).map(([, means]) => means)).toEqual(['b', 'c']);
  });
});

describe('what is offered', () => {
  const offers = (films: Parameters<typeof offersOf>[3], more = {}, chosen = {}) =>
    offersOf({ ...world, run: { ...run, ...more } }, { ...session, ...chosen }, false, films);
  const of = (list: ReturnType<typeof offers>, id: string) => list.find((one) => one.id === id);

  test('a clip only where films can be made', () => {
    expect(of(offers([]), 'clip')?.not).toMatch(/cannot encode films/);
    expect(of(offers(['mp4']), 'clip')?.forms.map(({ label }) => label)).toEqual(['MP4']);
  });

  test('a clip of the stretch that the lanes show, where they show one', () => {
    const stretches = (span: Span | null) =>
      of(offers(['mp4'], {}, { span }), 'clip')?.choices.find(({ id }) => id === 'save-stretch')?.options;
    expect(stretches({ from: 0, to: 60_000 })?.[0]?.value).toBe('0-60000');
    expect(stretches(null)?.some(({ value }) => value === '0-60000')).toBe(false);
  });

  test('the scenario only where the trace holds it', () => {
    expect(of(offers(null, { written: null }), 'scenario')?.not).not.toBe('');
    expect(of(offers(null, { written: null }), 'review')?.not).not.toBe('');
    expect(of(offers(null), 'scenario')?.not).toBe('');
  });
});

test('colours become what every program reads', () => {
  expect(paintOf('rgb(213, 94, 0)')).toEqual({ color: '#d55e00', opacity: 1 });
  expect(paintOf('rgba(0, 0, 0, 0)')).toEqual({ color: 'none', opacity: 1 });
  expect(paintOf('color(srgb 0.5 1 0 / 0.25)')).toEqual({ color: '#80ff00', opacity: 0.25 });
  expect(paintOf('none')).toEqual({ color: 'none', opacity: 1 });
  expect(paintOf('url("https://example.org/#a")')).toEqual({ color: 'none', opacity: 1 });
});

test('fonts are asked for the letters they have', () => {
  expect(rangesOf('U+0-FF, U+131, U+4??')).toEqual([
    [0, 255],
    [0x131, 0x131],
    [0x400, 0x4ff],
  ]);
  expect(rangesOf('')).toEqual([[0, 0x10ffff]]);
});

test('what XML cannot hold is not in it', () => {
  expect(legal('a\u0000b\u0007\ud800c\n😀\uffff')).toBe('a\ufffdb\ufffd\ufffdc\n😀\ufffd');
});

test('a small scenario is told in the same way', () => {
  const small = simulated(UPLINK);
  const page = parse([...jsonLines(small)].join('')).run;
  expect([...perfettoLines(accountOfRun(page))].join('')).toBe([...perfettoLines(accountOf(small))].join(''));
});
