/** The picture holds still: the same cards in the same room land the same, nothing lies on anything, and text fits. */
import { describe, expect, test } from 'vitest';
import { hitsOf } from '../../viz/control/search.ts';
import { nextCard } from '../../viz/control/walk.ts';
import { cardsOf } from '../../viz/frame/cards.ts';
import { usualFolds } from '../../viz/frame/fit.ts';
import { layoutOf } from '../../viz/frame/lanes.ts';
import { bundlesOf } from '../../viz/frame/picture.ts';
import { shorten, textWidth } from '../../viz/frame/text.ts';
import { LANES } from '../../viz/frame/words.ts';
import { type World, worldOf } from '../../viz/frame/world.ts';
import { parse } from '../../viz/load/parse.ts';
import { chain, textOf } from '../support/sample-trace.ts';
import { largeTrace } from './large.ts';
import { outage } from './sample-outage.ts';
import { LARGE } from './sample-scene.ts';

const worlds: Readonly<Record<string, World>> = {
  chain: worldOf(parse(textOf(chain())).run),
  outage: worldOf(parse(textOf(outage())).run),
  large: worldOf(parse(textOf(outage(LARGE))).run),
  nested: worldOf(parse(largeTrace()).run),
};
const GROUPS = [[], ['pop.*'], ['pop.*', 'ns.a', 'bb.*.*', 'ris.*'], ['pop.*', 'pop.3.*', 'ns.*', 'ns.b', 'services']];
const lay = (world: World, width: number, height: number, toggled: readonly string[]) => {
  const cards = cardsOf(world.parts, usualFolds(world.parts, width, height), toggled);
  return layoutOf(cards, bundlesOf(cards, world.ties.list), width, height);
};

describe.each(Object.keys(worlds))('%s', (name) => {
  const world = worlds[name]!;
  test.each([
    [296, 560],
    [390, 560],
    [768, 560],
    [896, 400],
    [1344, 620],
    [1700, 900],
  ])('in %d × %d: cards stay inside and apart, lanes in order', (width, height) => {
    for (const toggled of GROUPS) {
      const { boxes, lanes } = lay(world, width, height, toggled);
      for (const box of boxes) {
        expect(box.x).toBeGreaterThanOrEqual(-0.01);
        expect(box.x + box.width).toBeLessThanOrEqual(width + 0.01);
        const lane = lanes.find((one) => one.lane === box.card.lane)!;
        expect(box.y).toBeGreaterThanOrEqual(lane.y);
        expect(box.y + box.card.height).toBeLessThanOrEqual(lane.y + lane.height + 0.01);
      }
      boxes.forEach((a, i) => {
        for (const b of boxes.slice(i + 1)) {
          const apart =
            a.x + a.width <= b.x + 0.01 ||
            b.x + b.width <= a.x + 0.01 ||
            a.y + a.card.height <= b.y + 0.01 ||
            b.y + b.card.height <= a.y + 0.01;
          expect(apart, `${a.card.id} and ${b.card.id} at ${width} × ${height}`).toBe(true);
        }
      });
      expect(lanes.map(({ lane }) => LANES.indexOf(lane))).toEqual(
        lanes.map(({ lane }) => LANES.indexOf(lane)).sort((a, b) => a - b),
      );
    }
  });

  test('shows every part exactly once, itself or in its group', () => {
    for (const toggled of GROUPS) {
      const shown = cardsOf(world.parts, usualFolds(world.parts, 896, 400), toggled)
        .filter(({ kind }) => kind !== 'head')
        .flatMap(({ things }) => things.map(({ id }) => id));
      expect(shown.slice().sort()).toEqual(world.things.list.map(({ id }) => id).sort());
    }
  });

  test('lands the same again', () => {
    const where = () => lay(world, 896, 400, []).boxes.map(({ card, x, y }) => [card.id, x, y]);
    expect(where()).toEqual(where());
  });
});

test('what needs stands above what it needs', () => {
  const { boxes } = lay(worlds.chain!, 850, 420, []);
  const y = (id: string) => boxes.find(({ card }) => card.id === id)!.y;
  for (const [upper, lower] of [
    ['web', 'api'],
    ['web', 'cdn'],
    ['api', 'auth'],
    ['auth', 'dns'],
    ['cdn', 'dns'],
    ['dns', 'bb'],
  ] as const)
    expect(y(upper)).toBeLessThan(y(lower));
});

test('a shortened text fits, and says that it is shortened', () => {
  for (const text of ['restore-backbone', 'W'.repeat(40), 'iiii', '統合ネットワーク監視'])
    for (const width of [10, 30, 60, 120]) {
      const short = shorten(text, 12, width);
      expect(textWidth(short, 12)).toBeLessThanOrEqual(width);
      if (short !== text && short !== '') expect(short.endsWith('…')).toBe(true);
    }
});

describe('walking with the arrows', () => {
  const cards = cardsOf(worlds.chain!.parts, usualFolds(worlds.chain!.parts, 850, 420), []);
  const bundles = bundlesOf(cards, worlds.chain!.ties.list);
  const layout = layoutOf(cards, bundles, 850, 420);
  const from = (id: string, key: string) =>
    nextCard({ layout, bundles }, layout.boxes.find(({ card }) => card.id === id)!, key)?.card.id;

  test('leads down to what a part needs, up to what needs it, and sideways to its neighbours', () => {
    expect([
      from('dns', 'ArrowDown'),
      from('bb', 'ArrowUp'),
      from('auth', 'ArrowRight'),
      from('cdn', 'ArrowLeft'),
    ]).toEqual(['bb', 'dns', 'cdn', 'auth']);
    expect(['api', 'cdn']).toContain(from('web', 'ArrowDown'));
    expect(from('web', 'ArrowUp')).toBeUndefined();
  });
});

test('a part is found by its name: the whole name first, then what begins with it, then what holds it', () => {
  expect(hitsOf(worlds.outage!.things, ' Door')).toEqual(['door', 'doors-central']);
  expect(hitsOf(worlds.outage!.things, 'book')).toEqual(['facebook', 'zone:facebook.com']);
  expect(hitsOf(worlds.outage!.things, 'badge')).toEqual(['door']);
  expect(hitsOf(worlds.outage!.things, '')).toEqual([]);
});
