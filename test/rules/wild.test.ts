/**
 * R17, R18, R19 where everything meets: what was added, asked or cut off moves nothing, in random scenarios of all mechanisms; and
 * in the same scenarios hurried, in which a minute is a millisecond and much happens at once.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import type { Asked } from '../../sim/compile.ts';
import type { Scenario } from '../../sim/model/scenario.ts';
import { MINUTE, parseDuration } from '../../sim/model/units.ts';
import { type Run, scenarioOf, simulate } from '../support/scenario.ts';
import { scenarioText } from '../swarm/scenarios.ts';

const SEEDS = Array.from({ length: 40 }, (_, k) => String(1000 + k));

/** Each scenario as it is, and with every time span in it divided by a minute. */
const worlds = SEEDS.flatMap((seed): readonly (readonly [seed: string, text: string, minute: string])[] => {
  const text = scenarioText(seed, false);
  return [
    [seed, text, 'm'],
    [seed, hurried(text), 'ms'],
  ];
});
function hurried(text: string): string {
  const spans = /(?<![\w.:-])(?:\d+(?:\.\d+)?(?:ms|s|m|h|d))+(?!\w)/g;
  const all = text.replace(spans, (span) => `${Math.max(1, Math.floor((parseDuration(span) ?? 0) / MINUTE))}ms`);
  // Who waits longer and longer begins with less than the most.
  return all.replace(/("?most"?: ?"?)1ms\b/g, (_, key: string) => `${key}2ms`);
}

/** Every change with its rule and its cause; rounds and ids aside, which count what else happens. */
const lines = (run: Run, keep: (fact: string) => boolean = () => true): readonly string[] =>
  run
    .changes()
    .map(([at, fact, to], id) => ({ fact, line: `${at} ${fact} ${to} ${run.ruleOf(id)} by ${run.tippedBy(id)}` }))
    .filter(({ fact }) => keep(fact))
    .map(({ line }) => line);

test('R17 named luck: an unrelated corner of the world moves no line of the rest', () => {
  for (const [seed, text, minute] of worlds) {
    const world = parse(text) as Record<'nodes' | 'faults' | 'tasks', Record<string, unknown>>;
    Object.assign(world.nodes, {
      'aside.x': { kind: 'service' },
      'aside.y': { kind: 'service', needs: ['aside.x'], downAfter: `1ms..5${minute}` },
      'aside.crew': { kind: 'team' },
    });
    Object.assign(world.faults, { 'aside.f': { to: 'aside.x', mtbf: `exp(7${minute})`, mttr: `exp(2${minute})` } });
    world.tasks = {
      ...world.tasks,
      'aside.t': { team: 'aside.crew', after: { not: 'aside.y' }, takes: `1ms..9${minute}` },
    };
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
  for (const [seed, text] of worlds) {
    const scenario = scenarioOf(text);
    const asked = simulate(scenario, { seed, asked: questions(scenario) });
    expect(asked.trace.digest, seed).toBe(simulate(scenario, { seed }).trace.digest);
  }
});

test('R18 determinism: a run cut short is the beginning of the whole', () => {
  for (const [seed, text, minute] of worlds) {
    const scenario = scenarioOf(text);
    const until = parseDuration(`100${minute}`) as number;
    const whole = simulate(scenario, { seed });
    const begun = whole.changes().filter(([at]) => at <= until).length;
    expect(lines(simulate(scenario, { seed, until })), seed).toEqual(lines(whole).slice(0, begun));
  }
});

const SHIPPED = new URL('../../scenarios/', import.meta.url);
const files = readdirSync(SHIPPED, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml'));

test.each(files)(
  'R16 causes: %s keeps the laws of all traces, in every variant',
  (file) => {
    const text = readFileSync(new URL(file, SHIPPED), 'utf8');
    const scenario = scenarioOf(text);
    expect(simulate(scenario).trace.count).toBeGreaterThan(0);
    for (const variant of scenario.variants.keys()) simulate(text, { variant });
  },
  120_000,
);
