/** One running BIRD, asked over its control socket as `birdc` asks it. */
import { createConnection, type Socket } from 'node:net';

export class Router {
  private socket: Socket | null = null;
  private heard = '';
  private waiting: { resolve(reply: string): void; reject(error: Error): void } | null = null;

  constructor(private readonly path: string) {}

  /** Waits until the daemon listens. */
  async connect(deadline: number): Promise<void> {
    for (;;) {
      try {
        await this.open();
        return;
      } catch (error) {
        if (Date.now() > deadline) throw error;
        await pause(50);
      }
    }
  }

  private async open(): Promise<void> {
    const greeting = new Promise<string>((resolve, reject) => {
      this.waiting = { resolve, reject };
    });
    const socket = createConnection(this.path);
    const fail = (error: Error): void => {
      this.waiting?.reject(error);
      this.waiting = null;
    };
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => this.take(text));
    socket.on('error', fail);
    socket.on('close', () => fail(new Error(`${this.path} was closed`)));
    this.socket = socket;
    this.heard = '';
    await greeting;
  }

  /** A reply is lines that begin with a code of four digits; the last has a space after it, the others a dash. */
  private take(text: string): void {
    this.heard += text;
    const end = /^(\d{4}) .*\n$/m.exec(this.heard.slice(this.heard.lastIndexOf('\n', this.heard.length - 2) + 1));
    if (!end || !this.heard.endsWith('\n')) return;
    const reply = this.heard;
    this.heard = '';
    const { waiting } = this;
    this.waiting = null;
    if (/^[89]\d{3}/.test(end[1] as string)) waiting?.reject(new Error(reply));
    else waiting?.resolve(reply);
  }

  /** One command at a time; what is refused is an error. */
  ask(command: string): Promise<string> {
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      this.socket?.write(`${command}\n`);
    });
  }

  /** Which of its sessions stand, by the names of their protocols. */
  async sessions(): Promise<ReadonlyMap<string, boolean>> {
    const reply = await this.ask('show protocols');
    const lines = [...reply.matchAll(/^[\d\s-]*(\S+)\s+BGP\s+(.*)$/gm)];
    return new Map(lines.map(([, name, rest]) => [name as string, /\bEstablished\b/.test(rest as string)]));
  }

  /** Milliseconds since each session that stands last heard from the other end, by the names of their protocols. */
  async quiet(): Promise<ReadonlyMap<string, number>> {
    const reply = await this.ask('show protocols all');
    const heard = new Map<string, number>();
    let name = '';
    for (const line of reply.split('\n')) {
      name = /^1002-(\S+)\s+BGP\s/.exec(line)?.[1] ?? name;
      const [, left, hold] = /Hold timer:\s+([\d.]+)\/(\d+)/.exec(line) ?? [];
      if (left !== undefined) heard.set(name, 1000 * (Number(hold) - Number(left)));
    }
    return heard;
  }

  /** How many of them stand. */
  async established(): Promise<number> {
    return [...(await this.sessions()).values()].filter((stands) => stands).length;
  }

  /** How many routes it has been told since its sessions came up. */
  async updates(): Promise<number> {
    const reply = await this.ask('show protocols all');
    return [...reply.matchAll(/Import updates:\s+(\d+)/g)].reduce((sum, [, count]) => sum + Number(count), 0);
  }

  /** The best path to each block it has a route for: `local` for its own, else numbers. */
  async best(): Promise<ReadonlyMap<string, string>> {
    const paths = new Map<string, string>();
    let block = '';
    for (const line of (await this.ask('show route primary all')).split('\n')) {
      const [, cidr] = /^(?:1007-| )([\da-f.:]+\/\d+)\s/.exec(line) ?? [];
      if (cidr !== undefined) {
        block = cidr;
        paths.set(block, 'local');
      }
      const [, path] = /BGP\.as_path:\s*(.*?)\s*$/.exec(line) ?? [];
      if (path !== undefined) paths.set(block, path);
    }
    return paths;
  }

  close(): void {
    this.waiting = null;
    this.socket?.destroy();
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
