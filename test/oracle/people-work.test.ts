/** People at work against a second reckoning on random scenarios, and against what one works out by hand (R14). */
import { describe, expect, test } from 'vitest';
import { SECOND, simulate } from '../support/scenario.ts';
import { Dice } from '../swarm/dice.ts';
import { jobsOf, reckon, SIZES, type Team, type Term, type Work, type World } from './work.ts';

const RUN = 150;
const TOOLS = ['chat', 'key', 'phones'];

function randomWorld(seed: string): World {
  const dice = new Dice(seed);
  const teams: readonly Team[] = dice.chance(0.8) ? ['crew', 'night'] : ['crew'];
  const breaks = [...TOOLS, ...TOOLS, ...teams];
  const faults: { to: string; at: number; lasts: number }[] = [];
  for (let k = dice.int(6, 14); k > 0; k--) {
    const last = faults.at(-1);
    // Some follow upon another in the very moment in which it is over.
    if (last && dice.chance(0.2)) faults.push({ to: last.to, at: last.at + last.lasts, lasts: dice.int(1, 20) });
    else faults.push({ to: dice.pick(breaks), at: dice.int(0, RUN - 40), lasts: dice.int(1, 30) });
  }
  const tasks: { [name: string]: World['tasks'][string] } = {};
  const term = (chances: readonly number[]): Term => {
    const luck = dice.next();
    const tool = dice.pick(TOOLS);
    const known = Object.keys(tasks);
    if (known.length > 0 && luck < (chances[0] as number)) return { ask: { done: dice.pick(known) } };
    if (known.length > 0 && luck < (chances[1] as number)) return { ask: { done: dice.pick(known) }, not: true };
    return luck < (chances[2] as number) ? { ask: { fault: tool } } : { ask: { up: tool }, not: luck < 0.9 };
  };
  const work = (apart: boolean, losses = ['pause', 'restart', 'fail']): Work => {
    const both = teams.length > 1 && dice.chance(0.4);
    const team = both ? { crew: dice.int(1, 2), night: 1 } : { [dice.pick(teams)]: 1 };
    return {
      team,
      takes: dice.int(1, 25),
      onLoss: dice.pick(losses),
      ...(dice.chance(0.7) ? { needs: [{ ask: { up: dice.pick(TOOLS) } }] } : {}),
      ...(dice.chance(0.15) ? { until: [term([0.4, 0.4, 0.7])] } : {}),
      ...(apart ? {} : { after: [term([0.3, 0.4, 0.7])] }),
    };
  };
  for (const name of dice.some(['a', 'b', 'c', 'd'], dice.int(2, 4))) {
    if (dice.chance(0.6)) {
      tasks[name] = { ...work(false), ...(dice.chance(0.1) ? { needs: [term([1, 1, 1])] } : {}) };
      continue;
    }
    const { after, until } = work(false);
    const stuck: Term = { ask: { stuck: `${name}.one`, for: `${dice.int(1, 9)}s` } };
    const late = dice.chance(0.5) ? { after: [stuck] } : {};
    const losses = dice.pick([['pause', 'restart'], ['fail']]);
    const ways = { one: work(dice.chance(0.6), losses), two: { ...work(dice.chance(0.3), losses), ...late } };
    tasks[name] = { ...(after ? { after } : {}), ...(until ? { until } : {}), ways };
  }
  const channels = dice.some(TOOLS, 2);
  const some = () => (dice.chance(0.2) ? undefined : [channels[0] as string, ...dice.some(TOOLS, 1)]);
  return { faults, talks: { crew: some(), night: some() }, tasks };
}

/** As authors write it. */
function written({ faults, talks, tasks }: World): string {
  const condition = (terms: readonly Term[]) => ({ all: terms.map(({ ask, not }) => (not ? { not: ask } : ask)) });
  const work = (work: Work): object => ({
    ...work,
    ...(work.takes === undefined ? {} : { takes: `${work.takes}s` }),
    ...(work.after ? { after: condition(work.after) } : {}),
    ...(work.needs ? { needs: condition(work.needs) } : {}),
    ...(work.until ? { until: condition(work.until) } : {}),
  });
  const named = (works: { readonly [name: string]: World['tasks'][string] }): object =>
    Object.fromEntries(
      Object.entries(works).map(([name, one]) => [
        name,
        { ...work(one), ...(one.ways ? { ways: named(one.ways) } : {}) },
      ]),
    );
  const team = (name: Team) => ({ kind: 'team', size: SIZES[name], ...(talks[name] ? { talks: talks[name] } : {}) });
  const nodes = {
    ...Object.fromEntries(TOOLS.map((name) => [name, { kind: 'tool' }])),
    crew: team('crew'),
    night: team('night'),
  };
  const broken = faults.map(({ to, at, lasts }, k) => [`f${k}`, { at: `${at}s`, for: `${lasts}s`, to }]);
  return inYaml(nodes, Object.fromEntries(broken), named(tasks));
}
const inYaml = (nodes: object, faults: object, tasks: object): string =>
  `nodes: ${JSON.stringify(nodes)}\nfaults: ${JSON.stringify(faults)}\ntasks: ${JSON.stringify(tasks)}`;

/** What is rare: a way that takes its task up again, two ways that end at once, one called anew as it ends, stuck and done at once. */
const RARE = [81, 364, 986, 617, 2325, 490, 1467, 863];
const SEEDS = [...Array.from({ length: 60 }, (_, k) => k), ...RARE].map((k) => `work ${k}`);

test.each(SEEDS)('the second reckoning agrees: %s', (seed) => {
  const world = randomWorld(seed);
  const names = jobsOf(world).map(({ name }) => name);
  const run = simulate(written(world), { until: RUN * SECOND, asked: names.map((name) => ['task', name] as const) });
  for (const [now, row] of reckon(world, RUN).rows.entries())
    expect(`${now}: ${names.map((name) => `${name} ${run.at(`task/${name}`, now * SECOND)}`).join(', ')}`).toBe(
      `${now}: ${row}`,
    );
});

test('in all of that there was everything to be seen', () => {
  const seen = new Set(SEEDS.flatMap((seed) => [...reckon(randomWorld(seed), RUN).seen]));
  const states = ['idle', 'waiting', 'working', 'paused', 'done', 'failed', 'cancelled'];
  const losses = ['pause', 'restart', 'fail', 'channel lost'];
  const ways = ['a way called off by another', 'no way left', 'taken up again by a way'];
  const others = ['called again', 'no free hand', 'the longest ready before the first by name'];
  expect([...seen].sort()).toEqual([...states, ...losses, ...ways, ...others].sort());
});

describe.each([
  [1, 2],
  [3, 7],
  [10, 11],
  [13, 40],
])('by hand: what is needed is there for %d of every %d seconds', (there, every) => {
  const broken = Array.from({ length: 40 }, (_, k) => [
    `f${k}`,
    { at: `${k * every + there}s`, for: `${every - there}s`, to: 'key' },
  ]);
  const ends = (takes: number, onLoss: string) =>
    simulate(
      inYaml(
        { key: { kind: 'tool' }, x: { kind: 'service' }, crew: { kind: 'team' } },
        { f: { at: `${every}s`, to: 'x' }, ...Object.fromEntries(broken) },
        { fix: { team: 'crew', after: { fault: 'x' }, needs: 'key', takes: `${takes}s`, onLoss } },
      ),
      { until: 40 * every * SECOND },
    )
      .times('task/fix', 'done')
      .map((at) => at / SECOND);
  const lengths = [1, there, there + 1, 2 * there, 2 * there + 1, 5 * there + 2, 20 * there];

  test.each(lengths)('%d seconds of work that pauses end after so many whole turns and the rest', (takes) => {
    const turns = Math.ceil(takes / there) - 1;
    expect(ends(takes, 'pause')).toEqual([every + turns * every + (takes - turns * there)]);
  });
  test.each(lengths)('%d seconds of work that starts anew end in one turn or never', (takes) => {
    expect(ends(takes, 'restart')).toEqual(takes <= there ? [every + takes] : []);
    expect(ends(takes, 'fail')).toEqual(takes <= there ? [every + takes] : []);
  });
});
