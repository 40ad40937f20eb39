/** Where packets of asked networks end up in a run, as facts: computed anew when a table, a session or a site changes. */
import type { Engine } from '../../engine/engine.ts';
import { CAUSE } from '../../engine/mechanism.ts';
import { type FactKind, FORWARDS } from '../../model/facts.ts';
import type { Prefix, Traffic } from '../../model/scenario.ts';
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
  /** The facts about how they end; by site, about whether they land there; and by system, about whether they come through. */
  readonly outcomes: number[];
  readonly lands: Map<number, number>;
  readonly passes: { readonly system: number; readonly fact: number }[];
  /** The site where they land by the facts as they are; -1: none. */
  end: number;
}

export class Forwarding {
  private readonly packets: readonly Packets[];
  private readonly topology: Topology;

  constructor(
    private readonly engine: Engine,
    plan: Planned,
    tables: readonly RunningTable[],
    private readonly carries: (half: number) => boolean,
  ) {
    this.topology = plan.topology;
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
        outcomes: [],
        lands: new Map(),
        passes: [],
        end: -1,
      };
      found.set(`${target} ${who}`, packets);
      note(packets, question, plan);
    }
    this.packets = [...found.values()];
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
        const traffic = trafficOf(levels[level] as RunningTable, speaker);
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
    const { board } = this.engine;
    let moved = false;
    const put = (fact: number, value: number): void => {
      moved = board.put(fact, value) || moved;
    };
    for (const packets of this.packets) {
      const journey = journeyOf(packets);
      this.tell(packets, journey, put);
      packets.end = endOf(packets, journey);
      for (const [site, fact] of packets.lands) put(fact, Number(site === packets.end));
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
      const journey = journeyOf(packets);
      this.tell(packets, journey, set);
      // Of many sites they leave one and come to another.
      const end = endOf(packets, journey);
      if (end === packets.end) continue;
      set(packets.lands.get(packets.end), 0);
      set(packets.lands.get(end), 1);
      packets.end = end;
    }
  }
  private tell(
    { outcomes, passes }: Packets,
    journey: Journey | null,
    set: (fact: number, value: number) => void,
  ): void {
    for (const fact of outcomes) set(fact, FORWARDS.indexOf(journey?.outcome ?? 'no route'));
    if (passes.length === 0) return;
    const systems = new Set([...(journey?.through ?? [])].map((speaker) => this.topology.network[speaker]));
    for (const { system, fact } of passes) set(fact, Number(systems.has(system)));
  }
}

/** What one's own route says is done with packets. */
const trafficOf = ({ rib, fib, planned }: RunningTable, speaker: number): Traffic =>
  (planned.announcements[rib.announcementOf(fib.routeOf(speaker))] as Prefix).traffic;

/** Where packets go; null: nowhere, as nothing leads there. They leave by the edge with the best route of the longest prefix. */
function journeyOf({ levels, edges, view }: Packets): Journey | null {
  for (const { rib, fib } of levels) {
    const edge = rib.bestOf(edges, fib);
    if (edge >= 0) return follow(view, edge);
  }
  return null;
}

const endOf = ({ view, lands }: Packets, journey: Journey | null): number =>
  journey === null || lands.size === 0 ? -1 : landing(view, journey);

function note({ outcomes, lands, passes }: Packets, { fact }: PlannedQuestion, plan: Planned): void {
  const [, , third] = fact.subjects as [string, string, string];
  if (fact.kind === 'lands') lands.set(plan.topology.indexOf.get(third) as number, fact.id);
  else if (fact.kind === 'passes')
    passes.push({ system: plan.topology.networks.indexOf(plan.systemOf(third)), fact: fact.id });
  else outcomes.push(fact.id);
}
