/** The same small internets on BIRD 2 and in the simulator: the same best paths everywhere, before and after withdrawals and cuts. */
import { afterAll, expect, test } from 'vitest';
import { live, tellAtTheEnd } from '../../support/daemons.ts';
import { drawInternet, drawPolicies, drawRivals } from '../draw.ts';
import { inBoth } from '../draw-both.ts';
import { drawLeaks, drawOrigins } from '../draw-guards.ts';
import { BAD3, BAD4, DISAGREE, drawGadget, GOOD, internetOf } from '../gadgets.ts';
import { Comparison } from './comparison.ts';

live('BIRD', { bird: 'bird2' }, () => {
  const all = new Comparison();
  afterAll(() => tellAtTheEnd(`BIRD: ${all.summary()}`));

  for (let seed = 1; seed <= 24; seed++) {
    test.concurrent(`hierarchy ${seed}: one state, the same on both`, async () => {
      expect(await all.compare(drawInternet(seed), String(seed))).toEqual([]);
    });
  }

  for (const seed of [...Array.from({ length: 15 }, (_, k) => k + 1), 17, 21]) {
    test.concurrent(`policies ${seed}: filters, communities, preference, MED`, async () => {
      expect(await all.compare(drawPolicies(seed), String(seed))).toEqual([]);
    });
  }

  for (let seed = 1; seed <= 6; seed++) {
    test.concurrent(`rivals ${seed}: MED within a system, the lowest neighbour between systems`, async () => {
      expect(await all.compare(drawRivals(seed), String(seed))).toEqual([]);
    });
  }

  for (let seed = 101; seed <= 104; seed++) {
    test.concurrent(`families ${seed}: IPv6 beside IPv4, over sessions of either`, async () => {
      const internet = seed % 2 === 0 ? drawPolicies(seed) : drawInternet(seed);
      expect(await all.compare(inBoth(internet, seed), String(seed))).toEqual([]);
    });
  }

  for (let seed = 201; seed <= 208; seed++) {
    test.concurrent(`leaks ${seed}: roles at some speakers, and somebody leaks`, async () => {
      expect(await all.compare(drawLeaks(seed), String(seed))).toEqual([]);
    });
  }

  for (let seed = 301; seed <= 306; seed++) {
    test.concurrent(`origins ${seed}: validated at some ends`, async () => {
      const internet = drawOrigins(seed);
      expect(await all.compare(seed % 2 === 0 ? inBoth(internet, seed) : internet, String(seed))).toEqual([]);
    });
  }

  test.concurrent.each(Object.entries({ DISAGREE, GOOD, BAD3, BAD4 }))(
    '%s: both rest in a stable state, and where there is none both say so',
    async (_, gadget) => {
      expect(await all.compare(internetOf(gadget), '1')).toEqual([]);
    },
  );

  // Of these some have several states, one has none while a session is cut, and some have one whatever happens.
  test.concurrent.each([1, 2, 3, 7, 8, 12, 14, 16, 21, 30])('gadget %i: both rest in a stable state', async (seed) => {
    expect(await all.compare(internetOf(drawGadget(seed)), String(seed))).toEqual([]);
  });
});
