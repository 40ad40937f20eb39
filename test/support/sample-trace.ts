/** Traces made by hand, so that the replay can be tested without a simulator: how to make one, and a chain of six. */
import type {
  CaptionLine,
  ChangeLine,
  CheckpointResult,
  EndLine,
  FactEntry,
  Impact,
  Rule,
  Scene,
  StartLine,
  TraceLine,
  Value,
} from '../../sim/index.ts';
import { type FactKind, factName, rowOf } from '../../sim/model/facts.ts';

type Node = Scene['nodes'][number];

/** A change that has no id yet: ids follow from order in time. */
export interface Draft {
  readonly at: number;
  readonly kind: FactKind;
  readonly subjects: readonly string[];
  readonly to: Value;
  readonly rule: Rule;
  readonly because: readonly Draft[];
  readonly slope: number | undefined;
}

const read = (value: Value): string => (value === true ? 'yes' : value === false ? 'no' : String(value));

/** Collects facts, changes and captions in any order; gives them out as a trace. */
export class Sample {
  private readonly facts = new Map<string, FactEntry>();
  private readonly drafts: Draft[] = [];
  private readonly captions: CaptionLine[] = [];
  private readonly scene: Scene;

  constructor(scene: Scene) {
    this.scene = scene;
  }

  /** Says what holds at time zero. */
  fact(kind: FactKind, subjects: readonly string[], value: Value): void {
    const fact = factName(kind, subjects);
    this.facts.set(fact, { fact, kind, subjects, value });
  }

  /** Changes a fact; the first cause is the one that tipped it. */
  change(
    at: number,
    kind: FactKind,
    subjects: readonly string[],
    to: Value,
    rule: Rule = 'now',
    because: readonly Draft[] = [],
    slope?: number,
  ): Draft {
    const fact = factName(kind, subjects);
    if (!this.facts.has(fact))
      this.fact(kind, subjects, typeof to === 'boolean' ? !to : typeof to === 'number' ? 0 : 'idle');
    const draft = { at, kind, subjects, to, rule, because, slope };
    this.drafts.push(draft);
    return draft;
  }

  caption(at: number, says: string): void {
    this.captions.push({ line: 'caption', at, says });
  }

  lines(checkpoints: readonly CheckpointResult[] = [], impact: readonly Impact[] = []): TraceLine[] {
    const drafts = this.drafts
      .map((draft, order) => ({ draft, order }))
      .sort((a, b) => a.draft.at - b.draft.at || a.order - b.order);
    const ids = new Map(drafts.map(({ draft }, id) => [draft, id]));
    const held = new Map([...this.facts.values()].map((entry) => [entry.fact, entry.value]));
    const changes: ChangeLine[] = [];
    for (const { draft } of drafts) {
      const fact = factName(draft.kind, draft.subjects);
      const because = draft.because.map((cause) => ids.get(cause) as number);
      const row = rowOf(draft.kind);
      changes.push({
        line: 'change',
        id: changes.length,
        at: draft.at,
        phase: 0,
        round: 0,
        fact,
        from: held.get(fact) as Value,
        to: draft.to,
        ...(draft.slope === undefined ? {} : { slope: draft.slope }),
        by: row.owner,
        rule: draft.rule,
        tipped: because[0] ?? null,
        because: because.slice().sort((a, b) => a - b),
        says: row.says(draft.subjects, read(draft.to)),
      });
      held.set(fact, draft.to);
    }
    const start: StartLine = {
      line: 'start',
      format: 1,
      netfall: '0.1.0',
      scenario: this.scene,
      seed: '1',
      variant: null,
      facts: [...this.facts.values()],
    };
    const end: EndLine = {
      line: 'end',
      at: this.scene.run,
      reason: 'horizon',
      flipping: [],
      disputes: [],
      changes: changes.length,
      digest: '0'.repeat(64),
      impact,
      checkpoints,
    };
    const told: (ChangeLine | CaptionLine)[] = [...changes, ...this.captions];
    told.sort((a, b) => a.at - b.at || (a.line === b.line ? 0 : a.line === 'caption' ? 1 : -1));
    return [start, ...told, end];
  }
}

export const textOf = (lines: readonly TraceLine[]): string =>
  lines.map((line) => `${JSON.stringify(line)}\n`).join('');

export const nodeOf = (name: string, kind: string, more: Partial<Node> = {}): Node => ({
  name,
  kind,
  title: null,
  role: null,
  place: null,
  group: null,
  network: null,
  people: null,
  needs: [],
  ...more,
});

export const sceneOf = (id: string, title: string, start: string, run: number, more: Partial<Scene> = {}): Scene => ({
  id,
  title,
  start,
  run,
  nodes: [],
  links: [],
  prefixes: [],
  zones: [],
  changes: [],
  faults: [],
  tasks: [],
  journeys: [],
  rates: [],
  sources: [],
  parameters: [],
  variants: [],
  ...more,
});

/** Six nodes; what needs all and what needs any; a fault that outlives its cause (j1 of the public oracles). */
export function chain(): TraceLine[] {
  const needs: Readonly<Record<string, readonly string[]>> = {
    bb: [],
    dns: ['bb'],
    auth: ['dns', 'bb'],
    api: ['auth', 'dns'],
    cdn: ['bb', 'dns'],
    web: ['api', 'cdn'],
  };
  const sample = new Sample(
    sceneOf('chain-and-alternative', 'A chain, and an alternative that is none', '2021-10-04T00:00:00Z', 1200, {
      nodes: Object.entries(needs).map(([name, list]) =>
        nodeOf(name, name === 'bb' ? 'router' : 'service', {
          needs: list,
          ...(name === 'bb' ? { role: 'backbone' } : {}),
        }),
      ),
    }),
  );
  for (const name of Object.keys(needs)) sample.fact('up', [name], true);
  const up = (at: number, name: string, to: boolean, because: readonly Draft[], rule: Rule = 'hold') =>
    sample.change(at, 'up', [name], to, rule, because);
  const fault = (at: number, name: string, to: boolean) => sample.change(at, 'fault', [name], to, 'schedule');

  const bb = up(100, 'bb', false, [fault(100, 'bb', true)], 'now');
  const auth = up(141, 'auth', false, [bb]);
  const dns = up(143, 'dns', false, [bb]);
  const api = up(181, 'api', false, [auth, dns]);
  const cdn = up(192, 'cdn', false, [dns, bb]);
  up(223, 'web', false, [api, cdn]);
  const bb2 = up(400, 'bb', true, [fault(400, 'bb', false)], 'now');
  const dns2 = up(443, 'dns', true, [bb2]);
  const cdn2 = up(449, 'cdn', true, [bb2, dns2]);
  const auth2 = up(484, 'auth', true, [dns2, bb2]);
  const api2 = up(524, 'api', true, [auth2, dns2]);
  up(566, 'web', true, [api2, cdn2]);
  const dns3 = up(700, 'dns', false, [fault(700, 'dns', true)], 'now');
  const auth3 = up(720, 'auth', false, [fault(720, 'auth', true), dns3], 'now');
  const mended = fault(730, 'auth', false);
  const api3 = up(740, 'api', false, [dns3, auth3]);
  up(782, 'web', false, [api3]);
  const dns4 = up(850, 'dns', true, [fault(850, 'dns', false)], 'now');
  const auth4 = up(891, 'auth', true, [dns4, mended]);
  const api4 = up(931, 'api', true, [auth4, dns4]);
  up(973, 'web', true, [api4]);
  sample.caption(100, 'The backbone breaks. Everything above it stands on it.');
  sample.caption(192, 'cdn had an alternative, and the alternative stood on the same backbone.');
  sample.caption(730, 'auth is mended, and stays down: dns is still missing.');
  return sample.lines();
}
