/** Naming against real resolvers: BIND 9 and Unbound before Knot DNS, asked the same at the same times as netfall's. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { live, tellAtTheEnd } from '../../support/daemons.ts';
import { Lab } from '../../support/lab.ts';
import type { Reply } from './client.ts';
import { disagreements, phasesOf } from './compare.ts';
import { DAEMONS } from './daemons.ts';
import { EXCHANGES } from './exchanges.ts';
import { observe } from './observed.ts';
import { simulated } from './simulated.ts';

live('naming and real resolvers', { named: 'bind9', unbound: 'unbound', knotd: 'knot', keymgr: 'knot' }, () => {
  const lab = new Lab();
  let observed: ReadonlyMap<string, readonly Reply[]> = new Map();
  // All exchanges at once: what takes time is waiting.
  beforeAll(async () => {
    observed = await observe(lab);
  }, 120_000);
  afterAll(() => lab.close());

  describe.each(DAEMONS)('$name', (daemon) => {
    const agreed: string[] = [];
    afterAll(async () => tellAtTheEnd(`${daemon.name} ${await daemon.version()}: ${agreed.length} exchanges agreed`));

    test.each(EXCHANGES)('$title', (exchange) => {
      const real = phasesOf(observed.get(`${daemon.name} ${exchange.zone}`) ?? [], exchange);
      const ours = simulated(exchange, daemon);
      expect(disagreements(real, ours, daemon, exchange)).toEqual([]);
      agreed.push(exchange.zone);
    });
  });
});
