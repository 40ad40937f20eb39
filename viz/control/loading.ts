/** The screen while a run is read: how far it is, and a way to stop. */
import { byId } from '../draw/dom.ts';
import { drawLoading } from '../draw/loading.ts';
import type { Progress, Tell } from '../load/stream.ts';

/** Does what takes long, with the screen of it; whoever presses Stop ends it. */
export async function whileLoading<T>(load: (tell: Tell, signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  const button = byId('loading-stop');
  const abort = (): void => stop.abort();
  button.addEventListener('click', abort);
  let latest: Progress | null = null;
  const draw = (): void => {
    if (latest) drawLoading(latest);
    latest = null;
  };
  try {
    return await load((progress) => {
      // At most once for each frame of the screen.
      if (latest === null) requestAnimationFrame(draw);
      latest = progress;
    }, stop.signal);
  } finally {
    button.removeEventListener('click', abort);
  }
}
