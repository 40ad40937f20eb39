/** Changes: what somebody means to do, the check that may stop it, and the steps it is carried out and taken back in. */
import { looksLikeMoment } from '../draws.ts';
import { fixed } from '../luck.ts';
import type { Change, Guard, Link, Rollout } from '../scenario.ts';
import type { ChangeKeys } from '../schema/trouble.ts';
import type { Dict } from '../tree.ts';
import { beginningOf, effectOf, targetsOf } from './beginnings.ts';
import type { Conditions } from './conditions.ts';
import type { Made } from './entries.ts';
import { checkSource, Fields } from './fields.ts';
import { misses } from './limits.ts';
import { select } from './selectors.ts';
import { drawOf, numberOf, wordOf } from './values.ts';
import { NOBODY } from './world.ts';

/** `applied`: the changes that some task begins. */
export function buildChange(
  conditions: Conditions,
  made: Made,
  applied: ReadonlySet<string>,
  links: ReadonlyMap<string, Link>,
): Change {
  const { world } = conditions;
  const { context } = world;
  const change = Fields.of<ChangeKeys>(world, made);
  checkSource(world, change.get('source'));
  const begins = change.among('at', 'after', 'before');
  if (begins.length > 1)
    context.problem(made.at, `${begins.join(' and ')} both say when this begins`, 'say one of at, after, before: true');
  if (begins.length === 0 && !applied.has(made.name)) {
    context.problem(made.at, 'nothing begins this', 'say one of at, after, before: true, or let a task apply it');
  }
  change.need('effect', 'drain, cut, down, off, start, mute, withdraw, remove, set, sign, ds or flush');
  const effect = effectOf(world, change.get('effect')) ?? { setting: 'down', of: null };
  const to = change.need('to', 'say what it is carried out on');
  const names = targetsOf(world, effect, to);
  if (effect.setting === 'withdraw' && effect.of) {
    const stranger = names.find((name) => !world.sites.get(effect.of as string)?.has(name));
    if (stranger !== undefined) change.problem('to', `${stranger} does not announce ${effect.of}`);
  }
  const missed = misses(world, effect, names, links);
  if (missed !== null) change.problem('to', missed);
  const until = change.get('until');
  const isMoment = until?.is === 'leaf' && looksLikeMoment(until.text) && !world.conditions.has(until.text);
  if (isMoment)
    change.problem(
      'until',
      'a change is taken back when a condition comes true, not at a moment',
      'let a task revert it',
    );
  return {
    name: made.name,
    ...beginningOf(conditions, change),
    targets: names,
    effect,
    takes: drawOf(context, change.get('takes')),
    guard: guardOf(conditions, change),
    rollout: rolloutOf(conditions, change.inner('rollout')),
    rollback: rolloutOf(conditions, change.inner('rollback')),
    untilSo: until && !isMoment ? conditions.read(until, NOBODY) : null,
  };
}

function guardOf(conditions: Conditions, change: Fields<ChangeKeys>): Guard | null {
  const { world } = conditions;
  const written = change.inner('guard');
  if (!written) return null;
  const guard = new Fields<NonNullable<ChangeKeys['guard']>>(world, written, change.place('guard'));
  const by = guard.need('by', 'say which node checks');
  const asks = guard.need('asks', 'say what must hold after the change');
  return {
    by: (by && select(world, [world.sections.nodes], by, NOBODY)?.names[0]) ?? '',
    asks: asks ? conditions.read(asks, NOBODY) : { all: [] },
    whenBroken: wordOf(world.context, guard.get('whenDown'), ['open', 'closed'], 'closed'),
  };
}

function rolloutOf(conditions: Conditions, written: Dict | null): Rollout {
  if (!written) return { batches: 1, every: fixed(0), order: 'named', halt: null };
  const { context } = conditions.world;
  const rollout = new Fields<NonNullable<ChangeKeys['rollout']>>(conditions.world, written, written.at);
  const halt = rollout.get('halt');
  return {
    batches: numberOf(context, rollout.get('batches'), 1, { least: 1, whole: true }),
    every: drawOf(context, rollout.get('every')),
    order: wordOf(context, rollout.get('order'), ['named', 'shuffled'], 'named'),
    halt: halt ? conditions.read(halt, NOBODY) : null,
  };
}
