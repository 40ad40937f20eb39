/** Captions: when each line of a scenario's story is told in a run. */
import type { Scenario } from '../model/scenario.ts';
import { byName, type Ms } from '../model/units.ts';
import type { History } from '../trace/history.ts';

interface Told {
  readonly at: Ms;
  readonly says: string;
  /** Told at a moment that was set beforehand: before what happens then, not after. */
  readonly scheduled: boolean;
}

/** In order of time; one whose moment never comes is left out. */
export function captionsOf(scenario: Scenario, history: History): readonly Told[] {
  const told: (Told & { readonly name: string })[] = [];
  for (const { name, at, back, says } of scenario.story) {
    const moment = at ?? firstSo(history, `claim/story ${name}`, back !== null);
    if (moment !== null && moment <= history.trace.end) told.push({ name, at: moment, says, scheduled: at !== null });
  }
  return told.sort((a, b) => a.at - b.at || Number(b.scheduled) - Number(a.scheduled) || byName(a.name, b.name));
}

/** When a flag is first true; `again`: first true after it was not. */
function firstSo(history: History, name: string, again: boolean): Ms | null {
  const fact = history.fact(name);
  const stretches = fact === undefined ? [] : history.stretches(fact);
  const lost = again ? stretches.findIndex(({ raw }) => raw === 0) : 0;
  return lost < 0 ? null : (stretches.slice(lost).find(({ raw }) => raw === 1)?.at ?? null);
}
