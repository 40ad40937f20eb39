/** How much each site that announces a prefix is asked: against a slow reference, and what becomes of sites that return to a world that waits. */
import { describe, expect, test } from 'vitest';
import { Reasons } from '../../sim/analysis/why.ts';
import { askedAnew } from '../../sim/mechanisms/naming/theory.ts';
import type { Draw } from '../../sim/model/luck.ts';
import type { Scenario } from '../../sim/model/scenario.ts';
import { MINUTE, problemsOf, type Run, SECOND, scenarioOf, simulate } from '../support/scenario.ts';
import { Dice } from '../swarm/dice.ts';

const HOUR = 60 * MINUTE;
type Says = Readonly<Record<string, unknown>>;

/** A random world of sites, prefixes, zones and resolvers, and what happens to it, with a taste for the same millisecond. */
function wild(seed: string, timed = false): string {
  const dice = new Dice(seed);
  const nodes: Record<string, Says> = { top: { kind: 'nameserver' }, eye: { kind: 'tool', standby: true } };
  const sites = Array.from({ length: dice.int(2, 7) }, (_, i) => `site.${i}`);
  for (const site of sites) nodes[site] = { kind: 'pop' };
  const prefixes: Record<string, Says> = {};
  const blocks = Array.from({ length: dice.int(1, 3) }, (_, i) => `block.${i}`);
  for (const block of blocks) {
    prefixes[block] = {
      from: dice.some(sites, dice.int(1, sites.length)),
      ...(dice.chance(0.5) ? { withdrawAfter: dice.span(0, 60) } : {}),
      ...(dice.chance(0.7) ? { capacity: dice.int(2, 40), recovers: 1.5 } : {}),
    };
    nodes[`ns.${block}`] = { kind: 'nameserver', in: prefixes[block].from, prefix: block };
  }
  const zones: Record<string, Says> = { top: { nameservers: 'top', ttl: '10m' } };
  for (let i = dice.int(1, 3); i > 0; i--)
    zones[`zone.${i}`] = {
      nameservers: dice.some(blocks, dice.int(1, blocks.length)).map((block) => `ns.${block}`),
      ttl: dice.span(10, 900),
      ...(dice.chance(0.4) ? { under: 'top' } : {}),
      ...(dice.chance(0.2) ? { serversIn: 'top' } : {}),
    };
  const names = Object.keys(zones).filter((name) => name !== 'top');
  const loads = dice.chance(0.5);
  for (let i = dice.int(1, 4); i > 0; i--) {
    const demand = loads || dice.chance(0.5);
    nodes[`r.${i}`] = {
      kind: 'resolver',
      tries: dice.int(1, 5),
      ...(loads && dice.chance(0.3) ? {} : { failureCache: dice.chance(0.3) ? '5s..25s' : dice.span(1, 60) }),
      ...(demand
        ? { demand: Object.fromEntries(dice.some(names, 2).map((zone) => [zone, dice.int(1, 30) / 100])) }
        : {}),
      ...(loads ? { load: dice.int(1, 50) } : {}),
      ...(dice.chance(0.3) ? { serveStale: '20m' } : {}),
      ...(dice.chance(0.3) ? { caches: dice.int(2, 9) } : {}),
    };
  }
  if (timed) {
    // Of some resolvers it is said how far the servers are; often some of these are alike.
    const far = new Dice(`${seed}, far`);
    for (const [name, says] of Object.entries(nodes))
      if (says.kind === 'resolver' && far.chance(0.7)) {
        const times = ['top', ...blocks.map((block) => `ns.${block}`)].map((ns) => [ns, `${20 * far.int(1, 4)}ms`]);
        nodes[name] = { ...says, rtt: Object.fromEntries(times), band: `${far.pick([0, 20, 40])}ms` };
      }
  }
  const faults: Record<string, Says> = {};
  const hit = (to: string, from: number) => {
    faults[`f${Object.keys(faults).length}`] = { to, at: `${from}m`, for: `${dice.int(1, 90)}m` };
  };
  for (const site of sites) hit(site, dice.chance(0.5) ? 20 : dice.int(10, 40));
  for (const other of ['top', 'r.1', ...sites]) if (dice.chance(0.4)) hit(other, dice.int(100, 200));
  const sections = { nodes, prefixes, zones, faults };
  return `netfall: 1\nid: wild\ntitle: Wild\nclock: { start: 2021-10-04T15:30:00Z, run: 8h }\n${Object.entries(sections)
    .map(([name, section]) => `${name}: ${JSON.stringify(section)}`)
    .join('\n')}`;
}

const medianOf = (law: Draw | null): number =>
  law === null ? 0 : law.law === 'fixed' ? law.value : law.law === 'uniform' ? (law.low + law.high) / 2 : Number.NaN;

/** The servers in a prefix are sites of one, equally far. */
const firstIn = (scenario: Scenario, prefix: string): string =>
  [...scenario.nodes.values()].find(({ prefixes }) => prefixes.includes(prefix))?.name as string;

/** What each site of a prefix is asked at a moment, from scratch, for what was announced and answered then. */
function reference(scenario: Scenario, is: (fact: string) => unknown, prefix: string): number {
  const announcing = (name: string): number =>
    (scenario.prefixes.get(name)?.sites ?? []).filter(({ site }) => is(`announces/${site}/${name}`) === true).length;
  if (announcing(prefix) === 0) return 0;
  let [asked, usual] = [0, 0];
  for (const zone of scenario.zones.values()) {
    const mine = new Set(zone.nameservers.flatMap((server) => scenario.nodes.get(server)?.prefixes ?? []));
    if (!mine.has(prefix)) continue;
    for (const { name, resolver, failureCache } of scenario.nodes.values()) {
      if (!resolver) continue;
      const share = resolver.demand.find((one) => one.zone === zone.name)?.share ?? 0;
      const weight = resolver.demand.length === 0 ? 1 : share * (resolver.load ?? 1);
      if (weight === 0) continue;
      // A question every so many milliseconds in each cache; with an answer it lives a TTL, without one a failure is remembered.
      const gap = resolver.load === null ? 0 : (SECOND * resolver.caches) / (resolver.load * share);
      const anew = Math.max(1, resolver.tries / (medianOf(failureCache) + gap) / (1 / (zone.ttl + gap)));
      const lost =
        is(`up/${name}`) === false ||
        (zone.under !== null && is(`delegated/${name}/${zone.name}`) === false) ||
        (zone.serversIn !== null && is(`resolves/${name}/${zone.serversIn}`) === 'servfail');
      const word = is(`resolves/${name}/${zone.name}`);
      const often = lost ? 0 : word === 'servfail' || word === 'stale' ? anew : 1;
      const usually = weight * (resolver.load === null ? 1 / zone.ttl : gap / (zone.ttl + gap));
      // Which part of that falls to this prefix: all that are as near as that are asked alike.
      const part = (there: readonly string[]): number => {
        const far = (one: string): number => resolver.rtt.get(firstIn(scenario, one)) ?? 0;
        const nearest = Math.min(...there.map(far));
        const near = there.filter((one) => far(one) <= nearest + resolver.band);
        return near.includes(prefix) ? 1 / near.length : 0;
      };
      asked += usually * often * part([...mine].filter((one) => announcing(one) > 0));
      usual += usually * part([...mine]);
    }
  }
  return ((scenario.prefixes.get(prefix)?.sites.length ?? 0) / announcing(prefix)) * (asked / usual);
}

/** As on an ordinary day. */
const isUsual = (fact: string): unknown => (fact.startsWith('resolves/') ? 'ok' : true);

describe('in random worlds', () => {
  test.each([
    ['each site is asked what a slow reference makes of what is announced and answered', false],
    ['and so where resolvers know how far the servers are, and ask the nearest', true],
  ] as const)('%s', (_, timed) => {
    let [looked, late, over] = [0, 0, 0];
    const values = new Set<number>();
    for (let seed = 0; seed < 80; seed++) {
      const text = wild(`crowd ${seed}`, timed);
      const blocks = [...text.matchAll(/"(block\.\d)":\{/g)].map(([, name]) => name as string);
      // Of a prefix that nobody asks while nearer ones are there no multiple of the usual can be told.
      if (timed && problemsOf(text).some((says) => says.includes('as all resolvers have quicker ones'))) continue;
      const scenario = scenarioOf(text);
      const served = (block: string) =>
        [...scenario.nodes.values()].some(
          ({ resolver }) =>
            resolver !== null &&
            [...scenario.zones.values()].some(
              ({ name, nameservers }) =>
                nameservers.some((server) => scenario.nodes.get(server)?.prefixes.includes(block)) &&
                (resolver.demand.length === 0 || resolver.demand.some(({ zone }) => zone === name)),
            ),
        );
      const asked = blocks.filter((block) => served(block) && (!timed || reference(scenario, isUsual, block) > 0));
      const run = simulate(text, { asked: asked.map((block) => ['queries', block]) });
      over += run.changes('over/block').length;
      const moments = [...new Set(run.changes().map(([at]) => at))];
      for (const block of asked) {
        const fact = `queries/${block}`;
        expect(run.at(fact, 0)).toBe(1);
        for (const at of moments) {
          const known = (fact: string): unknown =>
            run.history.fact(fact) === undefined ? fact.startsWith('up/') : run.at(fact, at);
          const should = reference(scenario, known, block);
          const same = (value: number): boolean => Math.abs(value - should) <= 1e-7 * Math.max(1, should);
          looked++;
          values.add(should);
          if (same(run.at(fact, at) as number)) continue;
          // It had moved in this very millisecond, and moves once in each.
          late++;
          expect([seed, at, run.times(fact).includes(at)]).toEqual([seed, at, true]);
          if (!moments.includes(at + 1))
            expect([seed, at, same(run.at(fact, at + 1) as number)]).toEqual([seed, at, true]);
        }
      }
    }
    expect(looked).toBeGreaterThan(timed ? 1000 : 2000);
    expect(values.size).toBeGreaterThan(timed ? 150 : 300);
    expect(over).toBeGreaterThan(timed ? 20 : 40);
    expect(late).toBeGreaterThan(0);
    expect(late).toBeLessThan(looked / 20);
  });
});

/** `sites` sites that are all lost at 10 minutes past, and return one an hour; TTL 5 min. */
const returning = (sites: number, limits: string, traits: string, more = ''): string => `
netfall: 1
id: world
title: World
clock: { start: 2021-10-04T15:30:00Z, run: 40h }
nodes:
  "site.{1..${sites}}": { kind: pop }
  ns: { kind: nameserver, in: site.*, prefix: block }
  "r.{1..3}": { kind: resolver, ${traits} }
  users: { kind: population, via: { r.1: 100% }, does: [ read ] }
  eye: { kind: tool, standby: true, needs: [ { resolves: z, via: all r.* } ] }
prefixes: { block: { from: site.*${limits} } }
zones: { z: { nameservers: ns, ttl: 5m } }
journeys: { read: [ { resolves: z } ] }
faults: { ${Array.from({ length: sites }, (_, i) => `f.${i + 1}: { at: 10m, to: site.${i + 1}, for: ${i + 1}h }`).join(', ')}${more} }`;
/** The number of the site with whose return all resolvers have their name again; null: they never do. */
function backWith(run: Run): number | null {
  const back = ['r.1', 'r.2', 'r.3'].map((r) => run.times(`resolves/${r}/z`, 'ok')[0] ?? null);
  if (back.every((at) => at === null)) return null;
  const hours = back.map((at) => ((at as number) - 10 * MINUTE) / HOUR);
  for (const hour of hours) expect(hour - Math.floor(hour)).toBeLessThan(62 / 3600);
  expect(new Set(hours.map(Math.floor)).size).toBe(1);
  return Math.floor(hours[0] as number);
}

describe('sites that return one after the other to a world that waits', () => {
  // Without an answer each cache asks once in 10 s instead of once in 300 s, so all of it is 30 times as much, and of 8 sites n have 240/n.
  test.each([250, 200, 121, 119, 70, 61, 50, 41, 35, 31, 30.5])('with a capacity of %d', (capacity) => {
    const recovers = capacity - 0.25;
    const first = [1, 2, 3, 4, 5, 6, 7, 8].find((n) => 240 / n < recovers);
    const run = simulate(returning(8, `, capacity: ${capacity}, recovers: ${recovers}`, 'failureCache: 10s'));
    expect(backWith(run)).toBe(first);
    // Over from the first site that has too much until that one.
    const full = run.times('over/block', true);
    expect(full).toEqual(240 >= capacity ? [70 * MINUTE] : []);
    expect(run.times('over/block', false)).toEqual(full.map(() => 10 * MINUTE + (first as number) * HOUR));
    expect(run.at('queries/block', 39 * HOUR)).toBe(1);
  });

  test('between its limits a site that drowned goes on drowning', () => {
    const run = simulate(returning(8, ', capacity: 61, recovers: 41', 'failureCache: 10s'));
    // 60 with four is below the capacity, 40 with six is what it takes.
    expect(backWith(run)).toBe(6);
  });

  test('they never come back when all of the sites have not enough room, unless failures are remembered for longer', () => {
    const limits = ', capacity: 29, recovers: 28';
    const never = simulate(returning(8, limits, 'failureCache: 10s'), { asked: [['answers', 'r.1', 'ns@site.8']] });
    expect(backWith(never)).toBe(null);
    expect(never.at('queries/block', 39 * HOUR)).toBe(30);
    expect(never.at('works/users/read/r.1', 39 * HOUR)).toBe('name not resolved');
    expect(never.at('answers/r.1/ns@site.8', 39 * HOUR)).toBe(false);
    // 300/11 < 28, and with 60 s five times as much are 40/n.
    expect(backWith(simulate(returning(8, limits, 'failureCache: 11s')))).toBe(8);
    expect(backWith(simulate(returning(8, limits, 'failureCache: 60s')))).toBe(2);
    // As often as they try they ask.
    expect(backWith(simulate(returning(8, limits, 'failureCache: 60s, tries: 5')))).toBe(8);
    expect(backWith(simulate(returning(8, limits, 'failureCache: 60s, tries: 6')))).toBe(null);
  });

  test('with no limit the first site serves all', () => {
    const run = simulate(returning(8, '', 'failureCache: 10s'), { asked: [['queries', 'block']] });
    expect(backWith(run)).toBe(1);
    expect(run.changes('over/')).toEqual([]);
    const rest = run.changes('queries/').map(([, , to]) => Number((to as number).toPrecision(4)));
    expect(rest.slice(0, 3)).toEqual([0, 240, 162.7]);
    expect(rest.slice(-3)).toEqual([1.333, 1.143, 1]);
  });

  test('with a load that is known, by how often questions come', () => {
    // A question a second in each of 4 caches: once in 301 s with answers, and once in 11 s without.
    const traits = 'failureCache: 10s, load: 40, demand: { z: 10% }, caches: 4';
    const run = simulate(returning(8, ', capacity: 100, recovers: 99', traits));
    expect(run.at('queries/block', 75 * MINUTE)).toBeCloseTo((8 * 301) / 11, 5);
    expect(backWith(run)).toBe(3);
    // Nothing remembered, and yet no more than is asked.
    const free = simulate(returning(8, ', capacity: 100, recovers: 99', 'load: 40, demand: { z: 10% }, caches: 4'));
    expect(free.at('queries/block', 75 * MINUTE)).toBeCloseTo(8 * 301, 5);
  });

  test('without an answer nobody asks less than with one, and many who forget at once ask without end', () => {
    expect(askedAnew(null, 60, 1, 300)).toBe(1);
    expect(askedAnew(10, 60, 1, 300)).toBe(1);
    expect(askedAnew(null, 60, 3, 0)).toBe(Infinity);
    expect(askedAnew(2, 60, 3, 0)).toBeCloseTo(3 * 121, 9);
    expect(askedAnew(1e9, 300, 3, 10)).toBeCloseTo(askedAnew(null, 300, 3, 10), 4);
  });
});

describe('the loss of a part', () => {
  const lost = (limits: string, ...sites: number[]) =>
    simulate(
      returning(8, limits, 'failureCache: 10s').replace(
        /faults:.*/,
        `faults: { f: { at: 10m, to: [ ${sites.map((n) => `site.${n}`).join(', ')} ] } }`,
      ),
      { asked: [['answers', 'r.1', 'ns@site.1']] },
    );

  test('is borne by the rest while they have room, and takes the rest with it when they have not', () => {
    const borne = lost(', capacity: 3, recovers: 2', 1, 2, 3, 4, 5);
    expect(borne.at('queries/block', HOUR)).toBeCloseTo(8 / 3, 6);
    expect([...borne.changes('over'), ...borne.changes('resolves')]).toEqual([]);
    const broken = lost(', capacity: 3, recovers: 2', 1, 2, 3, 4, 5, 6);
    expect(broken.times('over/block')).toEqual([10 * MINUTE]);
    // Caches hide it for up to a TTL, and only then do they ask again and again.
    expect(broken.at('queries/block', 10 * MINUTE)).toBe(4);
    const fall = broken.changes('resolves/');
    expect(fall.map(([, , to]) => to)).toEqual(['servfail', 'servfail', 'servfail']);
    expect(fall.every(([at]) => at > 10 * MINUTE && at < 15 * MINUTE)).toBe(true);
    expect(broken.at('queries/block', HOUR)).toBe(120);
  });

  test('is tipped by what it last heard of, and follows from all that is announced and answered', () => {
    const run = lost(', capacity: 3, recovers: 2', 3, 4, 5, 6, 7, 8);
    const steps = run.changes('queries/').map(([at]) => run.tippedBy(run.change('queries/block', at)));
    expect(steps[0]).toMatch(/^announces\/site\.[3-8]\/block$/);
    expect(steps.slice(1).sort()).toEqual(['resolves/r.1/z', 'resolves/r.2/z', 'resolves/r.3/z']);
    expect(run.tippedBy(run.change('over/block'))).toBe('queries/block');
    expect(run.tippedBy(run.change('answers/r.1/ns@site.1'))).toBe('over/block');
  });

  test('in several steps of one instant moves what is asked once in a millisecond', () => {
    const run = simulate(
      returning(8, ', capacity: 30, recovers: 20', 'failureCache: 10s').replace(
        /faults:.*/,
        'faults: { f: { at: 10m, to: site.1 }, g: { after: { not: site.1 }, to: site.2 } }',
      ),
    );
    expect(run.changes('announces/').map(([at]) => at)).toEqual([10 * MINUTE, 10 * MINUTE]);
    expect(run.changes('queries/').map(([at, , to]) => [at - 10 * MINUTE, to])).toEqual([
      [0, 1.14285714],
      [1, 1.33333333],
    ]);
  });

  test('does not follow from what becomes of resolvers in that very moment', () => {
    const run = simulate(
      returning(8, ', capacity: 30, recovers: 20', 'failureCache: 10s').replace(
        /faults:.*/,
        'faults: { f: { at: 10m, to: [ site.1, r.3 ] } }',
      ),
    );
    const reasons = new Reasons(run.plan, run.trace);
    const because = (at: number) => reasons.because(run.change('queries/block', at)).map((id) => run.factOf(id));
    expect(run.at('queries/block', 10 * MINUTE)).toBeCloseTo(8 / 7, 8);
    expect(because(10 * MINUTE)).toEqual(['announces/site.1/block']);
    expect(run.at('queries/block', 10 * MINUTE + 1)).toBeCloseTo((8 / 7) * (2 / 3), 8);
    expect(because(10 * MINUTE + 1).sort()).toEqual(['announces/site.1/block', 'resolves/r.3/z', 'up/r.3']);
  });

  test('is there from the start, where it is older', () => {
    const older = (sites: string) =>
      simulate(
        returning(8, ', capacity: 3, recovers: 2', 'failureCache: 10s').replace(
          /faults:.*/,
          `faults: { f: { before: true, to: [ "site.${sites}", "ns@site.${sites}" ] } }`,
        ),
      );
    expect(older('{1..4}').changes('queries/')).toEqual([[0, 'queries/block', 2]]);
    expect(older('{1..4}').changes('over/')).toEqual([]);
    expect(older('{1..6}').changes('over/')).toEqual([[0, 'over/block', true]]);
  });
});

describe('a resolver', () => {
  const world = (faults: string, zone = '') =>
    simulate(
      returning(2, ', capacity: 100, recovers: 90', 'failureCache: 10s')
        .replace(/faults:.*/, `faults: { ${faults} }`)
        .replace('ttl: 5m }', `ttl: 5m${zone} }, top: { nameservers: top, ttl: 1h }`)
        .replace('  users:', '  top: { kind: nameserver }\n  users:'),
    );

  test('that is down, or has forgotten whom to ask, asks nobody', () => {
    expect(world('f: { at: 10m, to: r.1 }').at('queries/block', HOUR)).toBeCloseTo(2 / 3, 8);
    const forgot = world('f: { at: 10m, to: top }', ', under: top');
    expect(forgot.at('queries/block', 10 * MINUTE)).toBe(1);
    expect(forgot.at('queries/block', 2 * HOUR)).toBe(0);
    const lost = world('f: { at: 10m, to: top }', ', serversIn: top');
    expect(lost.at('queries/block', 2 * HOUR)).toBe(0);
  });

  test('that gives dead answers asks as often as one without', () => {
    const text = returning(8, ', capacity: 29, recovers: 28', 'failureCache: 10s, serveStale: 100h');
    const run = simulate(text);
    expect(run.at('resolves/r.1/z', 39 * HOUR)).toBe('stale');
    expect(run.at('queries/block', 39 * HOUR)).toBe(30);
  });

  test('waits for servers that are asked too much: they do not refuse', () => {
    const lost = (limits: string, timeout: string, more = '') =>
      simulate(
        returning(8, limits, `failureCache: 10s, timeout: ${timeout}`).replace(
          /faults:.*/,
          `faults: { f: { at: 10m, to: "site.{1..6}" }${more} }`,
        ),
      ).times('resolves/r.1/z', 'servfail')[0] as number;
    const full = ', capacity: 3, recovers: 2';
    const processes = ', g: { at: 10m, to: "ns@site.{7,8}" }';
    const hasty = lost(full, '0s');
    expect(lost(full, '20s')).toBe(hasty + 20 * SECOND);
    expect(lost(full, '20s', processes)).toBe(hasty + 20 * SECOND);
    // With room, hosts that are reached say at once that nothing listens there; those that are lost say nothing.
    expect(lost('', '20s', processes)).toBe(hasty + 20 * SECOND);
    expect(lost('', '20s', ', g: { at: 10m, to: ns }')).toBe(hasty + 20 * SECOND);
  });

  test('is refused by all its servers at once only where none is asked too much', () => {
    // One server at each of two sites; the first zone's servers alone decide.
    const text = (limits: string, timeout: string) => `
nodes:
  "site.{1,2}": { kind: pop }
  ns: { kind: nameserver, in: site.1, prefix: block }
  r: { kind: resolver, failureCache: 10s, timeout: ${timeout} }
  eye: { kind: tool, standby: true, needs: [ { resolves: z, via: r } ] }
prefixes: { block: { from: site.*${limits} } }
zones: { z: { nameservers: ns, ttl: 5m } }
faults: { f: { at: 10m, to: site.2 }, g: { at: 10m, to: ns } }`;
    const fails = (limits: string, timeout: string) =>
      simulate(text(limits, timeout)).times('resolves/r/z', 'servfail')[0] as number;
    const hasty = fails('', '0s');
    expect(fails('', '20s')).toBe(hasty);
    expect(fails(', capacity: 2, recovers: 1.5', '20s')).toBe(hasty + 20 * SECOND);
  });
});

describe('what is said of it', () => {
  const limits = ', capacity: 29, recovers: 28';
  const base = returning(8, limits, 'failureCache: 10s');

  test('is a question, a claim, and part of every run where there is a capacity', () => {
    const text = base.replace(
      /faults: \{ /,
      'faults: { h: { after: { over: block }, to: eye }, g: { after: { queries: block, above: 100, below: 90 }, to: r.3 }, ',
    );
    const run = simulate(
      `${text}\ncheckpoints: { most: { says: most, max: queries/block, accept: ..240 }, all: { says: all, max: "queries/bl*" }, ratio: { says: so often, ratio: { of: queries/block, to: before } } }`,
    );
    expect(run.times('fault/eye')).toEqual([70 * MINUTE]);
    expect(run.times('fault/r.3')).toEqual([70 * MINUTE]);
    expect(simulate(base).changes('queries/block').length).toBeGreaterThan(8);
    const unasked = base.replace(/ {2}users:.*\n {2}eye:.*\n/, '').replace(/journeys:.*\n/, '');
    expect(simulate(unasked).changes('queries/block').length).toBeGreaterThan(8);
    expect(simulate(returning(8, '', 'failureCache: 10s')).history.fact('queries/block')).toBeUndefined();
  });

  test('needs a resolver that asks, and one that can be known how often it asks', () => {
    const unasked = base
      .replace('failureCache: 10s', 'failureCache: 10s, demand: { other: 1% }')
      .replace('zones: {', 'zones: { other: { nameservers: top, ttl: 5m },')
      .replace('  users:', '  top: { kind: nameserver }\n  users:');
    expect(problemsOf(unasked)).toEqual([]);
    expect(simulate(unasked).history.fact('queries/block')).toBeUndefined();
    const over = unasked.replace(/faults: \{ /, 'faults: { h: { after: { over: block }, to: eye }, ');
    expect(() => simulate(over)).toThrow(
      /^small\.yaml:13:13: prefixes\.block: .*no resolver asks for a zone with a nameserver in it/,
    );
    const restless = problemsOf(returning(8, limits, 'tries: 2'));
    expect(restless.length).toBe(3);
    expect(restless[0]).toMatch(/how often r\.1 asks .* \(say under `failureCache`/);
    expect(problemsOf(returning(8, limits, 'failureCache: 0s')).length).toBe(3);
    expect(problemsOf(returning(8, '', 'tries: 2'))).toEqual([]);
    expect(
      problemsOf(returning(8, '', 'failureCache: 10s', ', h: { after: { over: block }, to: eye }')).join(),
    ).toMatch(/over\/block is asked for: it has no capacity/);
  });

  test('has a name of its own', () => {
    const named = (name: string) => base.replaceAll('block', name);
    expect(problemsOf(named('z')).join()).toMatch(/"z" is a zone too, .*give one of them another name/);
    expect(problemsOf(named('r.1')).join()).toMatch(/"r\.1" is a resolver too/);
    // How much others are asked nobody asks, unless by the same word.
    expect(problemsOf(named('users'))).toEqual([]);
    const asked = named('users').replace(/faults: \{ /, 'faults: { h: { after: { over: users }, to: eye }, ');
    expect(problemsOf(asked).join()).toMatch(/"users" is a node and a prefix \(give one of them another name/);
  });

  test('what hangs on it and moves it in turn needs a gap', () => {
    const feeds = (below: string) =>
      returning(8, `, while: { not: { queries: block, above: 50${below} } }`, 'failureCache: 10s');
    expect(problemsOf(feeds('')).join()).toMatch(/say under `below`/);
    expect(problemsOf(feeds(', below: 40'))).toEqual([]);
  });
});
