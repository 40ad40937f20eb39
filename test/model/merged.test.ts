/** A scenario with all that was changed, as one file: it runs as the run did, and says what it is made of. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import { compile, formatProblem, type LoadOptions, load, mergedText, run } from '../../sim/index.ts';
import { readSource } from '../../sim/model/source.ts';
import { type Dict, plainOf, Source, treeOf } from '../../sim/model/tree.ts';
import { writeYaml } from '../../sim/model/write-yaml.ts';
import { UPLINK } from '../cli/fake-io.ts';
import { shipped } from '../exchange/runs.ts';

type Options = Partial<LoadOptions>;

function digestOf(text: string, options: Options = {}, seed = '7'): string {
  const scenario = load(text, { file: 'a.yaml', ...options });
  if (!scenario.ok) throw new Error(scenario.problems.map(formatProblem).join('\n'));
  const plan = compile(scenario.value);
  if (!plan.ok) throw new Error(plan.problems.map(formatProblem).join('\n'));
  return run(plan.value, { seed }).digest;
}

function merged(text: string, options: Options = {}): string {
  const scenario = load(text, { file: 'a.yaml', ...options });
  if (!scenario.ok || !scenario.value.written) throw new Error('the scenario is sound and whole');
  const found = mergedText(scenario.value.written, options.variant ?? null, '7');
  if (!found.ok) throw new Error(found.problems.map(formatProblem).join('\n'));
  return found.value;
}

describe('runs as the run did', () => {
  test('untouched, it is what was written, to the letter', () => {
    expect(merged(UPLINK)).toBe(UPLINK);
  });

  test.each([
    ['patterns/three-of-five', null],
    ['patterns/tool-needs-what-it-repairs', null],
    ['patterns/guard-fails-open', null],
    ['patterns/part-of-a-block', null],
    ['outages/facebook-2021', 'own-oob'],
    // Sets a parameter outside of its range, which a file may not.
    ['outages/facebook-2021', 'patient-clients'],
    // Cannot be undone by a patch: a term of a policy would come back at the end.
    ['outages/verizon-2019-06-24', 'filtered'],
  ])('%s, %s', (path, only) => {
    const text = shipped(path);
    const scenario = load(text, { file: 'a.yaml' });
    if (!scenario.ok) throw new Error(path);
    const names = [...scenario.value.variants.keys()].filter((name) => only === null || name === only);
    expect(names.length).toBeGreaterThan(0);
    for (const variant of names) {
      const whole = merged(text, { variant });
      expect(digestOf(whole), variant).toBe(digestOf(text, { variant }));
      if (only === null) expect(digestOf(whole, { variant: 'as-it-was' }), variant).toBe(digestOf(text));
    }
  });

  test('settings and branches are in it, and the variants are left', () => {
    const options = {
      set: ['parameters.patience.value=90s', 'nodes.database.downAfter=1m'],
      patch: { faults: { more: { at: '10:00Z', to: 'database', for: '5m' } } },
    };
    const whole = merged(UPLINK, options);
    expect(digestOf(whole)).toBe(digestOf(UPLINK, options));
    expect(digestOf(whole)).not.toBe(digestOf(UPLINK));
    expect(digestOf(whole, { variant: 'no-cut' })).toBe(digestOf(UPLINK, { ...options, variant: 'no-cut' }));
    expect(whole).toMatch(
      /^# made of a\.yaml, what was branched, parameters\.patience\.value=90s, .*; with seed 7 it runs/,
    );
  });

  test('a variant keeps its claims, and history keeps its own', () => {
    const whole = load(merged(UPLINK, { variant: 'no-cut' }), { file: 'b.yaml' });
    if (!whole.ok) throw new Error('it is sound');
    expect([...whole.value.checkpoints.keys()]).toEqual(['dark', 'calm']);
    expect(whole.value.title).toBe('The uplink breaks – Nothing breaks');
    expect([...whole.value.variants.keys()]).toEqual(['as-it-was']);
  });

  test('a fork is written as what it extends, with what it adds', () => {
    const fork = 'netfall: 1\nextends: base.yaml\nat: 09:20Z\nfaults:\n  more: { at: 09:30Z, to: shop }\n';
    const options = { read: (path: string) => (path === 'base.yaml' ? UPLINK : null) };
    const whole = merged(fork, options);
    expect(whole).not.toContain('extends');
    expect(digestOf(whole)).toBe(digestOf(fork, options));
  });

  test('JSON becomes YAML', () => {
    const json = JSON.stringify(parseDocument(UPLINK).toJSON());
    const whole = merged(json, { file: 'a.json' });
    expect(whole).toMatch(/^# made of a\.json; .*\nnetfall: 1\nid: uplink\n/);
    expect(digestOf(whole)).toBe(digestOf(UPLINK));
  });
});

test('comments stay with what they speak of, and editors are told first which schema it is', () => {
  const text = `# yaml-language-server: $schema=x.json\n${UPLINK.replace('  shop: ', '  # the shop\n  shop: ')}`;
  const whole = merged(text, { set: ['parameters.patience.value=1m'] });
  expect(whole).toMatch(/^# yaml-language-server: \$schema=x\.json\n# made of a\.yaml, /);
  expect(whole).toContain('  # the shop\n  shop: ');
  expect(whole).toContain('patience: { value: 1m, because: assumed }');
});

test('what the first line says of a name ends no line', () => {
  const whole = merged(UPLINK, { file: 'a\nnodes: { x: 1 }\u2028.yaml', set: ['parameters.patience.value=1m'] });
  expect(whole.split('\n')[0]).toContain('made of a nodes: { x: 1 }');
});

describe('YAML as it is written again', () => {
  const dict = (plain: object): Dict => treeOf(plain, new Source('x', null)) as Dict;
  const readAgain = (text: string): unknown => {
    const problems: never[] = [];
    const tree = readSource(text, 'x.yaml', problems);
    expect(problems).toEqual([]);
    return tree && plainOf(tree);
  };
  const hostile = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom(
      '',
      ' ',
      '~',
      'null',
      'true',
      '1e3',
      '0x10',
      '- a',
      'a: b',
      '# x',
      '*a',
      '&a',
      '!x',
      '{',
      '[',
      '"',
      "'",
      'a\nb',
      '\t',
      '%',
      '@',
      '`',
      '<<',
      '...',
      '---',
      '\u2028',
      'a #b',
      'a:',
    ),
  );
  const key = hostile.filter((text) => text !== '' && text !== '__proto__' && text !== '<<');
  // Without -0, which no scenario tells from 0.
  const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0);
  const leaf = fc.oneof(hostile, fc.integer(), fc.boolean(), number);
  const { node } = fc.letrec((tie) => ({
    node: fc.oneof(
      { depthSize: 'small' },
      leaf,
      fc.array(tie('node'), { maxLength: 3 }),
      fc.dictionary(key, tie('node'), { maxKeys: 3, noNullPrototype: true }),
    ),
  }));
  const document = fc.dictionary(key, node, { minKeys: 1, maxKeys: 4, noNullPrototype: true });

  test('whatever texts and keys are called', () => {
    fc.assert(
      fc.property(document, document, (before, after) => {
        const written = writeYaml(null, dict({}), dict(before));
        expect(readAgain(written)).toEqual(before);
        // The same over what stands there already.
        const tree = readSource(written, 'x.yaml', []) as Dict;
        expect(readAgain(writeYaml(written, tree, dict(after)))).toEqual(after);
        const both = dict({ ...before, ...after });
        expect(readAgain(writeYaml(written, tree, both))).toEqual({ ...before, ...after });
      }),
      { numRuns: 300, seed: 4102021 },
    );
  });

  test('numbers keep their letters: names may look like them', () => {
    const text = 'a: 1e3\nb: { 0x10: 1.0, "1": "2" }\nc: 5\n';
    const before = readSource(text, 'x.yaml', []) as Dict;
    const after = { ...before, entries: new Map([...before.entries].filter(([name]) => name !== 'c')) };
    expect(writeYaml(text, before, after)).toBe('a: 1e3\nb: { 0x10: 1.0, "1": "2" }\n');
  });

  test('without what aliases stand for, nothing is left that needs it', () => {
    const text = 'a: &x { k: 1 }\nb: *x\n';
    const before = readSource(text, 'x.yaml', []) as Dict;
    const after = { ...before, entries: new Map([...before.entries].filter(([name]) => name !== 'a')) };
    expect(writeYaml(text, before, after)).toBe('b: { k: 1 }\n');
  });
});
