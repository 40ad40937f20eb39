/** R17, R18, R19 where everything meets: what was added, asked or cut off moves nothing, in random scenarios of all mechanisms. */
import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import type { Asked } from '../../sim/compile.ts';
import type { Scenario } from '../../sim/model/scenario.ts';
import { type Run, scenarioOf, simulate } from '../support/scenario.ts';
import { scenarioText } from '../swarm/scenarios.ts';

const SEEDS = Array.from({ length: 40 }, (_, k) => String(1000 + k));

/** Every change with its rule and its cause; rounds and ids aside, which count what else happens. */
const lines = (run: Run, keep: (fact: string) => boolean = () => true): readonly string[] =>
  run
    .changes()
    .map(([at, fact, to], id) => ({ fact, line: `${at} ${fact} ${to} ${run.ruleOf(id)} by ${run.tippedBy(id)}` }))
    .filter(({ fact }) => keep(fact))
    .map(({ line }) => line);

test('R17 named luck: an unrelated corner of the world moves no line of the rest', () => {
  for (const seed of SEEDS) {
    const text = scenarioText(seed, false);
    const world = parse(text) as Record<'nodes' | 'faults' | 'tasks', Record<string, unknown>>;
    Object.assign(world.nodes, {
      'aside.x': { kind: 'service' },
      'aside.y': { kind: 'service', needs: ['aside.x'], downAfter: '1s..5m' },
      'aside.crew': { kind: 'team' },
    });
    Object.assign(world.faults, { 'aside.f': { to: 'aside.x', mtbf: 'exp(7m)', mttr: 'exp(2m)' } });
    world.tasks = { ...world.tasks, 'aside.t': { team: 'aside.crew', after: { not: 'aside.y' }, takes: '1m..9m' } };
    const more = simulate(stringify(world), { seed });
    expect(
      lines(more, (fact) => !fact.includes('aside')),
      seed,
    ).toEqual(lines(simulate(text, { seed })));
  }
});

/** Much that could be asked of a scenario. */
function questions({ nodes, links, tasks }: Scenario): readonly Asked[] {
  const asked: Asked[] = [];
  for (const { name } of nodes.values()) asked.push(['starting', name], ['well', name], ['serves', name]);
  for (const { name, bgp } of links.values()) if (bgp === null) asked.push(['carries', name]);
  for (const { name } of tasks.values()) asked.push(['stuck', name, '5m']);
  return asked;
}

test('R19 questions: whatever is watched besides, the live changes are the same', () => {
  for (const seed of SEEDS) {
    const scenario = scenarioOf(scenarioText(seed, false));
    const asked = simulate(scenario, { seed, asked: questions(scenario) });
    expect(asked.trace.digest, seed).toBe(simulate(scenario, { seed }).trace.digest);
  }
});

test('R18 determinism: a run cut short is the beginning of the whole', () => {
  for (const seed of SEEDS) {
    const scenario = scenarioOf(scenarioText(seed, false));
    const until = 3_600_000;
    const whole = simulate(scenario, { seed });
    const begun = whole.changes().filter(([at]) => at <= until).length;
    expect(lines(simulate(scenario, { seed, until })), seed).toEqual(lines(whole).slice(0, begun));
  }
});
