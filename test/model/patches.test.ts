import { describe, expect, test } from 'vitest';
import { listVariants, load as loadText } from '../../sim/model/load.ts';
import { formatProblem } from '../../sim/model/problems.ts';
import { needs, nodeOf, problems, scenario } from './reading.ts';

const BASE = `nodes:
  "{a,b,c}": { kind: router }
  x.{1..2}: { kind: service, needs: [ a, b ], downAfter: 1m }
faults:
  f: { at: 1m, to: a }
variants:
  calm: { title: Nothing breaks, patch: { faults: { f: null } } }
  late: { title: It breaks later, patch: { faults: { f: { at: 2m } } }, expect: { K: { first: { not: a }, seen: 2m, accept: ±1s } } }
  both: { title: Later and slower, also: [ late ], patch: { nodes: { x.1: { downAfter: 2m, needs+: [ c ] } } } }
`;
const variant = (name: string) => scenario(BASE, { variant: name });
const wrong = (text: string, options = {}) => problems(text, options).map((one) => one.replace(/^\d+:\d+: /, ''));

describe('a variant', () => {
  test('deletes by null, changes by merging, and builds on others', () => {
    expect(variant('calm').faults.size).toBe(0);
    expect(variant('late').faults.get('f')).toMatchObject({ at: 120_000, targets: ['a'] });
    expect(variant('both').faults.get('f')?.at).toBe(120_000);
    expect(needs(variant('both'), 'x.1')).toEqual(['all(up/a, up/b, up/c)']);
    expect(needs(variant('both'), 'x.2')).toEqual(['all(up/a, up/b)']);
  });

  test('names itself, and brings its own expectations', () => {
    expect(variant('late').variant).toBe('late');
    expect(variant('late').expectations.get('K')).toMatchObject({
      says: 'K',
      seen: 120_000,
      claim: { claim: 'first' },
    });
    expect(scenario(BASE).expectations.size).toBe(0);
  });

  test('can be listed', () => {
    expect(listVariants(BASE, { file: 'a.yaml' })).toEqual({
      ok: true,
      value: [
        { name: 'calm', title: 'Nothing breaks' },
        { name: 'late', title: 'It breaks later' },
        { name: 'both', title: 'Later and slower' },
      ],
    });
  });

  test.each([
    ['v: { title: t, patch: { faults: { g: null } } }', 'variants.v.patch.faults.g: there is no "g" here to delete'],
    [
      'v: { title: t, patch: { faults: { g: { at: null } } } }',
      'variants.v.patch.faults.g.at: there is no "at" here to delete',
    ],
    [
      'v: { title: t, patch: { nodes: { "x.{1..2}": { needs-: [ d ] } } } }',
      'variants.v.patch.nodes.x.{1..2}.needs-[0]: the list has no "d" to take out',
    ],
    ['v: { title: t, patch: { netfall: 2 } }', 'variants.v.patch.netfall: a variant cannot change "netfall"'],
    ['v: { title: t, also: [ clam ] }', 'variants.v.also[0]: there is no variant "clam"; did you mean "calm"?'],
    ['v: { title: t, also: [ v ] }', 'variants.v.also[0]: a variant builds on itself: v → v'],
    [
      'v: { title: t, also: [ late, later ] }\n  later: { title: t, patch: { faults: { f: { at: 3m } } } }',
      'variants.v.also[1]: "late" and "later" set faults.f.at differently; set it in this variant, or build on one of them only',
    ],
  ])('%s is refused, chosen or not', (line, problem) => {
    expect(wrong(`${BASE}  ${line}\n`)).toEqual([problem]);
    expect(wrong(`${BASE}  ${line}\n`, { variant: 'v' })).toContain(problem);
  });

  test('that is not there', () => {
    expect(wrong(BASE, { variant: 'clam' })).toEqual(['variants: there is no variant "clam"; did you mean "calm"?']);
  });

  test('is checked like any scenario, at the place of the patch', () => {
    const text = `${BASE}  bad: { title: t, patch: { faults: { f: { to: d } } } }\n`;
    expect(problems(text, { variant: 'bad' })).toEqual([
      '10:48: variants.bad.patch.faults.f.to: there is no node or link "d"',
    ]);
  });
});

describe('a patch', () => {
  test('from a program is merged after the variant', () => {
    expect(scenario(BASE, { variant: 'late', patch: { faults: { f: { to: 'b' } } } }).faults.get('f')).toMatchObject({
      at: 120_000,
      targets: ['b'],
    });
    expect(scenario(BASE, { patch: { faults: { f: null } } }).faults.size).toBe(0);
    expect(problems(BASE, { patch: { faults: { g: null } } })).toEqual([
      'patch:1:1: faults.g: there is no "g" here to delete',
    ]);
  });
});

describe('a setting', () => {
  test('of a whole parameter is refused for one of its value', () => {
    const text = `parameters: { hold: { value: 1m, because: so } }\n${BASE.replace('downAfter: 1m', 'downAfter: $hold')}`;
    expect(problems(text, { set: ['parameters.hold=5m'] })).toEqual([
      '--set:1:1: "parameters.hold" is a parameter, which is more than its value; set its value: parameters.hold.value=5m',
    ]);
    expect(problems(text, { set: ['parameters.hold.value=5m'] })).toEqual([]);
    expect(problems(text, { set: ['parameters.hold={ value: 5m, because: so }'] })).toEqual([]);
  });

  const set = (...settings: string[]) => scenario(BASE, { set: settings });

  test('writes one value; names may hold dots', () => {
    expect(set('faults.f.at=5m').faults.get('f')?.at).toBe(300_000);
    expect(set('clock.run=1h').run).toBe(3_600_000);
    expect(nodeOf(set('nodes.x.{1..2}.downAfter=3m'), 'x.2').needs[0]?.downAfter).toEqual({
      law: 'fixed',
      value: 180_000,
    });
    expect(nodeOf(set('nodes.x.1.startTakes=3m'), 'x.1').startTakes).toEqual({ law: 'fixed', value: 180_000 });
    expect(needs(set('nodes.x.1.needs=[ c ]'), 'x.1')).toEqual(['up/c']);
    expect(set('faults.f=null').faults.size).toBe(0);
  });

  test('comes last, one after the other', () => {
    expect(scenario(BASE, { variant: 'late', set: ['faults.f.at=3m', 'faults.f.at=4m'] }).faults.get('f')?.at).toBe(
      240_000,
    );
  });

  test.each([
    ['faults.f.at', '--set:1:1: expected path=value, found "faults.f.at"; such as parameters.health-check.value=1m'],
    ['fautls.f.at=1m', '--set:1:1: there is nothing at "fautls.f.at" to set; did you mean "faults"?'],
    ['faults.f.at=', '--set:1:13: there is no value after the ='],
    [
      'faults.f.at=soon',
      '--set:1:1: faults.f.at: expected a moment such as 9m, 15:39Z or 2021-10-04T15:39:00Z, found "soon"',
    ],
    ['faults.f.too=a', '--set:1:1: faults.f.too: there is no key "too" here; did you mean "to"?'],
  ])('%s is refused', (setting, problem) => {
    expect(problems(BASE, { set: [setting] })).toEqual([problem]);
  });
});

describe('a fork', () => {
  const HEAD = 'netfall: 1\nid: base\ntitle: Base\nclock: { start: 2021-10-04T15:30:00Z, run: 8h }\n';
  const fork = (text: string, base = HEAD + BASE) => {
    const head = 'extends: ./base.yaml\nat: 15:40Z\n';
    const options = { read: (path: string) => (path === './base.yaml' ? base : null) };
    return { text: head + text, options };
  };
  const load = ({ text, options }: ReturnType<typeof fork>, variant?: string) => {
    const document = text.replace(/^/, 'netfall: 1\n');
    return loadText(document, { file: 'fork.yaml', ...options, ...(variant ? { variant } : {}) });
  };

  test('is its base, and more after a moment', () => {
    const read = load(fork('id: forked\nfaults: { g: { at: 15:41Z, to: b } }\n'));
    expect(read.ok && [read.value.id, read.value.title, [...read.value.faults.keys()]]).toEqual([
      'forked',
      'Base',
      ['f', 'g'],
    ]);
    const calm = load(fork('faults: { g: { at: 15:41Z, to: b } }\n'), 'calm');
    expect(calm.ok && [...calm.value.faults.keys()]).toEqual(['g']);
  });

  test.each([
    [
      'faults: { g: { at: 15:39Z, to: b } }',
      'fork.yaml:4:20: faults.g.at: this is before 15:40Z, from when on the fork differs',
    ],
    [
      'faults: { g: { after: { not: a }, to: b } }',
      'fork.yaml:4:11: faults.g: what a fork adds begins at a moment; say `at`',
    ],
    [
      'faults: { f: { at: 15:41Z, to: b } }',
      'fork.yaml:4:11: faults.f: "f" is in the base already; a fork only adds: choose another name',
    ],
    ['faults: { g: { at: 15:41Z, to: d } }', 'fork.yaml:4:32: faults.g.to: there is no node or link "d"'],
    [
      'nodes: { d: { kind: router } }',
      'fork.yaml:4:1: nodes: there is no key "nodes" here; known here: netfall, extends, at, id, title, faults, changes, forces',
    ],
  ])('%s is refused', (line, problem) => {
    const read = load(fork(`${line}\n`));
    expect(read.ok ? [] : read.problems.map(formatProblem)).toContain(problem);
  });

  test('needs its base, which is no fork', () => {
    const missing = load({ ...fork(''), options: { read: () => null } });
    expect(missing.ok ? [] : missing.problems.map(formatProblem)).toEqual([
      'fork.yaml:2:10: extends: there is no file "./base.yaml"; the path is meant from the folder of this file',
    ]);
    const chain = load(fork('', 'netfall: 1\nextends: ./other.yaml\nat: 1m\n'));
    expect(chain.ok ? [] : chain.problems.map(formatProblem)).toEqual([
      'fork.yaml:2:10: extends: "./base.yaml" is itself a fork; extend what it extends',
    ]);
    const broken = load(fork('', `${HEAD}nodes: { a: { kind: rooter } }\n`));
    expect(broken.ok ? [] : broken.problems.map(formatProblem)[0]).toMatch(
      /^\.\/base\.yaml:5:21: nodes\.a\.kind: expected one of .*, found "rooter"; did you mean "router"\?/,
    );
  });
});
