import { describe, expect, test } from 'vitest';
import { fixed } from '../../sim/model/luck.ts';
import { needs, nodeOf, problems, scenario } from './reading.ts';

describe('an entry without kind refines what its key matches', () => {
  const delays = (text: string) => {
    const read = scenario(text);
    return Object.fromEntries([...read.nodes].map(([name, node]) => [name, [node.role, node.startTakes]]));
  };

  test('plain outranks brace, brace glob, glob the making entry, that the default', () => {
    const roles = (...lines: string[]) =>
      delays(`defaults: { router: { role: default } }\nnodes:\n${lines.map((line) => `  ${line}\n`).join('')}`).a?.[0];
    const all = [
      'a: { role: plain }',
      '"{a,b}": { role: brace }',
      '"*": { role: glob }',
      '"{a,b,c}": { kind: router, role: making }',
    ];
    expect(roles(...all)).toBe('plain');
    expect(roles(...all.slice(1))).toBe('brace');
    expect(roles(...all.slice(2))).toBe('glob');
    expect(roles(...all.slice(3))).toBe('making');
    expect(roles('"{a,b,c}": { kind: router }')).toBe('default');
  });

  test('the order of the file does not matter', () => {
    const lines = ['  pop.{1..2}: { kind: pop, role: x }', '  pop.*: { startTakes: 2m }', '  pop.1: { role: y }'];
    expect(delays(`nodes:\n${lines.join('\n')}\n`)).toEqual(delays(`nodes:\n${[...lines].reverse().join('\n')}\n`));
    expect(delays(`nodes:\n${lines.join('\n')}\n`)).toEqual({
      'pop.1': ['y', fixed(120_000)],
      'pop.2': ['x', fixed(120_000)],
    });
  });

  test('lists replace, and grow and shrink with + and -', () => {
    const read = (line: string) =>
      needs(
        scenario(
          `nodes:\n  "{a,b,c}": { kind: router }\n  x.{1..2}: { kind: service, needs: [ a, b ] }\n  x.1: { ${line} }\n`,
        ),
        'x.1',
      );
    expect(read('needs: [ c ]')).toEqual(['up/c']);
    expect(read('needs+: [ c ]')).toEqual(['all(up/a, up/b, up/c)']);
    expect(read('needs+: c')).toEqual(['all(up/a, up/b, up/c)']);
    expect(read('needs-: [ a ]')).toEqual(['up/b']);
    expect(read('needs-: [ a, b ]')).toEqual([]);
  });

  test('what is to be taken out must be there', () => {
    expect(
      problems(
        'nodes:\n  a: { kind: router }\n  x.{1..2}: { kind: service, needs: [ a ] }\n  x.1: { needs-: [ b ] }\n',
      ),
    ).toEqual(['4:20: nodes.x.1.needs-[0]: the list has no "b" to take out']);
  });

  test('two of one rank must not differ, unless a higher one settles it', () => {
    const two = 'nodes:\n  ns.a: { kind: nameserver }\n  "ns.*": { role: x }\n  "*.a": { role: y }\n';
    expect(problems(two)).toEqual([
      '3:13: nodes.ns.*.role: "*.a" and "ns.*" both say this of ns.a, differently; say it under "ns.a" itself',
    ]);
    expect(
      nodeOf(scenario(`${two}  ns.a: { role: z }\n`.replace('ns.a: { kind', '"ns.{a,b}": { kind')), 'ns.a').role,
    ).toBe('z');
    expect(nodeOf(scenario(two.replace('role: y', 'role: x')), 'ns.a').role).toBe('x');
  });

  test('captures of the key are filled in, then parameters', () => {
    const read = scenario(
      'parameters:\n  people-x: { value: 2e9, because: x }\n  people-y: { value: 3e9, because: x }\n' +
        'nodes:\n  users.{x,y}.{1..2}: { kind: population, people: $people-$1, title: "No. $2" }\n',
    );
    expect(nodeOf(read, 'users.x.2')).toMatchObject({ people: 2e9, title: 'No. 2' });
    expect(nodeOf(read, 'users.y.1')).toMatchObject({ people: 3e9, title: 'No. 1' });
  });

  test('a star captures too', () => {
    expect(
      nodeOf(scenario('nodes:\n  ns.a: { kind: nameserver }\n  "ns.*": { title: Server $1 }\n'), 'ns.a').title,
    ).toBe('Server a');
  });

  test.each([
    ['nodes:\n  a: { kind: router }\n  b: { role: x }\n', '3:3: nodes.b: there is no node "b" for this to refine'],
    ['nodes:\n  a: { kind: router }\n  "b*": { role: x }\n', '3:3: nodes.b*: there is no node "b*" for this to refine'],
    [
      'nodes:\n  a: { kind: router }\n  "{a,c}": { role: x }\n',
      '3:3: nodes.{a,c}: there is no node "c" for this to refine',
    ],
    [
      'nodes:\n  "a*": { kind: router }\n',
      '2:3: nodes.a*: "a*" has a kind, and a glob cannot make nodes; spell them out in braces, or leave out the kind to refine what it matches',
    ],
    [
      'nodes:\n  "{a,b}": { kind: router }\n  a: { kind: router }\n',
      '3:3: nodes.a: "{a,b}" and "a" both make the node a; an entry without kind refines',
    ],
    [
      'nodes:\n  a b: { kind: router }\n',
      '2:3: nodes.a b: a name may hold letters, digits and . _ - @ / : but not " ", found "a b"',
    ],
    [
      'nodes:\n  a: { kind: router, role: $1 }\n',
      '2:28: nodes.a.role: $1 stands for nothing: no brace or star before it captured a text',
    ],
    [
      'nodes:\n  a.{1..2}: { kind: router, role: $2 }\n',
      '2:35: nodes.a.{1..2}.role: $2 stands for nothing: only $1 was captured',
    ],
    ['nodes:\n  a: { kind: router, size: 3 }\n', '2:22: nodes.a.size: "size" is for a team, and this is a router'],
  ])('%j is refused', (text, problem) => {
    expect(problems(text)).toEqual([problem]);
  });
});

describe('parameters', () => {
  test('stand for whole values and inside of texts', () => {
    const read = scenario(
      'parameters:\n  n: { value: 2, because: x }\n  low: { value: 5s, because: x }\nnodes:\n  a.{1..$n}: { kind: router, downAfter: $low..3m, upAfter: $low }\n',
    );
    expect([...read.nodes.keys()]).toEqual(['a.1', 'a.2']);
    expect(nodeOf(read, 'a.1').needs).toEqual([]);
    expect(read.parameters.get('n')).toEqual({
      name: 'n',
      value: '2',
      range: null,
      basis: 'assumed',
      source: null,
      because: 'x',
    });
  });

  test('inherit the basis of the source they cite', () => {
    const read = scenario(
      'sources: { S: { title: t, basis: measured } }\nparameters: { p: { value: 1s, source: S } }\nnodes: { a: { kind: router, startTakes: $p } }\n',
    );
    expect(read.parameters.get('p')?.basis).toBe('measured');
  });

  test.each([
    [
      'p: { value: 1s }',
      '2:3: parameters.p: nothing says where this number comes from; cite a `source`, or say `because`',
    ],
    ['p: { value: 1s, source: S }', '2:27: parameters.p.source: there is no source "S"'],
    ['p: { value: 1s, range: 2s..3s, because: x }', '2:15: parameters.p.value: 1s lies outside the range 2s..3s'],
    [
      'p: { value: 1s, range: 3s..0s, because: x }',
      '2:26: parameters.p.range: 3s..0s runs backwards; write the smaller end first',
    ],
    [
      'p: { value: 1s..2s, range: 1s..2s, because: x }',
      '2:30: parameters.p.range: a value that is itself a draw has no range; give the ends of the draw parameters of their own',
    ],
    ['p: { value: $p, because: x }', '2:15: parameters.p.value: this parameter refers to itself: $p → $p'],
    [
      'p: { value: $q, because: x }\n  q: { value: $p, because: x }',
      '2:15: parameters.p.value: this parameter refers to itself: $p → $q → $p',
    ],
  ])('%s', (line, problem) => {
    expect(problems(`parameters:\n  ${line}\nnodes: { a: { kind: router, startTakes: $p } }\n`)).toEqual([problem]);
  });

  test('are used, all of them, be it in a variant', () => {
    expect(problems('parameters:\n  p: { value: 1s, because: x }\n')).toEqual([
      '2:3: parameters.p: nothing uses the parameter "p"; write $p where it belongs, or take it out',
    ]);
    expect(
      problems(
        'parameters:\n  p: { value: 1s, because: x }\nnodes: { a: { kind: router } }\nvariants: { v: { title: t, patch: { nodes: { a: { startTakes: $p } } } } }\n',
      ),
    ).toEqual([]);
  });

  test('must add up where the file says so', () => {
    const text =
      'parameters:\n  a: { value: 5m, because: x }\n  b: { value: 6m, because: x }\nrequire:\n  r: { sum: [ a, b ], in: 12m..20m }\nnodes: { n: { kind: router, startTakes: $a, upAfter: $b } }\n';
    expect(problems(text)).toEqual(['5:3: require.r: the sum is 11m, and it must lie in 12m..20m']);
    expect(problems(text, { set: ['parameters.a.value=8m'] })).toEqual([]);
  });
});
