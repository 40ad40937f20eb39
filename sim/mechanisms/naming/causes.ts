/** What a change of naming follows from, and what holds it off: an answer outlives its source while it is kept. */
import type { Past } from '../../engine/past.ts';
import { NOTHING, type Turn } from '../../engine/turn.ts';
import { ANSWERS } from '../../model/facts.ts';
import { inputsOfCaches, type PlannedCaches, signalsOfCaches } from './many.ts';
import { type PlannedCrowd, type PlannedDelay, type PlannedEntry, type PlannedLoad, signalsOf } from './planned.ts';
import { wordOf } from './words.ts';

const OK = ANSWERS.indexOf('ok');
const STALE = ANSWERS.indexOf('stale');
const NXDOMAIN = ANSWERS.indexOf('nxdomain');
const NODATA = ANSWERS.indexOf('nodata');
const TIMEOUT = ANSWERS.indexOf('timeout');
const ALL = (1 << ANSWERS.length) - 1;

export function causesOfEntry(entry: PlannedEntry, past: Past): ReadonlySet<number> {
  const { fact, supply, denial, empty, alive, target, sort } = entry;
  const to = wordOf(sort, past.to);
  const found = new Set([past.tipped]);
  if (target !== null) found.add(past.latest(target.id));
  if (target !== null && past.tipped >= 0 && past.trace.columns.fact[past.tipped] === target.id) return found;
  // It can get its own answer, and that of the name it stands for is passed on.
  const passed = target !== null && past.raw(target.id) === past.to && past.holds(supply.id);
  const good = passed || to === OK;
  const runs = past.holds(alive.id);
  if (!runs || good) past.deciders(alive.id, found);
  if (!good) found.add(past.latest(fact.id));
  if (!runs) return found;
  if (past.holds(supply.id) === good) past.deciders(supply.id, found);
  if (denial !== null && !good && past.holds(denial.id) === (to === NXDOMAIN)) past.deciders(denial.id, found);
  if (empty !== null && !good && past.holds(empty.id) === (to === NODATA)) past.deciders(empty.id, found);
  return found;
}

/** What many caches give hangs on all that says what asking brings them. */
export function causesOfCaches(caches: PlannedCaches, past: Past): ReadonlySet<number> {
  const found = new Set([past.tipped, ...inputsOfCaches(caches).map(({ id }) => past.latest(id))]);
  for (const { id } of signalsOfCaches(caches)) past.deciders(id, found);
  return found;
}

/** A sum hangs on all that is summed. */
export function causesOfLoad({ inputs }: PlannedLoad, past: Past): ReadonlySet<number> {
  return new Set([past.tipped, ...inputs.map((input) => past.latest(input.id))]);
}

/** So does a mean over all orders on every server. */
export function causesOfDelay(delay: PlannedDelay, past: Past): ReadonlySet<number> {
  const found = new Set([past.tipped]);
  for (const { id } of signalsOf(delay)) past.deciders(id, found);
  return found;
}

/** An answer ends when it is kept no longer and there is no new one; there is one again when a source is asked again. */
export function turnOfEntry(
  { fact, sort, supply, alive, target, failureCache, anew }: Omit<PlannedEntry, 'item'>,
  past: Past,
): Turn {
  const word = wordOf(sort, past.raw(fact.id));
  const answers = word === OK || word === STALE;
  const good = (1 << OK) | (1 << STALE);
  const supplied: Turn = { signal: supply, to: true };
  const passed: Turn[] = target ? [{ fact: target, among: answers ? ALL & ~good : good }] : [];
  if (!answers)
    return {
      all: [
        { signal: alive, to: true },
        // While it asks it hears of it at once.
        word === TIMEOUT
          ? supplied
          : { once: supplied, rule: 'expiry', takes: anew !== null && anew.avoids > 0 ? null : failureCache },
        ...passed,
      ],
    };
  // A dead answer is given for so long and no longer, whether there is a source again or not.
  const once: Turn = word === STALE ? NOTHING : { signal: supply, to: false };
  return { any: [{ signal: alive, to: false }, { once, rule: 'expiry', takes: null }, ...passed] };
}

/** So does what is shared; of the answers, on those before the phase. */
export function causesOfCrowd({ announced, answered }: PlannedCrowd, past: Past): ReadonlySet<number> {
  const before = answered.map(({ id }) => past.latestBefore(id));
  return new Set([past.tipped, ...announced.map(({ id }) => past.latest(id)), ...before]);
}
