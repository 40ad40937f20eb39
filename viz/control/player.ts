/** Turns wall-clock time into the run's time while the session plays. Frames may drop; changes do not. */
import type { Stage } from './stage.ts';

/** A page that was hidden does not leap when it is seen again. */
const LONGEST = 0.25;
/** At one change a second. */
const BEAT = 1;

export function startPlayer({ session, dispatch, subscribe }: Stage): void {
  let last = 0;
  let waited = 0;
  const turn = (now: number): void => {
    const { playing, speed, asked } = session();
    if (!playing) return;
    const seconds = Math.min((now - last) / 1000, LONGEST);
    last = now;
    // To an answer time runs on, also where it else goes by change.
    if (speed > 0 || asked?.phase === 'watched') dispatch({ do: 'tick', seconds });
    else {
      waited += seconds;
      if (waited >= BEAT) {
        waited = 0;
        dispatch({ do: 'beat' });
      }
    }
    requestAnimationFrame(turn);
  };
  subscribe((after, before) => {
    if (!after.playing || before.playing) return;
    last = performance.now();
    waited = BEAT;
    requestAnimationFrame(turn);
  });
}
