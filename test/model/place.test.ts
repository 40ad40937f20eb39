import { describe, expect, test } from 'vitest';
import { nodeOf, problems, scenario, short } from './reading.ts';

describe('links', () => {
  const NODES = 'nodes:\n  bb.{1..3}.{a,b}: { kind: router }\n  pop.{1..4}: { kind: pop }\n';
  const links = (text: string) =>
    [...scenario(`${NODES}links:\n${text}`).links.values()].map(({ name, layer }) =>
      layer === null ? name : `${name} ${layer}`,
    );

  test('a mesh joins each with each, once', () => {
    expect(links('  m: { mesh: "bb.*.a", layer: backbone }\n')).toEqual([
      'm:bb.1.a~bb.2.a backbone',
      'm:bb.1.a~bb.3.a backbone',
      'm:bb.2.a~bb.3.a backbone',
    ]);
  });

  test('one link has the plain name, several are a group', () => {
    expect(links('  l: { from: pop.1, to: pop.2 }\n')).toEqual(['l']);
    const read = scenario(
      `${NODES}links:\n  l: { from: "pop.{1,2}", to: pop.3 }\nfaults: { cut: { at: 1m, to: l } }\n`,
    );
    expect(read.faults.get('cut')?.targets).toEqual(['l:pop.1~pop.3', 'l:pop.2~pop.3']);
  });

  test('from to to joins everyone with everyone', () => {
    expect(links('  l: { from: [ pop.1, pop.2 ], to: "bb.1.*" }\n')).toHaveLength(4);
    expect(links('  l: { from: "pop.*", to: "pop.*" }\n')).toHaveLength(6);
  });

  test('$1 in to pairs like with like', () => {
    expect(links('  l: { from: "bb.*.a", to: pop.$1 }\n')).toEqual([
      'l:bb.1.a~pop.1',
      'l:bb.2.a~pop.2',
      'l:bb.3.a~pop.3',
    ]);
    expect(links('  plane.{a,b}: { mesh: "bb.*.$1" }\n')).toHaveLength(6);
    expect(links('  up.{a,b}: { from: pop.*, to: bb.1.$1 }\n').slice(0, 2)).toEqual([
      'up.a:pop.1~bb.1.a',
      'up.a:pop.2~bb.1.a',
    ]);
    expect(links('  up.{a,b}: { from: "pop.{1,2}", to: bb.$2.$1 }\n')).toEqual([
      'up.a:pop.1~bb.1.a',
      'up.a:pop.2~bb.2.a',
      'up.b:pop.1~bb.1.b',
      'up.b:pop.2~bb.2.b',
    ]);
  });

  test('pick chooses by name alone: another node changes no other choice', () => {
    const chosen = links('  l: { from: pop.*, to: "bb.*.*", pick: 2 }\n');
    expect(chosen).toHaveLength(8);
    expect(links('  l: { from: "pop.{1..3}", to: "bb.*.*", pick: 2 }\n')).toEqual(
      chosen.filter((name) => !name.includes('pop.4')),
    );
  });

  test.each([
    ['l: { mesh: pop.*, to: pop.1 }', 'links.l: a mesh joins each with each: it has no from, to or pick'],
    ['l: { from: pop.1 }', 'links.l: a link has `from` and `to`, or `mesh`'],
    ['l: { from: pop.1, to: pop.9 }', 'links.l.to: there is no node "pop.9"; did you mean "pop.1"?'],
    ['l: { from: pop.1, to: "bb.1.*", pick: 3 }', 'links.l.pick: there are only 2 to pick 3 from'],
    ['l: { from: pop.1, to: pop.1 }', 'links.l: this joins nothing'],
    ['l: { mesh: pop.1 }', 'links.l: a mesh of one joins nothing'],
  ])('%s is refused', (line, problem) => {
    expect(problems(`${NODES}links:\n  ${line}\n`).map((one) => one.replace(/^\d+:\d+: /, ''))).toEqual([problem]);
  });
});

describe('prefixes', () => {
  const NODES =
    'nodes:\n  meta: { kind: network }\n  dc.1: { kind: datacenter }\n  pop.{1..2}: { kind: pop, network: meta }\n  ns: { kind: nameserver, in: pop.* }\n';

  test('a glob refines; each site asks for itself, and is here', () => {
    const read = scenario(
      `${NODES}prefixes:\n  ns-a: { cidr: 129.134.30.0/24 }\n  ns-*: { from: pop.*, while: [ { reach: dc.1 }, ns@here ], withdrawAfter: 5s..3m }\n`,
    );
    const prefix = read.prefixes.get('ns-a');
    expect(prefix?.sites.map(({ site, while: so }) => [site, short(so)])).toEqual([
      ['pop.1', 'all(reach/pop.1/dc.1, up/ns@pop.1)'],
      ['pop.2', 'all(reach/pop.2/dc.1, up/ns@pop.2)'],
    ]);
    expect(prefix).toMatchObject({
      cidr: '129.134.30.0/24',
      count: 1,
      withdrawAfter: { law: 'uniform', low: 5000, high: 180_000 },
    });
  });

  test.each([
    ['p: { cidr: 10.0.0.0/8 }', 'prefixes.p: "from" is missing; say which sites announce it'],
    [
      'p: { from: pop.*, cidr: 10.0.0.1/8 }',
      'prefixes.p.cidr: 10.0.0.1/8 has bits set behind its length; did you mean 10.0.0.0/8?',
    ],
    ['p: { from: pop.*, count: 0 }', 'prefixes.p.count: expected a number of at least 1, found 0'],
    ['p: { from: pop.*, count: 1.5 }', 'prefixes.p.count: expected a whole number, found 1.5'],
    [
      'p: { from: any pop.* }',
      'prefixes.p.from: targets are all that a glob matches, found "any pop.*"; write "pop.*"',
    ],
  ])('%s is refused', (line, problem) => {
    expect(problems(`${NODES}prefixes:\n  ${line}\n`).map((one) => one.replace(/^\d+:\d+: /, ''))).toEqual([problem]);
  });

  test('a nameserver lies in a prefix that exists', () => {
    expect(problems(`${NODES}  x: { kind: nameserver, prefix: p }\n`)).toEqual([
      '7:34: nodes.x.prefix: there is no prefix "p"'.replace('7:', '6:'),
    ]);
  });
});

test('zones have nameservers and a time to live', () => {
  const text =
    'nodes:\n  ns.{a,b}: { kind: nameserver }\n  web: { kind: service }\nzones:\n  "{shop,mail}.com": { nameservers: ns.*, ttl: 5m }\n';
  const alone = {
    negativeTtl: 0,
    signed: false,
    ds: null,
    records: ['a', 'aaaa'],
    under: null,
    serversIn: null,
    cname: null,
    load: null,
  };
  expect([...scenario(text).zones.values()]).toEqual([
    { name: 'mail.com', nameservers: ['ns.a', 'ns.b'], ttl: 300_000, ...alone },
    { name: 'shop.com', nameservers: ['ns.a', 'ns.b'], ttl: 300_000, ...alone },
  ]);
  expect(problems(text.replace('ns.*', 'web').replace(', ttl: 5m', ''))).toEqual([
    '5:3: zones.{shop,mail}.com: "ttl" is missing; say how long resolvers keep an answer',
    '5:37: zones.{shop,mail}.com.nameservers: web is a service, expected a nameserver',
  ]);
});

describe('populations', () => {
  const people = (via: string) =>
    `nodes:\n  r.{a,b}: { kind: resolver }\n  public: { kind: resolver }\n  web: { kind: service }\n  users: { kind: population, people: 1e6, via: ${via}, does: [ read ] }\njourneys:\n  read: [ up: web ]\n`;
  const via = (text: string) => nodeOf(scenario(people(text)), 'users').via;

  test('ask resolvers by share; a glob shares evenly, rest is what is left', () => {
    expect(via('{ public: 10%, r.*: rest }')).toEqual([
      { resolver: 'public', share: 0.1 },
      { resolver: 'r.a', share: 0.45 },
      { resolver: 'r.b', share: 0.45 },
    ]);
    expect(via('{ r.*: 100% }').map(({ share }) => share)).toEqual([0.5, 0.5]);
  });

  test.each([
    [
      '{ public: 10%, r.*: 80% }',
      'nodes.users.via: the shares add up to 90%, not to 100%; write `rest` for one of them',
    ],
    ['{ public: 60%, r.*: 60% }', 'nodes.users.via: the shares add up to 120%, not to 100%'],
    ['{ public: 60%, "*": rest }', 'nodes.users.via.*: users is a population, expected a resolver'],
    ['{ r.a: 60%, r.*: rest }', 'nodes.users.via.r.*: r.a has its share already'],
    ['{ r.a: rest, r.b: rest }', 'nodes.users.via.r.b: only one may have the rest'],
    ['{ r.a: all }', 'nodes.users.via.r.a: expected a share from 0% to 100%, or rest, found "all"'],
    ['{ r.x: 100% }', 'nodes.users.via.r.x: there is no node "r.x"; did you mean "r.a"?'],
  ])('%s is refused', (text, problem) => {
    expect(problems(people(text)).map((one) => one.replace(/^\d+:\d+: /, ''))).toContain(problem);
  });
});
