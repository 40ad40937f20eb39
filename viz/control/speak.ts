/** Says where the run stands when it is paused, stepped or sought; while it plays it is silent. */
import { write } from '../draw/dom.ts';
import type { Stage } from './stage.ts';

/** Many steps in a row are told once, when they are over. */
const REST = 250;

/** Returns how to have something said ahead of where the run stands, in one breath with it. */
export function speakOf({ session, subscribe, frame, on }: Stage): (ahead: string) => void {
  let ahead = '';
  on('describe', () => {
    // Said again, word for word, it would be no news to a screen reader.
    write('said', '');
    window.setTimeout(() => write('said', frame().spoken), 50);
  });
  let timer: number | undefined;
  const tell = (): void => {
    if (!session().playing || ahead !== '') write('said', [ahead, frame().spoken].filter(Boolean).join(' '));
    ahead = '';
  };
  subscribe((after, before) => {
    // What else is done meanwhile, such as pointing at something, swallows nothing.
    if (after.moment === before.moment && after.playing === before.playing) return;
    window.clearTimeout(timer);
    if (!after.playing) timer = window.setTimeout(tell, REST);
  });
  return (text) => {
    ahead = text;
    window.clearTimeout(timer);
    timer = window.setTimeout(tell, REST);
  };
}
