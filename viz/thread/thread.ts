/** A second thread for what takes long: it is started when it is first asked for, and answers one request after the other. */
import type { Answered, Asked, Failure, Kind, Requests, Underway } from './requests.ts';
import { startWorker } from './start.ts';

export interface Thread {
  /** Never rejects: what goes wrong is told in the answer. `tell` hears how far it is, where that is known. */
  ask<K extends Kind>(
    kind: K,
    wish: Requests[K]['wish'],
    handedOver?: ArrayBuffer[],
    tell?: (share: number) => void,
  ): Promise<Requests[K]['found']>;
  /** Gives up all that is under way: those who wait are told so. */
  stop(): void;
}

/** What those get who waited for what was given up. */
export const STOPPED: Failure = { problems: ['stopped'] };

export function createThread(): Thread {
  let worker: Worker | null = null;
  let count = 0;
  const waiting = new Map<number, (found: Answered['found']) => void>();
  const telling = new Map<number, (share: number) => void>();
  const end = (found: Failure): void => {
    worker?.terminate();
    worker = null;
    for (const tell of waiting.values()) tell(found);
    waiting.clear();
    telling.clear();
  };
  const start = (): Worker => {
    const made = startWorker();
    made.addEventListener('message', ({ data }: MessageEvent<Answered | Underway>) => {
      const { id } = data;
      if ('share' in data) return telling.get(id)?.(data.share);
      waiting.get(id)?.(data.found);
      waiting.delete(id);
      telling.delete(id);
    });
    made.addEventListener('error', (event) =>
      end({ problems: [event.message || 'the simulator could not be started'] }),
    );
    return made;
  };
  return {
    ask: (kind, wish, handedOver = [], tell) =>
      new Promise((resolve) => {
        const id = count++;
        waiting.set(id, resolve as (found: Answered['found']) => void);
        if (tell) telling.set(id, tell);
        worker ??= start();
        worker.postMessage({ id, kind, wish } as Asked, handedOver);
      }),
    stop: () => end(STOPPED),
  };
}
