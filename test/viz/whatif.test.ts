/** What if: drafts of branches, deeds at a moment that the simulator takes, and the address of a run. */
import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse as readYaml } from 'yaml';
import { compile, formatProblem, load } from '../../sim/index.ts';
import { type Act, actsOn, type Patch, undone } from '../../viz/frame/acts.ts';
import { divergenceOf } from '../../viz/frame/differ.ts';
import { forkProblem, freeName, mergedPatch, momentText, yamlOf } from '../../viz/frame/patch.ts';
import { differenceOfDraft, draftOf, inRange, nameOf, trackOf } from '../../viz/frame/whatif.ts';
import { worldOf } from '../../viz/frame/world.ts';
import type { Run } from '../../viz/load/run.ts';
import { type Difference, differenceOf } from '../../viz/runs/runs.ts';
import { asksForRun, pack, readWish, unpack, wishText } from '../../viz/state/wish.ts';
import { runOf, scenarioText } from './real-run.ts';
import { rowThat } from './rows.ts';

const patterns = readdirSync(new URL('../../scenarios/patterns', import.meta.url)).map((file) =>
  scenarioText(`patterns/${file.replace('.yaml', '')}`),
);
const stuck = scenarioText('patterns/tool-needs-what-it-repairs');
const run = runOf(stuck);
const base = differenceOf(run);
const MINUTE = 60_000;

const patchOf = (of: Run, act: Act, at: number): Patch => act.patch(momentText(of, at), freeName(of, {}));

describe('deeds', () => {
  test('of every kind of part in every pattern are taken by the simulator, and leave what was before as it was', () => {
    let tried = 0;
    for (const text of patterns) {
      const of = runOf(text);
      const { things } = worldOf(of);
      const at = Math.floor(of.length / 2);
      const kinds = new Set<string>();
      for (const thing of things.list) {
        if (kinds.has(thing.kind)) continue;
        kinds.add(thing.kind);
        for (const act of [...actsOn(of, thing), ...undone(of, null)]) {
          const patch = patchOf(of, act, at);
          expect(forkProblem(of, at, patch)).toBeNull();
          const scenario = load(text, { file: 'scenario.yaml', patch });
          const problems = scenario.ok ? compile(scenario.value) : scenario;
          expect([thing.id, act.id, problems.ok ? '' : problems.problems.map(formatProblem)]).toEqual([
            thing.id,
            act.id,
            '',
          ]);
          // What stands in the box is what is run.
          expect(readYaml(yamlOf(patch))).toEqual(patch);
          tried += 1;
        }
      }
    }
    expect(tried).toBeGreaterThan(200);
  });

  test('change nothing before their moment, and something after', () => {
    const { things } = worldOf(run);
    const at = 12 * MINUTE;
    const network = things.byId.get('network')!;
    const act = actsOn(run, network).find(({ id }) => id === 'undo wrong-setting')!;
    const forked = runOf(stuck, { patch: patchOf(run, act, at) });
    expect(divergenceOf(forked, run)?.at).toBe(at);
    expect(rowThat(forked, 'network comes up')).toBeGreaterThan(0);
    const down = actsOn(run, things.byId.get('names')!).find(({ id }) => id === 'fault down')!;
    expect(divergenceOf(runOf(stuck, { patch: patchOf(run, down, 0) }), run)?.at).toBe(0);
  });

  test('of many parts at once and one after the other are one patch, under names of their own', () => {
    const { things } = worldOf(run);
    const [off] = actsOn(run, things.byId.get('names')!);
    const one = off!.patch(momentText(run, 0), freeName(run, {}));
    const both = mergedPatch(one, off!.patch(momentText(run, MINUTE), freeName(run, one)));
    expect(Object.keys(both.faults!)).toEqual(['by-hand', 'by-hand-2']);
    expect(forkProblem(run, 0, both)).toBeNull();
    expect(forkProblem(run, MINUTE, both)).toBe('"by-hand" does not begin after the branch does');
  });

  test.each([
    ['nothing', {}, 'the branch says nothing that is to be changed'],
    ['a list', [], 'the branch says nothing that is to be changed'],
    ['another section', { nodes: { network: null } }, 'a branch cannot change "nodes"'],
    [
      'what is there',
      { changes: { 'wrong-setting': { at: momentText(run, MINUTE) } } },
      '"wrong-setting" is in the scenario already',
    ],
    ['nothing under a name', { faults: { x: null } }, '"x" says nothing'],
    ['no moment', { faults: { x: { to: 'network' } } }, '"x" does not begin after the branch does'],
    [
      'a task of its own',
      { tasks: { x: { after: { not: 'network' } } } },
      '"x" does not begin with what the branch changes',
    ],
  ])('that are no branch are refused: %s', (_, patch, problem) => {
    expect(forkProblem(run, MINUTE, patch)).toBe(problem);
  });
});

test('whatever a patch says, its YAML says the same', () => {
  const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
  const value = fc.oneof(
    word,
    fc.boolean(),
    fc.integer(),
    fc.array(word, { maxLength: 3 }),
    fc.dictionary(word, word, { maxKeys: 2 }),
  );
  const entry = fc.dictionary(word, value, { maxKeys: 4 });
  fc.assert(
    fc.property(
      fc.dictionary(word, fc.dictionary(word, entry, { minKeys: 1, maxKeys: 2 }), { minKeys: 1, maxKeys: 2 }),
      (patch) => {
        const plain = JSON.parse(JSON.stringify(patch));
        expect(readYaml(yamlOf(plain))).toEqual(plain);
      },
    ),
    { seed: 4102021 },
  );
});

describe('numbers', () => {
  test.each([
    ['8m..9m', '510s', 480_000, 540_000, 1000],
    ['1%..10%', '3%', 1, 10, 0.05],
    ['0s..3m', '30s', 0, 180_000, 2000],
    ['60..1000', '100', 60, 1000, 5],
    ['1.1..3', '1.5', 1.1, 3, 0.01],
  ])('%s slides from end to end', (range, value, low, high, step) => {
    expect(trackOf(range, value)).toMatchObject({ low, high, step });
  });
  test('what a slider says is what it stands at', () => {
    const track = trackOf('8m..2h', '90m')!;
    expect(track.text(track.at)).toBe('1h30m');
    expect(trackOf('1%..10%', '3%')!.text(7.05)).toBe('7.05%');
    expect(trackOf(null, '3')).toBeNull();
    expect(trackOf('1m..3m', '5')).toBeNull();
    expect(trackOf('1..3', 'empirical(1, 2)')).toBeNull();
  });
  test('beyond the range is told, what cannot be read is left to the simulator', () => {
    expect([inRange('1..3', '4'), inRange('1..3', '2'), inRange('1..3', 'two')]).toEqual([false, true, true]);
  });
});

describe('a draft', () => {
  test('of what is shown is what is shown', () => {
    const difference: Difference = {
      variant: 'on-site',
      seed: '4',
      set: ['nodes.names.title=x', 'parameters.drive.value=50m'],
      fork: null,
    };
    expect(differenceOfDraft(draftOf(difference), run)).toEqual(difference);
  });
  test('is called by what differs', () => {
    const name = (less: Partial<Difference>) => nameOf({ ...base, ...less }, base, run);
    expect(name({})).toBe('As it was');
    expect(name({ variant: 'on-site', seed: '2' })).toBe('Somebody drives there · seed 2');
    expect(name({ set: ['parameters.drive.value=1h'] })).toBe('drive 1h');
    const { things } = worldOf(run);
    const acts = actsOn(run, things.byId.get('network')!);
    const called = (id: string) =>
      name({ fork: { at: 10 * MINUTE, patch: patchOf(run, acts.find((act) => act.id === id)!, 10 * MINUTE) } });
    expect(called('change off')).toBe('09:10:00 network switched off');
    expect(called('undo wrong-setting')).toBe('09:10:00 wrong-setting taken back');
    expect(called('force up')).toBe('09:10:00 network held up');
  });
});

describe('the address of a run', () => {
  const word = fc.string({ unit: 'grapheme', maxLength: 30 });
  const patch = fc.dictionary(
    fc.constantFrom('faults', 'changes', 'forces'),
    fc.dictionary(
      word,
      fc.object({ maxDepth: 2 }).map((one) => JSON.parse(JSON.stringify(one))),
    ),
  );
  const difference: fc.Arbitrary<Difference> = fc.record({
    variant: fc.option(word.filter((one) => one !== '')),
    seed: word,
    set: fc.array(
      word.filter((one) => one !== ''),
      { maxLength: 4 },
    ),
    fork: fc.option(fc.record({ at: fc.nat(), patch: patch.map((one) => JSON.parse(JSON.stringify(one))) })),
  });

  test('leads back to it, whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(difference, fc.option(difference), difference, async (shown, against, own) => {
        const text = await wishText(shown, against, own);
        const same = JSON.stringify(shown) === JSON.stringify(own);
        expect(await readWish(`#t=1&on=x&${text}`, own)).toEqual({
          shown: same ? null : shown,
          against,
          problem: null,
        });
        expect(asksForRun(`#t=1&${text}`)).toBe(text !== '');
      }),
      { numRuns: 200, seed: 4102021 },
    );
  });

  test('is empty for the run of the page, and short for a variant', async () => {
    expect(await wishText(base, null, base)).toBe('');
    expect(await wishText({ ...base, variant: 'on-site', set: ['parameters.drive.value=50m'] }, base, base)).toBe(
      'variant=on-site&set=parameters.drive.value=50m&with=base&v=1',
    );
  });

  test('is packed only where that is shorter', async () => {
    expect(await pack(7)).toBe('7');
    const long = {
      patch: Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`by-hand-${i}`, { to: `pop.1.${i}` }])),
    };
    const packed = await pack(long);
    expect(packed).toMatch(/^\.[\w-]+$/);
    expect(packed.length).toBeLessThan(JSON.stringify(long).length / 3);
    expect(await unpack(packed)).toEqual(long);
  });

  test('of another form is answered with a sentence', async () => {
    expect(await readWish('#v=2&variant=on-site', base)).toEqual({
      shown: null,
      against: null,
      problem: 'This link is written in form 2, and this page reads form 1: it shows the run as it was opened.',
    });
  });

  test('whose parts cannot be read shows what can be read', async () => {
    for (const broken of [
      'fork=.AAAA',
      'fork={',
      'fork=7',
      'fork={"at":"x"}',
      'with=.%%',
      'with=[1',
      'fork={"at":1,"patch":[]}',
    ])
      expect(await readWish(`#variant=on-site&${broken}`, base)).toEqual({
        shown: { ...base, variant: 'on-site' },
        against: null,
        problem: 'A part of this link cannot be read; perhaps it was cut off. The rest of it is shown.',
      });
  });

  test('does not swell: what unpacks to more than a megabyte is refused', async () => {
    await expect(unpack(await pack({ patch: 'x'.repeat(3 << 20) }))).rejects.toThrow('too large');
  });
});
