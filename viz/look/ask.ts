/** Asks the simulator, in a thread of its own, what people would find at a moment; one question at a time, the latest next. */
import type { Look } from '../../sim/index.ts';
import type { Written } from '../load/run.ts';
import type { Sheet } from './sheet.ts';

/** What the thread is sent, and what it sends back. */
export interface Wanted {
  readonly written: Written;
  readonly variant: string | null;
  readonly seed: string;
  readonly at: number;
  readonly brief: boolean;
  readonly looks: readonly Look[];
}
export type Found = { readonly key: string } & ({ readonly sheets: readonly Sheet[] } | { readonly problem: string });

/** So many answers are kept, for whoever goes back and forth. */
const KEPT = 64;

export interface Asker {
  /** Has `found` called with the answer, unless something else is asked for before it is there. */
  ask(key: string, wanted: Wanted, found: (found: Found) => void): void;
}

export function createAsker(): Asker {
  const known = new Map<string, Found>();
  let worker: Worker | null = null;
  let busy = false;
  let next: { readonly key: string; readonly wanted: Wanted; readonly found: (found: Found) => void } | null = null;

  const send = (): void => {
    if (busy || !next) return;
    busy = true;
    worker ??= start();
    worker.postMessage({ key: next.key, wanted: next.wanted });
  };
  const start = (): Worker => {
    const made = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    made.addEventListener('message', ({ data }: MessageEvent<Found>) => {
      busy = false;
      if (known.size >= KEPT) known.delete(known.keys().next().value as string);
      known.set(data.key, data);
      if (next?.key === data.key) {
        next.found(data);
        next = null;
      } else send();
    });
    made.addEventListener('error', (event) => {
      busy = false;
      next?.found({ key: next.key, problem: event.message || 'the simulator could not be started' });
      next = null;
    });
    return made;
  };
  return {
    ask(key, wanted, found) {
      const there = known.get(key);
      next = there ? null : { key, wanted, found };
      if (there) found(there);
      else send();
    },
  };
}
