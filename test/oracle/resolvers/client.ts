/** A client that asks a real resolver on a fixed clock over UDP, and what it gets: the words of an exchange. */
import { createSocket } from 'node:dgram';
import { type Message, question, read } from './message.ts';

/** What a client is told; `timeout`: nothing, for as long as it waits. */
export type Word = 'ok' | 'stale' | 'servfail' | 'nxdomain' | 'timeout';

/** One question: when it was asked and what came of it. Times in milliseconds since the exchanges began. */
export interface Reply {
  readonly at: number;
  readonly word: Word;
  readonly took: number;
}

/** Where a resolver listens. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

let ids = 0;

/**
 * Asks for the address of `name` once; null when there is no reply for as long as `patience`. A socket of its own for each question:
 * a late reply meets nobody.
 */
export function ask(name: string, { host, port }: Address, patience: number): Promise<Message | null> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    const id = ++ids & 0xffff;
    const end = (message: Message | null): void => {
      clearTimeout(timer);
      socket.close();
      resolve(message);
    };
    const timer = setTimeout(() => end(null), patience);
    socket.on('message', (bytes) => {
      const message = read(bytes);
      if (message.id === id) end(message);
    });
    // Nobody listens there: no reply either, at least not now.
    socket.on('error', () => {});
    socket.send(question(id, name), port, host);
  });
}

/** An answer with a longer life than the zone gives its records is a dead one: resolvers give those 30 s (RFC 8767 §4). */
function wordOf(message: Message | null, ttl: number): Word {
  if (message === null) return 'timeout';
  if (message.rcode === 'NOERROR' && message.ttl !== null) return message.ttl * 1000 > ttl ? 'stale' : 'ok';
  if (message.rcode === 'NXDOMAIN') return 'nxdomain';
  if (message.rcode === 'SERVFAIL') return 'servfail';
  throw new Error(`a resolver says ${message.rcode}, which no exchange is about`);
}

/** Asks every `period` from `start` (of the machine's steady clock) on, before `until`; `ttl` is that of the zone's records. */
export async function interview(
  name: string,
  address: Address,
  { start, until, period, ttl, patience }: Record<'start' | 'until' | 'period' | 'ttl' | 'patience', number>,
): Promise<readonly Reply[]> {
  const replies: Promise<Reply>[] = [];
  for (let at = 0; at < until; at += period) {
    await reach(start + at);
    const asked = performance.now() - start;
    replies.push(
      ask(name, address, patience).then((message) => ({
        at: asked,
        word: wordOf(message, ttl),
        took: performance.now() - start - asked,
      })),
    );
  }
  return Promise.all(replies);
}

/** Waits for a moment of the machine's steady clock. */
export const reach = (moment: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.max(0, moment - performance.now())));
