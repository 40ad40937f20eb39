/** Asks the simulator, in a thread of its own, what people would find at a moment; one question at a time, the latest next. */
import type { LookWish, Requests } from '../thread/requests.ts';
import { createThread } from '../thread/thread.ts';

export type Found = Requests['look']['found'];

/** So many answers are kept, for whoever goes back and forth. */
const KEPT = 64;

export interface Asker {
  /** Has `found` called with the answer, unless something else is asked for before it is there. */
  ask(key: string, wanted: LookWish, found: (found: Found) => void): void;
}

export function createAsker(): Asker {
  const known = new Map<string, Found>();
  const thread = createThread();
  let busy = false;
  let next: { readonly key: string; readonly wanted: LookWish; readonly found: (found: Found) => void } | null = null;

  const send = async (): Promise<void> => {
    if (busy || !next) return;
    busy = true;
    const { key, wanted } = next;
    const answer = await thread.ask('look', wanted);
    busy = false;
    if (known.size >= KEPT) known.delete(known.keys().next().value as string);
    known.set(key, answer);
    if (next?.key === key) {
      next.found(answer);
      next = null;
    } else void send();
  };
  return {
    ask(key, wanted, found) {
      const there = known.get(key);
      next = there ? null : { key, wanted, found };
      if (there) found(there);
      else void send();
    },
  };
}
