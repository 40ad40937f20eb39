/**
 * How much each site that announces a prefix is asked, in one run: the questions of everybody, shared by the sites that are there.
 *
 * After a total loss the first sites that return get all that the world is waiting for, and drown in it: nobody is answered in time, so
 * everybody goes on asking. Only when enough of them are back does each have little enough, and then answers end the flood
 * (Bronson et al., HotOS 2021: metastable failures). It moves in steps, at most one a millisecond (R1): at once with what is
 * announced, and after a phase is over with what became of the answers, since who waits learns of it before he asks again.
 */
import type { Engine } from '../../engine/engine.ts';
import { CAUSE } from '../../engine/mechanism.ts';
import type { PlannedPart } from '../../engine/plan.ts';
import { type Ms, round9 } from '../../model/units.ts';
import { drawnBy } from './crowds.ts';
import type { PlannedCrowd } from './planned.ts';

export class Crowd {
  /** What each resolver asks for each zone, in the unit of the weights, as settled. */
  private asked: readonly (readonly number[])[];
  /** The moment of its last step that is settled. */
  private stepped: Ms = -1;

  constructor(
    private readonly engine: Engine,
    private readonly part: PlannedPart,
    private readonly plan: PlannedCrowd,
    private readonly alarm: number,
  ) {
    this.asked = plan.zones.map(({ askers }) => askers.map(({ weight }) => weight));
  }

  /** Before the start it is an ordinary day. */
  warm(): boolean {
    return this.engine.board.putLevel(this.plan.fact.id, 1);
  }
  start(): void {
    this.learn();
    // What is not answered from the start is asked again from the start, and what is not announced is missing.
    if (this.isWrong()) this.engine.alarm(this.part, this.alarm, 0);
  }

  private learn(): void {
    const { engine } = this;
    this.asked = this.plan.zones.map(({ askers }) =>
      askers.map(({ weight, able, waits, anew }) => {
        if (!engine.signal(able.id)) return 0;
        return engine.signal(waits.id) ? weight * anew : weight;
      }),
    );
  }

  private level(): number {
    const { plan, asked } = this;
    const { value } = this.engine.board;
    let there = 0;
    for (const { id } of plan.sites) there += value[id] as number;
    if (there === 0) return 0;
    let sum = 0;
    for (const [k, zone] of plan.zones.entries()) {
      const announced = zone.over.map((sites) => sites.some(({ id }) => value[id] === 1));
      sum += drawnBy(zone, asked[k] as readonly number[], announced);
    }
    return round9(((plan.sites.length / there) * sum) / plan.usual);
  }
  private isWrong(): boolean {
    return this.level() !== this.engine.board.level[this.plan.fact.id];
  }

  ring(): void {
    this.engine.touch(this.part, this.plan.item);
    this.engine.actLater(this.part, this.plan.item);
  }

  settle(): void {
    const { engine, plan } = this;
    if (this.stepped === engine.now) return engine.actLater(this.part, plan.item);
    const site = plan.announced.reduce((last, { id }) => {
      if (!engine.board.changedInPhase(id)) return last;
      return last < 0 ? id : engine.laterOf(last, id);
    }, -1);
    const level = this.level();
    if (site >= 0) return engine.setLevel(plan.fact.id, level, 0, 'now', CAUSE.fact, site);
    const tip = [...plan.announced, ...plan.answered].reduce((last, { id }) => Math.max(last, engine.latest(id)), -1);
    engine.setLevel(plan.fact.id, level, 0, 'now', tip < 0 ? CAUSE.none : CAUSE.change, tip);
  }

  act(): void {
    const { engine, part, alarm, plan } = this;
    const { board, now } = engine;
    if (board.since[plan.fact.id] === now && engine.latest(plan.fact.id) >= 0) this.stepped = now;
    this.learn();
    if (this.isWrong()) engine.alarm(part, alarm, this.stepped === now ? now + 1 : now);
  }
}
