/** Keeps the address in step with what is shown: another run or selection is a step in the history, a moment replaces the last. */
import { byId, show, write } from '../draw/dom.ts';
import type { World } from '../frame/world.ts';
import type { Difference, Runs } from '../runs/runs.ts';
import { hashOf, readHash } from '../state/hash.ts';
import { type Linked, NOTHING } from '../state/session.ts';
import { readWish, wishText } from '../state/wish.ts';
import { STOPPED } from '../thread/thread.ts';
import type { Stage } from './stage.ts';

/** What the address says of a run. */
export const fromAddress = ({ run, course, things }: World): Linked =>
  readHash(location.hash, run, course, (thing) => things.byId.has(thing));

/** Whether the address asks for a moment of the run. */
export const hasMoment = (): boolean => new URLSearchParams(location.hash.slice(1)).has('t');

/** Browsers allow only so many changes of the address a minute. */
const PAUSE = 300;

/** A sentence on what a link asked for and the page cannot show; stays until it is read. */
function tell(problem: string | null): void {
  write('note-text', problem ?? '');
  show('note', problem !== null);
}

/** A run for a difference: made if it is not there yet; the page's own, and why, where it cannot be made. */
async function runFor(
  runs: Runs,
  wanted: Difference,
): Promise<{ readonly id: string; readonly problem: string | null }> {
  const made = await runs.make(wanted);
  if (made.run) return { id: made.id, problem: null };
  runs.drop(made.id);
  return {
    id: runs.base().id,
    problem:
      made.problems[0] === STOPPED.problems[0]
        ? 'The run this link asks for was given up. The run is shown as it was opened.'
        : `This link asks for a run that cannot be made from this scenario (${made.problems[0] ?? 'nothing says why'}). The run is shown as it was opened.`,
  };
}

/** Shows what the address asks for; what of it cannot be shown is said. Only the latest that was asked for is shown. */
function follower(stage: Stage, runs: Runs): () => Promise<void> {
  let turn = 0;
  return async () => {
    const mine = ++turn;
    const base = runs.base();
    const { hash } = location;
    const { shown, against, problem } = await readWish(hash, base.difference);
    const own = shown ? await runFor(runs, shown) : { id: base.id, problem: null };
    const other = against ? await runFor(runs, against) : null;
    if (mine !== turn) return;
    runs.show(own.id);
    runs.compare(other && other.problem === null ? other.id : null);
    stage.dispatch({
      do: 'restore',
      session: readHash(hash, stage.world().run, stage.world().course, (thing) => stage.world().things.byId.has(thing)),
    });
    tell(problem ?? own.problem ?? other?.problem ?? null);
  };
}

export interface Address {
  /** Shows what the address asks for, to begin with. */
  readonly follow: () => Promise<void>;
  /** Does what starts the page over, without a step of the history for it. */
  readonly anew: (begin: () => void) => void;
  /** The addresses of what is shown: of the run from its start, and of this moment of it; with another part selected, if one is given. */
  readonly links: (thing?: string) => Promise<{ readonly run: string; readonly moment: string }>;
}

/** `back` shows the run that belongs to a place in the history; false when the page must be loaded anew for it. */
export function keepAddress(stage: Stage, runs: Runs, back: () => boolean): Address {
  const follow = follower(stage, runs);
  let timer: number | undefined;
  /** The part that says which run; it is made anew when another is shown or compared with. */
  let wish = '';
  let of = '';
  let following = 0;

  const hash = (thing?: string): string => {
    const { run, course } = stage.world();
    const session = stage.session();
    const linked = thing === undefined ? session : { ...session, selection: { ...NOTHING, thing } };
    return `${hashOf(linked, run, course)}${wish === '' ? '' : `&${wish}`}`;
  };
  const keep = (push: boolean): void => {
    window.clearTimeout(timer);
    const text = hash();
    if (text !== location.hash) history[push ? 'pushState' : 'replaceState'](history.state, '', text);
  };
  const key = (): string => `${runs.shown().id} ${runs.against()?.id ?? ''}`;
  const wishNow = async (): Promise<boolean> => {
    const now = key();
    if (now === of) return false;
    const text = await wishText(runs.shown().difference, runs.against()?.difference ?? null, runs.base().difference);
    if (now !== key()) return false;
    [of, wish] = [now, text];
    return true;
  };
  /** What is shown because the address says so is no new step of the history. */
  const followed = async (): Promise<void> => {
    following += 1;
    try {
      await follow();
      await wishNow();
    } finally {
      following -= 1;
    }
  };
  of = key();
  stage.subscribe((after, before, action) => {
    if (action.do === 'restore' || action.do === 'hover' || after.touring || following > 0) return;
    window.clearTimeout(timer);
    const selected =
      after.selection.thing !== before.selection.thing || after.selection.checkpoint !== before.selection.checkpoint;
    if (selected) keep(true);
    else timer = window.setTimeout(() => keep(false), PAUSE);
  });
  runs.subscribe(() => {
    if (following > 0) return;
    void wishNow().then((other) => {
      if (other && following === 0) keep(true);
    });
  });
  const anew = <T>(begin: () => T): T => {
    following += 1;
    window.clearTimeout(timer);
    const base = runs.base().run;
    const made = begin();
    if (runs.base().run !== base) [of, wish] = [key(), ''];
    following -= 1;
    return made;
  };
  window.addEventListener('popstate', () => {
    if (anew(back)) void followed();
    else location.reload();
  });
  byId('note-close').addEventListener('click', () => tell(null));
  return {
    follow: followed,
    anew,
    links: async (thing) => {
      await wishNow();
      const to = (part: string): string => {
        const url = new URL(location.href);
        url.hash = part;
        return url.href;
      };
      return { run: to(wish), moment: to(hash(thing)) };
    },
  };
}
