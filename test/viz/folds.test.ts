/** What is folded into one mark: groups within groups, what each card says of many, and that all of a large system is seen at once. */
import { describe, expect, test } from 'vitest';
import { cardsOf } from '../../viz/frame/cards.ts';
import { usualFolds } from '../../viz/frame/fit.ts';
import { type Fold, isFold, type Part } from '../../viz/frame/folds.ts';
import { layoutOf } from '../../viz/frame/lanes.ts';
import { foldButton } from '../../viz/frame/node.ts';
import { stepsOf } from '../../viz/frame/past.ts';
import { bundlesOf } from '../../viz/frame/picture.ts';
import { shareOf, sharesText } from '../../viz/frame/share.ts';
import type { Status } from '../../viz/frame/status.ts';
import { tallyOf } from '../../viz/frame/tally.ts';
import { STATES, type State } from '../../viz/frame/words.ts';
import { worldOf } from '../../viz/frame/world.ts';
import { parse } from '../../viz/load/parse.ts';
import { largeTrace } from './large.ts';

const world = worldOf(parse(largeTrace()).run);
const { parts, things, ties } = world;

const foldsIn = (list: readonly Part[]): Fold[] =>
  list.flatMap((part) => (isFold(part) ? [part, ...foldsIn(part.parts)] : []));
const fold = (id: string): Fold => foldsIn(parts).find((one) => one.id === id)!;
const SCREEN = [896, 400] as const;

describe('folds', () => {
  test('nest where groups nest, and hold every part once', () => {
    expect(fold('pop.*').parts.map((part) => (isFold(part) ? [part.id, part.things.length] : part.id))).toEqual([
      ['pop.1.*', 4],
      ['pop.2.*', 8],
      ['pop.3.*', 12],
      ['pop.4.*', 16],
    ]);
    expect(fold('ns.*').things.length).toBe(160);
    expect(
      fold('services in dc.*')
        .parts.map((part) => isFold(part) && part.id)
        .sort(),
    ).toEqual(['chat', 'feed', 'live', 'market', 'photos']);
    expect(fold('bb.*.*.*')).toMatchObject({ label: 'bb.*', level: 'group' });
    const all = parts.flatMap((part) => (isFold(part) ? part.things : [part]));
    expect(all.map(({ id }) => id).sort()).toEqual(things.list.map(({ id }) => id).sort());
  });

  test('show a large system whole, at every size a screen has', () => {
    for (const [width, height] of [SCREEN, [1300, 560], [744, 640], [390, 640]] as const) {
      const cards = cardsOf(parts, usualFolds(parts, width, height), []);
      expect(cards.length).toBeLessThan(45);
      const { height: tall } = layoutOf(cards, bundlesOf(cards, ties.list), width, height);
      expect(tall).toBeLessThanOrEqual(height + 0.01);
    }
  });

  test('draw what ties many to many once', () => {
    const cards = cardsOf(parts, usualFolds(parts, ...SCREEN), []);
    const bundles = bundlesOf(cards, ties.list);
    expect(ties.list.length).toBeGreaterThan(1000);
    expect(bundles.length).toBeLessThan(50);
    const haul = bundles.filter(({ kind }) => kind === 'link');
    expect(haul.map(({ from, to, ties: all }) => [from.label, to.label, all.length])).toEqual([['pop.*', 'bb.*', 160]]);
  });

  test('are laid open one by one, and closed again from any part inside', () => {
    const usual = usualFolds(parts, ...SCREEN);
    const shown = (toggled: readonly string[]) => cardsOf(parts, usual, toggled).map(({ id }) => id);
    expect(shown([])).toContain('group:pop.*');
    const open = cardsOf(parts, usual, ['pop.*']);
    expect(open.filter(({ block }) => block === 'pop.*').map(({ kind, label }) => [kind, label])).toEqual([
      ['head', 'pop.*'],
      ['group', 'pop.1.*'],
      ['group', 'pop.2.*'],
      ['group', 'pop.3.*'],
      ['group', 'pop.4.*'],
    ]);
    const deeper = cardsOf(parts, usual, ['pop.*', 'pop.3.*']);
    expect(deeper.filter(({ block }) => block === 'pop.3.*').map(({ label }) => label)).toEqual([
      'pop.3.*',
      ...Array.from({ length: 12 }, (_, i) => String(i + 1)),
    ]);
    const pop = things.byId.get('pop.3.7')!;
    expect(foldButton(parts, pop, usual, [])).toMatchObject({ id: 'pop.*', folded: true });
    expect(foldButton(parts, pop, usual, ['pop.*'])).toMatchObject({ id: 'pop.3.*', folded: true });
    expect(foldButton(parts, pop, usual, ['pop.*', 'pop.3.*'])).toMatchObject({ id: 'pop.3.*', folded: false });
    expect(foldButton(parts, things.byId.get('door')!, usual, [])).toBeNull();
  });
});

describe('how many are', () => {
  const many = (...counts: readonly (readonly [number, State, string])[]): Status[] =>
    counts.flatMap(([n, state, word]) => Array.from({ length: n }, () => ({ state, word, fact: -1 })));
  test.each([
    [many([48, 'degraded', 'drained']), 200, '48 drained'],
    [many([12, 'unreachable', 'cut off'], [28, 'up', 'up']), 200, '28 up · 12 cut off'],
    [many([12, 'unreachable', 'cut off'], [28, 'up', 'up']), 60, '28/40 ok'],
    [many([3, 'degraded', '2 of 8 paths'], [5, 'degraded', '3 of 8 paths']), 200, '8 partly'],
    [
      many([3, 'degraded', 'isolated'], [30, 'degraded', 'partly withdrawn'], [1, 'degraded', 'degraded']),
      200,
      '30/34 partly withdrawn',
    ],
    [many([3, 'down', 'down'], [2, 'starting', 'starting'], [1, 'degraded', 'degraded']), 200, '3/6 down'],
  ])('told as shortly as there is room for', (all, room, text) => {
    expect(shareOf(tallyOf(all), room)).toBe(text);
  });

  test('and told in full to those who hear it', () => {
    expect(sharesText(tallyOf(many([2, 'down', 'broken'], [1, 'up', 'up'], [3, 'degraded', '1 of 2 paths'])))).toBe(
      '1 up, 3 partly, 2 broken',
    );
  });
});

describe('the past of what is folded', () => {
  test('says at every moment how many are in which state', () => {
    const { run, boards, statusOf } = world;
    const group = fold('pop.*');
    const steps = stepsOf(world.past(), group.things);
    expect(steps.length).toBeGreaterThan(20);
    const { at } = run.changes;
    for (let row = 0; row < run.changes.count; row += 7) {
      if (at[row + 1] === at[row]) continue;
      const board = boards.at(row + 1);
      const states = group.things.map((thing) => statusOf(board, thing).state);
      const step = steps.findLast((one) => one.at <= at[row]!)!;
      expect(step.shares).toEqual(STATES.map((state) => states.filter((one) => one === state).length / states.length));
    }
  });

  test('knows that what stands in something cut off is cut off with it', () => {
    const past = world.past();
    const states = (id: string) => past[things.byId.get(id)!.index]!.map(({ state }) => state);
    expect(states('ledger')[0]).toBe('up');
    expect(states('feed@dc.2.1')).toContain('unreachable');
    expect(states('feed@dc.2.1').at(-1)).toBe('up');
  });
});
