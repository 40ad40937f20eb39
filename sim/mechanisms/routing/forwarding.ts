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
const NO_NEWS: News = { rule: 'now', change: -1 };

/** One question: the tables of the prefix and of the blocks around it, and the edges it is asked from. */
interface Packet {
  readonly fact: number;
  readonly edges: readonly number[];
  readonly levels: readonly RunningTable[];
  readonly tables: readonly number[];
  readonly view: View;
  /** The site it is asked of whether packets land there; null: what becomes of them at all. */
  readonly site: number | null;
}

export class Forwarding {
  private readonly packets: readonly Packet[];

  constructor(
    private readonly engine: Engine,
    plan: Planned,
    tables: readonly RunningTable[],
    private readonly carries: (half: number) => boolean,
  ) {
    this.packets = plan.questions
      .filter(({ fact }) => isForwarding(fact.kind))
      .map((question) => {
        const levels = [question.table, ...question.around].map(({ index }) => tables[index] as RunningTable);
        const view = this.viewOf(plan.topology, question, levels);
        const site = question.fact.subjects[2];
        const at = site === undefined ? null : (plan.topology.indexOf.get(site) as number);
        return {
          fact: question.fact.id,
          edges: plan.edgesOf(question.who),
          levels,
          view,
          site: at,
          tables: levels.map(({ planned }) => planned.index),
        };
      });
  }

  private viewOf(topology: Topology, { table, around }: PlannedQuestion, levels: readonly RunningTable[]): View {
    const { value } = this.engine.board;
    const numberOf = (name: string): number => topology.indexOf.get(name) as number;
    const ups = new Map(
      [table, ...around].flatMap(({ sites }) => sites.map(({ name, up }) => [numberOf(name), up.id])),
    );
    const sites = table.sites.map(({ name }) => numberOf(name));
    return {
      levels: levels.length,
      over: (speaker, level) => (levels[level] as RunningTable).rib.half[speaker] as number,
      teller: (half) => topology.from[half] as number,
      carries: (half) => {
        const up = ups.get(topology.from[half] as number);
        return this.carries(half) && (up === undefined || value[up] === 1);
      },
      serves: (speaker) =>
        sites.some(
          (site) =>
            topology.network[site] === topology.network[speaker] && (levels[0] as RunningTable).rib.own[site] === 1,
        ),
    };
  }

  /** Before the start; true when a fact was not so. */
  put(): boolean {
    let moved = false;
    for (const packet of this.packets) moved = this.engine.board.put(packet.fact, this.word(packet)) || moved;
    return moved;
  }
  /** `newsOf`: what has changed of these tables, or of what all packets hang on. */
  set(newsOf: (tables: readonly number[]) => News | undefined): void {
    for (const packet of this.packets) {
      const { rule, change } = newsOf(packet.tables) ?? NO_NEWS;
      this.engine.set(packet.fact, this.word(packet), rule, change < 0 ? CAUSE.none : CAUSE.change, change);
    }
  }

  private word({ edges, levels, view, site }: Packet): number {
    const start = levels.map((level) => level.bestOf(edges)).find((edge) => edge >= 0);
    if (site !== null) return Number(start !== undefined && landing(view, start) === site);
    return FORWARDS.indexOf(start === undefined ? 'no route' : forward(view, start));
  }
}
