/** The ways by which routes to a block may come to a network, by relation and by who leaks; and which halves lie on any of them. */
import type { Policy, Prefix } from '../../model/scenario.ts';
import { PEER, PROVIDER, SIBLING } from './policy.ts';
import { mayMatch } from './terms.ts';
import type { Topology } from './topology.ts';

/**
 * Where routes may come from: ways that go up to providers, then over one peer at most, then down to customers; and on from whoever
 * leaks what is announced. Under policies of Gao and Rexford a network has a route just when there is such a way over sessions that stand.
 */
export class Ways {
  /** The half by which each state was reached; a state is a speaker, and whether the way to it only went up. */
  private readonly by = new Map<number, { readonly half: number; readonly before: number } | null>();

  constructor(
    private readonly topology: Topology,
    private readonly edges: readonly number[],
    private readonly announcements: readonly Prefix[],
    stands: (session: number) => boolean,
  ) {
    for (const edge of edges) this.by.set(edge * 2 + 1, null);
    for (const state of this.by.keys())
      for (const { half, next } of this.steps(state)) {
        const over = topology.session[half] as number;
        if (!this.by.has(next) && (over < 0 || stands(over))) this.by.set(next, { half, before: state });
      }
  }

  /** Who may tell a speaker what, by relation and by who leaks; the state of the teller that it must be heard in. */
  private *steps(state: number): Generator<{ readonly half: number; readonly next: number }> {
    const { firstIn, from, relation, exports } = this.topology;
    const speaker = state >> 1;
    for (let half = firstIn[speaker] as number; half < (firstIn[speaker + 1] as number); half++) {
      const kind = relation[half] as number;
      if ((state & 1) === 0 && (kind === PROVIDER || kind === PEER)) continue;
      const tellsAll = kind === PROVIDER || kind === SIBLING || this.isLeaked(exports.get(half));
      yield { half, next: (from[half] as number) * 2 + Number(tellsAll) };
    }
  }
  private isLeaked(policy: Policy | undefined): boolean {
    return policy?.terms.some((term) => term.then === 'accept' && mayMatch(term, this.announcements)) ?? false;
  }

  /** The halves on ways to these speakers that come through nobody twice: what else hangs on those ways leads nowhere. */
  halvesTo(speakers: readonly number[]): ReadonlySet<number> {
    const { from, to } = this.topology;
    const before = new Map<number, { readonly half: number; readonly state: number }[]>();
    for (const state of this.by.keys())
      for (const { half, next } of this.steps(state)) {
        const known = before.get(next);
        if (known) known.push({ half, state });
        else before.set(next, [{ half, state }]);
      }
    const halves = new Set<number>();
    const reached = new Set(speakers.flatMap((speaker) => [speaker * 2, speaker * 2 + 1]));
    for (const state of reached)
      for (const step of before.get(state) ?? []) {
        halves.add(step.half);
        reached.add(step.state);
      }
    const pairs = [...halves].map((half) => [from[half] as number, to[half] as number] as const);
    const between = onTheWay(pairs, this.edges, speakers);
    return new Set([...halves].filter((half) => between.has(from[half] as number) && between.has(to[half] as number)));
  }

  /** The sessions on the way to a speaker; null when there is none. */
  to(speaker: number): readonly number[] | null {
    let state = [speaker * 2 + 1, speaker * 2].find((one) => this.by.has(one));
    if (state === undefined) return null;
    const sessions: number[] = [];
    for (let step = this.by.get(state); step; step = this.by.get(state)) {
      const session = this.topology.session[step.half] as number;
      if (session >= 0) sessions.push(session);
      state = step.before;
    }
    return sessions;
  }
}

const SOURCE = -1;
const TARGET = -2;

/**
 * The nodes that some path from a source to a target comes through without coming through any node twice: with an edge between the two
 * ends they are of one biconnected component (Hopcroft and Tarjan 1973).
 */
function onTheWay(
  pairs: readonly (readonly [number, number])[],
  sources: readonly number[],
  targets: readonly number[],
): ReadonlySet<number> {
  const next = new Map<number, number[]>();
  const join = (a: number, b: number): void => {
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const) {
      const known = next.get(one);
      if (known) known.push(other);
      else next.set(one, [other]);
    }
  };
  // The first edge that is walked is that between the ends, so that theirs is the last component to be complete.
  join(SOURCE, TARGET);
  for (const source of sources) join(SOURCE, source);
  for (const target of targets) join(TARGET, target);
  for (const [a, b] of pairs) join(a, b);
  const found = new Map([[SOURCE, 0]]);
  const low = new Map([[SOURCE, 0]]);
  const open: number[] = [];
  const walk = [{ node: SOURCE, before: SOURCE, place: 0 }];
  for (let top = walk.at(-1); top; top = walk.at(-1)) {
    const { node, before } = top;
    const other = next.get(node)?.[top.place++];
    const lowest = low.get(node) as number;
    if (other === undefined) {
      walk.pop();
      if (before === SOURCE) return new Set(open);
      low.set(before, Math.min(low.get(before) as number, lowest));
      // Nothing behind it leads further back than to the node before: a component of its own.
      if (lowest >= (found.get(before) as number)) open.splice(open.indexOf(node));
    } else if (found.has(other)) low.set(node, Math.min(lowest, found.get(other) as number));
    else {
      found.set(other, found.size);
      low.set(other, found.size - 1);
      open.push(other);
      walk.push({ node: other, before: node, place: 0 });
    }
  }
  return new Set(open);
}
