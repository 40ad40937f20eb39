/** Dependency, planned: each node's clauses as gates (R7), and the facts that follow from being up. */

import type { Engine } from '../../engine/engine.ts';
import { Followers } from '../../engine/follower.ts';
import { Items } from '../../engine/items.ts';
import { hashName } from '../../engine/luck.ts';
import type { Complaint, FactRef, Mechanism, MechanismPlan, SignalRef } from '../../engine/mechanism.ts';
import type { Past } from '../../engine/past.ts';
import type { PlannedPart } from '../../engine/plan.ts';
import type { Planner } from '../../engine/planner.ts';
import { afterwards, NO, NOTHING, type Turn, YES } from '../../engine/turn.ts';
import { sayCondition } from '../../model/conditions.ts';
import { type Draw, fixed, isZero } from '../../model/luck.ts';
import type { Clause, Node, Scenario } from '../../model/scenario.ts';
import { RunningNodes } from './run.ts';
import { FOLLOWER, NODE } from './sorts.ts';

const AT_ONCE = fixed(0);
type Delays = Pick<Clause, 'downAfter' | 'upAfter'>;

/** The node falls when one it keeps running by has been false for `downAfter`; it rises when all have been true for their `upAfter`. */
export interface NodeClause {
  readonly signal: SignalRef;
  readonly downAfter: Draw;
  readonly upAfter: Draw;
  /** False for `starts`: needed to begin, not to keep running. */
  readonly keeps: boolean;
  /** Whose luck its delays are: the node's and its own (R17). */
  readonly luck: number;
}

export interface PlannedNode {
  readonly item: number;
  readonly node: Node;
  readonly up: FactRef;
  readonly clauses: readonly NodeClause[];
  /** All clauses at once. */
  readonly ready: SignalRef;
  /** `config/x/start`, where somebody may start it by hand. */
  readonly byHand: FactRef | null;
  /** Started by hand, and all it needs to keep running. */
  readonly startedByHand: SignalRef | null;
  /** Off before time zero: by a fault of that time, or as a standby. */
  readonly offAtFirst: boolean;
}

export const dependency: Mechanism = {
  name: 'dependency',
  owns: ['up', 'alone', 'starting', 'well', 'serves'],
  plan: (scenario, planner) => new DependencyPlan(scenario, planner),
};

export class DependencyPlan implements MechanismPlan {
  readonly supposes = false;
  readonly items = new Items();
  readonly nodes: PlannedNode[] = [];
  private readonly nodeCalled = new Map<string, PlannedNode>();
  /** `starting/x`, where somebody asks, by node. */
  readonly starting = new Map<string, FactRef>();
  readonly followers: Followers;
  private readonly part: number;

  constructor(
    private readonly scenario: Scenario,
    private readonly planner: Planner,
  ) {
    this.part = planner.partOf('dependency');
    this.followers = new Followers(planner, this.part, this.items, FOLLOWER);
    // Whether a thing runs is part of what a run is, whoever asks.
    for (const { name, alone } of scenario.nodes.values()) {
      planner.fact('up', name);
      if (alone) planner.fact('alone', name);
    }
  }

  define(fact: FactRef): string | null {
    const node = this.scenario.nodes.get(fact.subjects[0] as string);
    if (!node) return 'there is no such node';
    if (fact.kind === 'up') this.node(node, fact);
    else if (fact.kind === 'starting') {
      this.starting.set(node.name, fact);
      this.planner.fact('up', node.name);
    } else if (fact.kind === 'alone') {
      if (!node.alone) return 'it never decides by itself: it has no `alone`';
      const up = this.planner.flag(this.planner.fact('up', node.name));
      const cutOff = this.planner.condition({ not: node.alone });
      this.followers.add(fact, this.planner.all([up, cutOff]), AT_ONCE, AT_ONCE);
    } else if (fact.kind === 'well') {
      const up = this.planner.flag(this.planner.fact('up', node.name));
      const signal = node.wants ? this.planner.all([up, this.planner.condition(node.wants.condition)]) : up;
      this.followers.add(fact, signal, node.wants?.downAfter ?? AT_ONCE, node.wants?.upAfter ?? AT_ONCE);
    } else this.followers.add(fact, this.served(node), AT_ONCE, AT_ONCE);
    return null;
  }

  /** Up, and reached by at least one of those it is for (R10): the populations and clients that stand in the network. */
  private served(node: Node): SignalRef {
    const { planner } = this;
    const audience = [...this.scenario.nodes.values()].filter(
      (n) => (n.kind === 'client' || n.kind === 'population') && planner.graph.undirectedDegree(n.name) > 0,
    );
    const reached = planner.any(audience.map((n) => planner.flag(planner.fact('reach', n.name, node.name))));
    return planner.all([planner.flag(planner.fact('up', node.name)), reached]);
  }

  private node(node: Node, up: FactRef): void {
    const { planner } = this;
    const sound: SignalRef[] = [];
    if (planner.hits.may(node.name, 'down')) sound.push(planner.flag(planner.fact('fault', node.name), false));
    if (planner.hits.may(node.name, 'off')) sound.push(planner.flag(planner.fact('config', node.name, 'off'), false));
    if (node.place !== null) sound.push(planner.flag(planner.fact('up', node.place)));
    const clauses: NodeClause[] = [];
    const add = (signal: SignalRef, { downAfter, upAfter }: Delays, keeps: boolean, whose: string) =>
      clauses.push({ signal, downAfter, upAfter, keeps, luck: hashName(whose) });
    if (sound.length > 0) add(planner.all(sound), { downAfter: AT_ONCE, upAfter: AT_ONCE }, true, up.name);
    for (const [k, need] of node.needs.entries())
      add(planner.condition(need.condition), need, true, k === 0 ? up.name : `${up.name} ${k}`);
    if (node.starts) add(planner.condition(node.starts.condition), node.starts, false, `${up.name} starts`);
    const byHand = planner.hits.may(node.name, 'start') ? planner.fact('config', node.name, 'start') : null;
    const ready = planner.all(clauses.map((clause) => clause.signal));
    const keeping = clauses.filter((clause) => clause.keeps).map((clause) => clause.signal);
    const item = this.items.add(NODE, this.nodes.length);
    for (const clause of clauses) planner.hear(clause.signal, this.part, item);
    planner.hear(ready, this.part, item);
    planner.hearFact(up, this.part, item);
    if (byHand) planner.hearFact(byHand, this.part, item);
    const planned: PlannedNode = {
      item,
      node,
      up,
      clauses,
      ready,
      byHand,
      startedByHand: byHand && planner.all([planner.flag(byHand), ...keeping]),
      offAtFirst: node.standby || planner.hits.has(node.name, 'down') || planner.hits.has(node.name, 'off'),
    };
    this.nodes.push(planned);
    this.nodeCalled.set(node.name, planned);
  }

  finish(): { items: number; alarms: number } {
    const clauses = this.nodes.reduce((sum, planned) => sum + planned.clauses.length, 0);
    return { items: this.items.count, alarms: clauses * 2 + this.nodes.length * 2 + this.followers.count };
  }

  create(engine: Engine): RunningNodes {
    return new RunningNodes(engine, engine.plan.parts[this.part] as PlannedPart, this);
  }

  explain(fact: FactRef, past: Past): Iterable<number> {
    const follows = this.followers.signalOf(fact);
    if (follows) return past.deciders(follows.id);
    const planned = this.nodeCalled.get(fact.subjects[0] as string);
    if (!planned || (fact.kind === 'starting' && past.to === 0)) return [past.tipped];
    const found = new Set<number>(past.to === 1 && planned.byHand ? [past.latest(planned.byHand.id)] : []);
    // A start by hand waives `starts`: what it still lacks is no cause of its rise.
    for (const clause of planned.clauses)
      if (past.to === 1 ? past.holds(clause.signal.id) : this.fells(clause, past))
        past.deciders(clause.signal.id, found);
    return found;
  }

  /** It was false, and not only for a while: without a delay, or with the clock that ran out. */
  private fells({ keeps, signal, downAfter }: NodeClause, past: Past): boolean {
    if (!keeps || past.holds(signal.id)) return false;
    return past.rule === 'hold' ? past.concerns(signal.id) : isZero(downAfter);
  }

  otherwise(fact: FactRef, past: Past): Turn | null {
    const follows = this.followers.otherwise(fact, past);
    if (follows) return follows;
    const planned = this.nodeCalled.get(fact.subjects[0] as string) as PlannedNode;
    const { up, ready, clauses } = planned;
    if (fact.kind === 'up') return past.raw(up.id) === 1 ? this.falls(clauses) : this.rises(planned, past);
    if (past.raw(fact.id) === 0)
      return {
        all: [
          { fact: up, among: NO },
          { signal: ready, to: true },
        ],
      };
    const breaks = clauses.map(({ signal }): Turn => ({ signal, to: false }));
    return { any: [{ fact: up, among: YES }, ...breaks] };
  }

  private falls(clauses: readonly NodeClause[]): Turn {
    const keeping = clauses.filter(({ keeps }) => keeps);
    return { any: keeping.map(({ signal, downAfter }) => afterwards({ signal, to: false }, 'hold', downAfter)) };
  }

  /** All clauses; a hand laid on it since it fell waives what it needs to begin. */
  private rises(planned: PlannedNode, past: Past): Turn {
    const hand = isWaived(planned, past) ? [NOTHING] : this.hands(planned, past);
    const all = planned.clauses.map(({ signal, upAfter, keeps }): Turn => {
      const ripe = afterwards({ signal, to: true }, 'hold', upAfter);
      return keeps ? ripe : { any: [ripe, ...hand] };
    });
    return afterwards({ all }, 'work', planned.node.startTakes);
  }

  /** What would lay a hand on it; where one lies from before it fell, whoever has not laid his. */
  private hands({ node, byHand }: PlannedNode, past: Past): readonly Turn[] {
    if (byHand === null) return [];
    if (past.raw(byHand.id) === 0) return [{ fact: byHand, among: YES }];
    const others = [...this.scenario.changes.values()]
      .filter(({ targets, effect }) => effect.setting === 'start' && targets.includes(node.name))
      .map(({ name }) => this.planner.fact('applied', name))
      .filter(({ id }) => past.raw(id) === 0);
    return [...others.map((fact): Turn => ({ fact, among: YES })), { outside: `${node.name} is started by hand anew` }];
  }

  complain(engine: Engine): readonly Complaint[] {
    return this.nodes
      .filter(({ up, offAtFirst }) => !offAtFirst && engine.board.value[up.id] === 0)
      .map(({ node }) => {
        const needs = node.needs.map((need) => sayCondition(need.condition)).join(' and ');
        const why = needs === '' ? `the place it stands in, ${node.place}, is down` : `this does not hold: ${needs}`;
        return {
          about: node.name,
          says: `${node.name} is down before the start although no fault of that time is on it: ${why}`,
          hint: 'mark a fault on it `before: true`, make it `standby: true`, or mend the need',
        };
      });
  }
}

/** A hand was laid on it as it fell or since, be it gone again: what it needs to begin is waived until it is up (R9). */
function isWaived({ byHand, up }: PlannedNode, past: Past): boolean {
  if (byHand === null) return false;
  const { at, phase } = past.trace.columns;
  const [fell, laid] = [past.latest(up.id), past.latestTo(byHand.id, 1)];
  if (laid < 0) return fell < 0 && past.history.rawAfter(byHand.id, -1) === 1;
  return laid > fell || (at[laid] === at[fell] && phase[laid] === phase[fell]);
}
