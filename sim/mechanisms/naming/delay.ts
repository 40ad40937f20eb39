/**
 * How late an answer comes that is not kept, in one run: a resolver asks the servers of a zone one after the other, the quickest it knows
 * first, else in any order, and waits for each that keeps silent; where it knows how far they are, it waits for the answer too.
 *
 * Of d silent servers that are asked as often as a live ones each comes before all of these once in a + 1 times, so that d / (a + 1) of
 * them are waited for on average. One that learns leaves those alone that it has waited for in vain, and asks the others: what is left is a try now and then. It learns
 * of a server when it has asked it, which it does with one in a + 1 of its questions. That one is back it learns by the next such
 * try, or as no other is left. Servers that refuse cost nothing, and nobody asks for longer than he has made up his mind to.
 */
import { Curve } from '../../engine/curve.ts';
import type { Engine } from '../../engine/engine.ts';
import { CAUSE, type SignalRef } from '../../engine/mechanism.ts';
import type { PlannedPart } from '../../engine/plan.ts';
import { type Ms, SECOND } from '../../model/units.ts';
import { type PlannedDelay, signalsOf } from './planned.ts';
import { askedInTurn, type Contender, rivalsAmong } from './selection.ts';
import { probedEvery, probedFor } from './theory.ts';

type Server = PlannedDelay['servers'][number];

/** What a resolver has found out of one server. */
interface Known {
  /** It has waited for it in vain, and leaves it alone, but for a try now and then. */
  readonly silent: boolean;
  /** When that will be otherwise: it will have waited for one that has fallen silent, or have tried one that is back; -1: nothing is to be learnt. */
  readonly due: Ms;
  /** When it first left it alone, and how often it tries. */
  readonly since: Ms;
  readonly every: Ms;
}
const FINE: Known = { silent: false, due: -1, since: 0, every: 1 };

export class Delay {
  private readonly curve: Curve;
  /** All that is asked of the servers, and what it was as settled. */
  private readonly signals: readonly SignalRef[];
  private held: readonly boolean[] = [];
  private known: readonly Known[];

  constructor(
    private readonly engine: Engine,
    part: PlannedPart,
    private readonly plan: PlannedDelay,
    alarm: number,
  ) {
    const slowest = Math.max(0, ...plan.servers.map(({ rtt }) => rtt));
    this.curve = new Curve(engine, part, plan, alarm, (plan.timeout + slowest) / SECOND);
    this.signals = signalsOf(plan);
    this.known = plan.servers.map(() => FINE);
  }

  warm(): boolean {
    const { servers, band } = this.plan;
    this.known = servers.map(() => FINE);
    const rivalsAt = rivalsAmong(this.field().open, band);
    this.known = servers.map((server) => {
      const rivals = this.isSilent(server) ? rivalsAt(this.rttOf(server)) : null;
      return rivals === null ? FINE : this.leave(0, rivals);
    });
    return this.engine.board.putLevel(this.plan.fact.id, this.level());
  }
  start(): void {
    this.held = this.holding();
  }
  private holding(): readonly boolean[] {
    return this.signals.map(({ id }) => this.engine.signal(id));
  }
  private answers({ answers }: Server): boolean {
    return this.engine.signal(answers.id);
  }
  private isSilent(server: Server): boolean {
    return !this.answers(server) && (server.refuses === null || !this.engine.signal(server.refuses.id));
  }

  private rttOf({ rtt, sites }: Server): Ms {
    const answering = sites.filter(({ answers }) => this.engine.signal(answers.id));
    return answering.length === 0 ? rtt : Math.min(...answering.map((site) => site.rtt));
  }

  /** All servers that it asks, as it finds them; and those that it leaves alone. */
  private field(): { readonly open: readonly Contender[]; readonly alone: readonly Contender[] } {
    const [open, alone]: [Contender[], Contender[]] = [[], []];
    for (const [k, server] of this.plan.servers.entries()) {
      const does = this.answers(server) ? 'answers' : this.isSilent(server) ? 'is silent' : 'refuses';
      (this.known[k]?.silent ? alone : open).push({ rtt: this.rttOf(server), does });
    }
    // Who has no other left asks those that he left alone and that are back.
    if (open.some(({ does }) => does !== 'refuses')) return { open, alone };
    const isBack = ({ does }: Contender): boolean => does === 'answers';
    return { open: [...open, ...alone.filter(isBack)], alone: alone.filter((one) => !isBack(one)) };
  }
  private leave(now: Ms, rivals: number): Known {
    const { learns } = this.plan;
    if (learns === null) return FINE;
    return { silent: true, due: -1, since: now, every: Math.ceil(probedEvery(rivals, learns.avoids, learns.gap)) };
  }

  /** What is to be learnt next of each server, from how they stand when a phase is over. */
  private learn(): void {
    const { servers, learns, retry, band } = this.plan;
    if (learns === null) return;
    const { now } = this.engine;
    const { open, alone } = this.field();
    const isForgiven = !open.some(({ does }) => does === 'is silent') && !alone.some(({ does }) => does === 'answers');
    const rivalsAt = rivalsAmong(open, band);
    this.known = servers.map((server, k) => {
      const one = this.known[k] as Known;
      if (one.silent) {
        if (!this.answers(server)) return { ...one, due: -1 };
        return isForgiven ? FINE : { ...one, due: nextTry(one, now) };
      }
      const rivals = this.isSilent(server) ? rivalsAt(this.rttOf(server)) : null;
      // Nothing is learnt of one that is not asked.
      if (rivals === null) return FINE;
      return { ...FINE, due: one.due < 0 ? now + retry + Math.floor((rivals + 1) * learns.gap) : one.due };
    });
  }

  private level(): number {
    const { servers, retry, timeout, learns, band } = this.plan;
    const { open, alone } = this.field();
    const first = askedInTurn(open, band);
    const then = first.answers ? first : askedInTurn(alone, band);
    if (!then.answers) return (servers.some((server) => this.isSilent(server)) ? timeout : 0) / SECOND;
    let waits = first.answers ? first.waits : first.waits + then.waits;
    if (first.answers && learns !== null) {
      const rivalsAt = rivalsAmong(open, band);
      const rivals = alone.flatMap(({ rtt, does }) => (does === 'is silent' ? (rivalsAt(rtt) ?? []) : []));
      for (const live of new Set(rivals))
        waits += probedFor(rivals.filter((one) => one === live).length, live, learns.avoids, learns.gap);
    }
    return (Math.min(timeout, retry * waits) + then.rtt) / SECOND;
  }

  ring(): void {
    const { now } = this.engine;
    const rivalsAt = rivalsAmong(this.field().open, this.plan.band);
    this.known = this.known.map((one, k) => {
      if (one.due !== now) return one;
      return one.silent ? FINE : this.leave(now, rivalsAt(this.rttOf(this.plan.servers[k] as Server)) ?? 0);
    });
    this.curve.ring();
  }
  settle(): void {
    const { engine, curve, signals, held } = this;
    const line = { level: this.level(), slope: 0 };
    const turned = signals.find(({ id }, k) => engine.signal(id) !== held[k]);
    if (turned) return curve.follow(line, 'now', CAUSE.signal, turned.id);
    const tip = signals.reduce((last, { id }) => Math.max(last, engine.tip(id)), -1);
    curve.follow(line, curve.isDue ? 'hold' : 'now', tip < 0 ? CAUSE.none : CAUSE.change, tip);
  }
  /** For how long it leaves each server alone, by the name of every site of it; null: it asks it as any other. */
  look(at: Ms): ReadonlyMap<string, Ms | null> {
    return new Map(
      this.plan.servers.flatMap(({ names }, k) => {
        const one = this.known[k] as Known;
        return names.map((name): [string, Ms | null] => [name, one.silent ? nextTry(one, at) - at : null]);
      }),
    );
  }

  act(): void {
    this.held = this.holding();
    this.learn();
    const due = this.known.reduce((next, one) => (one.due < 0 ? next : Math.min(next, one.due)), Infinity);
    this.curve.keep(due - this.engine.now);
  }
}

/** When it next asks a server that it leaves alone. */
const nextTry = ({ since, every }: Known, now: Ms): Ms => since + (Math.floor((now - since) / every) + 1) * every;
