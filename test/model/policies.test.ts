/** What networks do with routes, as written and as it comes out: policies, the ends that have them, announcements, authorisations. */
import { describe, expect, test } from 'vitest';
import { sceneOf } from '../../sim/exchange/scene.ts';
import { sayCondition } from '../../sim/model/conditions.ts';
import type { Policy, PolicyTerm } from '../../sim/model/scenario.ts';
import { problems, scenario, short } from './reading.ts';

const NODES = `nodes:
  "{buyer,seller,other}": { kind: network }
  site.{1..2}: { kind: pop, network: seller }
  alone: { kind: router }
links:
  up: { from: buyer, to: seller, bgp: buys }
prefixes:
  wide.{1..2}: { cidr: 10.$1.0.0/16, from: seller, communities: [ backup ] }
  host: { cidr: 192.0.2.0/24, from: alone }
changes:
  turn: { at: 1m, to: buyer, effect: { set: strict } }
`;
const NOTHING = {
  prefixes: null,
  within: null,
  communities: null,
  paths: null,
  length: null,
  validity: null,
  learnt: null,
};
const AS_IT_IS = { preference: null, med: null, prepend: 0, add: [], remove: [] };

const policy = (terms: string, options = {}): Policy => {
  const read = scenario(`${NODES}policies:\n  p:\n${terms}`, options).policies.get('p');
  if (!read) throw new Error('no policy p');
  return read;
};
const only = (term: string): PolicyTerm => policy(`    t: ${term}\n`).terms[0] as PolicyTerm;
const wrong = (term: string): string[] =>
  problems(`${NODES}policies:\n  p:\n    t: ${term}\n`).map((one) => one.replace(/^\d+:\d+: policies\.p\.t\.?/, ''));

describe('a term', () => {
  test('without anything to look for is for every route', () => {
    expect(only('{ then: accept }')).toEqual({ name: 't', while: null, match: NOTHING, set: AS_IT_IS, then: 'accept' });
  });

  test.each([
    ['prefixes: wide.*', { prefixes: ['wide.1', 'wide.2'] }],
    ['prefixes: [ host, wide.1 ]', { prefixes: ['host', 'wide.1'] }],
    ['within: 10.0.0.0/8', { within: [{ cidr: '10.0.0.0/8', from: 8, to: 8 }] }],
    ['within: { cidr: 10.0.0.0/8 }', { within: [{ cidr: '10.0.0.0/8', from: 8, to: 8 }] }],
    ['within: { cidr: 10.0.0.0/8, to: 24 }', { within: [{ cidr: '10.0.0.0/8', from: 8, to: 24 }] }],
    ['within: { cidr: 10.0.0.0/8, from: 24 }', { within: [{ cidr: '10.0.0.0/8', from: 24, to: 24 }] }],
    ['within: { cidr: 0.0.0.0/0, from: 25, to: 32 }', { within: [{ cidr: '0.0.0.0/0', from: 25, to: 32 }] }],
    [
      'within: [ 10.0.0.0/8, { cidr: "2001:db8::/32", to: 48 } ]',
      {
        within: [
          { cidr: '10.0.0.0/8', from: 8, to: 8 },
          { cidr: '2001:db8::/32', from: 32, to: 48 },
        ],
      },
    ],
    ['communities: backup', { communities: ['backup'] }],
    ['communities: [ no-export, blackhole ]', { communities: ['no-export', 'blackhole'] }],
    ['communities: [ "65535:65281", 65535:666 ]', { communities: ['no-export', 'blackhole'] }],
    ['path: "* seller *"', { paths: [['*', 'seller', '*']] }],
    ['path: [ "? seller", alone ]', { paths: [['?', 'seller'], ['alone']] }],
    ['length: 3', { length: { from: 3, to: 3 } }],
    ['length: { from: 20 }', { length: { from: 20, to: 65535 } }],
    ['length: { to: 2 }', { length: { from: 0, to: 2 } }],
    ['validity: invalid', { validity: ['invalid'] }],
    ['validity: [ valid, not found ]', { validity: ['valid', 'not found'] }],
    ['learnt: [ own, customer ]', { learnt: ['own', 'customer'] }],
  ])('looks for %s', (match, found) => {
    expect(only(`{ ${match}, then: reject }`).match).toEqual({ ...NOTHING, ...found });
  });

  test('sets what it sets, and goes on if it does not end it', () => {
    expect(only('{ preference: 50, med: 10, prepend: 2, add: [ 65001:100, old ], remove: backup }')).toMatchObject({
      set: { preference: 50, med: 10, prepend: 2, add: ['65001:100', 'old'], remove: ['backup'] },
      then: null,
    });
  });

  test('takes numbers, words and blocks from parameters', () => {
    const read = policy('    t: { within: $block, preference: $liking, then: $end }\n', {
      patch: {
        parameters: Object.fromEntries(
          Object.entries({ block: '10.0.0.0/8', liking: 70, end: 'accept' }).map(([name, value]) => [
            name,
            { value, because: 'a test' },
          ]),
        ),
      },
    });
    expect(read.terms[0]).toMatchObject({
      match: { within: [{ cidr: '10.0.0.0/8', from: 8, to: 8 }] },
      set: { preference: 70 },
      then: 'accept',
    });
  });

  test.each([
    [
      '{ communities: bakcup, then: reject }',
      'communities: nothing puts the community "bakcup" on a route; did you mean "backup"?',
    ],
    ['{ within: { cidr: 10.0.0.0/8, to: 33 }, then: reject }', 'within.to: expected a number from 8 to 32, found 33'],
    [
      '{ within: { cidr: 10.0.0.0/8, from: 24, to: 16 }, then: reject }',
      'within.to: nothing is at least 24 and at most 16 long',
    ],
    ['{ path: "* sellr *", then: reject }', 'path: there is no network "sellr"; did you mean "seller"?'],
    ['{ path: site.1, then: reject }', 'path: site.1 belongs to seller, and paths go by networks; write "seller"'],
    ['{ path: " ", then: reject }', 'path: a path holds at least one name, * or ?'],
    ['{ prefixes: wide.3, then: reject }', 'prefixes: there is no prefix "wide.3"; did you mean "wide.1"?'],
    ['{ learnt: peer }', ': this term does nothing; let it set preference, med, prepend, add or remove, or say `then`'],
    ['{ then: acept }', 'then: expected one of accept, reject, found "acept"; did you mean "accept"?'],
    ['{ tehn: accept }', 'tehn: there is no key "tehn" here; did you mean "then"?'],
  ])('%s is refused', (term, problem) => {
    expect(wrong(term)).toEqual([problem.replace(/^: /, ': ')]);
  });
});

test('a path is of names, and who writes a number is told whose it is', () => {
  const numbered = NODES.replace('  alone:', '  other: { asn: 64500 }\n  alone:');
  const told = (path: string) =>
    problems(`${numbered}policies: { p: { a: { path: "${path}", then: reject } } }\n`).map((one) =>
      one.replace(/^.*?path: /, ''),
    );
  expect(told('* AS64500')).toEqual(['there is no network "AS64500"; write "other": here networks go by their names']);
  expect(told('* 64501')).toEqual(['there is no network "64501"; here networks go by their names']);
});

describe('the terms of a policy', () => {
  const TERMS = '    b: { learnt: peer, then: reject }\n    a: { learnt: own, then: accept }\n';
  const names = (patch: object): string[] => policy(TERMS, { patch }).terms.map(({ name }) => name);

  test('are asked in the order they are written', () => {
    expect(names({})).toEqual(['b', 'a']);
  });

  test('are refined where they are, taken out, and added at the end by patches', () => {
    expect(names({ policies: { p: { '0': { med: 1 }, a: null } } })).toEqual(['b', '0']);
    const read = policy(TERMS, { patch: { policies: { p: { b: { learnt: 'provider' } } } } });
    expect(read.terms.map(({ name, match }) => [name, match.learnt])).toEqual([
      ['b', ['provider']],
      ['a', ['own']],
    ]);
  });

  test('grow and shrink their lists', () => {
    const read = policy(`${TERMS}    c: { communities: backup, then: reject }\n`, {
      patch: { policies: { p: { b: { 'prefixes+': ['host'] }, c: { 'communities+': ['no-export'] } } } },
    });
    expect(read.terms.map(({ match }) => [match.prefixes, match.communities])).toEqual([
      [['host'], null],
      [null, null],
      [null, ['backup', 'no-export']],
    ]);
  });

  test('after one that ends with every route are never asked', () => {
    expect(problems(`${NODES}policies:\n  p:\n    a: { then: accept }\n    b: { med: 1 }\n`)).toEqual([
      '15:5: policies.p.b: this is never asked: "a" before it ends with every route; write it before; what a patch adds stands at the end',
    ]);
    const open = '    a: { while: { set: strict }, then: reject }\n    b: { med: 1 }\n';
    expect(policy(open).terms).toHaveLength(2);
  });

  test('are for nobody, and read all the same', () => {
    expect(problems(`${NODES}policies:\n  p:\n    a: { while: { up: noody }, then: accept }\n`)).toEqual([
      '14:23: policies.p.a.while.up: there is no node "noody"',
    ]);
    expect(policy('    a: { while: { set: strict }, then: accept }\n').terms).toHaveLength(1);
    expect(policy('    {}\n').terms).toEqual([]);
  });
});

describe('the ends of a session', () => {
  const POLICIES =
    'policies: { one: { a: { then: accept } }, two: { a: { then: reject } }, mine: { a: { while: { set: strict }, then: reject } }, ours: { a: { while: alone, then: reject } } }\n';
  const ends = (nodes: string, ends: string) => {
    const text = NODES.replace('links:', `${nodes}links:`).replace('bgp: buys', `bgp: buys${ends}`);
    const link = scenario(text + POLICIES).links.get('up');
    return [link?.ends.from, link?.ends.to].map((end) => [end?.imports?.name ?? null, end?.exports?.name ?? null]);
  };

  test('treat routes as the relation says, unless something is said', () => {
    expect(ends('', '')).toEqual([
      [null, null],
      [null, null],
    ]);
  });

  test('have what their node says; a link outranks it', () => {
    const nodes = '  buyer: { imports: one, exports: two }\n'.replace('buyer', '"buyer*"');
    expect(ends(nodes, '')[0]).toEqual(['one', 'two']);
    expect(ends(nodes, ', ends: { from: { imports: two } }')[0]).toEqual(['two', 'two']);
    expect(ends(nodes, ', ends: { to: { exports: one } }')).toEqual([
      ['one', 'two'],
      [null, 'one'],
    ]);
  });

  test('of a site have what its network says, and roles too, unless it says otherwise', () => {
    const read = scenario(
      `${NODES.replace('to: seller', 'to: site.*')
        .replace(
          '"{buyer',
          '"seller*": { imports: one, roles: true }\n  site.2: { imports: two, roles: false }\n  "{buyer',
        )
        .replace('wide.{1..2}', 'wide.{1..2}')}${POLICIES}`,
    );
    const imports = [...read.links.values()].map(({ to, ends }) => [to, ends.to.imports?.name]);
    expect(imports).toEqual([
      ['site.1', 'one'],
      ['site.2', 'two'],
    ]);
    expect(['seller', 'site.1', 'site.2', 'buyer'].map((name) => read.nodes.get(name)?.roles)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  test('share a policy, and have one of their own where it asks for the one who asks', () => {
    const both = (name: string) => {
      const text = NODES.replace(
        'bgp: buys',
        `bgp: buys, ends: { from: { imports: ${name} }, to: { imports: ${name} } }`,
      );
      const read = scenario(text + POLICIES);
      const { from, to } = read.links.get('up')?.ends ?? {};
      return { read, from: from?.imports, to: to?.imports };
    };
    for (const shared of ['one', 'ours']) {
      const { read, from, to } = both(shared);
      expect(from).toBe(to);
      expect(read.policies.get(shared)).toBe(from);
    }
    const { read, from, to } = both('mine');
    expect([from, to].map((policy) => short(policy?.terms[0]?.while))).toEqual([
      'config/buyer/set/strict',
      'config/seller/set/strict',
    ]);
    expect([...read.policies.keys()]).toEqual(['mine of buyer', 'mine of seller', 'one', 'ours', 'two']);
    expect(from?.name).toBe('mine');
  });

  test('are no part of a picture, which knows a session by its name', () => {
    const read = scenario(NODES.replace('bgp: buys', 'bgp: buys, ends: { to: { imports: mine } }') + POLICIES);
    expect(sceneOf(read).links.filter(({ bgp }) => bgp !== null)).toEqual([
      { name: 'up', from: 'buyer', to: 'seller', layer: null, bgp: 'buys', implied: false },
    ]);
  });

  test('must be some: a policy needs a session, of one at least for whom it is meant', () => {
    const said = (nodes: string) => problems(NODES.replace('links:', `${nodes}links:`) + POLICIES);
    expect(said('  lone: { kind: network, imports: one }\n')).toEqual([
      '5:26: nodes.lone.imports: "imports" is about sessions, and lone has none; a session is a link with `bgp`',
    ]);
    expect(said('  "{buyer,seller,other}": { imports: one }\n'.replace('"{buyer,seller,other}"', '"*e*"'))).toEqual([]);
  });
});

describe('an announcement', () => {
  const prefix = (text: string) => scenario(`${NODES.replace('changes:', `  p: ${text}\nchanges:`)}`).prefixes.get('p');
  const refused = (text: string) =>
    problems(NODES.replace('changes:', `  p: ${text}\nchanges:`)).map((one) =>
      one.replace(/^\d+:\d+: prefixes\.p\.?/, ''),
    );

  test('is its site’s own, plain and served there, unless it says otherwise', () => {
    expect(prefix('{ cidr: 10.0.0.0/8, from: buyer }')).toMatchObject({ tail: [], communities: [], traffic: 'here' });
    expect(
      prefix(
        '{ cidr: 10.1.128.0/17, from: buyer, tail: [ other, seller ], communities: [ no-export, 65001:100 ], traffic: on }',
      ),
    ).toMatchObject({ tail: ['other', 'seller'], communities: ['no-export', '65001:100'], traffic: 'on' });
  });

  test('may be of the block of another, from another site', () => {
    expect(prefix('{ cidr: 10.1.0.0/16, from: buyer, traffic: drop }')).toMatchObject({ traffic: 'drop' });
  });

  test.each([
    [
      '{ cidr: 10.1.0.0/16, from: [ buyer, seller ] }',
      'seller announces 10.1.0.0/16 already, as "p"; a site announces a block once',
    ],
    [
      '{ cidr: 10.0.0.0/8, from: buyer, traffic: on }',
      'traffic: traffic goes on by the next wider block, and there is none around 10.0.0.0/8; announce a wider one, or say here or drop',
    ],
    [
      '{ cidr: 10.1.0.0/16, from: buyer, traffic: on }',
      'traffic: traffic goes on by the next wider block, and there is none around 10.1.0.0/16; announce a wider one, or say here or drop',
    ],
    [
      '{ from: buyer, traffic: on }',
      'traffic: traffic goes on by the next wider block, and this has no block; say which under `cidr`',
    ],
    ['{ from: buyer, traffic: off }', 'traffic: expected one of here, drop, on, found "off"'],
    [
      '{ from: buyer, path: [ seller ] }',
      'path: there is no key "path" here; what stands in the path behind the site’s own network is `tail`',
    ],
    ['{ from: buyer, tail: site.1 }', 'tail: site.1 belongs to seller, and paths go by networks; write "seller"'],
    [
      '{ from: buyer, communities: "a b" }',
      'communities: a community is a text without blanks, found "a b"; a list holds several',
    ],
  ])('%s is refused', (text, problem) => {
    expect(refused(text).map((one) => one.replace(/^.*prefixes\.wide\.\S+: /, ''))).toEqual([problem]);
  });
});

test('an authorisation is for the block alone unless it says how long its parts may be', () => {
  const read = scenario(
    `${NODES}authorisations:\n  b: { cidr: 10.0.0.0/8, longest: 24, origin: buyer }\n  a: { cidr: "2001:db8::/32", origin: alone }\n`,
  );
  expect([...read.authorisations.values()]).toEqual([
    { name: 'a', cidr: '2001:db8::/32', longest: 32, origin: 'alone' },
    { name: 'b', cidr: '10.0.0.0/8', longest: 24, origin: 'buyer' },
  ]);
  const nobody = scenario(`${NODES}authorisations: { a: { cidr: 10.0.0.0/8, origin: none } }\n`);
  expect([...nobody.authorisations.values()]).toEqual([{ name: 'a', cidr: '10.0.0.0/8', longest: 8, origin: null }]);
  const taken = `${NODES.replace('alone:', 'none: { kind: network }\n  alone:')}authorisations: { a: { cidr: 10.0.0.0/8, origin: none } }\n`;
  expect(problems(taken)).toEqual([
    '13:50: authorisations.a.origin: here "none" means nobody, and there is a network of that name; call it otherwise',
  ]);
  expect(problems(`${NODES}authorisations: { a: { cidr: 10.0.0.0/8, origin: AS0 } }\n`)).toEqual([
    '12:50: authorisations.a.origin: there is no network "AS0"; an authorisation whose origin is none says that nobody may announce a block',
  ]);
  expect(problems(`${NODES}authorisations:\n  a: { cidr: 10.0.0.0/8, longest: 7, origin: other }\n`)).toEqual([
    '13:35: authorisations.a.longest: expected a number from 8 to 32, found 7',
  ]);
});

test('a tag that nobody asks for and that is a slip away from one with a meaning is misspelt', () => {
  for (const slip of ['no-exprot', 'No-Export', 'noexport', 'blackholes', 'no-advertize'])
    expect(wrong(`{ add: ${slip} }`), slip).toEqual([
      expect.stringMatching(
        `no policy asks for the community "${slip}"; did you mean "(no-export|blackhole|no-advertise)"\\?`,
      ),
    ]);
  expect(problems(NODES.replace('[ backup ]', '[ backup, no-exprot ]'))).toEqual([
    expect.stringMatching('no policy asks for the community "no-exprot"; did you mean "no-export"'),
  ]);
  // Tags of one's own may look like anything, and one that somebody asks for is meant.
  for (const own of ['no-import', 'backups', 'no-exports-here']) expect(wrong(`{ add: ${own} }`), own).toEqual([]);
  expect(wrong('{ add: no-exprot }\n    u: { communities: no-exprot, preference: 50 }')).toEqual([]);
});

describe('a word of a configuration', () => {
  const asks = (word: string) =>
    `${NODES.replace('  alone: { kind: router }', `  alone: { kind: router, needs: { set: ${word}, at: buyer } }`)}`;

  test('that nobody ever sets is misspelt', () => {
    expect(problems(asks('stirct'))).toEqual([
      '4:40: nodes.alone.needs.set: nothing ever sets "stirct"; did you mean "strict"?',
    ]);
  });

  test('is none where only this variant takes away who sets it', () => {
    const patch = { changes: null };
    expect(problems(asks('strict'), { patch })).toEqual([]);
    const variants =
      'variants: { v: { title: V, patch: { changes: { more: { at: 2m, to: buyer, effect: { set: other } } } } } }\n';
    expect(problems(asks('other') + variants)).toEqual([]);
  });

  test('is one text: it has no blanks', () => {
    expect(problems(NODES.replace('set: strict', 'set: too many words'))).toEqual([
      '11:45: changes.turn.effect.set: a word of a configuration has no blanks, found "too many words"',
    ]);
  });
});

test('questions about packets and words read as what they ask', () => {
  const NEEDS =
    '[ { forwards: 10.1.2.3, from: buyer, as: loop }, { forwards: host, from: buyer, through: seller }, { set: strict, at: buyer } ]';
  const read = scenario(NODES.replace('alone: { kind: router }', `alone: { kind: router, needs: ${NEEDS} }`));
  const [clause] = read.nodes.get('alone')?.needs ?? [];
  expect(clause && sayCondition(clause.condition)).toBe(
    'all (what buyer sends to 10.1.2.3 ends as loop, what buyer sends to host passes through seller, buyer is set to strict)',
  );
});
