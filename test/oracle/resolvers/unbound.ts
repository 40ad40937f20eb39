/**
 * Unbound as a resolver (unbound.conf(5), and "Unbound Timeout Information" of NLnet Labs).
 *
 * | in netfall | in Unbound |
 * | --- | --- |
 * | `timeout` | two queries with one time-out, 376 ms for a server of which nothing is known, then two with its double and so on, below `infra-cache-max-rtt` |
 * | `failureCache` | 5 s for a SERVFAIL, `infra-host-ttl` for a server that was given up, `val-bogus-ttl` for what fails its test |
 * | `avoids` | `infra-host-ttl`, from when it first asked the server; then from each try |
 * | `backoff` | `first` 376 ms, or what it has found of it; `each` 2; `most` `infra-cache-max-rtt` |
 * | `rtt`, `band` | its time-out for each address; it asks any at random within 400 ms of the least |
 * | `serveStale`, after 1.8 s | `serve-expired-ttl`, `serve-expired-client-timeout` |
 * | `prefetch` | `prefetch`: a tenth |
 * | `ds` | the TTL of the zone's key, which it holds once it is proven, where that is longer than the DS record's |
 * | `patience` | `discard-timeout`: who asked 1.9 s ago or longer is answered no more |
 *
 * It is deaf to "port unreachable", which anybody could forge (RFC 5927 tells so of TCP): a server whose process is gone is silent to it.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { output, programAt } from '../../support/programs.ts';
import { untilHeard } from './authority.ts';
import type { Daemon, Keys } from './daemon.ts';
import { KEY_TTL } from './exchanges.ts';

/** In milliseconds; its limit is below: the longest time-out, and for how many seconds it keeps what it knows of a server. */
const BACK_OFF = 2 * (376 + 752 + 1504 + 3008);
const LIMITS = [4000, 4] as const;
const FORGETFUL = [2000, 12] as const;
/** The time-out of a server that has answered once and at once: four times the deviation, of which it takes a quarter off 94 ms. */
const KNOWN = 282;
const PLAIN: Keys = { timeout: BACK_OFF, failureCache: 5000, serveStale: 0, prefetch: 0, patience: 1900, learns: null };

export const UNBOUND: Daemon = {
  name: 'Unbound',
  grain: [0, 1000],
  resends: 3008,
  staleLate: 0,
  chain: KEY_TTL,
  // It asks any server within 400 ms of the best one at random, so that it takes some time-outs for one to fall out of these.
  learnsWithin: [4, 4],
  // RTT_BAND.
  band: 400,
  hearsRefusals: false,
  version: async () => (/\d+\.\d+\.\d+/.exec(await output(programAt('unbound'), ['-V'])) ?? ['?'])[0],
  modes: {
    plain: { keys: PLAIN, config: '' },
    stale: {
      keys: { ...PLAIN, serveStale: 12_000 },
      config: `serve-expired: yes
  serve-expired-ttl: 12
  serve-expired-ttl-reset: no
  serve-expired-reply-ttl: 30
  serve-expired-client-timeout: 1800`,
    },
    ahead: { keys: { ...PLAIN, prefetch: 0.1 }, config: 'prefetch: yes' },
    validating: {
      keys: PLAIN,
      config: 'val-bogus-ttl: 5',
    },
    forgetful: {
      keys: {
        ...PLAIN,
        learns: {
          avoids: 1000 * FORGETFUL[1],
          retry: 2 * KNOWN,
          backoff: { first: KNOWN, each: 2, most: FORGETFUL[0] },
        },
      },
      config: '',
    },
  },
  async start(lab, mode, { own: host, root, zone, key }) {
    const [mostRtt, hostTtl] = mode === 'forgetful' ? FORGETFUL : LIMITS;
    const folder = join(lab.folder, `unbound-${mode}`);
    mkdirSync(folder);
    writeFileSync(join(folder, 'hints'), `. 86400 NS ns0.\nns0. 86400 A ${root}\n`);
    writeFileSync(
      join(folder, 'unbound.conf'),
      `server:
  interface: ${host}
  outgoing-interface: ${host}
  access-control: 127.0.0.0/8 allow
  do-not-query-localhost: no
  do-ip6: no
  root-hints: ${folder}/hints
  module-config: "${mode === 'validating' ? 'validator iterator' : 'iterator'}"
  trust-anchor: "${zone}. DNSKEY ${key}"
  username: ""
  chroot: ""
  directory: ${folder}
  pidfile: ""
  use-syslog: no
  num-threads: 1
  msg-cache-size: 1m
  rrset-cache-size: 1m
  infra-cache-max-rtt: ${mostRtt}
  infra-host-ttl: ${hostTtl}
  ${this.modes[mode].config}
remote-control:
  control-enable: no
`,
    );
    lab.start(null, 'unbound', ['-d', '-c', join(folder, 'unbound.conf')]);
    await untilHeard({ host, port: 53 }, '');
    return { host, port: 53 };
  },
};
