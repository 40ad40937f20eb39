/** What a change of naming follows from: an expiry from the last refresh and the loss, an answer from all that answers again. */
import type { Past } from '../../engine/past.ts';
import { ANSWERS } from '../../model/facts.ts';
import type { PlannedCrowd, PlannedEntry, PlannedLoad } from './planned.ts';

const OK = ANSWERS.indexOf('ok');
const NXDOMAIN = ANSWERS.indexOf('nxdomain');

export function causesOfEntry(entry: PlannedEntry, past: Past): ReadonlySet<number> {
  const { fact, supply, denial, alive, target, sort } = entry;
  const found = new Set([past.tipped]);
  if (target !== null) found.add(past.latest(target.id));
  if (target !== null && past.tipped >= 0 && past.trace.columns.fact[past.tipped] === target.id) return found;
  // It can get its own answer, and that of the name it stands for is passed on.
  const passed = target !== null && past.raw(target.id) === past.to && past.holds(supply.id);
  const good = passed || past.to === (sort === 'delegation' ? 1 : OK);
  const runs = past.holds(alive.id);
  if (!runs || good) past.deciders(alive.id, found);
  if (!good) found.add(past.latest(fact.id));
  if (!runs) return found;
  if (past.holds(supply.id) === good) past.deciders(supply.id, found);
  if (denial !== null && !good && past.holds(denial.id) === (past.to === NXDOMAIN)) past.deciders(denial.id, found);
  return found;
}

/** A sum hangs on all that is summed. */
export function causesOfLoad({ inputs }: PlannedLoad, past: Past): ReadonlySet<number> {
  return new Set([past.tipped, ...inputs.map((input) => past.latest(input.id))]);
}

/** So does what is shared; of the answers, on those before the phase. */
export function causesOfCrowd({ announced, answered }: PlannedCrowd, past: Past): ReadonlySet<number> {
  const before = answered.map(({ id }) => past.latestBefore(id));
  return new Set([past.tipped, ...announced.map(({ id }) => past.latest(id)), ...before]);
}
