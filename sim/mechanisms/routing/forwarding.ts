/** Where packets of asked networks end up in a run, as facts: computed anew when a table, a session or a site changes. */
import type { Engine } from '../../engine/engine.ts';
import { CAUSE } from '../../engine/mechanism.ts';
import { type FactKind, FORWARDS } from '../../model/facts.ts';
import type { Rule } from '../../trace/trace.ts';
import { follow, type Journey, landing, type View } from './forward.ts';
import type { PlannedQuestion } from './planned.ts';
import type { RunningTable } from './tables.ts';
import type { Topology } from './topology.ts';

interface Planned {
  readonly topology: Topology;
  readonly questions: readonly PlannedQuestion[];
  edgesOf(who: string): readonly number[];
  systemOf(who: string): string;
}

/** Kinds of fact about packets rather than routes. */
export const isForwarding = (kind: FactKind): boolean => kind === 'forwards' || kind === 'lands' || kind === 'passes';

/** What changed that packets hang on: by which rule, and the change's id. */
export interface News {
  readonly rule: Rule;
  readonly change: number;
}

/** Packets of one network to one block or address: the tables of all blocks around it, and the edges they are sent from. */
interface Packets {
  readonly edges: readonly number[];
  readonly levels: readonly RunningTable[];
  readonly tables: readonly number[];
  readonly view: View;
  /** The facts about them, and what each is by where they go. */
  readonly facts: { readonly fact: number; readonly value: (journey: Journey | null) => number }[];
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
    const views = new Map<string, View>();
    for (const question of plan.questions.filter(({ fact }) => isForwarding(fact.kind))) {
      const { who, table, announcement } = question;
      const target = `${table.index} ${announcement}`;
      const levels = [table, ...question.around].map(({ index }) => tables[index] as RunningTable);
      const view = views.get(target) ?? this.viewOf(plan.topology, question, levels);
      views.set(target, view);
      const packets = found.get(`${target} ${who}`) ?? {
        edges: plan.edgesOf(who),
        levels,
        view,
        tables: levels.map(({ planned }) => planned.index),
        facts: [],
      };
      found.set(`${target} ${who}`, packets);
      packets.facts.push({ fact: question.fact.id, value: readerOf(question, view, plan) });
    }
    this.packets = [...found.values()];
    this.byKey = found;
  }

  /** Where packets of a network go that are meant for an announcement of a table, or for any (null); asked for in the plan. */
  of(
    who: string,
    table: number,
    announcement: number | null,
  ): { readonly view: View; readonly journey: Journey | null; readonly levels: readonly RunningTable[] } {
    const packets = this.byKey.get(`${table} ${announcement} ${who}`) as Packets;
    return { view: packets.view, journey: journeyOf(packets), levels: packets.levels };
  }

  private viewOf(
    topology: Topology,
    { table, around, announcement }: PlannedQuestion,
    levels: readonly RunningTable[],
  ): View {
    const { value } = this.engine.board;
    const numberOf = (name: string): number => topology.indexOf.get(name) as number;
    const ups = new Map(
      [table, ...around].flatMap(({ sites }) => sites.map(({ name, up }) => [numberOf(name), up.id])),
    );
    // Where the destination itself may be announced, by network.
    const sites = new Map<number, number[]>();
    for (const site of table.sites.filter((one) => one.announcement === announcement)) {
      const network = topology.network[numberOf(site.name)] as number;
      sites.set(network, [...(sites.get(network) ?? []), numberOf(site.name)]);
    }
    const [own] = levels as [RunningTable];
    const serves = (speaker: number): boolean =>
      announcement === null ||
      (sites.get(topology.network[speaker] as number) ?? []).some((site) => own.isAnnouncing(site, announcement));
    return {
      levels: levels.length,
      over: (speaker, level) => (levels[level] as RunningTable).fib.halfOf(speaker),
      teller: (half) => topology.from[half] as number,
      carries: (half) => {
        const up = ups.get(topology.from[half] as number);
        return this.carries(half) && (up === undefined || value[up] === 1);
      },
      takes: (speaker, level) => {
        const { traffic } = (levels[level] as RunningTable).announcementOf(speaker);
        return traffic !== 'here' || serves(speaker) ? traffic : 'lost';
      },
      drops: (speaker, level) => {
        const { rib, fib } = levels[level] as RunningTable;
        return rib.rules?.drops(fib.routeOf(speaker)) === true;
      },
    };
  }

  /** Before the start; true when a fact was not so. */
  put(): boolean {
    let moved = false;
    for (const packets of this.packets) {
      const journey = journeyOf(packets);
      for (const { fact, value } of packets.facts) moved = this.engine.board.put(fact, value(journey)) || moved;
    }
    return moved;
  }
  /** `newsOf`: what has changed of these tables, or of what all packets hang on; undefined: nothing. */
  set(newsOf: (tables: readonly number[]) => News | undefined): void {
    for (const packets of this.packets) {
      const news = newsOf(packets.tables);
      if (!news) continue;
      const { rule, change } = news;
      const journey = journeyOf(packets);
      for (const { fact, value } of packets.facts) {
        const is = value(journey);
        if (is !== this.engine.board.own(fact))
          this.engine.set(fact, is, rule, change < 0 ? CAUSE.none : CAUSE.change, change);
      }
    }
  }
}

/** Where packets go; null: nowhere, as nothing leads there. They leave by the edge with the best route of the longest prefix. */
function journeyOf({ levels, edges, view }: Packets): Journey | null {
  for (const { rib, fib } of levels) {
    const edge = rib.bestOf(edges, fib);
    if (edge >= 0) return follow(view, edge);
  }
  return null;
}

function readerOf({ fact }: PlannedQuestion, view: View, plan: Planned): (journey: Journey | null) => number {
  const { topology } = plan;
  const [, , third] = fact.subjects as [string, string, string];
  switch (fact.kind) {
    case 'lands': {
      const site = topology.indexOf.get(third) as number;
      return (journey) => Number(journey !== null && landing(view, journey) === site);
    }
    case 'passes': {
      const system = topology.networks.indexOf(plan.systemOf(third));
      const isThere = (speaker: number): boolean => topology.network[speaker] === system;
      return (journey) => Number([...(journey?.through ?? [])].some(isThere));
    }
    default:
      return (journey) => FORWARDS.indexOf(journey?.outcome ?? 'no route');
  }
}
