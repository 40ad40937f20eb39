/** The word for what people see at a journey in one run: stage by stage, the first that fails names it. */
import type { Engine } from '../../engine/engine.ts';
import { CAUSE } from '../../engine/mechanism.ts';
import { SYMPTOMS } from '../../model/facts.ts';
import type { PlannedJourney } from './planned.ts';

const OK = SYMPTOMS.indexOf('ok');

export class Word {
  /** The stage that decided what people see, as settled; -1 while all hold. */
  private decided = -1;
  private deciding = -1;
  /** Which stages held, as settled. */
  private held: readonly boolean[] = [];

  constructor(
    private readonly engine: Engine,
    private readonly plan: PlannedJourney,
  ) {}

  warm(): boolean {
    return this.engine.board.put(this.plan.fact.id, this.judge());
  }
  start(): void {
    this.act();
  }

  settle(): void {
    const symptom = this.judge();
    const { decided, deciding, held, plan } = this;
    // A stage shows because it fails, or, if it failed before, because the one that showed is mended.
    const turned = deciding >= 0 && (decided < 0 || held[deciding]) ? deciding : decided;
    const signal = plan.stages[turned]?.signal.id;
    this.engine.set(plan.fact.id, symptom, 'now', signal === undefined ? CAUSE.none : CAUSE.signal, signal ?? 0);
  }

  /** The first failing stage that stops them, else the last that merely hurts, else ok. */
  private judge(): number {
    const { stages } = this.plan;
    let hurt = -1;
    for (const [k, stage] of stages.entries()) {
      if (this.engine.signal(stage.signal.id)) continue;
      hurt = k;
      if (!stage.passes) break;
    }
    this.deciding = hurt;
    return hurt < 0 ? OK : (stages[hurt] as PlannedJourney['stages'][number]).symptom;
  }

  act(): void {
    this.judge();
    this.decided = this.deciding;
    this.held = this.plan.stages.map(({ signal }) => this.engine.signal(signal.id));
  }
}
