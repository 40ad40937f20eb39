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

export function createVisits(runs: Runs, first: Parsed): Visits {
  const held = new Map<string, { readonly parsed: Parsed; readonly isFile: boolean }>();
  let here = '';
  let count = 0;
  const arrive = (parsed: Parsed, isFile: boolean): string => {
    // Another life of the page has other visits.
    here = `${performance.timeOrigin}/${count++}`;
    held.set(here, { parsed, isFile });
    const [oldest] = held.keys();
    if (held.size > MOST && oldest !== undefined) held.delete(oldest);
    return here;
  };
  history.replaceState({ visit: arrive(first, false) }, '');
  return {
    begin(parsed, search) {
      history.pushState({ visit: arrive(parsed, search === null) }, '', `${location.pathname}${search ?? ''}`);
      runs.rebase(parsed.run);
    },
    back() {
      const visit = (history.state as { visit?: unknown } | null)?.visit;
      // An address that was typed by hand, of the run that is shown.
      if (visit === undefined) history.replaceState({ visit: here }, '');
      if (visit === undefined || visit === here) return true;
      const there = held.get(String(visit));
      if (!there) return false;
      here = String(visit);
      runs.rebase(there.parsed.run);
      return true;
    },
    isFile: () => held.get(here)?.isFile ?? false,
    warning: () => held.get(here)?.parsed.warning ?? null,
  };
}
