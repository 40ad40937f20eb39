/** Network namespaces with wires between them and daemons inside, on one machine; whatever happens, nothing of them stays behind. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readlinkSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { output, programAt, saying } from './programs.ts';

/** One end of a wire: the namespace by its short name, the interface, and its addresses with the lengths of their networks. */
interface End {
  readonly space: string;
  readonly device: string;
  readonly addresses: readonly string[];
}
export type Wire = readonly [End, End];

/** All that a run of tests makes is called after the run's own process, so that runs side by side do not meet. */
const RUN = process.env.NETFALL_LABS ?? nameOfRun(process.pid);
let made = 0;
/** A local address of a station that no lab has. */
const NOBODY = '02:00:00:00:00:00';
/** Where iproute2 keeps namespaces by their names. */
const SPACES = '/run/netns';

export class Lab {
  /** For configurations, sockets, logs; goes with the lab. */
  readonly folder: string;
  private readonly name = `${RUN}-${process.pid}.${made++}-`;
  private readonly spaces: string[] = [];
  private batches = 0;
  private readonly ends: End[] = [];
  private readonly children: ChildProcess[] = [];
  private readonly atExit = (): void => this.close();

  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), this.name));
    process.on('exit', this.atExit);
  }

  /** Makes namespaces with their loopback up, and the wires between them. */
  async build(spaces: readonly string[], wires: readonly Wire[]): Promise<void> {
    this.spaces.push(...spaces);
    await this.batch([
      ...spaces.map((space) => `netns add ${this.full(space)}`),
      ...wires.map(
        ([a, b]) =>
          `link add ${a.device} netns ${this.full(a.space)} type veth peer name ${b.device} netns ${this.full(b.space)}`,
      ),
    ]);
    this.ends.push(...wires.flat());
    const { ends } = this;
    await Promise.all(
      spaces.map((space) =>
        this.batch(
          [
            'link set lo up',
            ...ends
              .filter((end) => end.space === space)
              .flatMap(({ device, addresses }) => [
                ...addresses.map((one) => addressing(device, one)),
                `link set ${device} up`,
              ]),
          ],
          space,
        ),
      ),
    );
  }

  /** Commands of `ip`, one a line, in one namespace or, without one, outside all of them. */
  async batch(commands: readonly string[], space?: string): Promise<void> {
    const file = join(this.folder, `${this.batches++}.ip`);
    writeFileSync(file, `${commands.join('\n')}\n`);
    await this.ip([...(space === undefined ? [] : ['-n', this.full(space)]), '-batch', file]);
  }

  /** Puts an interface up or down, as a cable is plugged or pulled: its peer sees no carrier. */
  async plug(space: string, device: string, up: boolean): Promise<void> {
    const end = this.ends.find((one) => one.space === space && one.device === device);
    const lost = end?.addresses.filter((one) => one.includes(':')) ?? [];
    // Of an interface that is put down the kernel forgets the IPv6 addresses.
    const back = up ? lost.map((one) => addressing(device, one)) : [];
    await this.batch([`link set ${device} ${up ? 'up' : 'down'}`, ...back], space);
  }

  /** Sends what is meant for a neighbour to a station that is not there, or again to the neighbour. */
  async misdirect(space: string, device: string, address: string, is: boolean): Promise<void> {
    const to = is ? ['replace', address, 'lladdr', NOBODY, 'nud', 'permanent'] : ['del', address];
    await this.ip(['-n', this.full(space), 'neigh', ...to, 'dev', device]);
  }

  /** Starts a program inside a namespace, or outside all of them; it must stay in the foreground. */
  start(space: string | null, program: string, args: readonly string[]): ChildProcess {
    const within = space === null ? [] : [programAt('ip'), 'netns', 'exec', this.full(space)];
    const [first, ...rest] = [...within, programAt(program), ...args] as [string, ...string[]];
    const child = spawn(first, rest, { cwd: this.folder, stdio: 'ignore' });
    this.children.push(child);
    return child;
  }

  /** What a program says to the end, inside a namespace; it is an error when it fails. */
  run(space: string, program: string, args: readonly string[]): Promise<string> {
    return this.ip(['netns', 'exec', this.full(space), programAt(program), ...args]);
  }

  /** All that a program says to the end, inside a namespace, however it ends. */
  hear(space: string, program: string, args: readonly string[]): Promise<string> {
    return saying(programAt('ip'), ['netns', 'exec', this.full(space), programAt(program), ...args]);
  }

  /** The same of `ip` itself, which needs no process inside. */
  hearIp(space: string, args: readonly string[]): Promise<string> {
    return saying(programAt('ip'), ['-n', this.full(space), ...args]);
  }

  private ip(args: readonly string[]): Promise<string> {
    return output(programAt('ip'), args);
  }

  private full(space: string): string {
    return this.name + space;
  }

  /** Ends every process and takes down every namespace, with the wires in it; again does nothing. */
  close(): void {
    process.off('exit', this.atExit);
    for (const child of this.children.splice(0)) child.kill('SIGKILL');
    remove(this.spaces.splice(0).map((space) => this.full(space)));
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The addresses of a link are there at once, without waiting for anybody who might have the same. */
const addressing = (device: string, address: string): string =>
  `address add ${address} dev ${device}${address.includes(':') ? ' nodad' : ''}`;

/** The name that all namespaces and folders made in a run of tests begin with. */
export function nameOfRun(pid: number): string {
  return `netfall-${pid}`;
}

/** Takes away what runs of tests have left behind that could not do so themselves: `run`, and all whose process is no more. */
export function sweep(run?: string): void {
  const isLeft = (name: string): boolean => {
    const [, owner] = /^netfall-(\d+)-/.exec(name) ?? [];
    return owner !== undefined && (nameOfRun(Number(owner)) === run || !isAlive(Number(owner)));
  };
  remove(list(SPACES).filter(isLeft));
  for (const folder of list(tmpdir()).filter(isLeft)) rmSync(join(tmpdir(), folder), { recursive: true, force: true });
}

/** Ends whatever runs in some namespaces, and deletes them. Nobody who grows impatient meanwhile stops this half-way. */
function remove(spaces: readonly string[]): void {
  if (spaces.length === 0) return;
  const later = (): void => undefined;
  for (const signal of STOPS) process.on(signal, later);
  const inodes = new Set(spaces.map(inodeOf));
  for (const pid of list('/proc').filter((name) => /^\d+$/.test(name))) if (inodes.has(netOf(pid))) kill(Number(pid));
  const input = spaces.map((space) => `netns delete ${space}\n`).join('');
  // Those that were never made, or are gone, are passed over.
  spawnSync(programAt('ip'), ['-force', '-batch', '-'], { input, stdio: ['pipe', 'ignore', 'ignore'] });
  for (const signal of STOPS) process.off(signal, later);
}
const STOPS = ['SIGINT', 'SIGTERM'] as const;

/** A namespace by its number, as processes name theirs; null when there is none. */
function inodeOf(space: string): string | null {
  try {
    return `net:[${statSync(join(SPACES, space)).ino}]`;
  } catch {
    return null;
  }
}
/** The network namespace of a process; empty when it has just ended. */
function netOf(pid: string): string {
  try {
    return readlinkSync(`/proc/${pid}/ns/net`);
  } catch {
    return '';
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function list(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
