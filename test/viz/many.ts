/** Made-up runs of any size, from a seed: many parts in groups and places, that go down and come up again. */

import type { ChangeLine, FactEntry, StartLine } from '../../sim/index.ts';
import { nodeOf, sceneOf, textOf } from '../support/sample-trace.ts';

/** Numbers from 0 up to, not including, 1: the same for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

export interface Size {
  readonly parts: number;
  readonly changes: number;
  /** Parts of one group; the last group may be smaller. */
  readonly group: number;
  /** Links between parts, which go down as well. */
  readonly links?: number;
  readonly seed?: number;
}

const HOUR = 3_600_000;
const KINDS = ['service', 'tool', 'resolver', 'nameserver', 'pop', 'router'] as const;
const WORDS = ['auth', 'cart', 'feed', 'mail', 'pay', 'find', 'film', 'chat', 'maps', 'logs'] as const;
const PLACES = 4;

/** Line by line, so that a long one need not be held as text. */
export function* manyLines({ parts, changes, group, links = 0, seed = 1 }: Size): Generator<string> {
  const random = seeded(seed);
  const any = (count: number): number => Math.floor(random() * count);
  const names = Array.from({ length: parts }, (_, i) => {
    const nth = Math.floor(i / group);
    const more = String.fromCharCode(97 + (Math.floor(nth / WORDS.length) % 26));
    return `${WORDS[nth % WORDS.length]}-${more}.${(i % group) + 1}`;
  });
  const places = Array.from({ length: PLACES }, (_, i) => nodeOf(`dc.${i + 1}`, 'datacenter'));
  const nodes = names.map((name, i) =>
    nodeOf(name, KINDS[Math.floor(i / group) % KINDS.length] as string, {
      place: i % 3 === 0 ? `dc.${(i % PLACES) + 1}` : null,
      needs: i === 0 ? [] : [names[i >> 1] as string],
    }),
  );
  const linkNames = Array.from({ length: links }, (_, i) => [names[i % parts]!, names[(i * 7 + 3) % parts]!] as const);
  const facts: FactEntry[] = [
    ...names.map((name) => ({ fact: `up/${name}`, kind: 'up', subjects: [name], value: true })),
    ...places.map(({ name }) => ({ fact: `serves/${name}`, kind: 'serves', subjects: [name], value: true })),
    ...linkNames.map((_, i) => ({ fact: `carries/l${i}`, kind: 'carries', subjects: [`l${i}`], value: true })),
  ];
  const start: StartLine = {
    line: 'start',
    format: 1,
    netfall: '0.1.0',
    scenario: sceneOf('many', 'A system of many parts', '2021-10-04T00:00:00Z', HOUR, {
      nodes: [...places, ...nodes],
      links: linkNames.map(([from, to], i) => ({
        name: `l${i}`,
        from,
        to,
        layer: 'backbone',
        bgp: null,
        implied: false,
      })),
    }),
    seed: String(seed),
    variant: null,
    facts,
  };
  yield JSON.stringify(start);
  const holds = new Uint8Array(facts.length).fill(1);
  const last = new Int32Array(facts.length).fill(-1);
  for (let id = 0; id < changes; id++) {
    // Places, in which many stand, change seldom.
    const fact = random() < 0.01 ? parts + any(facts.length - parts) : any(parts);
    const from = holds[fact] === 1;
    holds[fact] = from ? 0 : 1;
    const cause = last[any(facts.length)]!;
    const { subjects } = facts[fact]!;
    const change: ChangeLine = {
      line: 'change',
      id,
      at: Math.floor((id / changes) * HOUR),
      phase: 0,
      round: 0,
      fact: facts[fact]!.fact,
      from,
      to: !from,
      by: 'dependencies',
      rule: 'hold',
      tipped: cause < 0 ? null : cause,
      because: cause < 0 ? [] : [cause],
      says: `${subjects[0]} ${from ? 'goes down' : 'is up again'}`,
    };
    last[fact] = id;
    yield JSON.stringify(change);
  }
  const end = {
    line: 'end',
    at: HOUR,
    reason: 'horizon',
    flipping: [],
    disputes: [],
    changes,
    digest: '0'.repeat(64),
    impact: [],
    checkpoints: [],
  } as const;
  yield textOf([end]).trimEnd();
}

export const manyTrace = (size: Size): string => `${[...manyLines(size)].join('\n')}\n`;
