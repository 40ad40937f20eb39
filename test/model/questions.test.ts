import { describe, expect, test } from 'vitest';
import { needs, problems, scenario, short } from './reading.ts';

const PLACE = `nodes:
  meta: { kind: network }
  eyes: { kind: network }
  dc.{1..3}: { kind: datacenter, network: meta }
  pop.{1..2}: { kind: pop, network: meta }
  ns: { kind: nameserver, in: pop.*, prefix: names }
  public: { kind: resolver, network: eyes }
  ops: { kind: team, size: 2 }
  alarm: { kind: monitor, watches: { not: pop.1 }, after: 2m }
links:
  haul: { from: pop.*, to: dc.*, layer: backbone }
prefixes:
  names: { from: pop.*, cidr: 129.134.30.0/24 }
  spare: { from: pop.1 }
zones:
  shop.com: { nameservers: ns, ttl: 5m }
changes:
  drain: { at: 1m, to: pop.1, effect: { drain: backbone } }
  turn: { at: 1m, to: pop.1, effect: { set: strict } }
tasks:
  fix: { team: ops, after: { not: pop.1 }, ways: { far: { takes: 1m }, near: { takes: 2m } } }
rates:
  queries: { rest: 1, to: 30, while: { not: pop.1 }, over: 5m }
views:
  homes: dc.*
`;
/** What a node `x` in pop.1 needs, written as `text`. */
const need = (text: string) =>
  needs(scenario(`${PLACE.replace('links:', `  x: { kind: service, in: pop.1, needs: ${text} }\nlinks:`)}`), 'x').join(
    ' & ',
  );
const wrong = (text: string) => {
  const found = problems(PLACE.replace('links:', `  x: { kind: service, in: pop.1, needs: ${text} }\nlinks:`));
  return found.map((problem) => problem.replace(/^\d+:\d+: nodes\.x\.?/, ''));
};

describe('a selector', () => {
  test.each([
    ['[ any dc.* ]', 'any(up/dc.1, up/dc.2, up/dc.3)'],
    ['[ all dc.* ]', 'all(up/dc.1, up/dc.2, up/dc.3)'],
    ['[ 2 of dc.* ]', '2of(up/dc.1, up/dc.2, up/dc.3)'],
    ['[ "60% of dc.*" ]', '2of(up/dc.1, up/dc.2, up/dc.3)'],
    ['[ "67% of dc.*" ]', '3of(up/dc.1, up/dc.2, up/dc.3)'],
    ['[ "any {dc.1,dc.2}" ]', 'any(up/dc.1, up/dc.2)'],
    ['[ any homes ]', 'any(up/dc.1, up/dc.2, up/dc.3)'],
    ['[ ns@here ]', 'up/ns@pop.1'],
    ['[ any ns@* ]', 'any(up/ns@pop.1, up/ns@pop.2)'],
    ['[ any ns ]', 'any(up/ns@pop.1, up/ns@pop.2)'],
    ['dc.1', 'up/dc.1'],
  ])('%s', (text, meant) => {
    expect(need(text)).toBe(meant);
  });

  test.each([
    ['[ "dc.*" ]', 'needs[0]: "dc.*" stands for 3 nodes, and this asks about one; write "any dc.*" or "all dc.*"'],
    [
      '[ "dc.{1..2}" ]',
      'needs[0]: "dc.{1..2}" stands for 2 nodes, and this asks about one; write "any dc.{1..2}" or "all dc.{1..2}"',
    ],
    ['[ homes ]', 'needs[0]: "homes" stands for 3 nodes, and this asks about one; write "any homes" or "all homes"'],
    ['[ 4 of dc.* ]', 'needs[0]: "4 of dc.*" asks for 4 of 3; expected 1 to 3'],
    ['[ 0% of dc.* ]', 'needs[0]: "0% of dc.*" asks for 0 of 3; expected 1 to 3'],
    ['[ any cd.* ]', 'needs[0]: no node or task matches "cd.*"'],
    ['[ dc.9 ]', 'needs[0]: there is no node or task "dc.9"; did you mean "dc.1"?'],
    ['[ "any {dc.1,dc.9}" ]', 'needs[0]: there is no node "dc.9", of "{dc.1,dc.9}"; did you mean "dc.1"?'],
    [
      '[ all of dc.* ]',
      'needs[0]: no node or task matches "all of dc.*"; a selector is a name, or any, all, N of, N% of a glob',
    ],
    ['[ each dc.* ]', 'needs[0]: "each" is for the claim share'],
    ['[ { busy: dc.1 } ]', 'needs[0].busy: dc.1 is a datacenter, expected a team'],
  ])('%s is refused', (text, problem) => {
    expect(wrong(text)).toEqual([problem]);
  });
});

describe('a question', () => {
  test.each([
    ['[ { up: dc.1 } ]', 'up/dc.1'],
    ['[ { well: any ns } ]', 'any(well/ns@pop.1, well/ns@pop.2)'],
    ['[ { serves: dc.1 } ]', 'serves/dc.1'],
    ['[ { fault: dc.1 } ]', 'fault/dc.1'],
    [
      '[ { fault: any haul } ]',
      'any(fault/haul:pop.1~dc.1, fault/haul:pop.1~dc.2, fault/haul:pop.1~dc.3, fault/haul:pop.2~dc.1, fault/haul:pop.2~dc.2, fault/haul:pop.2~dc.3)',
    ],
    ['[ { carries: "haul:pop.1~dc.2" } ]', 'carries/haul:pop.1~dc.2'],
    ['[ { reach: dc.1 } ]', 'reach/x/dc.1'],
    [
      '[ { reach: any dc.*, over: backbone } ]',
      'any(reach/x/dc.1/backbone, reach/x/dc.2/backbone, reach/x/dc.3/backbone)',
    ],
    [
      '[ { reach: "any {dc.1,dc.2}", from: all pop.* } ]',
      'all(any(reach/pop.1/dc.1, reach/pop.1/dc.2), any(reach/pop.2/dc.1, reach/pop.2/dc.2))',
    ],
    ['[ { reach: all pop.*, from: all pop.* } ]', 'all(reach/pop.1/pop.2, reach/pop.2/pop.1)'],
    ['[ { announces: names, at: any pop.* } ]', 'any(announces/pop.1/names, announces/pop.2/names)'],
    ['[ { route: names } ]', 'route/meta/names'],
    ['[ { route: names, from: eyes } ]', 'route/eyes/names'],
    ['[ { route: names, from: public } ]', 'route/eyes/names'],
    ['[ { route: "all *", from: eyes } ]', 'all(route/eyes/names, route/eyes/spare)'],
    ['[ { forwards: names } ]', 'forwards/meta/names=delivered'],
    ['[ { forwards: names, from: public, as: black hole } ]', 'forwards/eyes/names=black hole'],
    ['[ { forwards: names, as: filtered } ]', 'forwards/meta/names=filtered'],
    ['[ { forwards: 129.134.30.12, from: eyes } ]', 'forwards/eyes/129.134.30.12=delivered'],
    ['[ { forwards: 129.134.030.012, from: eyes, as: loop } ]', 'forwards/eyes/129.134.30.12=loop'],
    ['[ { forwards: names, through: eyes } ]', 'passes/meta/names/eyes'],
    ['[ { forwards: 129.134.30.12, from: eyes, through: pop.1 } ]', 'passes/eyes/129.134.30.12/pop.1'],
    ['[ { forwards: names, from: eyes, through: "any {eyes,meta}" } ]', 'passes/eyes/names/meta'],
    ['[ { set: strict } ]', 'config/x/set/strict'],
    ['[ { set: strict, at: all pop.* } ]', 'all(config/pop.1/set/strict, config/pop.2/set/strict)'],
    ['[ { set: strict, from: dc.1 } ]', 'config/dc.1/set/strict'],
    ['[ { resolves: shop.com, via: public } ]', 'resolves/public/shop.com=ok|stale'],
    ['[ { resolves: shop.com, via: public, as: servfail } ]', 'resolves/public/shop.com=servfail'],
    ['[ { answers: any ns, via: public } ]', 'any(answers/public/ns@pop.1, answers/public/ns@pop.2)'],
    ['[ { applied: drain } ]', 'applied/drain'],
    ['[ { rollout: drain, is: halted } ]', 'rollout/drain=halted'],
    ['[ { guard: drain, is: [ blocks, broken-closed ] } ]', 'guard/drain=blocks|broken-closed'],
    ['[ { done: fix } ]', 'done/fix'],
    ['[ fix.far ]', 'done/fix.far'],
    ['[ { working: fix } ]', 'task/fix=working'],
    ['[ { stuck: fix, for: 90s } ]', 'stuck/fix/1m30s'],
    ['[ { busy: ops } ]', 'busy/ops'],
    ['[ { sees: alarm } ]', 'sees/alarm'],
    ['[ { rate: queries, above: 5x } ]', 'rate/queries>=5<5'],
    ['[ { rate: queries, above: 5, below: 3 } ]', 'rate/queries>=5<3'],
  ])('%s', (text, meant) => {
    expect(need(text)).toBe(meant);
  });

  test.each([
    [
      '[ { up: dc.1, well: dc.1 } ]',
      'needs[0].well: "up" and "well" are two questions in one; write them as a list, or under all or any',
    ],
    ['[ { up: dc.1, over: backbone } ]', 'needs[0].over: "over" does not go with "up"'],
    ['[ { reach: dc.1, via: public } ]', 'needs[0].via: "via" does not go with "reach"; with it go over, from'],
    ['[ { reach: x } ]', 'needs[0].reach: x always reaches itself; ask from somewhere else: from: …'],
    ['[ { reach: dc.1, over: bakbone } ]', 'needs[0].over: no link has the layer "bakbone"; did you mean "backbone"?'],
    ['[ { announces: spare, at: pop.2 } ]', 'needs[0].announces: spare is not announced from pop.2'],
    [
      '[ { route: names, from: ops } ]',
      'needs[0].from: ops belongs to no network; give it a network, or ask from a network',
    ],
    ['[ { resolves: shop.com } ]', 'needs[0]: this asks no resolver: say which under `via`'],
    [
      '[ { resolves: shop.con, via: public } ]',
      'needs[0].resolves: there is no zone "shop.con"; did you mean "shop.com"?',
    ],
    [
      '[ { resolves: shop.com, via: public, as: servfial } ]',
      'needs[0].as: expected one of servfail, nxdomain, stale, ok, nodata, timeout, found "servfial"; did you mean "servfail"?',
    ],
    [
      '[ { forwards: names, as: black whole } ]',
      'needs[0].as: expected one of no route, black hole, loop, filtered, delivered, found "black whole"; did you mean "black hole"?',
    ],
    ['[ { forwards: 10.0.0.1 } ]', 'needs[0].forwards: no prefix covers 10.0.0.1; announce a block in which it lies'],
    [
      '[ { forwards: names, as: loop, through: eyes } ]',
      'needs[0].forwards: "as" and "through" ask for two things; write them as a list of two questions',
    ],
    [
      '[ { forwards: names, through: pop.1 } ]',
      'needs[0].through: what meta sends always passes meta; ask from somewhere else: from: …',
    ],
    ['[ { forwards: names, through: ops } ]', 'needs[0].through: ops is a team, no network'],
    ['[ { set: strictt } ]', 'needs[0].set: nothing ever sets "strictt"; did you mean "strict"?'],
    [
      '[ { set: strict, at: pop.* } ]',
      'needs[0].at: "pop.*" stands for 2 nodes, and this asks about one; write "any pop.*" or "all pop.*"',
    ],
    ['[ { answers: dc.1, via: public } ]', 'needs[0].answers: dc.1 is a datacenter, expected a nameserver'],
    [
      '[ { rollout: drain } ]',
      'needs[0]: rollout asks for a word: say which under `is`; one of idle, starting, blocked, rolling, halted, complete, reverting, reverted',
    ],
    ['[ { stuck: fix } ]', 'needs[0]: stuck for how long? say so under `for`'],
    ['[ { done: fix.fra } ]', 'needs[0].done: there is no task "fix.fra"; did you mean "fix.far"?'],
    ['[ { rate: queries } ]', 'needs[0]: a rate is compared with a number: say which under `above`'],
    ['[ { rate: queries, above: 3, below: 5 } ]', 'needs[0].below: below (5) lies over above (3)'],
    ['[ { over: backbone } ]', 'needs[0].over: there is no node or prefix "backbone"'],
    [
      '[ { via: backbone } ]',
      'needs[0]: this asks nothing; a condition is a name, all, any, atLeast, not, or a question such as up or reach',
    ],
    ['[ { pu: dc.1 } ]', 'needs[0].pu: there is no key "pu" here; did you mean "up"?'],
  ])('%s is refused', (text, problem) => {
    expect(wrong(text)).toEqual([problem]);
  });
});

describe('a gate', () => {
  test.each([
    ['{ any: [ dc.1, dc.2 ] }', 'any(up/dc.1, up/dc.2)'],
    ['{ atLeast: 2, of: [ dc.1, dc.2, dc.3 ] }', '2of(up/dc.1, up/dc.2, up/dc.3)'],
    ['{ not: { all: [ dc.1, [ dc.2, dc.3 ] ] } }', 'not(all(up/dc.1, all(up/dc.2, up/dc.3)))'],
    ['{ all: [] }', 'all()'],
    ['{ any: [] }', 'any()'],
  ])('%s', (text, meant) => {
    expect(need(text)).toBe(meant);
  });

  test.each([
    ['{ atLeast: 5, of: [ dc.1, dc.2, dc.3 ] }', 'needs.atLeast: atLeast 5 of 3 can never be judged; expected 1 to 3'],
    ['{ atLeast: 2 }', 'needs: "atLeast" needs the list it counts under `of`'],
    [
      '{ any: [ dc.1 ], up: dc.1 }',
      'needs.up: "any" and "up" are two questions in one; write them as a list, or under all or any',
    ],
    ['{ any: dc.1 }', 'needs.any: expected a list, found "dc.1"'],
  ])('%s is refused', (text, problem) => {
    expect(wrong(text)).toEqual([problem]);
  });
});

describe('a named condition', () => {
  const named = (conditions: string, text: string) =>
    `conditions:\n${conditions}${PLACE.replace('links:', `  x: { kind: service, in: pop.1, needs: ${text} }\n  y: { kind: service, in: pop.2, needs: ${text} }\nlinks:`)}`;

  test('is read in the place of each one who uses it, and keeps its name', () => {
    const read = scenario(named('  home: { reach: dc.1 }\n', '[ home ]'));
    expect([needs(read, 'x'), needs(read, 'y')]).toEqual([['reach/x/dc.1'], ['reach/y/dc.1']]);
    expect(read.nodes.get('x')?.needs[0]?.condition.called).toBe('home');
  });

  test('that asks nothing of its user is shared', () => {
    const read = scenario(named('  home: any dc.*\n', '[ home ]'));
    expect(read.nodes.get('x')?.needs[0]?.condition).toBe(read.nodes.get('y')?.needs[0]?.condition);
  });

  test.each([
    ['  a: [ b ]\n  b: [ a ]\n', '[ a ]', 'conditions.b[0]: a condition names itself: a → b → a'],
    ['  dc.1: { up: dc.2 }\n', '[ dc.1 ]', 'needs[0]: "dc.1" is a condition and a node; give one of them another name'],
    ['  a: dc.1\n', '[ any a ]', 'needs[0]: "a" is a condition, and there is one of it; write "a"'],
    ['  a: { up: dc.9 }\n', '[ dc.1 ]', 'conditions.a.up: there is no node "dc.9"; did you mean "dc.1"?'],
  ])('%j with %s is refused', (conditions, text, problem) => {
    expect(problems(named(conditions, text)).map((one) => one.replace(/^\d+:\d+: (nodes\.[xy]\.)?/, ''))).toContain(
      problem,
    );
  });

  test('outside of the network somebody must ask', () => {
    const found = problems(`${PLACE}faults: { f: { after: { not: { reach: dc.1 } }, to: dc.2 } }\n`);
    expect(found).toEqual([
      expect.stringContaining('faults.f.after.not: nobody asks this: say who looks under `from`'),
    ]);
  });
});

test('needs with delays of their own are clauses of their own', () => {
  const text =
    'nodes:\n  "{a,b,c}": { kind: router }\n  x: { kind: service, needs: [ a, { up: b, downAfter: 5m }, c ], downAfter: 10s, upAfter: 20s }\n';
  const clauses = scenario(text)
    .nodes.get('x')
    ?.needs.map(({ condition, downAfter, upAfter }) => [short(condition), downAfter, upAfter]);
  const ms = (value: number) => ({ law: 'fixed', value });
  expect(clauses).toEqual([
    ['all(up/a, up/c)', ms(10_000), ms(20_000)],
    ['up/b', ms(300_000), ms(20_000)],
  ]);
});

test('what is needed to begin has no delays of its own', () => {
  const text = 'nodes:\n  a: { kind: router }\n  x: { kind: service, starts: [ { up: a, downAfter: 5m } ] }\n';
  expect(problems(text)).toEqual(['3:42: nodes.x.starts[0].downAfter: "downAfter" does not go with "up"']);
});

test('a rate that feeds back on a rate asks for two limits', () => {
  const rates = (test: string) =>
    `nodes: { a: { kind: router } }\nrates:\n  q: { rest: 1, to: 9, while: load }\n  r: { rest: 1, to: 9, while: { rate: q, ${test} } }\nconditions:\n  load: { rate: r, above: 5, below: 4 }\n`;
  expect(problems(rates('above: 5'))).toEqual([
    '4:31: rates.r.while: q itself depends on a rate: say under `below` when this is false again; without a gap between above and below it would flicker',
  ]);
  expect(problems(rates('above: 5, below: 3'))).toEqual([]);
});
