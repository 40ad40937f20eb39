/** Sessions by the clock, on BIRD 2 and in the simulator: limits, restarts, silence, cuts. */
import { afterAll, expect, test } from 'vitest';
import { live, tellAtTheEnd } from '../../support/daemons.ts';
import { Clocks } from './clocks.ts';
import { drawCuts, drawDeaths, drawLimits, drawRestarts } from './draw-deeds.ts';

const DRILLS = {
  limits: { draw: drawLimits, count: 6, title: 'prefix limits warn, shut, and latch' },
  restarts: { draw: drawRestarts, count: 6, title: 'a process starts anew, gracefully or not' },
  deaths: { draw: drawDeaths, count: 5, title: 'a box falls silent, and is given up when the hold time is over' },
  cuts: { draw: drawCuts, count: 3, title: 'a cable is pulled, and its session is over at once' },
} as const;

live('BIRD, by the clock', { bird: 'bird2' }, () => {
  const clocks = new Clocks();
  afterAll(() => tellAtTheEnd(`BIRD, ${clocks.summary()}`));

  // All at once: each drill lasts half a minute, in which its routers do next to nothing.
  for (const [kind, { draw, count, title }] of Object.entries(DRILLS))
    test.concurrent(`${kind}: ${title}`, async () => {
      const seeds = Array.from({ length: count }, (_, index) => index + 1);
      const found = await Promise.all(seeds.map((seed) => clocks.compare(kind, draw(seed), String(seed))));
      expect(found.map((differences, index) => [seeds[index], ...differences])).toEqual(seeds.map((seed) => [seed]));
    });
});
