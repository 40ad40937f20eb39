/** Says where the run stands when it is paused, stepped or sought; while it plays it is silent. */
import { write } from '../draw/dom.ts';
import type { Stage } from './stage.ts';

/** Many steps in a row are told once, when they are over. */
const REST = 250;

export function speakOf({ session, subscribe, frame, on }: Stage): void {
  on('describe', () => {
    // Said again, word for word, it would be no news to a screen reader.
    write('said', '');
    window.setTimeout(() => write('said', frame().spoken), 50);
  });
  let timer: number | undefined;
  subscribe((after, before) => {
    window.clearTimeout(timer);
    if (after.playing || (after.moment === before.moment && after.playing === before.playing)) return;
    timer = window.setTimeout(() => {
      if (!session().playing) write('said', frame().spoken);
    }, REST);
  });
}
