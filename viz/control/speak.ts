/** Says where the run stands when it is paused, stepped or sought; while it plays it is silent. */
import { write } from '../draw/dom.ts';
import type { Store } from '../state/store.ts';

/** Many steps in a row are told once, when they are over. */
const REST = 250;

export function speakOf({ session, subscribe }: Store, sentence: () => string): void {
  let timer: number | undefined;
  subscribe((after, before) => {
    window.clearTimeout(timer);
    if (after.playing || (after.moment === before.moment && after.playing === before.playing)) return;
    timer = window.setTimeout(() => {
      if (!session().playing) write('said', sentence());
    }, REST);
  });
}
