/** What is done to a scenario of the swarm: faults, faults by chance, changes with guards and batches, forces. */
import { type Growth, HALF, type Json, RUN, trouble } from './draft.ts';

/** The node whose fall at half-time ends the trouble in the healed variant. */
const BELL = 'bell';

export function growFaults(growth: Growth): void {
  const { dice, draft, healed } = growth;
  if (healed) {
    draft.nodes[BELL] = { kind: 'tool' };
    draft.faults[BELL] = { at: `${HALF}m`, to: BELL };
  }
  for (let i = dice.int(1, 4); i > 0; i--) fault(growth, `fault.${i}`);
}

function fault(growth: Growth, name: string): void {
  const { dice, draft, healed, revertible } = growth;
  const at = dice.int(1, HALF - 10);
  const begins: { readonly [key: string]: Json } = dice.chance(0.15) ? { after: trouble(growth) } : { at: `${at}m` };
  const how = dice.int(0, 3);
  const lasts = dice.draw(5, 3600);
  const ends: { readonly [key: string]: Json } =
    how === 0
      ? { for: lasts }
      : how === 1
        ? { until: `${dice.int(at + 1, RUN)}m` }
        : how === 2 && dice.chance(0.3)
          ? { until: dice.pick(growth.holding) }
          : {};
  const over = 'after' in begins ? { for: '5m' } : { until: `${HALF}m` };
  draft.faults[name] = { ...begins, ...hit(growth), ...(healed || 'after' in begins ? over : ends) };
  revertible.push(name);
}

function hit({ dice, breakable, cables }: Growth): { readonly [key: string]: Json } {
  if (cables.length > 0 && dice.chance(0.3)) return { to: dice.some(cables, dice.int(1, 2)) };
  return { to: dice.some(breakable, dice.int(1, 3)), ...(dice.chance(0.2) ? { effect: 'off' } : {}) };
}

/** Faults by chance; in the healed variant a few of a fixed number, all over by half-time. */
export function growChance(growth: Growth): void {
  const { dice, draft, healed } = growth;
  for (let i = dice.int(1, 3); i > 0; i--) {
    const target = hit(growth);
    const [fails, mends] = [dice.int(10, 120), dice.int(1, 30)];
    const moments = [dice.int(1, HALF - 20), dice.int(1, HALF - 20)];
    if (!healed) draft.faults[`luck.${i}`] = { ...target, mtbf: `exp(${fails}m)`, mttr: `exp(${mends}m)` };
    else
      for (const [k, at] of moments.entries())
        draft.faults[`luck.${i}.${k}`] = { ...target, at: `${at}m`, for: `${Math.min(mends, 19)}m` };
  }
}

export function growChanges(growth: Growth): void {
  const { dice, draft, routers, pops, services, startable, revertible } = growth;
  const bell: { readonly [key: string]: Json } = growth.healed ? { until: { fault: BELL } } : {};
  if (startable.length > 0)
    draft.changes['start-it'] = {
      after: trouble(growth),
      to: startable,
      effect: 'start',
      takes: dice.draw(0, 600),
    };
  if (routers.length > 0 && dice.chance(0.8)) {
    draft.changes.drain = {
      at: `${dice.int(1, HALF - 20)}m`,
      to: dice.chance(0.6) ? 'bb.*' : dice.some(routers, 2),
      effect: { [dice.pick(['drain', 'cut'])]: 'backbone' },
      ...guard(growth),
      ...steps(growth),
      ...bell,
    };
    revertible.push('drain');
  }
  if (pops.length > 0 && 'block.0' in draft.prefixes && dice.chance(0.4)) {
    draft.changes.withdraw = {
      at: `${dice.int(1, HALF - 20)}m`,
      to: 'pop.*',
      effect: { withdraw: 'block.0' },
      ...steps(growth),
      ...bell,
    };
    revertible.push('withdraw');
  }
  if (dice.chance(0.5)) {
    draft.changes.deploy = {
      at: `${dice.int(1, HALF - 20)}m`,
      to: dice.some(services, 4),
      effect: dice.pick(['off', 'down']),
      ...steps(growth),
      ...bell,
    };
    revertible.push('deploy');
  }
}

function guard(growth: Growth): { readonly [key: string]: Json } {
  const { dice, draft, holding } = growth;
  if (!dice.chance(0.6)) return {};
  draft.nodes.audit = { kind: 'tool' };
  if (dice.chance(0.4)) draft.faults['audit-bug'] = { before: true, bug: 'audit' };
  const asks = dice.pick(holding.filter((condition) => JSON.stringify(condition).includes('"reach"')));
  return { guard: { by: 'audit', asks, ...(dice.chance(0.7) ? { whenDown: dice.pick(['open', 'closed']) } : {}) } };
}

function steps(growth: Growth): { readonly [key: string]: Json } {
  const { dice } = growth;
  return {
    ...(dice.chance(0.5) ? { takes: dice.draw(0, 120) } : {}),
    ...(dice.chance(0.6)
      ? {
          rollout: {
            batches: dice.int(1, 4),
            every: dice.draw(5, 600),
            ...(dice.chance(0.5) ? { order: 'shuffled' } : {}),
            ...(dice.chance(0.5) ? { halt: trouble(growth) } : {}),
          },
        }
      : {}),
    ...(dice.chance(0.5) ? { rollback: { batches: dice.int(1, 3), every: dice.draw(5, 300) } } : {}),
  };
}

export function growForces(growth: Growth): void {
  const { dice, draft, services, cables, pops, healed } = growth;
  const at = dice.int(1, HALF - 10);
  const question: { readonly [key: string]: Json } =
    pops.length > 0 && dice.chance(0.3)
      ? { reach: 'dc.1', over: 'backbone', from: dice.pick(pops) }
      : cables.length > 0 && dice.chance(0.3)
        ? { carries: dice.pick(cables.filter((name) => !name.includes('*'))) }
        : { up: dice.pick(services) };
  const until = dice.int(at + 1, RUN - 1);
  draft.forces.hand = {
    ...question,
    holds: dice.chance(0.3),
    at: `${at}m`,
    ...(healed ? { until: `${HALF}m` } : dice.chance(0.5) ? { until: `${until}m` } : {}),
  };
}
