/**
 * BIND 9 as a resolver (Administrator Reference Manual, `options`).
 *
 * | in netfall | in BIND |
 * | --- | --- |
 * | `timeout` | `resolver-query-timeout`, 10 s, which is also its least |
 * | `failureCache` | `servfail-ttl`; with dead answers `stale-refresh-time` |
 * | `serveStale`, after 1.8 s | `max-stale-ttl`, `stale-answer-client-timeout` |
 * | `prefetch` | `prefetch`: the trigger over the TTL |
 * | `ds` | the TTL of the DS record |
 * | `avoids` | half an hour, for which it keeps what it knows of an address; it asks the one with the least round-trip time, to which a loss adds |
 * | `retry` | `resolver-retry-interval` |
 * | `rtt`, no `band` | the smoothed round-trip time of each address, of which it asks the least |
 * | no `backoff` | it asks anew for all its ten seconds, each time that it has forgotten a failure |
 * | `patience` | of its clients: a stub resolver's 5 s (resolv.conf(5), `timeout`) |
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { output, programAt } from '../../support/programs.ts';
import { freePort } from './addresses.ts';
import { untilHeard } from './authority.ts';
import type { Daemon, Keys } from './daemon.ts';
import { DS_TTL } from './exchanges.ts';

const PLAIN: Keys = { timeout: 10_000, failureCache: 5000, serveStale: 0, prefetch: 0, patience: 5000, learns: null };

export const BIND: Daemon = {
  name: 'BIND',
  grain: [-1000, 0],
  // From 0.8 s on (`resolver-retry-interval`), doubled after three (`resolver-nonbackoff-tries`), within its ten seconds.
  resends: 3200,
  staleLate: 1600,
  chain: DS_TTL,
  // It asks the one with the least round-trip time, to which it adds for each loss; at the second time the other's has been added to.
  learnsWithin: [1, 4],
  // It asks the one with the least smoothed round-trip time; those of the others fade, so that each is tried again at last.
  band: 0,
  hearsRefusals: true,
  version: async () => (/\d+\.\d+\.\d+/.exec(await output(programAt('named'), ['-v'])) ?? ['?'])[0],
  modes: {
    plain: {
      keys: PLAIN,
      config: 'servfail-ttl 5; prefetch 0;',
    },
    stale: {
      keys: { ...PLAIN, serveStale: 12_000 },
      config: `servfail-ttl 5; prefetch 0; stale-cache-enable yes; stale-answer-enable yes; stale-answer-client-timeout 1800;
        stale-refresh-time 5; stale-answer-ttl 30; max-stale-ttl 12;`,
    },
    ahead: {
      keys: { ...PLAIN, prefetch: 0.3 },
      config: 'servfail-ttl 5; prefetch 3 9;',
    },
    validating: {
      keys: PLAIN,
      config: 'servfail-ttl 5; prefetch 0;',
    },
    forgetful: {
      keys: { ...PLAIN, failureCache: 1000, learns: { avoids: 1_800_000, retry: 800, backoff: null } },
      config: 'servfail-ttl 1; prefetch 0;',
    },
  },
  async start(lab, mode, { root, zone, key }) {
    const folder = join(lab.folder, `bind-${mode}`);
    mkdirSync(folder);
    writeFileSync(join(folder, 'hints'), `. 86400 NS ns0.\nns0. 86400 A ${root}\n`);
    // It listens on the addresses of interfaces only, and of those loopback has one.
    const port = await freePort('127.0.0.1');
    writeFileSync(
      join(folder, 'named.conf'),
      `options {
        directory "${folder}"; pid-file none; session-keyfile none; listen-on port ${port} { 127.0.0.1; }; listen-on-v6 { none; };
        query-source address 127.0.0.1; recursion yes; empty-zones-enable no; max-cache-size 64M;
        dnssec-validation ${mode === 'validating' ? 'yes' : 'no'};
        // No limit for those who wait for one name: netfall's clients are all of them.
        clients-per-query 0; max-clients-per-query 0;
        ${this.modes[mode].config}
      };
      trust-anchors { ${zone}. static-key ${key.replace(/\S+$/, '"$&"')}; };
      controls { };
      zone "." { type hint; file "${folder}/hints"; };`,
    );
    // In the foreground, on one core.
    lab.start(null, 'named', ['-f', '-n', '1', '-c', join(folder, 'named.conf')]);
    await untilHeard({ host: '127.0.0.1', port }, '');
    return { host: '127.0.0.1', port };
  },
};
