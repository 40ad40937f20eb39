/** Whom real resolvers ask that know how far the servers of a zone are, and how long their clients then wait: as netfall has it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { live, tellAtTheEnd } from '../../support/daemons.ts';
import { Lab } from '../../support/lab.ts';
import { simulate } from '../../support/scenario.ts';
import { freeNetwork } from './addresses.ts';
import { Authority, serversOf } from './authority.ts';
import { ask } from './client.ts';
import type { Daemon } from './daemon.ts';
import { DAEMONS } from './daemons.ts';
import { Distant } from './distant.ts';
import { ABOVE } from './exchanges.ts';

/** The servers of each zone, by how far they are, in milliseconds. */
const ZONES = { near: [20, 120], far: [20, 700] } as const;
type ZoneName = keyof typeof ZONES;
/** By so many questions a resolver finds out how far they are; and so many then count, each for a name of its own. */
const [LEARNS, QUESTIONS] = [16, 150];

interface Seen {
  /** Which share of the questions the slower server got. */
  readonly slower: number;
  /** The mean of all waits, in milliseconds. */
  readonly mean: number;
}

/** The share that the slower server gets, and the mean wait, in netfall: each server alone in a prefix. */
function simulated(zone: ZoneName, { band }: Daemon): Seen {
  const [quick, slow] = ZONES[zone];
  const run = simulate(
    `
nodes:
  "site.{1,2}": { kind: pop }
  "ns.{1,2}": { kind: nameserver, in: site.$1, prefix: block.$1 }
  other: { kind: resolver, failureCache: 5s }
  r: { kind: resolver, failureCache: 5s, rtt: { ns.1: ${quick}ms, ns.2: ${slow}ms }, band: ${band}ms }
  eye: { kind: tool, standby: true, needs: [ { not: { delay: ${zone}, via: r, above: 60 } } ] }
prefixes: { "block.{1,2}": { from: site.$1 } }
zones: { ${zone}: { nameservers: ns.*, ttl: 1m } }
faults: { f: { at: 10m, to: r } }`,
    { asked: [['queries', 'block.2']] },
  );
  // One that asks both alike goes on when the other is down: of 1/2 + s, which is 1 before, 1/2 is left.
  const left = run.at('queries/block.2', 20 * 60_000) as number;
  return { slower: 0.5 / left - 0.5, mean: 1000 * (run.at(`delay/r/${zone}`, 0) as number) };
}

live('nameservers near and far', { named: 'bind9', unbound: 'unbound', knotd: 'knot', keymgr: 'knot' }, () => {
  const lab = new Lab();
  const seen = new Map<string, Seen>();
  const opened: Distant[] = [];
  beforeAll(async () => {
    const network = await freeNetwork();
    const [rootAt, parentAt] = [`${network}.0.1`, `${network}.0.2`];
    const parent = new Authority(lab, parentAt, {
      name: ABOVE,
      servers: [parentAt],
      negativeTtl: 60,
      records: [],
      signed: true,
    });
    const { key } = await parent.makeKey();
    // Each daemon has servers of its own to ask, so that they are counted by themselves.
    const stages = DAEMONS.flatMap((daemon, d) =>
      (Object.keys(ZONES) as ZoneName[]).map((zone, z) => ({
        daemon,
        zone,
        name: `${zone}${d}`,
        servers: ZONES[zone].map((_, k) => `${network}.${1 + 2 * d + z}.${k + 1}`),
      })),
    );
    const root = new Authority(lab, rootAt, {
      name: '',
      servers: [rootAt],
      negativeTtl: 60,
      records: stages.flatMap(serversOf),
      signed: false,
    });
    await root.start();
    await Promise.all(
      DAEMONS.map(async (daemon, d) => {
        const address = await daemon.start(lab, 'plain', {
          own: `${network}.255.${d + 1}`,
          root: rootAt,
          zone: ABOVE,
          key,
        });
        for (const { zone, name, servers } of stages.filter((stage) => stage.daemon === daemon)) {
          const distant: Distant[] = [];
          for (const [k, server] of servers.entries())
            distant.push(await Distant.at(server, servers, ZONES[zone][k] as number));
          opened.push(...distant);
          const waits: number[] = [];
          let before = [0, 0];
          for (let k = 0; k < LEARNS + QUESTIONS; k++) {
            if (k === LEARNS) before = distant.map(({ asked }) => asked);
            const start = performance.now();
            const reply = await ask(`q${k}.${name}`, address, 5000);
            expect(reply?.rcode).toBe('NOERROR');
            if (k >= LEARNS) waits.push(performance.now() - start);
          }
          const [quick, slow] = distant.map(({ asked }, k) => asked - (before[k] as number)) as [number, number];
          const mean = waits.reduce((sum, one) => sum + one, 0) / waits.length;
          seen.set(`${daemon.name} ${zone}`, { slower: slow / (quick + slow), mean });
        }
      }),
    );
  }, 120_000);
  afterAll(() => {
    for (const one of opened) one.close();
    lab.close();
  });

  describe.each(DAEMONS)('$name', (daemon) => {
    test.each(Object.keys(ZONES) as ZoneName[])(
      'asks the servers of the zone %s as often as netfall says, and waits as long',
      (zone) => {
        const real = seen.get(`${daemon.name} ${zone}`) as Seen;
        const ours = simulated(zone, daemon);
        tellAtTheEnd(
          `${daemon.name}, ${zone}: the slower server gets ${Math.round(100 * real.slower)} % (netfall ${Math.round(100 * ours.slower)} %), an answer takes ${Math.round(real.mean)} ms (${Math.round(ours.mean)} ms)`,
        );
        // A slower one is tried now and then, in case it has become quicker; of draws between two, four standard errors.
        expect(Math.abs(real.slower - ours.slower)).toBeLessThan(0.17);
        expect(Math.abs(real.mean - ours.mean)).toBeLessThan(60);
      },
    );
  });
});
