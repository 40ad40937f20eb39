/** Faults: what breaks, when, and for how long. */
import type { Fault, Link } from '../scenario.ts';
import type { FaultKeys } from '../schema/trouble.ts';
import { beginningOf, effectOf, endOf, targetsOf } from './beginnings.ts';
import type { Conditions } from './conditions.ts';
import type { Made } from './entries.ts';
import { checkSource, Fields } from './fields.ts';
import { misses } from './limits.ts';
import { drawOf } from './values.ts';

export function buildFault(conditions: Conditions, made: Made, links: ReadonlyMap<string, Link>): Fault {
  const { world } = conditions;
  const { context } = world;
  const fault = Fields.of<FaultKeys>(world, made);
  checkSource(world, fault.get('source'));
  const begins = fault.among('at', 'after', 'before', 'mtbf');
  if (begins.length !== 1) {
    context.problem(
      made.at,
      begins.length === 0 ? 'nothing says when this begins' : `${begins.join(' and ')} both say when this begins`,
      'say one of at, after, before: true, or mtbf with mttr',
    );
  }
  if (fault.has('mtbf') !== fault.has('mttr')) context.problem(made.at, 'a fault by chance has both mtbf and mttr');
  const ends = fault.among('until', 'for', 'mttr');
  if (ends.length > 1) fault.problem(ends[1] as 'for', `${ends.join(' and ')} both say when this ends`);
  const bug = fault.get('bug');
  if (bug && (fault.has('to') || fault.has('effect')))
    fault.problem('bug', '"bug" is short for `to` and `effect: bug`, and one of these is there too');
  if (!bug) fault.need('to', 'say which nodes or links break');
  const to = bug ?? fault.get('to');
  const effect = bug
    ? { setting: 'bug' as const, of: null }
    : (effectOf(world, fault.get('effect')) ?? { setting: 'down' as const, of: null });
  if (['start', 'drain', 'cut', 'withdraw', 'ds', 'flush'].includes(effect.setting))
    fault.problem(
      'effect',
      `a fault is down, off, bug, mute, set, deny or sign, found ${effect.setting}`,
      'what somebody means to do is a change',
    );
  const names = targetsOf(world, effect, to);
  const missed = misses(world, effect, names, links);
  if (missed !== null) fault.problem('to', missed);
  const begin = beginningOf(conditions, fault);
  const end = endOf(conditions, fault.get('until'));
  if (begin.at !== null && end.until !== null && end.until <= begin.at)
    fault.problem('until', 'this ends before it begins');
  const [lasts, mtbf, mttr] = [fault.get('for'), fault.get('mtbf'), fault.get('mttr')];
  return {
    name: made.name,
    ...begin,
    targets: names,
    effect,
    until: end.until,
    untilSo: end.untilSo,
    lasts: lasts ? drawOf(context, lasts) : null,
    mtbf: mtbf ? drawOf(context, mtbf) : null,
    mttr: mttr ? drawOf(context, mttr) : null,
  };
}
