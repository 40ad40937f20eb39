/** What a change of demand follows from (R16), and what would turn it. */
import type { SignalRef } from '../../engine/mechanism.ts';
import type { Past } from '../../engine/past.ts';
import type { Turn } from '../../engine/turn.ts';
import { SYMPTOMS } from '../../model/facts.ts';
import {
  inputsOf,
  inputsOfStage,
  PASSING,
  type PlannedCount,
  type PlannedJourney,
  type PlannedShare,
} from './planned.ts';

const OK = SYMPTOMS.indexOf('ok');

/** Stages that would show before this symptom hold: those that stop people, and, when nothing stops them, all that come after. */
export function causesOfWord({ stages }: PlannedJourney, past: Past): ReadonlySet<number> {
  const found = new Set([past.tipped]);
  for (const { signal, symptom, passes } of stages) {
    const holds = past.holds(signal.id);
    if (holds ? !passes || PASSING.has(SYMPTOMS[past.to] as string) : symptom === past.to)
      past.deciders(signal.id, found);
    if (!holds && !passes) break;
  }
  return found;
}

/** One failing stage shows; all must hold for none to. */
export function turnOfWord({ fact, stages }: PlannedJourney, past: Past): Turn {
  const works = past.raw(fact.id) === OK;
  const turns = stages.map(({ signal }): Turn => ({ signal, to: !works }));
  return works ? { any: turns } : { all: turns };
}

/** A stage that stops everybody is enough; short of that the share hangs on every stage. */
export function causesOfShare({ stages }: PlannedShare, past: Past): ReadonlySet<number> {
  const found = new Set([past.tipped]);
  const fails = ({ id }: SignalRef): boolean => !past.holds(id);
  const shut = stages.filter(({ signal, session, doubts }) => session === 0 && doubts.length === 0 && fails(signal));
  for (const stage of shut.length > 0 ? shut : stages) {
    past.deciders(stage.signal.id, found);
    for (const { id } of inputsOfStage(stage)) found.add(past.latest(id));
  }
  return found;
}

/** A sum hangs on all that is summed. */
export const causesOfCount = (count: PlannedCount, past: Past): ReadonlySet<number> =>
  new Set([past.tipped, ...inputsOf(count).map(({ id }) => past.latest(id))]);
