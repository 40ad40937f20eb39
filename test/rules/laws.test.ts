/** R24: laws of scenarios with fixed delays, no calendar and no `not`; and where they end. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Reasons } from '../../sim/analysis/why.ts';
import type { FactKind } from '../../sim/model/facts.ts';
import type { Force, Scenario } from '../../sim/model/scenario.ts';
import type { Run } from '../support/scenario.ts';
import { MINUTE, simulate } from '../support/scenario.ts';

interface Need {
  readonly least: number;
  readonly of: readonly number[];
}
interface Node {
  readonly needs: readonly Need[];
  readonly down: number;
  readonly up: number;
  readonly takes: number;
}
interface Fault {
  readonly on: number;
  readonly at: number;
  readonly lasts: number;
}
interface World {
  readonly nodes: readonly Node[];
  readonly faults: readonly Fault[];
}

const delay = fc.constantFrom(0, 0, 1, 5, 10, 30);
const need = (count: number): fc.Arbitrary<Need> =>
  fc
    .uniqueArray(fc.nat(count - 1), { minLength: 1, maxLength: 3 })
    .chain((of) => fc.record({ least: fc.integer({ min: 1, max: of.length }), of: fc.constant(of) }));
const fault = (count: number): fc.Arbitrary<Fault> =>
  fc.record({ on: fc.nat(count - 1), at: fc.integer({ min: 1, max: 120 }), lasts: fc.integer({ min: 1, max: 90 }) });
/** Loops and all: what needs what is free. */
const world: fc.Arbitrary<World> = fc.integer({ min: 2, max: 8 }).chain((count) =>
  fc.record({
    nodes: fc.array(
      fc.record({ needs: fc.array(need(count), { maxLength: 2 }), down: delay, up: delay, takes: delay }),
      { minLength: count, maxLength: count },
    ),
    faults: fc.array(fault(count), { minLength: 1, maxLength: 4 }),
  }),
);

const textOf = ({ nodes, faults }: World, more = ''): string =>
  [
    'nodes:',
    ...nodes.map(({ needs, down, up, takes }, k) => {
      const written = needs.map(
        ({ least, of }) => `{ atLeast: ${least}, of: [ ${of.map((n) => `n.${n}`).join(', ')} ] }`,
      );
      return `  n.${k}: { kind: service, needs: [ ${written.join(', ')} ], downAfter: ${down}s, upAfter: ${up}s, startTakes: ${takes}s }`;
    }),
    ...(more ? ['  extra.a: { kind: service }', '  extra.b: { kind: service, needs: [ extra.a ] }'] : []),
    'faults:',
    ...faults.map(({ on, at, lasts }, k) => `  f.${k}: { at: ${at}s, to: n.${on}, for: ${lasts}s }`),
    more,
  ].join('\n');

const check = <T>(property: fc.IPropertyWithHooks<T>): void => fc.assert(property, { seed: 24, numRuns: 150 });
/** For each second of the run the nodes that are down. */
function downAt(run: Run): readonly ReadonlySet<string>[] {
  const nodes = [...run.scenario.nodes.keys()];
  return Array.from(
    { length: 400 },
    (_, s) => new Set(nodes.filter((node) => run.at(`up/${node}`, s * 1000) === false)),
  );
}

test('R24 laws: an unconnected node changes no change line', () =>
  check(
    fc.property(world, (given) => {
      const more = simulate(textOf(given, '  extra: { at: 7s, to: extra.a, for: 1m }'));
      expect(more.changes().filter(([, fact]) => !fact.includes('extra'))).toEqual(simulate(textOf(given)).changes());
    }),
  ));

test('R24 laws: shifting every fault shifts everything', () =>
  check(
    fc.property(world, fc.integer({ min: 1, max: 1000 }), (given, by) => {
      const later = { ...given, faults: given.faults.map((f) => ({ ...f, at: f.at + by })) };
      const moved = simulate(textOf(given))
        .changes()
        .map(([at, ...rest]) => [at + by * 1000, ...rest]);
      expect(simulate(textOf(later)).changes()).toEqual(moved);
    }),
  ));

test('R24 laws: a second fault inside the first’s interval changes nothing', () =>
  check(
    fc.property(world, fc.nat(30), fc.nat(30), (given, after, before) => {
      const [first] = given.faults as [Fault];
      const lasts = first.lasts - after - before;
      fc.pre(lasts > 0);
      const twice = { ...given, faults: [...given.faults, { on: first.on, at: first.at + after, lasts }] };
      expect(simulate(textOf(twice)).changes()).toEqual(simulate(textOf(given)).changes());
    }),
  ));

test('R24 laws: with needs alone, more faults never mean fewer down', () =>
  check(
    fc.property(world, fc.integer({ min: 1, max: 120 }), fc.integer({ min: 1, max: 90 }), (given, at, lasts) => {
      const worse = { ...given, faults: [...given.faults, { on: 0, at, lasts }] };
      const [some, more] = [downAt(simulate(textOf(given))), downAt(simulate(textOf(worse)))];
      for (const [s, down] of some.entries())
        expect([...(more[s] as Set<string>)]).toEqual(expect.arrayContaining([...down]));
    }),
  ));

/** Every change with its instant, phase and round: at a later round of an instant it is another change, with other causes. */
const momentsOf = (run: Run): readonly string[] => {
  const { at, phase, round } = run.trace.columns;
  return run.changes().map(([, fact, to], id) => `${fact} ${to} at ${at[id]}.${phase[id]}.${round[id]}`);
};

/** The scenario in which none of these changes comes about: each fact is pinned to what it was. */
function without(run: Run, changes: readonly number[]): Scenario {
  const { columns, facts } = run.trace;
  const forces = changes.map((id): [string, Force] => {
    const fact = columns.fact[id] as number;
    const question = {
      kind: facts.kinds[fact] as FactKind,
      subjects: facts.subjects[fact] as string[],
      test: { is: true } as const,
    };
    return [
      `pin ${id}`,
      { name: `pin ${id}`, question, holds: columns.from[id] === 1, at: columns.at[id] as number, until: null },
    ];
  });
  return { ...run.scenario, forces: new Map(forces) };
}

test('R16 causes: with needs alone, what a change follows from is what it takes: without that it does not come about', () =>
  check(
    fc.property(world, fc.nat(), (given, pick) => {
      const run = simulate(textOf(given));
      const followed = Array.from({ length: run.trace.count }, (_, id) => id).filter(
        (id) => run.ruleOf(id) !== 'schedule',
      );
      fc.pre(followed.length > 0);
      const id = followed[pick % followed.length] as number;
      const set = new Reasons(run.plan, run.trace).because(id);
      expect(momentsOf(simulate(without(run, set)))).not.toContain(momentsOf(run)[id]);
    }),
  ));

test('R24 limits: with `not`, one more fault may mean fewer down', () => {
  const text = `
nodes: { a: { kind: service }, spare: { kind: service, standby: true, needs: [ { not: a } ] }, n: { kind: service, standby: true, needs: [ spare ] } }
faults: { f: { at: 1m, to: a }`;
  expect(simulate(`${text} }`).at('up/n', 2 * MINUTE)).toBe(true);
  expect(simulate(text.replace('f: { at: 1m, to: a }', 'f: { at: 1h, to: a } }')).at('up/n', 2 * MINUTE)).toBe(false);
});

test('R24 limits: with tasks, an earlier fault may mean an earlier repair', () => {
  const text = (faults: string) => `
nodes: { "{x,y}": { kind: service }, crew: { kind: team } }
faults: { ${faults} }
tasks: { fix: { team: crew, after: { any: [ { not: x }, { not: y } ] }, takes: 10m, does: { revert: [ f, g ] } } }`;
  const late = simulate(text('f: { at: 20m, to: x }, g: { at: 3h, to: y }'));
  const both = simulate(text('f: { at: 20m, to: x }, g: { at: 12m, to: y }'));
  expect([late.at('up/x', 25 * MINUTE), both.at('up/x', 25 * MINUTE)]).toEqual([false, true]);
});
