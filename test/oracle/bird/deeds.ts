/** Things that befall a small internet by the second, and what the simulator makes of them. */
import type { Asked } from '../../../sim/compile.ts';
import type { Internet } from '../internet.ts';
import { changesOf, runOf, type Sketch, scenarioOf, valueAt } from '../networks.ts';
import { sketchOf } from './sketch.ts';

/** Seconds: when it begins, and how long it lasts. */
interface Span {
  readonly at: number;
  readonly for: number;
}
export type Deed =
  /** A speaker's routing process ends without a word, and starts anew at the end; its box goes on. */
  | (Span & { readonly does: 'stop'; readonly speaker: string })
  /** A speaker's box is dead: no packet gets in or out, though its cables carry. */
  | (Span & { readonly does: 'die'; readonly speaker: string })
  | (Span & { readonly does: 'cut'; readonly session: string })
  /** A block is announced meanwhile that is not otherwise. */
  | (Span & { readonly does: 'announce'; readonly block: string })
  /** A session that this speaker's limit has shut is started by hand. */
  | { readonly at: number; readonly does: 'start'; readonly session: string; readonly speaker: string };

export interface Drill {
  readonly internet: Internet;
  readonly deeds: readonly Deed[];
  /** Seconds. */
  readonly length: number;
}

/** The facts that are compared: whether sessions stand, and best paths. */
function factsOf({ speakers, sessions, blocks }: Internet): readonly Asked[] {
  const paths = speakers.flatMap(({ name }) => blocks.map((block): Asked => ['path', name, block.name]));
  return [...sessions.map(({ name }): Asked => ['session', name]), ...paths];
}

/** What the simulator says of a fact: what it is at first, and when it becomes what, in milliseconds. */
export type Course = readonly (readonly [at: number, value: string])[];

export function coursesOf(drill: Drill, seed: string): ReadonlyMap<string, Course> {
  const asked = factsOf(drill.internet);
  const ran = runOf(scenarioOf(befallen(drill)), asked, seed);
  return new Map(
    asked.map((subjects) => {
      const fact = subjects.join('/');
      const first = [Number.NEGATIVE_INFINITY, String(valueAt(ran, fact, 0))] as const;
      return [fact, [first, ...changesOf(ran, fact).map(([at, to]) => [at, String(to)] as const)]];
    }),
  );
}

function befallen({ internet, deeds, length }: Drill): Sketch {
  const sketch = sketchOf(internet);
  const lid = (block: string): string => `lid.${block}`;
  const late = internet.blocks.filter(({ later }) => later).map(({ name }) => name);
  const faults: Record<string, object> = {};
  const changes: Record<string, object> = {};
  for (const [index, deed] of deeds.entries()) {
    const at = `${deed.at}s`;
    const key = `${deed.does}.${index}`;
    if (deed.does === 'start') changes[key] = { at, to: deed.session, effect: 'start' };
    else {
      const span = { at, for: `${deed.for}s` };
      if (deed.does === 'stop') faults[key] = { ...span, to: deed.speaker, effect: 'mute' };
      if (deed.does === 'die') faults[key] = { ...span, to: deed.speaker };
      if (deed.does === 'cut') faults[key] = { ...span, to: deed.session };
      if (deed.does === 'announce') faults[key] = { ...span, to: lid(deed.block) };
    }
  }
  const lids = Object.fromEntries(late.map((name) => [lid(name), { kind: 'service' }]));
  const whiles = Object.fromEntries(
    late.map((name) => [name, { ...sketch.prefixes[name], while: { not: { up: lid(name) } } }]),
  );
  return {
    ...sketch,
    run: `${length}s`,
    nodes: { ...sketch.nodes, ...lids },
    prefixes: { ...sketch.prefixes, ...whiles },
    faults,
    changes,
  };
}
