/** Files of relationships between networks: what is read of them, and what is wrong with them, line by line. */
import { expect, test } from 'vitest';
import { generate } from '../../sim/model/internet/generate.ts';
import { BUYS, type Internet, PEERS, SIBLINGS } from '../../sim/model/internet/internet.ts';
import { readRelations } from '../../sim/model/internet/relations.ts';
import { formatProblem } from '../../sim/model/problems.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function read(text: string): Internet {
  const result = readRelations(bytes(text), 'as-rel.txt');
  if (!result.ok) throw new Error(result.problems.map(formatProblem).join('\n'));
  return result.value;
}
/** Links as `174>3356`: who buys of whom; `-` peers, `=` siblings. */
const links = ({ asn, from, to, relation }: Internet): string[] =>
  [...relation].map((kind, link) => {
    const sign = kind === BUYS ? '>' : kind === PEERS ? '-' : '=';
    return `${asn[from[link] as number]}${sign}${asn[to[link] as number]}`;
  });
const problems = (text: string): string[] => {
  const result = readRelations(bytes(text), 'as-rel.txt');
  return result.ok ? [] : result.problems.map(formatProblem).map((said) => said.replace('as-rel.txt:', ''));
};

const SERIAL_1 = `# source:topology|BGP|20240101|routeviews
# input clique: 174 3356
3356|174|0
3356|64500|-1
174|64501|-1
64500|64502|-1
`;

test('serial-1: providers come first, and peers are peers either way round', () => {
  const internet = read(SERIAL_1);
  expect([...internet.asn]).toEqual([174, 3356, 64500, 64501, 64502]);
  expect(links(internet)).toEqual(['3356-174', '64500>3356', '64501>174', '64502>64500']);
});

test('serial-2: a fourth column says by which source, and is passed over', () => {
  expect(links(read('1|11537|0|bgp\n1|64500|-1|mlp\n'))).toEqual(['1-11537', '64500>1']);
});

test('1 and 2 are siblings', () => {
  const internet = read('1|2|1\n3|4|2\n');
  expect([...internet.relation]).toEqual([SIBLINGS, SIBLINGS]);
});

test.each([
  ['line ends of another system', '1|2|-1\r\n2|3|0|bgp\r\n'],
  ['no line end at the end', '1|2|-1\n2|3|0'],
  ['a byte order mark', '\ufeff1|2|-1\n2|3|0\n'],
  ['empty lines and blanks', '\n1|2|-1\n  \n\n2|3|0\n\n'],
  ['a comment behind', '1|2|-1\n2|3|0\n# end'],
  ['the same said twice', '1|2|-1\n2|3|0\n3|2|0\n1|2|-1\n'],
])('%s changes nothing', (_, text) => {
  expect(links(read(text))).toEqual(['2>1', '2-3']);
});

test('the largest number there is', () => {
  expect([...read('4294967295|4200000001|0\n').asn]).toEqual([4_200_000_001, 4_294_967_295]);
});

test('a ring of providers is what the file says', () => {
  expect(links(read('1|2|-1\n2|3|-1\n3|1|-1\n'))).toEqual(['2>1', '3>2', '1>3']);
});

test('all problems at once, each at its place', () => {
  const text = [
    '1|2|-1',
    '1|2',
    '1 2 -1',
    'AS3|4|0',
    '5|1.10|0',
    '0|6|0',
    '7|4294967296|0',
    '8|9|3',
    '10|10|0',
    '11|12|0|bgp|more',
    '11|12|0|',
    '|12|0',
    '2|1|-1',
    '1|2|0',
  ].join('\n');
  expect(problems(text)).toEqual([
    '2:1: a line is network|network|relation, found "1|2"',
    '3:1: a line is network|network|relation, found "1 2 -1"; the columns are parted by |',
    '4:1: "AS3" is no number of a network; write 3',
    '5:3: "1.10" is no number of a network; write it as one number (RFC 5396, asplain)',
    '6:1: AS 0 is nobody (RFC 7607)',
    '7:3: 4294967296 is more than 4294967295, the largest there is (RFC 6793)',
    '8:5: "3" is no relation; -1: the first provides for the second; 0: they are peers; 1 or 2: they are siblings',
    '9:1: AS 10 is joined to itself',
    '10:13: there are more columns than four',
    '11:9: the source is missing after the third |',
    '12:1: "" is no number of a network',
    '13:1: AS 2 and AS 1 are provider and customer here, and line 1 says provider and customer the other way round',
    '14:1: AS 1 and AS 2 are peers here, and line 1 says provider and customer',
  ]);
});

test.each(['', '# only comments\n', '\n\n'])('a file that joins nobody: %j', (text) => {
  expect(problems(text)).toEqual(['1:1: no two networks are joined in this file']);
});

test('of very many problems the first hundred', () => {
  expect(problems('nonsense\n'.repeat(100_000))).toHaveLength(100);
});

test('bytes that are no text', () => {
  const noise = Uint8Array.from({ length: 50_000 }, (_, i) => (i * 7919) % 256);
  const result = readRelations(noise, 'noise');
  expect(result.ok).toBe(false);
});

const raw = ({ buffer, byteOffset, byteLength }: Uint8Array | Uint32Array | Int32Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);

test('half a million lines are read in well below a second, and give back what they were written from', () => {
  const made = generate({ networks: 75_000, seed: 'lines', links: 500_000 });
  const { asn, from, to, relation } = made;
  const text = [...from].map((one, link) => {
    const [mine, yours] = [asn[one], asn[to[link] as number]];
    return relation[link] === BUYS ? `${yours}|${mine}|-1|bgp` : `${mine}|${yours}|0|mlp`;
  });
  const file = bytes(`# made up\n${text.join('\n')}\n`);
  const times = [0, 1, 2].map(() => {
    const start = process.cpuUsage();
    const result = readRelations(file, 'as-rel.txt');
    const { user, system } = process.cpuUsage(start);
    if (!result.ok) throw new Error('the file is sound');
    for (const column of ['asn', 'from', 'to', 'relation'] as const)
      expect(Buffer.compare(raw(result.value[column]), raw(made[column]))).toBe(0);
    return (user + system) / 1000;
  });
  expect(Math.min(...times)).toBeLessThan(700);
});
