/**
 * How late an answer comes that is not kept, in one run: a resolver asks the servers of a zone one after the other, in any order, and
 * waits for each that keeps silent.
 *
 * Of d silent servers each comes before all of a live ones once in a + 1 times, so that d / (a + 1) of them are waited for on average.
 * One that learns leaves those alone that it has waited for in vain, and asks the others: what is left is a try now and then. It learns
 * of a server when it has asked it, which it does with one in a + 1 of its questions. That one is back it learns by the next such
 * try, or as no other is left. Servers that refuse cost nothing, and nobody asks for longer than he has made up his mind to.
 */
import { Curve } from '../../engine/curve.ts';
import type { Engine } from '../../engine/engine.ts';
import { CAUSE, type SignalRef } from '../../engine/mechanism.ts';
import type { PlannedPart } from '../../engine/plan.ts';
import { type Ms, SECOND } from '../../model/units.ts';
import { type PlannedDelay, signalsOf } from './planned.ts';
import { probedEvery, probedFor, waitedFor } from './theory.ts';

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
    this.curve = new Curve(engine, part, plan, alarm, plan.timeout / SECOND);
    this.signals = signalsOf(plan);
    this.known = plan.servers.map(() => FINE);
  }

  warm(): boolean {
    this.known = this.plan.servers.map((server) => (this.isSilent(server) ? this.leave(0) : FINE));
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

  /** How many servers answer and are asked, answer and are left alone; are silent and waited for, are silent and left alone. */
  private count(): { live: number; spared: number; lost: number; left: number } {
    const sum = { live: 0, spared: 0, lost: 0, left: 0 };
    for (const [k, server] of this.plan.servers.entries()) {
      const alone = this.known[k]?.silent;
      if (this.answers(server)) sum[alone ? 'spared' : 'live']++;
      else if (this.isSilent(server)) sum[alone ? 'left' : 'lost']++;
    }
    // Who has waited for all others asks those that he left alone.
    return sum.live === 0 && sum.lost === 0 ? { ...sum, live: sum.spared, spared: 0 } : sum;
  }
  private leave(now: Ms): Known {
    const { learns } = this.plan;
    if (learns === null) return FINE;
    const every = Math.ceil(probedEvery(this.count().live, learns.avoids, learns.gap));
    return { silent: true, due: -1, since: now, every };
  }

  /** What is to be learnt next of each server, from how they stand when a phase is over. */
  private learn(): void {
    const { servers, learns, retry } = this.plan;
    if (learns === null) return;
    const { now } = this.engine;
    const { live, spared, lost } = this.count();
    const isForgiven = spared === 0 && lost === 0;
    const asked = now + retry + Math.floor((live + 1) * learns.gap);
    this.known = servers.map((server, k) => {
      const one = this.known[k] as Known;
      if (!one.silent) return this.isSilent(server) ? { ...FINE, due: one.due < 0 ? asked : one.due } : FINE;
      if (!this.answers(server)) return { ...one, due: -1 };
      return isForgiven ? FINE : { ...one, due: nextTry(one, now) };
    });
  }

  private level(): number {
    const { retry, timeout, learns } = this.plan;
    const { live, spared, lost, left } = this.count();
    if (live + spared === 0) return (lost + left > 0 ? timeout : 0) / SECOND;
    const { avoids, gap } = learns ?? { avoids: 0, gap: 0 };
    const waits =
      live > 0 ? waitedFor(lost, live) + probedFor(left, live, avoids, gap) : lost + waitedFor(left, spared);
    return Math.min(timeout, retry * waits) / SECOND;
  }

  ring(): void {
    const { now } = this.engine;
    this.known = this.known.map((one) => (one.due !== now ? one : one.silent ? FINE : this.leave(now)));
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
