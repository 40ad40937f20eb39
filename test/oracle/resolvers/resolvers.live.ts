/** Naming against real resolvers: BIND 9 and Unbound before Knot DNS, asked the same at the same times as netfall's. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { live, tellAtTheEnd } from '../../support/daemons.ts';
import { Lab } from '../../support/lab.ts';
import type { Reply } from './client.ts';
import { disagreements, phasesOf, waitsBetween } from './compare.ts';
import { DAEMONS } from './daemons.ts';
import { EXCHANGES, type Exchange } from './exchanges.ts';
import { observe } from './observed.ts';
import { delays, simulated } from './simulated.ts';

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

    test('waits for a server that fell silent until it has learnt it, and then no more', () => {
      const exchange = EXCHANGES.find(({ zone }) => zone === 'learnt') as Exchange;
      const replies = observed.get(`${daemon.name} learnt`) ?? [];
      const losses = exchange.acts.filter(([, does]) => does === 'silence').map(([at]) => at) as [number, number];
      expect(waitsBetween(replies, 0, losses[0])).toEqual([]);
      const late = losses.map((at, k) => waitsBetween(replies, at, losses[k + 1] ?? exchange.until));
      for (const [k, waits] of late.entries()) {
        const most = daemon.learnsWithin[k] as number;
        expect(waits.length <= most ? 'learnt' : `more than ${most}: ${JSON.stringify(waits)}`).toBe('learnt');
      }
      // Who happens to ask the other server does not wait at the first loss, but then there is no other.
      expect(late.flat().length).toBeGreaterThan(0);
      // Netfall has the mean of one wait for each loss, spread over the questions that it takes to learn it: a TTL each.
      const retry = daemon.modes.forgetful.keys.learns?.retry as number;
      const bends = delays(exchange, daemon);
      const slow = bends.flatMap(([at, wait], k) => {
        const until = (bends[k + 1]?.[0] ?? exchange.until) - retry;
        return wait > retry / 4 ? [{ at, waits: (wait * (until - at)) / exchange.ttl / retry }] : [];
      });
      expect(slow.map(({ at }) => at)).toEqual(losses);
      for (const { waits } of slow) expect(waits).toBeCloseTo(1, 6);
    });
  });
});
