/** Reading a trace as it streams in: whatever the lines and wherever they are cut, the same as JSON.parse of each line gives. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ChangeLine, Value } from '../../sim/index.ts';
import { Interner, textAt } from '../../viz/load/intern.ts';
import { buffersOf, type Loaded, runOf } from '../../viz/load/packed.ts';
import { Problem } from '../../viz/load/problem.ts';
import { Reader } from '../../viz/load/reader.ts';
import { type Run, slice, valueAs } from '../../viz/load/run.ts';
import { visibleIn } from '../../viz/load/visible.ts';
import { chain, textOf } from '../support/sample-trace.ts';
import { largeTrace } from './large.ts';
import { outage } from './sample-outage.ts';

/** In pieces of the sizes given, over and over. */
function read(text: string, sizes: readonly number[] = [1 << 20]): Loaded {
  const reader = new Reader();
  const bytes = new TextEncoder().encode(text);
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length] as number;
    reader.push(bytes.slice(at, at + size));
    at += size;
  }
  return reader.end();
}

/** The changes of a run as lines again, without what a run does not keep. */
const told = (run: Run) =>
  Array.from({ length: run.changes.count }, (_, row) => {
    const { changes, facts } = run;
    const fact = changes.fact[row]!;
    return {
      at: changes.at[row],
      fact: facts.names[fact],
      from: valueAs(run, fact, changes.from[row]!),
      to: valueAs(run, fact, changes.to[row]!),
      slope: changes.slope[row],
      by: changes.by(row),
      rule: changes.rule(row),
      says: changes.says(row),
      tipped: changes.tipped[row],
      because: [...slice(changes.because, row)],
    };
  });

/** What each line says, read one by one. */
function plainly(text: string) {
  const lines = text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as ChangeLine)
    .filter((line) => line.line === 'change' && !(line.watched && line.fact.startsWith('claim/')));
  const rows = new Map(lines.map((line, row) => [line.id, row]));
  return lines.map((line) => ({
    at: line.at,
    fact: line.fact,
    from: line.from,
    to: line.to,
    slope: line.slope ?? 0,
    by: String(line.by),
    rule: String(line.rule),
    says: String(line.says),
    tipped: rows.get(line.tipped as number) ?? -1,
    because: line.because.flatMap((id) => rows.get(id) ?? []),
  }));
}

describe('sound traces', () => {
  test.each([
    ['a chain', () => textOf(chain())],
    ['an outage', () => textOf(outage())],
    ['hundreds of parts', largeTrace],
  ])('%s', (_, make) => {
    const text = make();
    const { packed, warning } = read(text, [997, 1, 65_536]);
    expect(warning).toBeNull();
    expect(told(runOf(packed))).toEqual(plainly(text));
  });

  test('travel to another thread whole, their columns handed over', () => {
    const { packed } = read(textOf(outage()));
    const before = told(runOf(packed));
    const buffers = buffersOf(packed);
    const there = structuredClone(packed, { transfer: buffers });
    expect(buffers.every((buffer) => buffer.byteLength === 0)).toBe(true);
    expect(told(runOf(there))).toEqual(before);
  });
});

const START = textOf(chain()).split('\n', 1)[0] as string;
const word = fc.oneof(
  fc.constantFrom(
    'up',
    'idle',
    'timeout',
    '',
    'a"b',
    'c\\d',
    'naïve',
    '路由',
    '😀',
    '\u0000',
    '\ufeffx',
    '\ud800',
    '</script>',
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
);
const number = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, -0, 0.1, 0.3, 1e21, 5e-324, 123456789012345, 9007199254740992, 0.000001, 1e-7, 100.25),
);
const sort = fc.constantFrom('flag', 'number', 'word');
const anyOf = (kind: string): fc.Arbitrary<Value> =>
  kind === 'flag' ? fc.boolean() : kind === 'number' ? number : word;

/** A change as the simulator writes it, with any texts and numbers; `is` says how its line is spelt. */
const change = sort.chain((kind) =>
  fc.record({
    kind: fc.constant(kind),
    subject: word.filter((one) => !one.includes('/')),
    from: anyOf(kind),
    to: anyOf(kind),
    pause: fc.oneof(fc.nat(1000), fc.double({ min: 0, max: 9, noNaN: true })),
    slope: fc.option(number, { nil: undefined }),
    id: fc.oneof(fc.constant(null), fc.integer()),
    tipped: fc.option(fc.integer({ min: -3, max: 30 })),
    because: fc.array(fc.integer({ min: -3, max: 30 }), { maxLength: 4 }),
    says: word,
    rule: word,
    watched: fc.boolean(),
    claim: fc.boolean(),
    spelt: fc.constantFrom('plain', 'plain', 'plain', 'spaced', 'turned', 'escaped', 'returned', 'twice'),
  }),
);

type Made = typeof change extends fc.Arbitrary<infer One> ? One : never;

function lineFor(made: Made, row: number, at: number): string {
  const { kind, subject, from, to, slope, tipped, because, says, rule, watched, claim, spelt } = made;
  const line = {
    line: 'change',
    id: made.id ?? row,
    at,
    phase: 0,
    round: row % 3,
    fact: `${claim && watched ? 'claim' : kind}/${subject}`,
    from,
    to,
    ...(slope === undefined ? {} : { slope }),
    by: 'made',
    rule,
    tipped,
    because,
    says,
    ...(watched ? { watched: true } : {}),
  };
  const plain = JSON.stringify(line);
  if (spelt === 'spaced') return JSON.stringify(line, null, 1).replaceAll('\n', ' ');
  if (spelt === 'turned') return JSON.stringify(Object.fromEntries(Object.entries(line).reverse()));
  if (spelt === 'escaped' && !plain.includes('\\')) return plain.replaceAll('h', '\\u0068');
  if (spelt === 'returned') return `${plain}\r`;
  // The same key twice: the last one counts.
  return spelt === 'twice' ? plain.replace('"phase"', '"says":"x","phase"') : plain;
}

describe('made-up traces', () => {
  test('are read as JSON reads them, however spelt and however cut', () => {
    fc.assert(
      fc.property(
        fc.array(change, { maxLength: 25 }),
        fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 5 }),
        fc.boolean(),
        (list, sizes, ended) => {
          let at = 0;
          const lines = list.map((one, row) => {
            at += one.pause;
            return lineFor(one, row, at);
          });
          const end = JSON.stringify({ line: 'end', at, reason: 'horizon', changes: list.length });
          const text = [START, ...lines, ...(ended ? [end, 'not read'] : [])].join('\n');
          const { packed, warning } = read(text, sizes);
          expect(told(runOf(packed))).toEqual(visibleIn(plainly([START, ...lines].join('\n'))));
          expect(warning === null).toBe(ended);
          expect(packed.length).toBe(Math.max(at, ended ? 1 : packed.scene.run));
        },
      ),
      { numRuns: 1500, seed: 4102021 },
    );
  });

  /** What comes of a text: a run, or the sentence that refuses it. */
  const outcome = (text: string, sizes: readonly number[]) => {
    try {
      const { packed, warning } = read(text, sizes);
      return { told: told(runOf(packed)), warning };
    } catch (error) {
      expect(error).toBeInstanceOf(Problem);
      return { refused: (error as Problem).message };
    }
  };

  test('that are damaged come to the same in one piece and in many, and nothing but a Problem is thrown', () => {
    const good = textOf(chain());
    const first = good.indexOf('\n') + 1;
    let refused = 0;
    fc.assert(
      fc.property(
        fc.integer({ min: first, max: good.length - 1 }),
        fc.nat(20),
        fc.constantFrom('', '"', '\\', '\n', '\n\n', '-1', '1e3', '01', '{}', 'null', '}', '\r\n', ',"at":1', '\u0001'),
        fc.integer({ min: 1, max: 97 }),
        (at, removed, put, size) => {
          const text = good.slice(0, at) + put + good.slice(at + removed);
          const whole = outcome(text, [text.length * 4]);
          expect(outcome(text, [size])).toEqual(whole);
          if ('refused' in whole) refused++;
          // What is taken is what JSON takes of the lines up to the end or to the break.
          else if (whole.warning === null) {
            const lines = text.split('\n');
            const end = lines.findIndex((line) => line && JSON.parse(line).line === 'end');
            expect(whole.told).toEqual(plainly(lines.slice(0, end).join('\n')));
          }
        },
      ),
      { numRuns: 800, seed: 4102021 },
    );
    expect(refused).toBeGreaterThan(100);
  });

  test('that are cut off anywhere are shown up to there, with a sentence', () => {
    const good = textOf(chain());
    for (let at = good.indexOf('\n') + 2; at < good.length - 2; at += 61) {
      const { warning } = read(good.slice(0, at), [333]);
      expect(warning).toMatch(
        /^The file breaks off( without its end line| in line \d+), so this is the run up to its /,
      );
    }
  });

  test('may begin with a mark and hold bytes that are no text', () => {
    expect(runOf(read(`\ufeff${textOf(chain())}`, [5]).packed).changes.count).toBe(26);
    const bytes = new TextEncoder().encode(textOf(chain()).replace('bb goes down', 'b# goes down'));
    bytes[bytes.indexOf(35)] = 0xc3;
    const reader = new Reader();
    reader.push(bytes);
    expect(told(runOf(reader.end().packed))[1]?.says).toBe('b\ufffd goes down');
  });
});

test('texts have a number each, the same for the same', () => {
  fc.assert(
    fc.property(fc.array(word, { maxLength: 600 }), (list) => {
      const interner = new Interner();
      const numbers = list.map((text) => interner.ofText(text));
      const texts = interner.texts();
      expect(numbers.map((number) => textAt(texts, number))).toEqual(list);
      expect(texts.count).toBe(new Set(list).size);
    }),
    { numRuns: 100, seed: 4102021 },
  );
});
