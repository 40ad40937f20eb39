/** A name in very many caches, in one run: the word that most of them give, and shares of them as numbers. */
import { Chances, type Doubt } from '../../engine/chances.ts';
import { Curve } from '../../engine/curve.ts';
import type { Engine } from '../../engine/engine.ts';
import { CAUSE, type FactRef, type SignalRef } from '../../engine/mechanism.ts';
import type { PlannedPart } from '../../engine/plan.ts';
import { ANSWERS } from '../../model/facts.ts';
import { isNever, MINUTE, wholeAfter } from '../../model/units.ts';
import type { Rule } from '../../trace/trace.ts';
import { Chords, type Fates, flow } from './chords.ts';
import type { Kept } from './entry.ts';
import { FATE_COUNT, FATES, Fluid, type Lives, WORDS } from './fluid.ts';
import type { PlannedEntry } from './planned.ts';
import { rawOf } from './words.ts';

const [OK, STALE] = [ANSWERS.indexOf('ok'), ANSWERS.indexOf('stale')];
const SERVFAIL = ANSWERS.indexOf('servfail');
const TIMEOUT = ANSWERS.indexOf('timeout');
/** Words of caches that do not resolve a name; of those given alike often the first one shows. */
const FAILING = [SERVFAIL, TIMEOUT, ANSWERS.indexOf('nxdomain'), ANSWERS.indexOf('nodata')];
/** The number of a share: of a word, or of all that do not resolve it. */
export const UNRESOLVED = ANSWERS.length;
const DUST = 1e-9;

/** A record in very many caches. */
export interface PlannedCaches {
  readonly entry: Omit<PlannedEntry, 'item'>;
  readonly lives: Lives;
  /** Records on which it hangs, and which are not the same in all caches. */
  readonly doubts: readonly Doubt[];
  /** What is given for the name that this one is another name for. */
  readonly target: Doubt | null;
}
export const signalsOfCaches = ({ entry }: PlannedCaches): readonly SignalRef[] =>
  [entry.alive, entry.supply, entry.denial, entry.empty, entry.refusal, ...entry.flushes].flatMap((one) => one ?? []);
export const inputsOfCaches = ({ doubts, target }: PlannedCaches): readonly FactRef[] =>
  [...doubts, ...(target ? [target] : [])].flatMap(({ values }) => values.map(({ share }) => share));

type Going = ReturnType<Chords['of']>;
/** What comes of all that holds now. */
interface Outlook {
  readonly key: string;
  /** Null while the resolver is down. */
  readonly fluid: Fluid | null;
  readonly fates: Fates;
  of(k: number): Going;
}

/** The state that the word and the numbers of one record have in common. */
export class Caches {
  private fluid: Fluid | null = null;
  private fates: Fates = { at: () => [], speed: () => 0 };
  private held: readonly boolean[] = [];
  private outlook: Outlook | null = null;
  private readonly signals: readonly SignalRef[];
  private readonly inputs: readonly FactRef[];

  constructor(
    private readonly engine: Engine,
    private readonly plan: PlannedCaches,
  ) {
    this.signals = signalsOfCaches(plan);
    this.inputs = inputsOfCaches(plan);
  }

  /** Before the start all are in ordinary use. */
  warm(): void {
    this.fates = this.told();
    this.fluid = this.runs() ? Fluid.of(this.plan.lives, this.fates.at(0), 0) : null;
    this.held = this.holding();
    this.outlook = null;
  }

  /** How a share goes on from now on: its level, its slope a millisecond, and for how long. */
  of(k: number): Going {
    const key = this.key();
    if (this.outlook?.key !== key) this.outlook = this.next(key);
    return this.outlook.of(k);
  }
  /** The phase is over: takes what came of it as settled. */
  settled(): void {
    this.of(UNRESOLVED);
    const { fluid, fates } = this.outlook as Outlook;
    this.fluid = fluid?.copy() ?? null;
    this.fates = fates;
    this.held = this.holding();
  }

  /** What this follows from, as the cause of a setting; null: nothing that happened in this phase. */
  turned(): readonly [kind: number, ref: number] | null {
    const { engine, signals, held, inputs } = this;
    const signal = signals.find(({ id }, k) => engine.signal(id) !== held[k]);
    if (signal) return [CAUSE.signal, signal.id];
    const fact = inputs.find(({ id }) => engine.board.changedInPhase(id));
    return fact ? [CAUSE.fact, fact.id] : null;
  }
  /** The latest change it follows from, as settled. */
  tip(): readonly [kind: number, ref: number] {
    const { engine, signals, inputs } = this;
    const tips = [...signals.map(({ id }) => engine.tip(id)), ...inputs.map(({ id }) => engine.latest(id))];
    const tip = tips.reduce((last, one) => Math.max(last, one), -1);
    return tip < 0 ? [CAUSE.none, 0] : [CAUSE.change, tip];
  }

  /** The answer that most give, as things are, and how long it stays so if nothing else happens. */
  word(): { readonly word: number; readonly left: number } {
    const all = this.of(UNRESOLVED);
    const ds = this.plan.lives.sort === 'ds';
    const fails = !ds && all.level >= 0.5 - DUST;
    const rivals = ds ? [OK, FAILING[2] as number, SERVFAIL] : fails ? FAILING : [OK, STALE];
    let word = rivals[0] as number;
    for (const rival of rivals) if (this.of(rival).level > this.of(word).level + DUST) word = rival;
    const shows = this.of(word);
    let left = Math.min(all.left, shows.left);
    if (!ds && (fails ? all.slope < 0 : all.slope > 0)) left = Math.min(left, (0.5 - all.level) / all.slope);
    for (const rival of rivals) {
      const { level, slope, left: until } = this.of(rival);
      left = Math.min(left, until);
      if (slope > shows.slope) left = Math.min(left, (shows.level - level) / (slope - shows.slope));
    }
    return { word, left: left > DUST ? left : 1 };
  }

  /** What asking anew brings to most. */
  could(): number {
    const shares = this.told().at(this.engine.now);
    const fate = shares.indexOf(shares.reduce((most, one) => Math.max(most, one)));
    return WORDS[fate] ?? SERVFAIL;
  }

  private holding(): readonly boolean[] {
    return this.signals.map(({ id }) => this.engine.signal(id));
  }
  private runs(): boolean {
    return this.engine.signal(this.plan.entry.alive.id);
  }
  /** All that decides, as text. */
  private key(): string {
    const { engine, inputs } = this;
    const { board, now } = engine;
    const lines = inputs.flatMap(({ id }) => [board.level[id], board.slope[id], board.since[id]]);
    return [now, ...this.holding().map(Number), ...lines].join(' ');
  }

  /** What asking brings to which share of the caches. */
  private told(): Fates & { readonly target: Chances | null } {
    const { entry, doubts, target } = this.plan;
    const chances = new Chances(this.engine, doubts, (holds) => {
      if (holds(entry.supply.id)) return FATES.ok;
      if (entry.empty !== null && holds(entry.empty.id)) return FATES.nodata;
      if (entry.denial !== null && holds(entry.denial.id)) return FATES.nxdomain;
      return entry.refusal !== null && holds(entry.refusal.id) ? FATES.refused : FATES.silent;
    });
    const other =
      target && new Chances(this.engine, [target], (_, [pick]) => target.values[pick as number]?.raw ?? target.rest);
    return {
      at: (at) => chances.at(at, FATE_COUNT),
      speed: (at) => chances.speed(at) + (other?.speed(at) ?? 0),
      target: other,
    };
  }
  private next(key: string): Outlook {
    const { engine, fates: before, signals, held, plan } = this;
    const fates = this.told();
    if (!this.runs()) return this.look(null, fates, key);
    const shares = fates.at(engine.now);
    const flushed = plan.entry.flushes.some(({ id }) => {
      const k = signals.findIndex((signal) => signal.id === id);
      return engine.signal(id) && held[k] === false;
    });
    const fluid = this.fluid?.copy() ?? Fluid.of(plan.lives, shares, engine.now);
    flow(fluid, before, engine.now);
    // It has started with empty caches, or is made to forget.
    if (this.fluid === null) fluid.empty(shares, 1);
    else if (flushed) fluid.empty(shares, sumOf(fluid.words(), [SERVFAIL, TIMEOUT]));
    else fluid.share(shares);
    fluid.advance(engine.now);
    return this.look(fluid, fates, key);
  }

  private look(fluid: Fluid | null, fates: Fates & { readonly target: Chances | null }, key: string): Outlook {
    const { engine, plan } = this;
    if (fluid === null) {
      const dead = plan.entry.patience === null ? SERVFAIL : TIMEOUT;
      const level = (k: number): number => (k === dead || k === UNRESOLVED ? 1 : 0);
      return { key, fluid, fates, of: (k) => ({ level: level(k), slope: 0, left: Infinity }) };
    }
    const show = (words: readonly number[], at: number): readonly number[] => {
      const shown = fates.target ? joined(words, fates.target.at(at, ANSWERS.length)) : words;
      return [...shown, sumOf(shown, FAILING)];
    };
    const chords = new Chords(fluid, fates, show, engine.now);
    const known = new Map<number, Going>();
    const of = (k: number): Going => {
      const going = known.get(k) ?? chords.of(k);
      known.set(k, going);
      return going;
    };
    return { key, fluid, fates, of };
  }
}

const sumOf = (shares: readonly number[], words: readonly number[]): number =>
  words.reduce((sum, word) => sum + (shares[word] as number), 0);

/** Of a name that is another name for a second: what is wrong with the first, else what comes of the second; each by itself. */
function joined(own: readonly number[], target: readonly number[]): readonly number[] {
  const [ok, stale, other] = [own[OK] as number, own[STALE] as number, target[OK] as number];
  return own.map((share, word) => {
    if (word === OK) return ok * other;
    const passed = (ok + stale) * (target[word] as number);
    return word === STALE ? stale * other + passed : share + passed;
  });
}

/** The word for a record. */
export class MostSay {
  private rang = false;

  constructor(
    private readonly engine: Engine,
    private readonly part: PlannedPart,
    private readonly plan: { readonly item: number; readonly fact: FactRef; readonly of: PlannedCaches },
    private readonly caches: Caches,
    private readonly alarm: number,
  ) {}

  warm(): boolean {
    this.caches.warm();
    return this.engine.board.put(this.plan.fact.id, this.raw());
  }
  start(): void {
    this.caches.warm();
  }
  private raw(): number {
    return rawOf(this.plan.of.lives.sort, this.caches.word().word);
  }

  ring(): void {
    this.rang = true;
    this.engine.touch(this.part, this.plan.item);
    this.engine.actLater(this.part, this.plan.item);
  }
  settle(): void {
    const { engine, plan, caches, rang } = this;
    const turned = caches.turned();
    const rule: Rule = turned === null && rang ? 'expiry' : 'now';
    engine.set(plan.fact.id, this.raw(), rule, ...(turned ?? caches.tip()));
  }
  act(): void {
    const { engine, part, alarm, caches } = this;
    this.rang = false;
    caches.settled();
    const { left } = caches.word();
    if (isNever(left)) engine.cancel(part, alarm);
    else engine.alarm(part, alarm, engine.now + Math.max(1, wholeAfter(left)));
  }

  /** For a person who asks: what most of them hold. What is left of it differs from one to the next. */
  look(): Kept {
    const { caches, plan } = this;
    const { word } = caches.word();
    return {
      word,
      could: caches.could(),
      left: null,
      waits: null,
      forgotten: false,
      gives: word,
      alone: null,
      ttl: plan.of.entry.ttl,
    };
  }
}

/** A share of those who ask, or of the caches. */
export class Told {
  private readonly curve: Curve;
  private rang = false;

  constructor(
    private readonly engine: Engine,
    part: PlannedPart,
    private readonly plan: { readonly item: number; readonly fact: FactRef; readonly share: number },
    private readonly caches: Caches,
    alarm: number,
  ) {
    this.curve = new Curve(engine, part, plan, alarm, 1);
  }

  warm(): boolean {
    this.caches.warm();
    return this.engine.board.putLevel(this.plan.fact.id, this.caches.of(this.plan.share).level);
  }
  start(): void {
    this.caches.warm();
  }
  ring(): void {
    this.rang = true;
    this.curve.ring();
  }
  settle(): void {
    const { engine, plan, caches, curve, rang } = this;
    const turned = caches.turned();
    // On the line on which it is it stays, whatever else it was looked at for.
    if (turned === null && !rang && !engine.board.changedInPhase(plan.fact.id)) return;
    const { level, slope } = caches.of(plan.share);
    const rule: Rule = turned === null && curve.isDue ? 'expiry' : 'now';
    curve.follow({ level, slope: slope * MINUTE }, rule, ...(turned ?? caches.tip()));
  }
  act(): void {
    this.rang = false;
    this.caches.settled();
    this.curve.keep(this.caches.of(this.plan.share).left);
  }
}
