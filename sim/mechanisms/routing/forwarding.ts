/** Where packets of asked networks end up in a run, as facts: computed anew when a table, a session or a site changes. */
import type { Engine } from '../../engine/engine.ts';
import { CAUSE } from '../../engine/mechanism.ts';
import { type FactKind, FORWARDS } from '../../model/facts.ts';
import type { Rule } from '../../trace/trace.ts';
import { follow, type Journey, landing, type View } from './forward.ts';
import type { PlannedQuestion, PlannedSite, PlannedTable } from './planned.ts';
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
  /** The facts about how they end; by site, about whether they land there; and by system, or by site of one, about whether they come through. */
  readonly outcomes: number[];
  readonly lands: Map<number, number>;
  readonly passes: { readonly isMet: (through: ReadonlySet<number>) => boolean; readonly fact: number }[];
  /** The speakers they come through, and the site where they land, by the facts as they are; -1: none. */
  through: ReadonlySet<number>;
  end: number;
}

export class Forwarding {
  private readonly packets: readonly Packets[];
  private readonly byKey: ReadonlyMap<string, Packets>;
  private readonly topology: Topology;
  /** By table: at which level the addresses in it and in nothing longer live, in each network. */
  private readonly homes = new Map<number, ReadonlyMap<number, number>>();

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
        through: NOBODY,
        end: -1,
      };
      found.set(`${target} ${who}`, packets);
      note(packets, question, plan);
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
    // Whether somebody of a speaker's network announces what is served there: inside a network that is known.
    const isServedIn = ({ planned, isAnnouncing }: RunningTable, speaker: number, one: number | null): boolean =>
      planned.sites.some(
        (site) =>
          (one === null ? isServed(planned, site) : site.announcement === one) &&
          topology.network[numberOf(site.name)] === topology.network[speaker] &&
          isAnnouncing(numberOf(site.name), site.announcement),
      );
    const serves = (speaker: number, level: number): boolean => {
      if (announcement !== null) return isServedIn(levels[0] as RunningTable, speaker, announcement);
      const home = this.homes.get(table.index)?.get(topology.network[speaker] as number) ?? levels.length;
      return level <= home || isServedIn(levels[home] as RunningTable, speaker, null);
    };
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
        return traffic !== 'here' || serves(speaker, level) ? traffic : 'lost';
      },
      drops: (speaker, level) => {
        const { rib, fib } = levels[level] as RunningTable;
        return rib.rules?.drops(fib.routeOf(speaker)) === true;
      },
    };
  }

  /**
   * In each network an address lives in the longest block that the network serves before the start: where that is withdrawn, a wider one
   * of its own leads to nobody. What another network says of a part of it moves nothing there.
   */
  private findHomes({ levels }: Packets): void {
    const { indexOf, network } = this.topology;
    const homes = new Map<number, number>();
    for (const [level, { planned, isAnnouncing }] of levels.entries())
      for (const site of planned.sites) {
        const speaker = indexOf.get(site.name) as number;
        if (!isServed(planned, site) || !isAnnouncing(speaker, site.announcement)) continue;
        const own = network[speaker] as number;
        if (!homes.has(own)) homes.set(own, level);
      }
    this.homes.set((levels[0] as RunningTable).planned.index, homes);
  }

  /** Before the start; true when a fact was not so. */
  put(): boolean {
    const { board } = this.engine;
    let moved = false;
    const put = (fact: number, value: number): void => {
      moved = board.put(fact, value) || moved;
    };
    for (const packets of this.packets) {
      this.findHomes(packets);
      const journey = journeyOf(packets);
      this.tell(packets, journey, put);
      packets.through = journey?.through ?? NOBODY;
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
      const journey = journeyOf(packets);
      const through = journey?.through ?? NOBODY;
      const { rule, change } = turnOf(packets, through) ?? news;
      packets.through = through;
      const set = (fact: number | undefined, value: number): void => {
        if (fact !== undefined) this.engine.set(fact, value, rule, change < 0 ? CAUSE.none : CAUSE.change, change);
      };
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
    for (const { isMet, fact } of passes) set(fact, Number(isMet(journey?.through ?? NOBODY)));
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

const NOBODY: ReadonlySet<number> = new Set();

/** Whose choice has turned packets: of those they came through, or come through now, the first that chose anew. */
function turnOf({ levels, through }: Packets, now: ReadonlySet<number>): News | undefined {
  for (const speaker of [...through, ...now])
    for (const table of levels)
      if (table.turned.has(speaker)) return { rule: table.ruleOf(speaker), change: table.rib.cause[speaker] as number };
  return undefined;
}

const endOf = ({ view, lands }: Packets, journey: Journey | null): number =>
  journey === null || lands.size === 0 ? -1 : landing(view, journey);

function note({ outcomes, lands, passes }: Packets, { fact }: PlannedQuestion, plan: Planned): void {
  const [, , third] = fact.subjects as [string, string, string];
  if (fact.kind === 'lands') lands.set(plan.topology.indexOf.get(third) as number, fact.id);
  else if (fact.kind === 'passes') passes.push({ isMet: meeting(third, plan), fact: fact.id });
  else outcomes.push(fact.id);
}

/** Whether some speaker of a network is among these; or the one speaker that a site is. */
function meeting(name: string, plan: Planned): (through: ReadonlySet<number>) => boolean {
  const { topology } = plan;
  if (plan.systemOf(name) !== name) {
    const site = topology.indexOf.get(name) as number;
    return (through) => through.has(site);
  }
  const system = topology.networks.indexOf(name);
  return (through) => [...through].some((speaker) => topology.network[speaker] === system);
}

const isServed = ({ announcements }: PlannedTable, { announcement }: PlannedSite): boolean =>
  announcements[announcement]?.traffic === 'here';
