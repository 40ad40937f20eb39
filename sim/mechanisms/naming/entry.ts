/**
 * One entry of a resolver's cache in one run: what it last answered, and when it asks again.
 *
 * A cache in steady use is stationary (R12): no refresh is an event, and what is left of a life is drawn when the source is lost.
 * Positive and negative answers live for their TTL (RFC 2308 §5); a failure is remembered (RFC 9520 §3); a dead answer may be given
 * for a while (RFC 8767 §4). A resolver that asks servers which keep silent says nothing until it gives up: its clients have no answer
 * in time where they wait less long. Later ones have the remembered failure; that those whose question makes it ask again wait again is
 * told where it is said what the resolver learns of silent servers, and else they are not told apart.
 */
import type { Engine } from '../../engine/engine.ts';
import { hashName } from '../../engine/luck.ts';
import { CAUSE, type SignalRef } from '../../engine/mechanism.ts';
import type { PlannedPart } from '../../engine/plan.ts';
import { ANSWERS } from '../../model/facts.ts';
import type { Ms } from '../../model/units.ts';
import type { Rule } from '../../trace/trace.ts';
import type { PlannedEntry } from './planned.ts';
import { residual, untilAsked } from './theory.ts';
import { Vain } from './vain.ts';
import { isKept, rawOf } from './words.ts';

const RESIDUAL = hashName('residual life of a cache entry');
const FAILURE = hashName('residual life of a cached failure');
const QUESTION = hashName('next question for a name');
const OK = ANSWERS.indexOf('ok');
const STALE = ANSWERS.indexOf('stale');
const NXDOMAIN = ANSWERS.indexOf('nxdomain');
const NODATA = ANSWERS.indexOf('nodata');
const SERVFAIL = ANSWERS.indexOf('servfail');
const TIMEOUT = ANSWERS.indexOf('timeout');
/** How long a client waits before a resolver that may gives it a dead answer (RFC 8767 §5). */
export const CLIENT_RESPONSE: Ms = 1800;

/** An answer that is not kept any more was fetched at no time. */
const NEVER = -Infinity;

/** What the alarm is for: the end of an answer's life, of its clients' patience, of asking in vain, of a remembered failure, of giving dead answers. */
type Awaits = 'nothing' | 'life' | 'patience' | 'time-out' | 'recheck' | 'limit';

/** Of a name that is another name for a second: what is wrong with the first, else what is wrong with the second. */
function joined(own: number, target: number): number {
  if (own !== OK && own !== STALE) return own;
  return target === OK ? own : target;
}

/** What a cache holds of a name; what is left of it is null where no draw has settled it yet (R12). */
export interface Kept {
  readonly word: number;
  /** What asking anew would bring. */
  readonly could: number;
  readonly left: Ms | null;
  /** How long until it gives up servers that keep silent; null: it waits for none. */
  readonly waits: Ms | null;
  /** What it held is gone, be it dead or not: it was made to forget, or has started with an empty cache. */
  readonly forgotten: boolean;
  /** For how long it asks nobody, as all servers kept silent; null: it asks. */
  readonly alone: Ms | null;
  /** What it answers then. */
  readonly gives: number;
  readonly ttl: Ms;
}

export class Entry {
  /** What it answers, what asking would bring, whether it runs: as settled before this phase. */
  private word = SERVFAIL;
  private could = SERVFAIL;
  private alive = true;
  private flushed: readonly boolean[] = [];
  /** The change that took or gave what it could get. */
  private tip = -1;
  /** When its answer was last known to be fetched. */
  private filled: Ms | null = null;
  /** Since when there was a source again, when it was lost. */
  private regained: Ms = 0;
  private awaits: Awaits = 'nothing';
  /** What the alarm that rang in this phase makes of it, and by which clock. */
  private rung: number | null = null;
  private rule: Rule = 'expiry';
  private occasion = 0;
  private readonly remembersFailure: boolean;
  private readonly vain: Vain;
  /** When it gives up the servers it waits for. */
  private givesUp: Ms = 0;

  constructor(
    private readonly engine: Engine,
    private readonly part: PlannedPart,
    private readonly plan: PlannedEntry,
    private readonly alarm: number,
  ) {
    const { failureCache: life } = plan;
    this.remembersFailure = life !== null && !(life.law === 'fixed' && life.value === 0);
    this.vain = new Vain(engine, plan);
  }

  warm(): boolean {
    const runs = this.engine.signal(this.plan.alive.id);
    return this.engine.board.put(this.plan.fact.id, this.shown(runs ? this.asked() : this.dead));
  }
  start(): void {
    this.alive = this.engine.signal(this.plan.alive.id);
    this.flushed = this.flushes();
    this.could = this.asked();
    this.word = this.alive ? this.could : this.dead;
    // Who has no answer from the start has asked in vain before.
    if (this.alive && this.word === SERVFAIL && !this.isRefused) this.vain.begin();
    if (this.alive && this.asksOn) this.wait('recheck', this.untilAnew());
  }
  /** It knows of no answer, and will ask for one again. */
  private get asksOn(): boolean {
    return this.word === SERVFAIL && this.vain.goesOn;
  }
  /** What comes of asking a resolver that does not run. */
  private get dead(): number {
    return this.plan.patience === null ? SERVFAIL : TIMEOUT;
  }

  /** What asking would bring now. */
  private asked(): number {
    const { supply, denial, empty } = this.plan;
    if (this.engine.signal(supply.id)) return OK;
    if (empty !== null && this.engine.signal(empty.id)) return NODATA;
    return denial !== null && this.engine.signal(denial.id) ? NXDOMAIN : SERVFAIL;
  }

  private flushes(): readonly boolean[] {
    return this.plan.flushes.map(({ id }) => this.engine.signal(id));
  }
  /** By what it is made to forget in this phase. */
  private get flush(): SignalRef | undefined {
    return this.plan.flushes.find(({ id }, k) => this.engine.signal(id) && !this.flushed[k]);
  }

  /** What it answers of itself, from what holds now and what was settled before. */
  private own(): number {
    if (!this.engine.signal(this.plan.alive.id)) return this.dead;
    const could = this.asked();
    // It has started with an empty cache, or has been made to forget: who waits for servers that keep silent knows nothing yet.
    if (!this.alive || this.flush) return this.asksFirst(could) ? this.word : could;
    if (this.rung !== null) return this.rung;
    const asksAnyway = this.isAsking || (!this.remembersFailure && (this.word === STALE || this.word === SERVFAIL));
    return asksAnyway && could !== SERVFAIL ? could : this.word;
  }

  private shown(own: number): number {
    const { target, sort } = this.plan;
    if (sort !== 'answer') return rawOf(sort, own);
    return target === null ? own : joined(own, this.engine.board.value[target.id] as number);
  }

  settle(): void {
    const { engine, plan, flush } = this;
    const own = this.own();
    const set = (rule: Rule, cause: number, ref: number): void =>
      engine.set(plan.fact.id, this.shown(own), rule, cause, ref);
    const runs = engine.signal(plan.alive.id);
    if (!runs || !this.alive) set('now', CAUSE.signal, plan.alive.id);
    else if (flush) set('now', CAUSE.signal, flush.id);
    else if (this.rung !== null) set(this.rule, this.reason < 0 ? CAUSE.none : CAUSE.change, this.reason);
    else if (own === this.word && plan.target) set('now', CAUSE.fact, plan.target.id);
    else set('now', CAUSE.signal, (this.sayer(own) ?? plan.supply).id);
  }

  /** What a clock has run from: where the source was gone from the start, from the failure before, if it asks on. */
  private get reason(): number {
    const { tip, plan, engine } = this;
    return tip < 0 && plan.anew !== null ? engine.latest(plan.fact.id) : tip;
  }

  /** By whom it would have this word. */
  private sayer(word: number): SignalRef | null {
    return word === NXDOMAIN ? this.plan.denial : word === NODATA ? this.plan.empty : null;
  }

  /** Judged on the state before this instant (R4). */
  ring(): void {
    const { engine, plan } = this;
    this.rule = this.isAsking ? 'hold' : 'expiry';
    switch (this.awaits) {
      case 'life':
        if (this.could !== SERVFAIL) this.rung = this.could;
        else if (this.begins()) return;
        else this.rung = this.failing();
        break;
      case 'patience':
        this.rung = TIMEOUT;
        break;
      case 'time-out':
        this.rung = this.failing();
        break;
      case 'recheck':
        if (this.could === SERVFAIL && this.asksOn && this.begins()) return;
        this.rung = this.could;
        break;
      default:
        this.rung = SERVFAIL;
    }
    this.awaits = 'nothing';
    engine.touch(this.part, plan.item);
    engine.actLater(this.part, plan.item);
  }

  /** With an empty cache, and no answer to be had: it asks for one before it says so. */
  private asksFirst(could: number): boolean {
    return could === SERVFAIL && !this.isRefused && (this.isAsking || this.vain.waits);
  }
  private get isRefused(): boolean {
    const { refusal } = this.plan;
    return refusal !== null && this.engine.signal(refusal.id);
  }
  /** Asks servers that keep silent, unless it is told at once. */
  private begins(): boolean {
    const { engine, plan, vain } = this;
    if (this.isRefused) return false;
    const isStale = this.failing() === STALE;
    const takes = vain.begin();
    const wait = isStale ? Math.min(takes, CLIENT_RESPONSE) : takes;
    if (wait === 0) return false;
    const { patience } = plan;
    const loses = patience !== null && patience < wait && !isStale;
    this.givesUp = engine.now + wait;
    this.wait(loses ? 'patience' : 'time-out', loses ? patience : wait);
    return true;
  }

  act(): void {
    const { engine, plan } = this;
    const word = this.own();
    const alive = engine.signal(plan.alive.id);
    const could = this.asked();
    const forgot = this.flush !== undefined;
    const turned = could !== this.could || alive !== this.alive || forgot;
    const empty = [...(this.flush ? [this.flush] : []), ...(alive && !this.alive ? [this.plan.alive] : [])];
    const asks = alive && empty.length > 0 && this.asksFirst(could);
    const wasKept = this.word === this.could;
    if (isKept(word) && word === could && (word !== this.word || this.isAsking || forgot)) this.filled = engine.now;
    const rang = this.rung !== null;
    [this.word, this.could, this.alive, this.rung, this.flushed] = [word, could, alive, null, this.flushes()];
    if (!alive || (isKept(word) && word === could)) this.vain.forget();
    if (!turned && !rang) return;
    if (turned && could === OK) this.regained = engine.now;
    if (turned)
      this.tip = [plan.supply, plan.denial, plan.empty].reduce(
        (last, one) => Math.max(last, one ? engine.tip(one.id) : -1),
        -1,
      );
    if (asks) {
      this.filled = NEVER;
      this.tip = empty.reduce((last, { id }) => Math.max(last, engine.tip(id)), this.tip);
      if (!this.isAsking) this.begins();
    } else if (!alive || (word === could && !this.asksOn)) this.wait('nothing', 0);
    else if (word === TIMEOUT) {
      // The servers were back in the very instant in which clients had waited long enough.
      if (could !== SERVFAIL) this.wait('recheck', 0);
      else if (this.awaits !== 'time-out') this.wait('time-out', this.givesUp - engine.now);
    } else if (word === STALE && could === SERVFAIL) this.wait('limit', this.staleUntil() - engine.now);
    else if (word === STALE || word === SERVFAIL) {
      if (this.awaits !== 'recheck' && !this.isAsking)
        this.wait('recheck', this.asksOn ? this.untilAnew() : this.vain.rest() + this.failureLeft());
    } else if (wasKept || this.awaits === 'nothing') this.wait('life', this.lifeLeft(word));
  }

  /** What it holds at a moment, for a person who asks: its own word, what asking anew would bring, and what is left of it. */
  look(at: Ms): Kept {
    const { word, could, awaits, engine, plan } = this;
    const due = engine.dueAt(this.part, this.alarm);
    const left = awaits === 'nothing' || this.isAsking || due < 0 ? this.leftOf(word, at) : due - at;
    // Who loses patience first leaves it asking.
    const waits = this.isAsking ? this.givesUp - at : null;
    const gives = this.failing(at + (waits ?? 0));
    const forgotten = this.filled === NEVER;
    return { word, could, left, waits, gives, forgotten, alone: this.vain.aloneFor(at), ttl: plan.ttl };
  }
  /** Of an answer whose source is there: known where one cache holds it and it was fetched of late. */
  private leftOf(word: number, at: Ms): Ms | null {
    if (this.filled === null || this.plan.caches > 1 || word !== this.could) return null;
    const ttl = this.ttlOf(word);
    const left = ttl - (at - this.filled);
    return left > 0 && isKept(word) ? left : null;
  }

  private ttlOf(word: number): Ms {
    const { ttl, negativeTtl, denialTtl } = this.plan;
    return word === OK ? ttl : word === NXDOMAIN ? denialTtl : negativeTtl;
  }

  /** It waits for servers. */
  private get isAsking(): boolean {
    return this.awaits === 'patience' || this.awaits === 'time-out';
  }
  private wait(what: Awaits, delay: Ms): void {
    this.awaits = what;
    if (what === 'nothing') this.engine.cancel(this.part, this.alarm);
    else this.engine.alarm(this.part, this.alarm, this.engine.now + Math.max(0, delay));
  }

  /** What it answers when its own answer is dead and there is no new one. */
  private failing(at: Ms = this.engine.now): number {
    return this.word === OK && this.staleUntil() > at ? STALE : SERVFAIL;
  }
  /** A dead answer is given for so long after its life (RFC 8767 §5: the maximum stale timer). */
  private staleUntil(): Ms {
    return (this.filled ?? 0) + this.plan.ttl + this.plan.serveStale;
  }

  /** What is left of the life of an answer (R12): that of a random moment, or since it was fetched if that is known and was of late. */
  private lifeLeft(word: number): Ms {
    // It learns of a DS record with the next question after it has forgotten that there was none.
    return this.recordLeft(word) + (this.plan.sort === 'ds' && word === NXDOMAIN ? this.untilAsked() : 0);
  }
  private untilAsked(): Ms {
    const { rate } = this.plan;
    if (rate === null) return 0;
    return Math.floor(untilAsked(this.engine.luck.uniform(QUESTION, this.subject(), this.occasion++), rate));
  }
  private recordLeft(word: number): Ms {
    const { prefetch, rate, caches } = this.plan;
    const { now, luck } = this.engine;
    const ttl = this.ttlOf(word);
    const ahead = word === OK ? prefetch : 0;
    const known = this.filled !== null && now - this.filled < ttl * (1 - ahead) ? ttl - (now - this.filled) : null;
    if (known !== null && caches === 1) return known;
    const drawn = residual(luck.uniform(RESIDUAL, this.subject(), this.occasion++), ttl, rate, ahead, caches);
    const left = Math.floor(drawn.left);
    // Of many caches some have asked anew while there was a source again, if there was one for long enough.
    if (known !== null && ttl - left > now - this.regained) return known;
    // From now on its fill is known: a source that flickers does not lengthen this life.
    this.filled = now + left - ttl - Math.floor(drawn.idle);
    return left;
  }
  /** A cached failure is asked about again when its life ends; at a random point of it, as questions come all the time. */
  private failureLeft(): Ms {
    const { failureCache: life } = this.plan;
    if (life === null) return 0;
    const occasion = this.occasion++;
    const whole = this.engine.draw(life, FAILURE, this.subject(), occasion * 2);
    return Math.floor(this.engine.luck.uniform(FAILURE, this.subject(), occasion * 2 + 1) * whole);
  }
  /** After a failure, where it asks on: with the next question after it would ask. */
  private untilAnew(): Ms {
    return this.vain.until() + this.untilAsked();
  }
  private subject(): number {
    return this.engine.plan.hashes[this.plan.fact.id] as number;
  }
}
