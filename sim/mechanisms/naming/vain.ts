/** Asking in vain, as far as one cache entry goes: for how long a resolver asks servers that all keep silent, and when it does so again. */
import type { Engine } from '../../engine/engine.ts';
import { hashName } from '../../engine/luck.ts';
import type { Ms } from '../../model/units.ts';
import type { PlannedEntry } from './planned.ts';

const KNOWN = hashName('residual life of what is known of silent servers');
const FAILED = hashName('life of a failure');
const ASKED = hashName('rest of the life of a failure');
/** No failure is remembered for less (RFC 9520 §3.2). */
const LEAST_FAILURE: Ms = 1000;
/** So often in a row a run follows it, and then no further: as with routes that never settle, a run ends. */
const MOST_FAILURES = 10_000;

export class Vain {
  /** It has asked all servers in vain, and has heard none of them since; before then it asks none. */
  private learnt = false;
  private aloneUntil: Ms = 0;
  private failures = 0;
  private occasion = 0;

  constructor(
    private readonly engine: Engine,
    private readonly plan: Pick<PlannedEntry, 'fact' | 'timeout' | 'anew' | 'patience' | 'failureCache'>,
  ) {}

  /**
   * It asks from now on: how long it takes to give up. What it knows of a server has a life of its own, from when it first asked it: at
   * a first loss anything may be left of that (R12), and then all of it, from each time that it tries again.
   */
  begin(): Ms {
    const { anew, timeout } = this.plan;
    if (anew === null) return timeout;
    const { learnt, engine } = this;
    const left = learnt ? 1 : engine.luck.uniform(KNOWN, this.subject(), this.occasion++);
    this.aloneUntil = engine.now + Math.floor(left * anew.avoids);
    this.learnt = true;
    return learnt ? anew.takes : timeout;
  }

  /** Asked now it would wait for servers before it gives up: it has not given them up already. */
  get waits(): boolean {
    const { anew, timeout } = this.plan;
    return (anew !== null && this.learnt ? anew.takes : timeout) > 0 && this.aloneFor(this.engine.now) === null;
  }

  /**
   * It has just failed: how long until it asks anew. A failure is forgotten after its life; while all servers are left alone the next
   * questions fail at once, and are remembered in turn, so that the end of that falls somewhere into such a life.
   */
  until(): Ms {
    const { engine, plan } = this;
    this.failures++;
    const occasion = this.occasion++;
    const law = plan.failureCache;
    const drawn = law === null ? 0 : engine.draw(law, FAILED, this.subject(), occasion);
    const life = Math.max(LEAST_FAILURE, drawn);
    const alone = this.aloneUntil - engine.now;
    return alone <= life ? life : alone + Math.floor(engine.luck.uniform(ASKED, this.subject(), occasion) * life);
  }

  /** It asks anew when it has failed, and the run follows that, as its clients see it. */
  get goesOn(): boolean {
    const { anew, patience } = this.plan;
    return anew !== null && patience !== null && patience < anew.takes && this.failures < MOST_FAILURES;
  }

  /** Where the run does not follow it: how long a server that is back is left alone. Of a first time that is known, of later ones drawn. */
  rest(): Ms {
    const { engine, plan, learnt } = this;
    if (plan.anew === null || !learnt || this.goesOn) return 0;
    const known = this.aloneFor(engine.now);
    return known ?? Math.floor(engine.luck.uniform(KNOWN, this.subject(), this.occasion++) * plan.anew.avoids);
  }

  /** For how long it asks nobody, as all servers kept silent; null: it would ask. */
  aloneFor(at: Ms): Ms | null {
    return this.learnt && this.aloneUntil > at ? this.aloneUntil - at : null;
  }

  /** It has heard a server, or has lost its memory. */
  forget(): void {
    this.learnt = false;
    this.aloneUntil = 0;
    this.failures = 0;
  }

  private subject(): number {
    return this.engine.plan.hashes[this.plan.fact.id] as number;
  }
}
