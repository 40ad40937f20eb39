/** The screen while a run is read, or made anew because a link asks for it: how far it is, and a way out. */
import { byId, show, write } from '../draw/dom.ts';
import { drawLoading, drawRunning } from '../draw/loading.ts';
import type { Progress, Tell } from '../load/stream.ts';
import type { Runs } from '../runs/runs.ts';

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

/** Does what runs a scenario before anything is shown; whoever does not want to wait sees the run as it was. */
export async function whileRunning(runs: Runs, work: () => Promise<void>): Promise<void> {
  let under = true;
  write('loading-title', 'Running it anew, with what this link changes…');
  show('loading-base', true);
  byId('loading-base').addEventListener('click', runs.stop);
  runs.subscribe(() => {
    if (under) drawRunning(runs.list().find(({ state }) => state === 'waits')?.percent ?? null);
  });
  await work();
  under = false;
}
