/** How fast sessions tell: what is alike is one pace, so that an Internet of sessions has a few. */
import type { Link } from '../../model/scenario.ts';

export type Pace = Pick<Link, 'delay' | 'mrai'>;

/** The paces of sessions, and by session the number of its own. Only neighbours in the list share one. */
export function pacesOf(sessions: readonly Link[]): {
  readonly paces: readonly Pace[];
  readonly ofSession: Int32Array;
} {
  const paces: Pace[] = [];
  const ofSession = new Int32Array(sessions.length);
  for (let session = 0; session < sessions.length; session++) {
    const { delay, mrai } = sessions[session] as Link;
    const last = paces.at(-1);
    if (last?.delay !== delay || last.mrai !== mrai) paces.push({ delay, mrai });
    ofSession[session] = paces.length - 1;
  }
  return { paces, ofSession };
}
