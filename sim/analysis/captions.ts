/** Captions: when each line of a scenario's story is told in a run; and what a run has to say of itself: routes that never settle. */
import type { Scenario } from '../model/scenario.ts';
import { byName, formatDuration, type Ms } from '../model/units.ts';
import type { History } from '../trace/history.ts';
import type { Dispute } from '../trace/trace.ts';
import { listed, Names } from './story-names.ts';

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
  const names = new Names(scenario);
  for (const dispute of history.trace.disputes)
    told.push({ name: dispute.prefix, at: dispute.at, says: sayDispute(dispute, names), scheduled: false });
  return told.sort((a, b) => a.at - b.at || Number(b.scheduled) - Number(a.scheduled) || byName(a.name, b.name));
}

/** An oscillation, with its period (Griffin, Shepherd and Wilfong 2002): exact where all choices come round as they were. */
function sayDispute({ prefix, members, period, exact, stopped }: Dispute, names: Names): string {
  const who = listed(members.map((member) => names.one(member)));
  const turns = exact
    ? `all of it comes round every ${formatDuration(period)}`
    : `a choice comes back after ${formatDuration(Math.round(period))} on average`;
  const rest = stopped === null ? '' : `. After a thousand times the run follows it no further`;
  return `Routes to ${prefix} do not settle: ${who} keep undoing each other’s choice, and ${turns}${rest}.`;
}

/** When a flag is first true; `again`: first true after it was not. */
function firstSo(history: History, name: string, again: boolean): Ms | null {
  const fact = history.fact(name);
  const stretches = fact === undefined ? [] : history.stretches(fact);
  const lost = again ? stretches.findIndex(({ raw }) => raw === 0) : 0;
  return lost < 0 ? null : (stretches.slice(lost).find(({ raw }) => raw === 1)?.at ?? null);
}
