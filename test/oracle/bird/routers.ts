/** A small internet on BIRD: a router in a namespace for each speaker, a wire for each session. */
import type { ChildProcess } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Lab } from '../../support/lab.ts';
import { bits } from '../blocks.ts';
import type { Block, Internet, Paths, Session } from '../internet.ts';
import { Addresses, configOf, labelOf, wiresOf } from './config.ts';
import type { Home } from './home.ts';
import { pause, Router } from './router.ts';

/** Best paths by the name of the block. */
export type Tables = ReadonlyMap<string, Paths>;

const POLL = 100;
const QUIET = 500;
const PATIENCE = 30_000;

export class Routers {
  readonly lab = new Lab();
  private readonly addresses: Addresses;
  private readonly routers = new Map<string, Router>();
  private readonly processes = new Map<string, ChildProcess>();
  private readonly cuts = new Set<string>();

  /** `home`: a way for replies to packets; null: none are sent. */
  constructor(
    private readonly internet: Internet,
    private readonly home: Home | null = null,
  ) {
    this.addresses = new Addresses(internet);
  }

  async start(): Promise<void> {
    const { internet, lab, addresses } = this;
    await lab.build(
      [...internet.speakers.map(({ name }) => name), ...(this.home?.spaces ?? [])],
      [...wiresOf(internet, addresses), ...(this.home?.wires() ?? [])],
    );
    for (const speaker of internet.speakers) {
      const { name } = speaker;
      const file = (kind: string): string => join(lab.folder, `${name}.${kind}`);
      writeFileSync(file('conf'), configOf(internet, speaker, addresses, this.home?.serversOf(name) ?? null));
      await lab.run(name, 'bird', ['-p', '-c', file('conf')]);
    }
    await Promise.all(internet.speakers.map(({ name }) => this.rise(name, false)));
  }

  /** Starts a router's process; `again`: it knows that it is back, and that its box has gone on meanwhile (RFC 4724). */
  async rise(name: string, again: boolean): Promise<void> {
    const file = (kind: string): string => join(this.lab.folder, `${name}.${kind}`);
    rmSync(file('sock'), { force: true });
    const flags = ['-f', '-c', file('conf'), '-s', file('sock'), '-P', file('pid'), ...(again ? ['-R'] : [])];
    this.processes.set(name, this.lab.start(name, 'bird', flags));
    const router = new Router(file('sock'));
    await router.connect(Date.now() + 10_000);
    this.routers.set(name, router);
  }

  /** Ends a router's process without a word. */
  kill(name: string): void {
    this.routers.get(name)?.close();
    this.routers.delete(name);
    this.processes.get(name)?.kill('SIGKILL');
  }

  /** From now on no packet gets into or out of a box, though its cables carry: all is sent to a station that is not there. */
  async silence(name: string, is: boolean): Promise<void> {
    const sessions = this.internet.sessions.filter(({ from, to }) => from === name || to === name);
    const ends = sessions.flatMap((session) =>
      [
        [session.from, session.to],
        [session.to, session.from],
      ].flatMap(([at, other]) =>
        Object.values(this.addresses.ends(session, other as string)).map((address) => {
          const device = this.addresses.device(session);
          return this.lab.misdirect(at as string, device, address, is);
        }),
      ),
    );
    await Promise.all(ends);
  }

  /** Milliseconds since a speaker was last heard by the neighbour that has waited longest. */
  async quiet(name: string): Promise<number> {
    const sessions = this.internet.sessions.filter(({ from, to }) => from === name || to === name);
    const heard = await Promise.all(
      sessions.map(async (session) => {
        const other = session.from === name ? session.to : session.from;
        const label = labelOf(this.addresses.device(session));
        return (await this.routers.get(other)?.quiet())?.get(label) ?? 0;
      }),
    );
    return Math.max(0, ...heard);
  }

  /** Which ends of sessions stand now, by the session, of those routers that run. */
  async standing(): Promise<ReadonlyMap<string, readonly boolean[]>> {
    const all = await Promise.all([...this.routers.values()].map((router) => router.sessions()));
    return new Map(
      this.internet.sessions.map((session) => {
        const label = labelOf(this.addresses.device(session));
        return [session.name, all.flatMap((one) => one.get(label) ?? [])];
      }),
    );
  }

  /** Enables a session by hand at one end. */
  async enable(name: string, speaker: string): Promise<void> {
    const session = this.session(name);
    await this.routers.get(speaker)?.ask(`enable ${labelOf(this.addresses.device(session))}`);
  }

  /** A site announces a block, or withdraws it. */
  async announce(block: string, site: string, does: boolean): Promise<void> {
    await this.routers.get(site)?.ask(`${does ? 'enable' : 'disable'} own_${block}`);
  }

  /** A site announces a block no more, and has nobody to send its packets to: what comes by a wider block of its own is lost. */
  async retire({ name, cidr }: Block, site: string): Promise<void> {
    await this.announce(name, site, false);
    const isWider = (block: Block): boolean => block.cidr !== cidr && bits(cidr).startsWith(bits(block.cidr));
    if (this.internet.blocks.some((block) => block.sites.includes(site) && isWider(block)))
      await this.lab.batch([`route add blackhole ${cidr} metric 4000`], site);
  }

  /** Who is at the other end of a wire. */
  beyond(name: string, device: string): string {
    const session = this.internet.sessions.find((one) => this.addresses.device(one) === device);
    if (!session) throw new Error(`${name} has no wire ${device}`);
    return session.from === name ? session.to : session.from;
  }

  /** Pulls the cable of a session at one end, or plugs it in again. */
  async cut(name: string, isCut: boolean): Promise<void> {
    const session = this.session(name);
    await this.lab.plug(session.from, this.addresses.device(session), !isCut);
    if (isCut) this.cuts.add(name);
    else this.cuts.delete(name);
  }

  private session(name: string): Session {
    const session = this.internet.sessions.find((one) => one.name === name);
    if (!session) throw new Error(`there is no session ${name}`);
    return session;
  }

  /**
   * The tables once all sessions that can stand do and `rests` has been true of them without a change for half a second; after half
   * a minute as they are then.
   */
  async settled(rests: (tables: Tables) => boolean): Promise<Tables> {
    const deadline = Date.now() + PATIENCE;
    let last = '';
    let since = Date.now();
    for (;;) {
      const tables = await this.tables();
      const text = JSON.stringify([...tables]);
      if (text !== last || !rests(tables)) since = Date.now();
      last = text;
      if (Date.now() > deadline) return tables;
      if (Date.now() - since >= QUIET && (await this.allStand())) return tables;
      await pause(POLL);
    }
  }

  /** Whether routes are told anew in every one of several seconds after all sessions stand, with no end in sight. */
  async isRestless(): Promise<boolean> {
    const deadline = Date.now() + PATIENCE;
    while (!(await this.allStand())) {
      if (Date.now() > deadline) return false;
      await pause(POLL);
    }
    const told = [await this.updates()];
    for (let second = 0; second < 3; second++) {
      await pause(1000);
      told.push(await this.updates());
    }
    return told.slice(1).every((count, second) => count > (told[second] as number));
  }

  private async updates(): Promise<number> {
    const counts = await Promise.all([...this.routers.values()].map((router) => router.updates()));
    return counts.reduce((sum, count) => sum + count, 0);
  }

  private async allStand(): Promise<boolean> {
    const ends = this.internet.sessions.filter(({ name }) => !this.cuts.has(name)).length * 2;
    const standing = await Promise.all([...this.routers.values()].map((router) => router.established()));
    return standing.reduce((sum, count) => sum + count, 0) === ends;
  }

  /** What every router uses now. */
  async tables(): Promise<Tables> {
    const all = await Promise.all(
      [...this.routers].map(async ([name, router]) => [name, await router.best()] as const),
    );
    return new Map(
      this.internet.blocks.map(({ name, cidr }) => [
        name,
        Object.fromEntries(all.map(([speaker, best]) => [speaker, best.get(cidr) ?? ''])),
      ]),
    );
  }

  close(): void {
    for (const router of this.routers.values()) router.close();
    this.lab.close();
  }
}
