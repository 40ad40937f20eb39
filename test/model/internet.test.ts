/** The section `internet`: which networks are made of it, which declared ones are of it, and what is wrong with it. */
import { describe, expect, test } from 'vitest';
import { nameOf, PEERS } from '../../sim/model/internet/internet.ts';
import type { Rest } from '../../sim/model/internet/rest.ts';
import type { LoadOptions } from '../../sim/model/load.ts';
import { problems, scenario } from './reading.ts';

/** Two at the top, 1 and 2; 3 and 4 buy of them, 5 of 3, 6 and 7 of 4; 3 and 4 peer, and so do 6 and 7. */
const FILE = '1|2|0\n1|3|-1\n2|4|-1\n3|5|-1\n4|6|-1\n4|7|-1\n3|4|0\n6|7|0\n';
const readBytes: LoadOptions['readBytes'] = (path) => (path === './small.txt' ? new TextEncoder().encode(FILE) : null);

const rest = (text: string): Rest =>
  scenario(text.includes('internet:') ? text : `internet: { caida: ./small.txt }\n${text}`, { readBytes })
    .internet as Rest;
const links = ({ names, from, to, relation }: Rest): string[] =>
  [...relation].map(
    (kind, link) => `${names[from[link] as number]}${kind === PEERS ? '-' : '>'}${names[to[link] as number]}`,
  );
const said = (text: string): string[] => problems(text, { readBytes });

describe('what is made', () => {
  test('the providers of who announces and of who is declared, and who peers with the first of these', () => {
    const made = rest(
      'nodes: { a: { kind: network, asn: 5 }, b: { kind: network, asn: 6 } }\nprefixes: { p: { from: a } }\n',
    );
    expect(made.names).toEqual(['as1', 'as2', 'as3', 'as4', 'a', 'b']);
    // 6 and 7 peer, and 7 is nobody's provider.
    expect(links(made)).toEqual(['as1-as2', 'as3>as1', 'as3-as4', 'as4>as2', 'a>as3', 'b>as4']);
  });

  test('where nobody announces, nobody peers', () => {
    const made = rest('nodes: { b: { kind: network, asn: 6 } }\n');
    expect(links(made)).toEqual(['as4>as2', 'b>as4']);
  });

  test('who tells by a policy of its own may tell what others would not', () => {
    const made = rest(`nodes: { b: { kind: network, asn: 6, exports: all }, c: { kind: network, asn: 7 } }
policies: { all: { each: { then: accept } } }
`);
    expect(links(made)).toEqual(['as4>as2', 'b>as4', 'b-c', 'c>as4']);
    expect(made.ends.map((end) => end.exports?.name ?? null)).toEqual([null, null, 'all', null]);
  });

  test('a declared session stands for what the Internet says of its ends, and leads on into it', () => {
    const made = rest(`nodes:
  a: { kind: network, asn: 5 }
  three: { kind: network, asn: 3 }
  edge: { kind: pop }
links:
  own: { from: a, to: three, bgp: peers }
  up: { from: edge, to: three, bgp: buys }
prefixes: { p: { from: edge } }
`);
    expect(links(made)).toEqual(['three>as1']);
  });

  test('sessions are as `defaults` says', () => {
    const made = rest('defaults: { bgp: { delay: 3ms, mrai: 30s } }\nnodes: { a: { kind: network, asn: 5 } }\n');
    expect(made.session.delay).toEqual({ law: 'fixed', value: 3 });
    expect(made.session.mrai).toEqual({ law: 'fixed', value: 30_000 });
    expect(made.session.hold).toEqual({ law: 'fixed', value: 90_000 });
  });

  test('policies of the rest, by share', () => {
    const share = (text: string): number => {
      const made = rest(`internet: { generate: { networks: 3000, seed: 1 }, imports: ${text} }
nodes: { "n.{101..180}": { kind: network, asn: 4200002$1 } }
policies: { short: { long: { within: { cidr: 0.0.0.0/0, from: 25, to: 32 }, then: reject } } }
`);
      return made.ends.filter((end) => end.imports?.name === 'short').length / made.ends.length;
    };
    expect(share('{ short: 100% }')).toBe(1);
    expect(share('{ short: 0% }')).toBe(0);
    expect(share('{ short: 60% }')).toBeGreaterThan(0.4);
    expect(share('{ short: 60% }')).toBeLessThan(0.8);
  });

  test('a made-up one, numbered from the first private number', () => {
    const read = scenario(
      'internet: { generate: { networks: 100, seed: 7 } }\nnodes: { top: { kind: network, asn: 4200000001 } }\n',
    );
    expect(read.internet?.names).toEqual(['top']);
    const other = scenario(
      'internet: { generate: { networks: 100, seed: x } }\nnodes: { "n.{1..3}": { kind: network, asn: 420000005$1 } }\nprefixes: { p: { from: n.1 } }\n',
    ).internet as Rest;
    expect(
      [...other.asn]
        .map((number, place) => (other.declared[place] ? 'n' : nameOf(number)))
        .filter((name) => name === 'n'),
    ).toHaveLength(3);
  });
});

test('without the section there is none', () => {
  expect(scenario('nodes: { a: { kind: network, asn: 5 } }\n').internet).toBeNull();
});

describe('what is wrong', () => {
  test.each<readonly [string, readonly string[]]>([
    ['internet: { }\n', ['1:11 internet: an Internet is made']],
    ['internet: { caida: ./small.txt, generate: { networks: 5, seed: 1 } }\n', ['1:11 internet: an Internet is made']],
    ['internet: { caida: ./none.txt }\n', ['1:20 internet.caida: there is no file "./none.txt"']],
    [
      'internet: { generate: { networks: 0, seed: 1 } }\n',
      ['1:35 internet.generate.networks: expected a number from 1 to 200000'],
    ],
    [
      'internet: { generate: { networks: 1e9, seed: 1 } }\n',
      ['1:35 internet.generate.networks: expected a number from 1 to 200000'],
    ],
    [
      'internet: { generate: { networks: 2.5, seed: 1 } }\n',
      ['1:35 internet.generate.networks: expected a whole number'],
    ],
    ['internet: { generate: { networks: 5 } }\n', ['1:13 internet.generate: "seed" is missing']],
    ['internet: { caida: ./small.txt, colour: red }\n', ['1:33 internet.colour: there is no key']],
    ['internet: { caida: ./small.txt, source: nobody }\n', ['1:41 internet.source: there is no source "nobody"']],
    [
      'internet: { caida: ./small.txt }\nnodes: { a: { kind: network, asn: 99 } }\n',
      ['2:35 nodes.a.asn: no network of the Internet has the number 99, and a has no session'],
    ],
    [
      'internet: { caida: ./small.txt }\nnodes: { a: { kind: network, asn: 5 }, b: { kind: network, asn: 5 } }\n',
      ['2:65 nodes.b.asn: a is network 5 already'],
    ],
    [
      'internet: { caida: ./small.txt, imports: { short: 1 } }\n',
      ['1:44 internet.imports.short: there is no policy "short"'],
    ],
    [
      'internet: { caida: ./small.txt, imports: { a: 60%, b: 50%, c: 120% } }\npolicies: { "{a,b,c}": { all: { then: reject } } }\n',
      ['1:42 internet.imports: these shares make more than', '1:63 internet.imports.c: expected a number from 0 to 1'],
    ],
    [
      'internet: { caida: ./small.txt, imports: { a: 60% } }\npolicies: { a: { all: { while: { set: word }, then: reject } } }\nchanges: { c: { at: 1m, to: n, effect: { set: word } } }\nnodes: { n: { kind: router } }\n',
      ['2:'],
    ],
    [
      'internet: { caida: ./small.txt }\nnodes: { as5: { kind: service } }\n',
      ['2:10 nodes.as5: "as5" is what network 5 of the Internet is called'],
    ],
  ])('%j', (text, beginnings) => {
    const found = said(text).map((problem) => problem.replace(/^(\d+:\d+):/, '$1'));
    expect(found.map((problem, i) => problem.slice(0, beginnings[i]?.length ?? problem.length))).toEqual(beginnings);
  });

  test('the file itself: at its own lines', () => {
    const broken: LoadOptions['readBytes'] = () => new TextEncoder().encode('1|2|0\n1|x|0\n');
    expect(problems('internet: { caida: rel.txt }\n', { readBytes: broken })).toEqual([
      'rel.txt:2:3: "x" is no number of a network',
    ]);
    const refused: LoadOptions['readBytes'] = () => ({
      says: '"rel" is packed by bzip2',
      hint: 'unpack it first: bunzip2 rel',
    });
    expect(problems('internet: { caida: rel }\n', { readBytes: refused })).toEqual([
      '1:20: internet.caida: "rel" is packed by bzip2; unpack it first: bunzip2 rel',
    ]);
  });
});
