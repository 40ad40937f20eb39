/**
 * Unbound as a resolver (unbound.conf(5), and "Unbound Timeout Information" of NLnet Labs).
 *
 * | in netfall | in Unbound |
 * | --- | --- |
 * | `timeout` | two queries with one time-out, 376 ms for a server of which nothing is known, then two with its double and so on, below `infra-cache-max-rtt` |
 * | `failureCache` | 5 s for a SERVFAIL, `infra-host-ttl` for a server that was given up, `val-bogus-ttl` for what fails its test |
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

/** In milliseconds; its limit is below. */
const BACK_OFF = 2 * (376 + 752 + 1504 + 3008);
const LIMIT = 4000;
const PLAIN: Keys = { timeout: BACK_OFF, failureCache: 5000, serveStale: 0, prefetch: 0, patience: 1900 };

export const UNBOUND: Daemon = {
  name: 'Unbound',
  grain: [0, 1000],
  resends: 3008,
  staleLate: 0,
  chain: KEY_TTL,
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
  },
  async start(lab, mode, { own: host, root, zone, key }) {
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
  infra-cache-max-rtt: ${LIMIT}
  infra-host-ttl: 4
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
