/** Real packets over the routes of BIRD 2, and those of the simulator: they end alike, and go the same way. */
import { afterAll, expect, test } from 'vitest';
import { live, tellAtTheEnd } from '../../support/daemons.ts';
import { drawPackets } from './draw-packets.ts';
import { Fates } from './fates.ts';

live('BIRD, packets', { bird: 'bird2', ping: 'iputils-ping' }, () => {
  const fates = new Fates();
  afterAll(() => tellAtTheEnd(`BIRD, ${fates.summary()}`));

  for (let seed = 1; seed <= 5; seed++)
    test.concurrent(`packets ${seed}: delivered, no route, black hole, loop, filtered`, async () => {
      expect(await fates.compare(drawPackets(seed), String(seed))).toEqual([]);
    });
});
