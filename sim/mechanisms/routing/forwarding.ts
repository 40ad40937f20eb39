/** Where packets of asked networks end up in a run, as facts: computed anew when a table, a session or a site changes. */
import type { Engine } from '../../engine/engine.ts';
import { CAUSE } from '../../engine/mechanism.ts';
import { type FactKind, FORWARDS } from '../../model/facts.ts';
import type { Rule } from '../../trace/trace.ts';
import { forward, landing, type View } from './forward.ts';
import type { PlannedQuestion } from './planned.ts';
import type { RunningTable } from './tables.ts';
import type { Topology } from './topology.ts';

interface Planned {
  readonly topology: Topology;
  readonly questions: readonly PlannedQuestion[];
  edgesOf(who: string): readonly number[];
}

/** Kinds of fact about packets rather than routes. */
export const isForwarding = (kind: FactKind): boolean => kind === 'forwards' || kind === 'lands';

/** What changed that packets hang on: by which rule, and the change's id. */
export interface News {
  readonly rule: Rule;
  readonly change: number;
}

/** Packets of one network to one prefix: the tables of the prefix and of the blocks around it, and the edges they are sent from. */
interface Packets {
  readonly edges: readonly number[];
  readonly levels: readonly RunningTable[];
  readonly tables: readonly number[];
  readonly view: View;
  /** The fact about what becomes of them; -1: nobody asks. */
  outcome: number;
  /** By site: the fact about whether they land there. */
  readonly lands: Map<number, number>;
  /** The site where they land by the facts as they are; -1: none. */
  end: number;
}

export class Forwarding {
  private readonly packets: readonly Packets[];
  private readonly byKey: ReadonlyMap<string, Packets>;

  constructor(
    private readonly engine: Engine,
    plan: Planned,
    tables: readonly RunningTable[],
    private readonly carries: (half: number) => boolean,
  ) {
    const found = new Map<string, Packets>();
    const views = new Map<number, View>();
    for (const question of plan.questions.filter(({ fact }) => isForwarding(fact.kind))) {
      const { fact, who, table } = question;
      const levels = [table, ...question.around].map(({ index }) => tables[index] as RunningTable);
      const view = views.get(table.index) ?? this.viewOf(plan.topology, question, levels);
      views.set(table.index, view);
      const key = `${table.index} ${who}`;
      const packets = found.get(key) ?? {
        edges: plan.edgesOf(who),
        levels,
        view,
        tables: levels.map(({ planned }) => planned.index),
        outcome: -1,
        lands: new Map(),
        end: -1,
      };
      found.set(key, packets);
      const site = fact.subjects[2];
      if (site === undefined) packets.outcome = fact.id;
      else packets.lands.set(plan.topology.indexOf.get(site) as number, fact.id);
    }
    this.packets = [...found.values()];
    this.byKey = found;
  }

  /** The tables as packets of a network to a prefix see them, and the edge they leave by; -1: none. Asked for in the plan. */
  of(
    who: string,
    table: number,
  ): { readonly view: View; readonly start: number; readonly levels: readonly RunningTable[] } {
    const packets = this.byKey.get(`${table} ${who}`) as Packets;
    return { view: packets.view, start: startOf(packets), levels: packets.levels };
  }

  private viewOf(topology: Topology, { table, around }: PlannedQuestion, levels: readonly RunningTable[]): View {
    const { value } = this.engine.board;
    const numberOf = (name: string): number => topology.indexOf.get(name) as number;
    const ups = new Map(
      [table, ...around].flatMap(({ sites }) => sites.map(({ name, up }) => [numberOf(name), up.id])),
    );
    // Where the destination's own prefix may be announced, by network.
    const sites = new Map<number, number[]>();
    for (const { name } of table.sites) {
      const network = topology.network[numberOf(name)] as number;
      sites.set(network, [...(sites.get(network) ?? []), numberOf(name)]);
    }
    const { own } = (levels[0] as RunningTable).rib;
    return {
      levels: levels.length,
      over: (speaker, level) => (levels[level] as RunningTable).rib.half[speaker] as number,
      teller: (half) => topology.from[half] as number,
      carries: (half) => {
        const up = ups.get(topology.from[half] as number);
        return this.carries(half) && (up === undefined || value[up] === 1);
      },
      serves: (speaker) => (sites.get(topology.network[speaker] as number) ?? []).some((site) => own[site] === 1),
    };
  }

  /** Before the start; true when a fact was not so. */
  put(): boolean {
    const { board } = this.engine;
    let moved = false;
    for (const packets of this.packets) {
      const start = startOf(packets);
      if (packets.outcome >= 0) moved = board.put(packets.outcome, outcomeOf(packets, start)) || moved;
      packets.end = endOf(packets, start);
      for (const [site, fact] of packets.lands) moved = board.put(fact, site === packets.end ? 1 : 0) || moved;
    }
    return moved;
  }
  /** `newsOf`: what has changed of these tables, or of what all packets hang on; undefined: nothing. */
  set(newsOf: (tables: readonly number[]) => News | undefined): void {
    for (const packets of this.packets) {
      const news = newsOf(packets.tables);
      if (!news) continue;
      const { rule, change } = news;
      const set = (fact: number | undefined, value: number): void => {
        if (fact !== undefined) this.engine.set(fact, value, rule, change < 0 ? CAUSE.none : CAUSE.change, change);
      };
      const start = startOf(packets);
      if (packets.outcome >= 0) set(packets.outcome, outcomeOf(packets, start));
      const end = endOf(packets, start);
      if (end === packets.end) continue;
      set(packets.lands.get(packets.end), 0);
      set(packets.lands.get(end), 1);
      packets.end = end;
    }
  }
}

/** The edge by which packets leave: that with the best route of the longest prefix for which one has any; -1: none has. */
function startOf({ levels, edges }: Packets): number {
  for (const level of levels) {
    const edge = level.bestOf(edges);
    if (edge >= 0) return edge;
  }
  return -1;
}
const outcomeOf = ({ view }: Packets, start: number): number =>
  FORWARDS.indexOf(start < 0 ? 'no route' : forward(view, start));
const endOf = ({ view, lands }: Packets, start: number): number =>
  start < 0 || lands.size === 0 ? -1 : landing(view, start);
