/** What would begin a fault or a change, and what would take it back, as of a moment (R9, R13). */
import type { FactRef, SignalRef } from '../../engine/mechanism.ts';
import type { Past } from '../../engine/past.ts';
import { afterwards, NOTHING, type Turn, YES } from '../../engine/turn.ts';
import { ROLLOUT, VERDICTS } from '../../model/facts.ts';
import type { Beginning } from '../../model/scenario.ts';
import type { Ms } from '../../model/units.ts';
import type { PlannedChange, PlannedFault } from './plan.ts';

const ALL = (1 << VERDICTS.length) - 1;
const BARRING = (1 << VERDICTS.indexOf('blocks')) | (1 << VERDICTS.indexOf('broken-closed'));
const NEVER: Turn = { any: [] };

/** A moment of the calendar, as long as it is to come. */
const scheduled = (at: Ms | null, past: Past): Turn[] =>
  at === null || at <= past.now ? [] : [{ once: NOTHING, rule: 'schedule', takes: null }];

/** Whoever has done it has had his effect: it has to be done anew. */
const tasks = (done: readonly FactRef[], past: Past): Turn[] =>
  done.map((fact) =>
    past.raw(fact.id) === 1 ? { outside: `${fact.subjects[0]} is done anew` } : { fact, among: YES },
  );

/** A condition counts when it comes true; while it holds, it has had its effect. */
function anew(signal: SignalRef | null, what: string, past: Past): Turn[] {
  if (!signal) return [];
  return [past.holds(signal.id) ? { outside: `what ${what} comes true anew` } : { signal, to: true }];
}

const calls = (after: SignalRef | null, { at }: Beginning, past: Past): Turn[] => [
  ...scheduled(at, past),
  ...anew(after, 'calls for it', past),
];

export function faultBegins(planned: PlannedFault, past: Past): Turn {
  const { fault } = planned;
  if (fault.until !== null && fault.until <= past.now) return NEVER;
  const byChance: Turn[] = fault.mtbf === null ? [] : [{ once: NOTHING, rule: 'luck', takes: fault.mtbf }];
  return { any: [...calls(planned.after, fault, past), ...byChance] };
}

export function faultEnds({ fault, until, mends }: PlannedFault, past: Past): Turn {
  const { lasts, mttr } = fault;
  return {
    any: [
      ...scheduled(fault.until, past),
      ...(lasts === null ? [] : [{ once: NOTHING, rule: 'schedule', takes: lasts } as const]),
      ...(mttr === null ? [] : [{ once: NOTHING, rule: 'luck', takes: mttr } as const]),
      ...anew(until, 'ends it', past),
      ...tasks(mends, past),
    ],
  };
}

/** It could have laid its token by now: it was due, it is a matter of luck, or what calls for it has been so. */
export const mayBeOn = ({ fault }: PlannedFault, past: Past): boolean =>
  (fault.until === null || fault.until > past.now) &&
  (fault.before || fault.after !== null || fault.mtbf !== null || (fault.at !== null && fault.at <= past.now));

const stateOf = ({ rollout }: PlannedChange, past: Past): (typeof ROLLOUT)[number] =>
  ROLLOUT[past.raw(rollout.id)] as (typeof ROLLOUT)[number];

/** Some batch of it is out. */
export const isOut = (planned: PlannedChange, past: Past): boolean =>
  ['rolling', 'halted', 'complete', 'reverting'].includes(stateOf(planned, past));

export function changeBegins(planned: PlannedChange, past: Past): Turn {
  const { change, begins, verdict, guard } = planned;
  switch (stateOf(planned, past)) {
    case 'starting':
      return { once: NOTHING, rule: 'work', takes: change.takes };
    case 'rolling':
      return { once: NOTHING, rule: 'work', takes: change.rollout.every };
    case 'halted':
      return { outside: `the roll-out of ${change.name} goes on` };
    case 'reverting': {
      const called: Turn = { any: [...calls(planned.after, change, past), ...tasks(begins, past)] };
      return { once: isCalledAnew(planned, past) ? NOTHING : called, rule: 'work', takes: null };
    }
    default: {
      const barred = guard && ((BARRING >> past.raw(verdict.id)) & 1) === 1;
      const check: Turn[] = barred ? [{ fact: verdict, among: ALL & ~BARRING }] : [];
      const call: Turn = { any: [...calls(planned.after, change, past), ...tasks(begins, past)] };
      return afterwards({ all: [call, ...check] }, 'work', change.takes);
    }
  }
}

/** Called for while it is being taken back, and that was the last word: it begins when it is back. */
function isCalledAnew({ change, rollout, after, until, begins, mends }: PlannedChange, past: Past): boolean {
  const { at } = past.trace.columns;
  const timeOf = (id: number): Ms => (id < 0 ? -1 : (at[id] as number));
  const doneAt = ({ id }: FactRef): Ms => timeOf(past.latestTo(id, 1));
  const soAt = (signal: SignalRef | null): Ms => (signal && past.holds(signal.id) ? (past.since(signal.id) ?? -1) : -1);
  const last = (moments: readonly Ms[]): Ms => moments.reduce((a, b) => Math.max(a, b), -1);
  const due = change.at !== null && change.at <= past.now ? change.at : -1;
  const ended = last([timeOf(past.latest(rollout.id)), soAt(until), ...mends.map(doneAt)]);
  return last([due, soAt(after), ...begins.map(doneAt)]) > ended;
}

export function changeEnds(planned: PlannedChange, past: Past): Turn {
  const { change, until, mends } = planned;
  if (stateOf(planned, past) === 'reverting') return { once: NOTHING, rule: 'work', takes: change.rollback.every };
  const taken: Turn = { any: [...anew(until, 'ends it', past), ...tasks(mends, past)] };
  return change.rollback.batches > 1 ? { once: taken, rule: 'work', takes: null } : taken;
}

/** Of `rollout/x`, `guard/x` and `applied/x`. */
export function turnOfChange(planned: PlannedChange, fact: FactRef, past: Past): Turn {
  if (fact === planned.applied)
    return past.raw(fact.id) === 0 ? changeBegins(planned, past) : changeEnds(planned, past);
  if (fact === planned.verdict && VERDICTS[past.raw(fact.id)] !== 'unasked')
    return { outside: `the check of ${planned.change.name} comes to another finding` };
  const isOver = ['complete', 'halted', 'reverting'].includes(stateOf(planned, past));
  return isOver ? changeEnds(planned, past) : changeBegins(planned, past);
}
