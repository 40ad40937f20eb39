/** The runs that were opened on this page, one after the other: each has its place in the history, and Back returns to it. */
import type { Parsed } from '../load/parse.ts';
import type { Runs } from '../runs/runs.ts';

export interface Visits {
  /** Starts the page over with another run, at a new place in the history. `search`: what an address says of it; null: it came from a file. */
  begin(parsed: Parsed, search: string | null): void;
  /** Shows what belongs to the place the history is at; false when that is no longer held, and the page must be loaded anew. */
  back(): boolean;
  /** Whether what is shown came from a file, which no address holds. */
  isFile(): boolean;
  /** A sentence for a run that could be read only in part; else null. */
  warning(): string | null;
}

/** Runs may be large: of those that were opened before, only the latest are held. */
const MOST = 4;

/** What a place in the history holds. */
interface Place {
  readonly visit: string;
  readonly isFile: boolean;
}

export function createVisits(runs: Runs, first: Parsed): Visits {
  const held = new Map<string, { readonly parsed: Parsed; readonly search: string; readonly isFile: boolean }>();
  let here = '';
  let count = 0;
  const arrive = (parsed: Parsed, search: string, isFile: boolean): Place => {
    // Another life of the page has other visits.
    here = `${performance.timeOrigin}/${count++}`;
    held.set(here, { parsed, search, isFile });
    const [oldest] = held.keys();
    if (held.size > MOST && oldest !== undefined) held.delete(oldest);
    return { visit: here, isFile };
  };
  history.replaceState(arrive(first, location.search, false), '');
  return {
    begin(parsed, search) {
      history.pushState(arrive(parsed, search ?? '', search === null), '', `${location.pathname}${search ?? ''}`);
      runs.rebase(parsed.run);
    },
    back() {
      const place = history.state as Place | null;
      const now = held.get(here);
      const there = place && held.get(place.visit);
      if (there && place.visit !== here) {
        here = place.visit;
        runs.rebase(there.parsed.run);
      }
      if (there) return true;
      // From before the page was loaded anew: the address tells whether it is of the run that is shown. What is typed by hand is.
      if (place && (place.isFile || now?.isFile || now?.search !== location.search)) return false;
      history.replaceState({ visit: here, isFile: now?.isFile ?? false } satisfies Place, '');
      return true;
    },
    isFile: () => held.get(here)?.isFile ?? false,
    warning: () => held.get(here)?.parsed.warning ?? null,
  };
}
