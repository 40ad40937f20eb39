/** The table of one prefix in a run: what is heard, chosen and told, and the facts that somebody asks of it. */
import type { Engine } from '../../engine/engine.ts';
import { CAUSE } from '../../engine/mechanism.ts';
import type { Rule } from '../../trace/trace.ts';
import { Choices } from './disputes.ts';
import { LOCAL, NONE, type Paths } from './paths.ts';
import type { PlannedTable } from './planned.ts';
import { preference } from './policy.ts';
import { type Ranks, Rib, WHY } from './rib.ts';
import { NO_HALF, OWN } from './static.ts';
import type { Topology } from './topology.ts';
import { type Carrier, purposesOf, Wire } from './wire.ts';

const PURPOSES = purposesOf('');

/** A fact of a table, and the edges of the network it is about. */
export interface Question {
  readonly fact: number;
  readonly isPath: boolean;
  readonly edges: readonly number[];
}

/** Paths as texts, each made once: numbers where networks have them, else names; `local` is what one announces oneself. */
export class PathTexts {
  private readonly known = new Map<number, number>();

  constructor(
    private readonly engine: Engine,
    private readonly topology: Topology,
    private readonly paths: Paths,
  ) {}

  of(path: number): number {
    let text = this.known.get(path);
    if (text === undefined) {
      text = this.engine.text(path === NONE ? '' : path === LOCAL ? 'local' : this.write(path));
      this.known.set(path, text);
    }
    return text;
  }

  private write(path: number): string {
    const { nodes } = this.engine.plan.scenario;
    return this.paths
      .list(path)
      .map((network) => this.topology.networks[network] as string)
      .map((name) => String(nodes.get(name)?.asn ?? name))
      .join(' ');
  }
}

export class RunningTable {
  readonly rib: Rib;
  readonly wire: Wire;
  private readonly choices: Choices;
  /** Speakers that chose anew in this phase, and halves to offer over at its end. */
  private changed: number[] = [];
  /** Speakers that chose anew and whose facts are not set yet; the last that did. */
  private unsaid: number[] = [];
  lastChanged = -1;
  private offers: { readonly half: number; readonly change: number | null }[] = [];
  private thaws = false;
  /** By speaker whose routing process is silent: what it chose last, and forwards by. */
  private readonly kept = new Map<number, { readonly half: number; readonly path: number }>();
  /** By speaker: the questions that hang on it. */
  private readonly hanging = new Map<number, Question[]>();

  constructor(
    private readonly engine: Engine,
    readonly planned: PlannedTable,
    private readonly questions: readonly Question[],
    private readonly texts: PathTexts,
    paths: Paths,
    ranks: Ranks,
    private readonly topology: Topology,
    carrier: Carrier,
  ) {
    this.rib = new Rib(topology, paths, ranks);
    this.wire = new Wire(this.rib, planned.prefix, carrier, PURPOSES);
    this.choices = new Choices(topology, planned.prefix.name);
    for (const question of questions) {
      for (const edge of question.edges) {
        const known = this.hanging.get(edge);
        if (known) known.push(question);
        else this.hanging.set(edge, [question]);
      }
    }
  }

  /** Before the start: puts the facts as the routes are; true when one was not. */
  put(): boolean {
    let moved = false;
    for (const question of this.questions) moved = this.engine.board.put(question.fact, this.value(question)) || moved;
    return moved;
  }

  /** Takes up what was under way before the start; true when there was something. */
  begin(): boolean {
    for (const half of this.wire.unsure()) this.offerLater(half);
    return this.offers.length > 0;
  }

  /** Speakers choose; the facts that hang on those that chose anew are set. True when some did. */
  settle(): boolean {
    this.choose();
    const { unsaid } = this;
    this.unsaid = [];
    const told = new Set<Question>();
    for (const speaker of unsaid.reverse()) {
      for (const question of this.hanging.get(speaker) ?? []) {
        if (told.has(question)) continue;
        told.add(question);
        const cause = this.rib.cause[speaker] as number;
        this.engine.set(
          question.fact,
          this.value(question),
          this.ruleOf(speaker),
          cause < 0 ? CAUSE.none : CAUSE.change,
          cause,
        );
      }
    }
    return unsaid.length > 0;
  }
  private choose(): void {
    this.rib.decide((speaker) => {
      this.choices.note(speaker, this.rib.path[speaker] as number, this.engine.now);
      this.changed.push(speaker);
      this.unsaid.push(speaker);
      this.lastChanged = speaker;
    });
  }
  /** A site has spoken: what follows is told at once, and the facts are set in the next phase. */
  turn(): void {
    this.choose();
    this.act();
  }
  ruleOf(speaker: number): Rule {
    return WHY[this.rib.rule[speaker] as number] as Rule;
  }
  /** Something outside routing changed: choices begin to be counted anew, and what was stopped goes on. */
  outside(): void {
    this.thaws ||= this.choices.stopped;
    this.choices.reset();
  }
  /** `change`: what gives occasion to tell it, if not what the sender's choice follows from. */
  offerLater(half: number, change: number | null = null): void {
    this.offers.push({ half, change });
  }

  /** The phase is over: what changed is told. */
  act(): void {
    const { changed, offers, topology, wire, thaws } = this;
    this.changed = [];
    this.offers = [];
    // What is not told now is told when something outside changes: a half knows what it last told.
    if (this.choices.stopped) return;
    this.thaws = false;
    if (thaws) for (let half = 0; half < topology.from.length; half++) wire.offer(half);
    for (const { half, change } of offers) wire.offer(half, change);
    for (const speaker of changed)
      for (let i = topology.firstOut[speaker] as number; i < (topology.firstOut[speaker + 1] as number); i++)
        wire.offer(topology.outs[i] as number);
  }

  disputes(): ReturnType<Choices['all']> {
    return this.choices.all();
  }

  private value({ edges, isPath }: Question): number {
    const best = this.bestOf(edges);
    const path = best < 0 ? NONE : (this.rib.path[best] as number);
    return isPath ? this.texts.of(path) : Number(path !== NONE);
  }

  /** From now on a speaker forwards by what it has chosen by now, whatever it chooses. */
  keep(speaker: number): void {
    this.kept.set(speaker, { half: this.rib.half[speaker] as number, path: this.rib.path[speaker] as number });
  }
  letGo(speaker: number): boolean {
    return this.kept.delete(speaker);
  }
  /** The half a speaker sends packets over. */
  over(speaker: number): number {
    return this.kept.get(speaker)?.half ?? (this.rib.half[speaker] as number);
  }

  /**
   * The edge of a network with the best route, -1 when none has one: its own, or by preference, length and lower neighbour.
   * `packets`: by what they are sent by, which is not what is chosen where a routing process is silent.
   */
  bestOf(edges: readonly number[], packets = false): number {
    const { rib } = this;
    const { relation } = this.topology;
    const pathOf = (edge: number): number =>
      (packets ? this.kept.get(edge)?.path : undefined) ?? (rib.path[edge] as number);
    let best = -1;
    let rival = NO_HALF;
    for (const edge of edges) {
      const over = packets ? this.over(edge) : (rib.half[edge] as number);
      if (over === OWN) return edge;
      if (over === NO_HALF) continue;
      const by = rival < 0 ? 1 : preference(relation[over] as number) - preference(relation[rival] as number);
      if (by < 0 || (by === 0 && !this.shorter(pathOf(edge), pathOf(best)))) continue;
      best = edge;
      rival = over;
    }
    return best;
  }
  private shorter(one: number, other: number): boolean {
    return this.rib.paths.length(one) < this.rib.paths.length(other);
  }
}
