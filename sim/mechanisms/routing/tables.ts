/** The table of one block in a run: what is heard, chosen and told, and the facts that somebody asks of it. */
import type { Engine } from '../../engine/engine.ts';
import { CAUSE } from '../../engine/mechanism.ts';
import type { Prefix } from '../../model/scenario.ts';
import type { Rule } from '../../trace/trace.ts';
import { Choices } from './disputes.ts';
import { Fib } from './fib.ts';
import { LOCAL, NONE, type Paths } from './paths.ts';
import type { PlannedTable } from './planned.ts';
import { type Ranks, Rib, WHY } from './rib.ts';
import type { BlockRules } from './rules.ts';
import { OWN } from './static.ts';
import type { Topology } from './topology.ts';
import { type Carrier, purposesOf, Wire } from './wire.ts';

const PURPOSES = purposesOf('');

/** A fact of a table about one of its announcements, and the edges of the network it is about. */
export interface Question {
  readonly fact: number;
  readonly isPath: boolean;
  readonly announcement: number;
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
    const { shown } = this.topology;
    return this.paths
      .list(path)
      .map((network) => shown[network] as string)
      .join(' ');
  }
}

export class RunningTable {
  readonly rib: Rib;
  readonly fib: Fib;
  readonly wire: Wire;
  /** By half: when what is heard over it arrived; 0: before the start. */
  readonly since: Float64Array;
  private readonly choices: Choices;
  /** Speakers that chose anew in this phase, and halves to offer over at its end. */
  private changed: number[] = [];
  /** Speakers that chose anew and whose facts are not set yet; the last that did. */
  private unsaid: number[] = [];
  lastChanged = -1;
  /** Speakers that chose anew since anybody last looked where packets go. */
  readonly turned = new Set<number>();
  private offers: { readonly half: number; readonly change: number | null }[] = [];
  /** The change by which messages that were stopped go on; null: none were. */
  private thaws: number | null = null;
  /** By speaker: the questions that hang on it. */
  private readonly hanging = new Map<number, Question[]>();
  /** By site: the announcements it makes. */
  private readonly announced = new Map<number, Set<number>>();
  private readonly hushed = new Set<number>();
  readonly rules: BlockRules;

  constructor(
    private readonly engine: Engine,
    readonly planned: PlannedTable,
    private readonly questions: readonly Question[],
    private readonly texts: PathTexts,
    paths: Paths,
    ranks: Ranks,
    rules: BlockRules,
    private readonly topology: Topology,
    carrier: Carrier,
  ) {
    this.rules = rules;
    this.rib = new Rib(topology, paths, ranks, planned.plain ? null : rules);
    this.fib = new Fib(this.rib);
    this.wire = new Wire(this.rib, planned.announcements, carrier, PURPOSES);
    this.since = new Float64Array(topology.from.length);
    this.choices = new Choices(topology, planned.announcements[0].name);
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
      this.choices.note(speaker, this.rib.route[speaker] as number, this.engine.now);
      this.changed.push(speaker);
      this.unsaid.push(speaker);
      this.lastChanged = speaker;
      this.turned.add(speaker);
    });
  }
  /** Messages have come over a half; as `Wire.arrive`. */
  arrive(half: number): number | null {
    const { heard } = this.rib;
    const before = heard[half];
    const change = this.wire.arrive(half);
    if (heard[half] !== before) this.since[half] = this.engine.now;
    return change;
  }
  /** A site has spoken: what follows is told at once, and the facts are set in the next phase. */
  turn(): void {
    this.choose();
    this.act();
  }
  /** A site begins or ends to make one of the announcements; true when that is news. */
  announce(speaker: number, announcement: number, is: boolean, change: number): boolean {
    if (!this.note(speaker, announcement, is)) return false;
    this.rib.originate(speaker, this.ownOf(speaker), change);
    return true;
  }
  /** The same before the start, when nothing follows from it yet. */
  note(speaker: number, announcement: number, is: boolean): boolean {
    const made = this.announced.get(speaker) ?? new Set();
    if (made.has(announcement) === is) return false;
    if (is) made.add(announcement);
    else made.delete(announcement);
    this.announced.set(speaker, made);
    return true;
  }
  /** A site whose routing process is silent announces nothing, whatever it would. */
  hush(speaker: number, is: boolean): void {
    if (is) this.hushed.add(speaker);
    else this.hushed.delete(speaker);
  }
  readonly isAnnouncing = (speaker: number, announcement: number): boolean =>
    this.announced.get(speaker)?.has(announcement) === true;

  /** The route a speaker announces itself: of several that with the shortest path behind it, then the first by name. */
  ownOf(speaker: number): number {
    if (this.hushed.has(speaker)) return NONE;
    const { own, tails } = this.rules;
    const length = (announcement: number): number => this.rib.paths.length(tails[announcement] as number);
    const made = [...(this.announced.get(speaker) ?? [])].sort((a, b) => length(a) - length(b) || a - b);
    return made[0] === undefined ? NONE : (own[made[0]] as number);
  }
  /** By speaker: the route it announces itself. */
  owns(): Int32Array {
    const own = new Int32Array(this.topology.speakers.length);
    for (const speaker of this.announced.keys()) own[speaker] = this.ownOf(speaker);
    return own;
  }

  /** The announcement that the route a speaker sends packets by is of. */
  announcementOf(speaker: number): Prefix {
    return this.planned.announcements[this.rib.announcementOf(this.fib.routeOf(speaker))] as Prefix;
  }

  ruleOf(speaker: number): Rule {
    return WHY[this.rib.rule[speaker] as number] as Rule;
  }
  /** Something outside routing changed, by this change: choices begin to be counted anew, and what was stopped goes on. */
  outside(change: number): void {
    if (this.choices.stopped) this.thaws = change;
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
    this.thaws = null;
    if (thaws !== null) for (let half = 0; half < topology.from.length; half++) wire.offer(half, thaws);
    for (const { half, change } of offers) wire.offer(half, change);
    for (const speaker of changed) wire.offerAll(speaker);
  }

  disputes(): ReturnType<Choices['all']> {
    return this.choices.all();
  }

  private value({ edges, isPath, announcement }: Question): number {
    const { rib } = this;
    const best = rib.bestOf(edges);
    const route = best < 0 ? NONE : (rib.route[best] as number);
    const has = route !== NONE && rib.announcementOf(route) === announcement;
    if (!isPath) return Number(has);
    return this.texts.of(!has ? NONE : rib.half[best] === OWN ? LOCAL : rib.pathOf(route));
  }
}
