/** A real authoritative server, Knot DNS, for one zone, that can be silenced, killed, brought back and told to serve another zone. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Lab } from '../../support/lab.ts';
import { output, programAt } from '../../support/programs.ts';
import { ask, reach } from './client.ts';
import { KEY_TTL } from './exchanges.ts';

/** A day, in seconds: what no exchange outlives. */
const LONG = 86_400;

export interface ZoneText {
  /** Without the dot at its end; empty: the root. */
  readonly name: string;
  /** The addresses of its servers. */
  readonly servers: readonly string[];
  /** For how many seconds "no such name" is kept (RFC 2308 §5). */
  readonly negativeTtl: number;
  /** Its records besides those of the zone itself. */
  readonly records: readonly string[];
  /** Answers have signatures. */
  readonly signed: boolean;
}

const nameOf = (zone: string, k: number): string => (zone === '' ? `ns${k}.` : `ns${k}.${zone}.`);

/** Who serves a zone: what the zone says itself, and its parent of it. */
export const serversOf = ({ name, servers }: Pick<ZoneText, 'name' | 'servers'>): readonly string[] =>
  servers.flatMap((address, k) => [
    `${name}. ${LONG} NS ${nameOf(name, k)}`,
    `${nameOf(name, k)} ${LONG} A ${address}`,
  ]);

export class Authority {
  private child: ChildProcess | null = null;
  private readonly folder: string;
  private readonly config: string;
  private serial = 1;

  constructor(
    private readonly lab: Lab,
    private readonly address: string,
    private zone: ZoneText,
  ) {
    this.folder = join(lab.folder, `knot-${address}`);
    this.config = join(this.folder, 'knot.conf');
    mkdirSync(this.folder);
  }

  /** Makes the key its zone is or will be signed with, and returns the DS record for its parent and the key for who trusts it. */
  async makeKey(): Promise<{ readonly ds: string; readonly key: string }> {
    this.write(true);
    const manage = (...words: string[]): Promise<string> =>
      output(programAt('keymgr'), ['-c', this.config, `${this.zone.name}.`, ...words]);
    await manage('generate', 'algorithm=ecdsap256sha256', 'ksk=yes', 'zsk=yes');
    const [ds] = (await manage('ds')).split('\n') as [string];
    return { ds: ds.replace(/^.* DS /, ''), key: (await manage('dnskey')).trim().replace(/^.* DNSKEY /, '') };
  }

  /** Returns when it answers. */
  async start(): Promise<void> {
    this.write(true);
    this.child = this.lab.start(null, 'knotd', ['-c', this.config]);
    await untilHeard({ host: this.address, port: 53 }, this.zone.name);
  }

  /** Its host no longer says anything: queries arrive in a socket that nobody reads, as on a route that leads nowhere. */
  silence(): void {
    this.child?.kill('SIGSTOP');
  }
  /** It goes on, with the queries that have arrived meanwhile. */
  speak(): void {
    this.child?.kill('SIGCONT');
  }

  /** Its process is gone; the host answers queries with "port unreachable" (RFC 1122 §4.1.3.1). */
  async kill(): Promise<void> {
    const { child } = this;
    this.child = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  /** Serves this from now on. */
  serve(changed: Partial<Pick<ZoneText, 'records' | 'signed'>>): void {
    this.zone = { ...this.zone, ...changed };
    this.write(true);
    this.child?.kill('SIGHUP');
  }
  /** Knows nothing of its zone from now on, and says so: REFUSED. */
  disown(): void {
    this.write(false);
    this.child?.kill('SIGHUP');
  }

  private write(owns: boolean): void {
    const { folder, zone, address } = this;
    const { name, negativeTtl, records, signed } = zone;
    const mailbox = name === '' ? 'nobody.' : `nobody.${name}.`;
    const soa = `${name}. ${LONG} SOA ${nameOf(name, 0)} ${mailbox} ${this.serial} 3600 600 86400 ${negativeTtl}`;
    // Signing makes serials of its own.
    this.serial += 100;
    writeFileSync(join(folder, 'zone'), [soa, ...serversOf(zone), ...records, ''].join('\n'));
    const signing = `
    dnssec-signing: on
    dnssec-policy: ours`;
    const served = `zone:
  - domain: ${name}.
    file: ${join(folder, 'zone')}
    zonefile-sync: -1
    journal-content: none${signed ? signing : ''}`;
    writeFileSync(
      this.config,
      `server:
    listen: ${address}@53
    rundir: ${folder}
    udp-workers: 1
    tcp-workers: 1
    background-workers: 1
database:
    storage: ${folder}
policy:
  - id: ours
    algorithm: ecdsap256sha256
    single-type-signing: on
    dnskey-ttl: ${KEY_TTL / 1000}
${owns ? served : ''}
`,
    );
  }
}

/** Waits until somebody at an address replies at all. */
export async function untilHeard(
  address: { readonly host: string; readonly port: number },
  name: string,
): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if ((await ask(name, address, 100)) !== null) return;
    await reach(performance.now() + 50);
  }
  throw new Error(`nobody answers at ${address.host}:${address.port}: is the port taken?`);
}
