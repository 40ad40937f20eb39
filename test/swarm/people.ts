/** People in a scenario of the swarm: teams, tasks and their ways, monitors, rates that feed back, journeys and their makers. */
import type { Dice } from './dice.ts';
import { type Growth, type Json, together, trouble } from './draft.ts';

export function growPeople(growth: Growth): void {
  const { dice, draft, teams, tools, services, revertible, holding } = growth;
  for (let i = dice.int(1, 2); i > 0; i--) {
    teams.push(`team.${i}`);
    draft.nodes[`team.${i}`] = {
      kind: 'team',
      size: dice.int(1, 2),
      ...(tools.length > 0 && dice.chance(0.3) ? { needs: [{ up: 'any tool.*' }] } : {}),
    };
  }
  const sees: Json[] = [];
  if (dice.chance(0.5)) {
    draft.nodes.monitor = {
      kind: 'monitor',
      watches: trouble(growth),
      after: dice.draw(0, 300),
      ...(dice.chance(0.3) ? { needs: [dice.pick([...services, ...tools])] } : {}),
    };
    sees.push({ sees: 'monitor' });
  }
  for (let i = dice.int(1, 4); i > 0; i--) {
    draft.tasks[`see.${i}`] = {
      team: dice.pick(teams),
      after: sees.length > 0 && dice.chance(0.5) ? (sees[0] as Json) : trouble(growth),
      takes: dice.draw(0, 600),
      ...loss(growth),
    };
    const undo = dice.some(revertible, 1);
    draft.tasks[`fix.${i}`] = {
      ...(dice.chance(0.4) ? ways(growth, i) : { ...work(growth), after: `see.${i}` }),
      ...(undo.length > 0 ? { does: { revert: undo[0] as string } } : {}),
      ...(dice.chance(0.15) ? { until: { all: dice.some(holding, 3) } } : {}),
    };
  }
}

/** What teams talk over, and a door that some of them must pass; with dice of its own. */
export function growMeeting({ draft, teams, tools, services }: Growth, dice: Dice): void {
  const things = [...services, ...tools];
  draft.nodes.phones = { kind: 'tool', needs: dice.some(things, dice.int(0, 2)) };
  for (const team of teams) {
    if (dice.chance(0.3)) continue;
    (draft.nodes[team] as Record<string, Json>).talks = ['phones', ...dice.some(tools, dice.int(0, 2))];
  }
  draft.nodes.door = {
    kind: 'access',
    needs: dice.some(things, dice.int(1, 2)),
    ...(dice.chance(0.7) ? { alone: dice.chance(0.3) ? 'forever' : dice.draw(60, 3600) } : {}),
    ...(dice.chance(0.3) ? { upAfter: dice.draw(0, 60) } : {}),
  };
  for (const [name, task] of Object.entries(draft.tasks) as [string, Record<string, Json>][])
    if (name.startsWith('fix.') && !('ways' in task) && !('needs' in task) && dice.chance(0.5)) task.needs = 'door';
}

function work(growth: Growth): { readonly [key: string]: Json } {
  const { dice, teams, holding } = growth;
  return {
    team: dice.chance(0.2) ? teams : dice.pick(teams),
    takes: dice.draw(1, 1800),
    ...(dice.chance(0.5) ? { needs: together(dice, dice.some(holding, dice.int(1, 2))) } : {}),
    ...loss(growth),
  };
}

function ways(growth: Growth, i: number): { readonly [key: string]: Json } {
  return {
    ways: {
      remote: { ...work(growth), after: `see.${i}` },
      'by-hand': { ...work(growth), after: { stuck: `fix.${i}.remote`, for: growth.dice.span(1, 1200) } },
    },
  };
}

const loss = ({ dice }: Growth): { readonly [key: string]: Json } =>
  dice.chance(0.4) ? { onLoss: dice.pick(['pause', 'restart', 'fail']) } : {};

/** A rate that grows with trouble and, above a limit, takes a service down: a loop through a number. */
export function growRates(growth: Growth): void {
  const { dice, draft, services } = growth;
  draft.rates.load = {
    unit: 'requests a second',
    rest: dice.int(0, 10),
    while: trouble(growth),
    to: dice.int(80, 200),
    over: dice.span(0, 1200),
    back: dice.span(30, 1200),
  };
  const above = dice.int(40, 79);
  const below = dice.int(11, above - 1);
  const limit: Json = { not: { rate: 'load', above, below } };
  for (const name of dice.some(services, 2)) {
    const node = draft.nodes[name] as { readonly [key: string]: Json };
    const needs = (node.needs as readonly Json[] | undefined) ?? [];
    draft.nodes[name] = { ...node, needs: [...needs, limit], downAfter: dice.draw(1, 60), upAfter: dice.draw(30, 300) };
  }
  growth.holding.push(limit);
}

export function growDemand(growth: Growth): void {
  const { dice, draft, resolvers, pops } = growth;
  const stages: Json[] = [];
  if (resolvers.length > 0) stages.push({ resolves: 'zone.1' });
  if (pops.length > 0) stages.push({ reach: 'any dc.*', over: 'backbone', from: dice.pick(pops) });
  stages.push({ up: dice.pick(['any svc.*', '60% of svc.*', 'all svc.*']), else: dice.pick(['server error', 'slow']) });
  draft.journeys.visit = stages;
  draft.journeys.call = [{ works: 'visit' }, { ...(trouble(growth) as object), else: 'overloaded' }].slice(0, 1);
  for (let i = dice.int(1, 2); i > 0; i--) {
    const [first, second] = dice.some(resolvers, 2);
    draft.nodes[`users.${i}`] = {
      kind: 'population',
      does: dice.chance(0.3) ? ['visit', 'call'] : ['visit'],
      ...(dice.chance(0.8) ? { people: dice.int(1, 1_000_000) } : {}),
      ...(first ? { via: second ? { [first]: '30%', [second]: 'rest' } : { [first]: 'rest' } } : {}),
    };
  }
  if (!Object.values(draft.nodes).some((node) => JSON.stringify(node).includes('"call"'))) delete draft.journeys.call;
}

/** A claim and a caption: conditions that are only watched. */
export function growWatch(growth: Growth): void {
  const { draft } = growth;
  draft.checkpoints.quiet = { says: 'Nothing of this ever happens', never: trouble(growth) };
  draft.story.first = { first: trouble(growth), says: 'It begins.' };
}
