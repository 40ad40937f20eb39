/** Connectivity: which links carry, and who reaches whom over which layer. Drained is not cut: a drained router is up. */

import type { Engine } from '../../engine/engine.ts';
import { Followers, type RunningFollowers } from '../../engine/follower.ts';
import { Items } from '../../engine/items.ts';
import { CAUSE, type FactRef, type Mechanism, type MechanismPlan, type Part } from '../../engine/mechanism.ts';
import type { Past } from '../../engine/past.ts';
import type { PlannedPart } from '../../engine/plan.ts';
import type { Planner } from '../../engine/planner.ts';
import { NO, type Turn, YES } from '../../engine/turn.ts';
import type { Look, Told } from '../../model/looks.ts';
import { fixed } from '../../model/luck.ts';
import type { Link, Scenario } from '../../model/scenario.ts';
import { fewestToLose, fewestToMend, type Things } from './otherwise.ts';
import { type LayerGraph, layerGraph, type Passable, Walk } from './paths.ts';
import { linksOf } from './trace.ts';

const CARRIES = 0;
const LAYER = 1;

/** One layer that somebody asks about: its graph, and the questions by asker. */
interface Layer {
  readonly item: number;
  readonly graph: LayerGraph;
  /** `up` of each node and `carries` of each link of the graph; null: always so. */
  readonly up: readonly FactRef[];
  readonly carries: readonly (FactRef | null)[];
  readonly questions: Map<string, { readonly to: string; readonly fact: FactRef }[]>;
}

export const connectivity: Mechanism = {
  name: 'connectivity',
  owns: ['carries', 'reach'],
  plan: (scenario, planner) => new ConnectivityPlan(scenario, planner),
};

class ConnectivityPlan implements MechanismPlan {
  readonly supposes = true;
  readonly items = new Items();
  readonly layers = new Map<string, Layer>();
  readonly followers: Followers;
  private readonly part: number;

  constructor(
    private readonly scenario: Scenario,
    private readonly planner: Planner,
  ) {
    this.part = planner.partOf('connectivity');
    this.followers = new Followers(planner, this.part, this.items, CARRIES);
  }

  define(fact: FactRef): string | null {
    if (fact.kind === 'carries') return this.carries(fact);
    const [from, to, over] = fact.subjects as [string, string, string | undefined];
    const wrong = this.unaskable(from, to, over);
    if (wrong !== null) return wrong;
    const layer = this.layer(over);
    const known = layer.questions.get(from);
    if (known) known.push({ to, fact });
    else layer.questions.set(from, [{ to, fact }]);
    return null;
  }

  private unaskable(from: string, to: string, over: string | undefined): string | null {
    if (!this.scenario.nodes.has(from) || !this.scenario.nodes.has(to)) return 'there is no such node';
    const { indexOf } = this.layer(over).graph;
    const on = over ? ` of layer ${over} or without a layer` : '';
    if (!indexOf.has(from)) return `${from} has no link${on}, so it reaches nothing`;
    return indexOf.has(to) ? null : `${to} has no link${on}, so nothing reaches it`;
  }

  expect(question: Look): string | null {
    if (question.ask !== 'links') return null;
    const { from, to, layer } = question;
    const wrong = this.unaskable(from, to, layer ?? undefined);
    if (wrong === null) this.planner.fact('reach', from, to, ...(layer === null ? [] : [layer]));
    return wrong;
  }

  private carries(fact: FactRef): string | null {
    const link = this.scenario.links.get(fact.subjects[0] as string);
    if (!link) return 'there is no such link';
    this.followers.add(
      fact,
      this.planner.all(this.threats(link).map((threat) => this.planner.flag(threat, false))),
      fixed(0),
      fixed(0),
    );
    return null;
  }

  /** Facts by which a link may carry nothing: broken, or drained or cut at one of its ends. */
  private threats({ name, from, to, layer }: Link): readonly FactRef[] {
    const { planner } = this;
    const found: FactRef[] = planner.hits.may(name, 'down') ? [planner.fact('fault', name)] : [];
    for (const end of layer === null ? [] : [from, to]) {
      for (const setting of ['drain', 'cut'] as const)
        if (planner.hits.may(end, setting, layer)) found.push(planner.fact('config', end, setting, layer as string));
    }
    return found;
  }

  private mayFail(name: string): boolean {
    const link = this.scenario.links.get(name) as Link;
    return this.planner.hits.mayForce(`carries/${name}`) || this.threats(link).length > 0;
  }

  private layer(over: string | undefined): Layer {
    const known = this.layers.get(over ?? '');
    if (known) return known;
    const graph = layerGraph(this.planner.graph, over);
    const layer: Layer = {
      item: this.items.add(LAYER, this.layers.size),
      graph,
      questions: new Map(),
      up: graph.nodes.map((name) => this.planner.fact('up', name)),
      carries: graph.links.map((name) => (this.mayFail(name) ? this.planner.fact('carries', name) : null)),
    };
    for (const fact of [...layer.up, ...layer.carries]) if (fact) this.planner.hearFact(fact, this.part, layer.item);
    this.layers.set(over ?? '', layer);
    return layer;
  }

  /** For a lost reach the dead links and nodes at the border of what is still reached; for a gained one the canonical path. */
  explain(fact: FactRef, past: Past): Iterable<number> {
    const follows = this.followers.signalOf(fact);
    if (follows) return past.deciders(follows.id);
    const [from, to, over] = fact.subjects as [string, string, string | undefined];
    const layer = this.layers.get(over ?? '') as Layer;
    const { graph, up, carries } = layer;
    const passable = passableIn(layer, past);
    const found = new Set<number>();
    const note = (kind: 'link' | 'node', index: number): void => {
      const ref = kind === 'link' ? carries[index] : up[index];
      if (ref) found.add(past.latest(ref.id));
    };
    const target = graph.indexOf.get(to) as number;
    const walk = new Walk(graph);
    walk.from(graph.indexOf.get(from) as number, passable);
    if (past.to === 1) walk.path(target, note);
    else {
      if (!passable.node(target)) note('node', target);
      walk.border(target, passable, note);
    }
    return found;
  }

  /** The fewest things to mend on one way; or the fewest to lose, of which the far end is always one. */
  otherwise(fact: FactRef, past: Past): Turn | null {
    const follows = this.followers.otherwise(fact, past);
    if (follows) return follows;
    const [from, to, over] = fact.subjects as [string, string, string | undefined];
    const layer = this.layers.get(over ?? '') as Layer;
    const { graph, up, carries } = layer;
    const passable = passableIn(layer, past);
    const [a, b] = [graph.indexOf.get(from) as number, graph.indexOf.get(to) as number];
    const all = ({ nodes, links }: Things, among: number): Turn => ({
      all: [...nodes.map((index) => up[index]), ...links.map((index) => carries[index])].flatMap((one) =>
        one ? [{ fact: one, among }] : [],
      ),
    });
    if (past.raw(fact.id) === 0) {
      const way = fewestToMend(graph, a, b, passable);
      return way ? all(way, YES) : { any: [] };
    }
    const cut = a === b ? null : fewestToLose(graph, a, b, passable, (index) => carries[index] !== null);
    return { any: [{ fact: up[b] as FactRef, among: NO }, ...(cut ? [all(cut, NO)] : [])] };
  }

  finish(): { items: number; alarms: number } {
    return { items: this.items.count, alarms: this.followers.count };
  }
  create(engine: Engine): Part {
    return new RunningConnectivity(engine, engine.plan.parts[this.part] as PlannedPart, this);
  }
}

/** What of a layer was up and carried, as the past is opened. */
const passableIn = ({ up, carries }: Layer, past: Past): Passable => ({
  node: (index) => past.raw((up[index] as FactRef).id) === 1,
  link: (index) => carries[index] === null || past.raw((carries[index] as FactRef).id) === 1,
});

class RunningConnectivity implements Part {
  private readonly followers: RunningFollowers;
  private readonly layers: readonly RunningLayer[];

  constructor(
    engine: Engine,
    part: PlannedPart,
    private readonly plan: ConnectivityPlan,
  ) {
    this.followers = plan.followers.create(engine, part, 0);
    this.layers = [...plan.layers.values()].map((layer) => new RunningLayer(engine, layer));
  }
  warm(): boolean {
    let moved = this.followers.warm();
    for (const layer of this.layers) moved = layer.warm() || moved;
    return moved;
  }
  start(): void {
    this.followers.start();
  }
  settle(item: number): void {
    const index = this.plan.items.indexOf(item);
    if (this.plan.items.sortOf(item) === CARRIES) this.followers.settle(index);
    else this.layers[index]?.settle();
  }
  ring(alarm: number): void {
    this.followers.ring(alarm);
  }
  act(item: number): void {
    if (this.plan.items.sortOf(item) === CARRIES) this.followers.act(this.plan.items.indexOf(item));
  }
  look(question: Look): Told | null {
    if (question.ask !== 'links') return null;
    const { from, to, layer } = question;
    const index = [...this.plan.layers.keys()].indexOf(layer ?? '');
    const { graph } = this.plan.layers.get(layer ?? '') as Layer;
    return { ...question, ...linksOf(graph, (this.layers[index] as RunningLayer).passable, from, to) };
  }
}

/** One layer in one run: walks from every asker, a least fixed point each time (R2). */
class RunningLayer {
  private readonly walk: Walk;
  readonly passable: Passable;
  private readonly askers: readonly {
    readonly from: number;
    readonly questions: readonly { readonly to: number; readonly fact: number }[];
  }[];
  private readonly upFact: Int32Array;
  private readonly carriesFact: Int32Array;

  constructor(
    private readonly engine: Engine,
    layer: Layer,
  ) {
    const { graph } = layer;
    this.walk = new Walk(graph);
    this.upFact = Int32Array.from(layer.up, (fact) => fact.id);
    this.carriesFact = Int32Array.from(layer.carries, (fact) => fact?.id ?? -1);
    const { value } = engine.board;
    const { upFact, carriesFact } = this;
    this.passable = {
      node: (index) => value[upFact[index] as number] === 1,
      link: (index) => (carriesFact[index] as number) < 0 || value[carriesFact[index] as number] === 1,
    };
    this.askers = [...layer.questions].map(([from, questions]) => ({
      from: graph.indexOf.get(from) as number,
      questions: questions.map(({ to, fact }) => ({ to: graph.indexOf.get(to) as number, fact: fact.id })),
    }));
  }

  warm(): boolean {
    let moved = false;
    for (const { from, questions } of this.askers) {
      this.walk.from(from, this.passable);
      for (const { to, fact } of questions) moved = this.engine.board.put(fact, Number(this.walk.reached(to))) || moved;
    }
    return moved;
  }

  settle(): void {
    for (const { from, questions } of this.askers) {
      this.walk.from(from, this.passable);
      for (const { to, fact } of questions) {
        const now = Number(this.walk.reached(to));
        if (now === this.engine.board.own(fact) && !this.engine.board.changedInPhase(fact)) continue;
        const cause = now === 1 ? this.causeOfGain(to) : this.causeOfLoss(to);
        this.engine.set(fact, now, 'now', cause < 0 ? CAUSE.none : CAUSE.fact, cause);
      }
    }
  }

  /** The latest of the dead links and nodes at the border of what is still reached; the far end itself, if it is down. */
  private causeOfLoss(to: number): number {
    let best = this.passable.node(to) ? -1 : (this.upFact[to] as number);
    this.walk.border(to, this.passable, (kind, index) => {
      best = this.engine.laterOf(best, (kind === 'link' ? this.carriesFact[index] : this.upFact[index]) as number);
    });
    return best;
  }
  /** The latest change along the canonical path. */
  private causeOfGain(to: number): number {
    let best = -1;
    this.walk.path(to, (kind, index) => {
      best = this.engine.laterOf(best, (kind === 'link' ? this.carriesFact[index] : this.upFact[index]) as number);
    });
    return best;
  }
}
