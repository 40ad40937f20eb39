/** The services of a scenario of the swarm: needs of every shape, with loops, things needed to start, standbys and delays. */
import { type Growth, type Json, together } from './draft.ts';
import { paths } from './network.ts';

export function growServices(growth: Growth): void {
  const { dice, services, tools, standbys, places } = growth;
  const count = dice.chance(0.2) ? dice.int(12, 30) : dice.int(3, 12);
  for (let i = 0; i < count; i++) (dice.chance(0.25) ? tools : services).push(`${tools.length + services.length}`);
  for (const list of [services, tools]) {
    const word = list === services ? 'svc' : 'tool';
    for (const [i, number] of list.entries()) list[i] = `${word}.${number}`;
  }
  if (services.length === 0) services.push('svc.last');
  const all = [...services, ...tools];
  if (dice.chance(0.4)) standbys.push('spare');
  const loops = dice.pick([0, 0.1, 0.3]);
  for (const [i, name] of all.entries()) {
    const place = places.length > 0 && dice.chance(0.6) ? dice.pick(places) : null;
    const older = all.slice(0, i);
    const others = dice.chance(loops) || older.length === 0 ? all.filter((other) => other !== name) : older;
    service(growth, name, place, others);
  }
  for (const standby of standbys) spare(growth, standby, dice.pick(all));
  growth.breakable.push(...all, ...standbys);
  growth.holding.push(...all.map((name): Json => (dice.chance(0.5) ? name : { up: name })));
  growth.holding.push({ up: dice.pick(['any svc.*', 'all svc.*', '60% of svc.*']) });
}

function service(growth: Growth, name: string, place: string | null, others: readonly string[]): void {
  const { dice, draft } = growth;
  const needs: Json[] = [];
  for (let k = others.length === 0 ? 0 : dice.int(0, 2); k > 0; k--) needs.push(...need(growth, place, others));
  draft.nodes[name] = {
    kind: name.startsWith('svc') ? 'service' : 'tool',
    ...(place ? { in: place } : {}),
    ...(needs.length > 0 ? { needs } : {}),
    ...(dice.chance(0.4) ? { downAfter: dice.draw(0, 120) } : {}),
    ...(dice.chance(0.4) ? { upAfter: dice.draw(0, 300) } : {}),
    ...(dice.chance(0.3) ? { startTakes: dice.draw(0, 300) } : {}),
    ...starting(growth, name, others),
    ...(dice.chance(0.2) && others.length > 0 ? { wants: [dice.pick(others)] } : {}),
  };
}

/** One thing needed: another service, several of which some suffice, a path, a name. */
function need(growth: Growth, place: string | null, others: readonly string[]): Json[] {
  const { dice, holding, standbys } = growth;
  const world = holding.filter((condition) => typeof condition === 'object');
  if (place && dice.chance(0.25)) return [timed(growth, paths(growth, place) as { [key: string]: Json })];
  if (world.length > 0 && dice.chance(0.25)) return [dice.pick(world)];
  const some = dice.some(others, dice.int(1, 3));
  if (dice.chance(0.5)) return some.length > 1 ? [{ up: some[0] as string }, some[1] as string] : some;
  if (standbys.length > 0 && dice.chance(0.3)) return [{ any: [...some, ...standbys] }];
  if (dice.chance(0.3)) return [timed(growth, { up: some[0] as string })];
  return [together(dice, some)];
}

/** A question with delays of its own, sometimes: a clause of its own. */
function timed({ dice }: Growth, question: { readonly [key: string]: Json }): Json {
  return {
    ...question,
    ...(dice.chance(0.4) ? { downAfter: dice.draw(0, 180) } : {}),
    ...(dice.chance(0.4) ? { upAfter: dice.draw(0, 180) } : {}),
  };
}

/** Needed to begin: what may itself depend on this, or a hand. */
function starting(
  { dice, startable }: Growth,
  name: string,
  others: readonly string[],
): { readonly [key: string]: Json } {
  if (others.length === 0 || !dice.chance(0.2)) return {};
  if (dice.chance(0.5)) startable.push(name);
  return { starts: dice.chance(0.3) ? { any: [] } : [dice.pick(others)] };
}

/** A standby rises when the one it stands by for is gone, and steps back, or stays, when that returns. */
function spare({ dice, draft }: Growth, name: string, of: string): void {
  const gone = { not: { up: of } };
  draft.nodes[name] = {
    kind: 'service',
    standby: true,
    ...(dice.chance(0.5) ? { starts: gone } : { needs: [gone], downAfter: `${dice.int(30, 300)}s` }),
    upAfter: `${dice.int(30, 300)}s`,
  };
}
