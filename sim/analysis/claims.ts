/** Claims against a trace (R22): what each kind of claim finds there, as a number in its unit, as yes or no, or not at all. */
import { claimName } from '../mechanisms/watch.ts';
import type { Checkpoint, Claim, Scenario } from '../model/scenario.ts';
import type { Ms } from '../model/units.ts';
import { History } from '../trace/history.ts';
import type { Trace } from '../trace/trace.ts';
import { peak } from './claims-peak.ts';
import { growth, highest } from './claims-rates.ts';
import { between, both, butNot, lengthOf, type Span, spansOf } from './claims-spans.ts';

/** A moment or a duration in ms, a count, a ratio, a share; yes or no; null when it never happened or was never put to the test. */
export type Finding = number | boolean | null;

/** Where something was so, and which of its stretches began by a change rather than before the start. */
interface Standing {
  readonly spans: readonly Span[];
  readonly heldFromStart: boolean;
}
const NOTHING: Standing = { spans: [], heldFromStart: false };

/**
 * The claims of one run. A claim looks only at the part of the run that its window and its `while` leave over.
 *
 * - `first`: the start of the first stretch; what holds from the start is first at 0, what holds as the window opens is first then.
 * - `last`: the start of the last stretch.
 * - `back`: the start of the first stretch after one in which it was not so.
 * - `lasts`: the time in all. `count`: how often it came true.
 * - `always`, `never`: over all that is left of the run; where nothing is left, nothing was shown, and they do not hold.
 * - `at`: whether it is so at a moment, after everything of that moment (R4).
 * - `lag`: from the first of one to the first of another; negative when the other came first.
 * - `order`: each comes true later than the one before it, or later in the same instant's chain of consequences.
 * - `after`: comes true no earlier than another checkpoint's moment, and no later than `within` after it.
 * - `peak`: the middle of the bin in which most facts of a name change.
 * - `max`, `ratio`: the highest value of a number; and, once it has moved, as a multiple of what it was at 0.
 * - `share`: the largest weighted share that is so at once. `gain`: how much greater it is at one moment than at an earlier one.
 * - `ends`: whether the run ended for this reason.
 */
export class Claims {
  private readonly history: History;
  /** Checkpoints being looked at, so that two which come after each other end the search. */
  private readonly open = new Set<string>();

  constructor(
    private readonly scenario: Scenario,
    private readonly trace: Trace,
  ) {
    this.history = new History(trace);
  }

  find(checkpoint: Checkpoint): Finding {
    const { claim, id } = checkpoint;
    if (!claim || this.open.has(id)) return null;
    this.open.add(id);
    const finding = this.look(claim, checkpoint);
    this.open.delete(id);
    return finding;
  }

  private look(claim: Claim, checkpoint: Checkpoint): Finding {
    const id = claimName(this.scenario, checkpoint);
    const scope = this.scope(checkpoint);
    const so = (name: string): readonly Span[] => both(this.standing(name).spans, scope);
    switch (claim.claim) {
      case 'first':
        return so(id)[0]?.from ?? null;
      case 'last':
        return so(id).at(-1)?.from ?? null;
      case 'back': {
        const spans = so(id);
        const lost = butNot(scope, spans)[0];
        return lost ? (spans.find(({ from }) => from > lost.from)?.from ?? null) : null;
      }
      case 'lasts':
        return lengthOf(so(id), this.lastOf(checkpoint));
      case 'count':
        return this.begun(id).filter(({ from }) => holdsAt(scope, from)).length;
      case 'always':
        return scope.length > 0 ? butNot(scope, so(id)).length === 0 : null;
      case 'never':
        return scope.length > 0 ? so(id).length === 0 : null;
      case 'at':
        return holdsAt(scope, claim.moment) ? holdsAt(so(id), claim.moment) : null;
      case 'lag': {
        const [from, to] = [so(`${id} from`)[0], so(`${id} to`)[0]];
        return from && to ? to.from - from.from : null;
      }
      case 'order':
        return scope.length > 0
          ? this.inOrder(
              claim.of.map((_, k) => `${id} ${k + 1}`),
              scope,
            )
          : null;
      case 'after': {
        const moment = this.momentOf(claim.checkpoint);
        if (moment === null) return null;
        const soon = both(scope, between(moment, moment + claim.within));
        return this.begun(id).find(({ from }) => holdsAt(soon, from))?.from ?? null;
      }
      case 'peak':
        return peak(this.trace, this.scenario.start, claim, (at) => holdsAt(scope, at));
      case 'max':
        return highest(this.history, claim.numbers, scope);
      case 'ratio':
        return growth(this.history, claim.numbers, scope);
      case 'ends':
        return this.trace.reason === claim.reason;
      case 'share':
        return largestShare(claim.of.map(({ weight }, k) => ({ weight, spans: so(`${id} ${k + 1}`) })));
      case 'gain': {
        const of = claim.of.map(({ weight }, k) => ({ weight, spans: so(`${id} ${k + 1}`) }));
        return shareAt(of, claim.to) - shareAt(of, claim.from);
      }
    }
  }

  /** What of the run a checkpoint looks at. */
  private scope(checkpoint: Checkpoint): readonly Span[] {
    const { within, whileSo } = checkpoint;
    const id = claimName(this.scenario, checkpoint);
    const window = between(Math.max(0, within.from ?? 0), Math.min(this.trace.end, within.to ?? this.trace.end));
    return whileSo ? both(window, this.standing(`${id} while`).spans) : window;
  }
  private lastOf({ within }: Checkpoint): Ms {
    return Math.min(this.trace.end, within.to ?? this.trace.end);
  }

  private standing(name: string): Standing {
    const fact = this.history.fact(`claim/${name}`);
    if (fact === undefined) return NOTHING;
    return { spans: spansOf(this.history, fact), heldFromStart: this.trace.facts.initial[fact] !== 0 };
  }
  /** The stretches that began in the run. */
  private begun(name: string): readonly Span[] {
    const { spans, heldFromStart } = this.standing(name);
    return heldFromStart ? spans.filter(({ from }) => from > 0) : spans;
  }

  private inOrder(names: readonly string[], scope: readonly Span[]): boolean {
    let before: readonly number[] = [];
    for (const name of names) {
      const first = both(this.standing(name).spans, scope)[0];
      if (!first) return false;
      const place = [first.from, ...this.placeInInstant(name, first.from)];
      if (before.length > 0 && !isLater(place, before)) return false;
      before = place;
    }
    return true;
  }
  /** Phase and round of the change by which it came true at `at`; nothing when it was so before. */
  private placeInInstant(name: string, at: Ms): readonly [phase: number, round: number] {
    const { columns } = this.trace;
    const fact = this.history.fact(`claim/${name}`) as number;
    const change = this.history.lastAt(fact, at);
    if (change < 0 || columns.at[change] !== at) return [-1, -1];
    return [columns.phase[change] as number, columns.round[change] as number];
  }

  /** The moment another checkpoint found; null when it found none, or is not about a moment. */
  private momentOf(id: string): Ms | null {
    const other = this.scenario.checkpoints.get(id) ?? this.scenario.expectations.get(id);
    if (!other?.claim || !isMoment(other.claim)) return null;
    return this.find(other) as Ms | null;
  }
}

const MOMENTS: ReadonlySet<string> = new Set(['first', 'last', 'back', 'after', 'peak']);
/** Whether what the claim finds is a moment of the run. */
export const isMoment = (claim: Claim): boolean => MOMENTS.has(claim.claim);

const holdsAt = (spans: readonly Span[], at: Ms): boolean => spans.some(({ from, to }) => from <= at && at < to);

function isLater(a: readonly number[], b: readonly number[]): boolean {
  const k = a.findIndex((x, i) => x !== b[i]);
  return k >= 0 && (a[k] as number) > (b[k] as number);
}

/** The most weight that is so at one moment, of all the weight there is. */
interface Weighted {
  readonly weight: number;
  readonly spans: readonly Span[];
}
const wholeOf = (parts: readonly Weighted[]): number => parts.reduce((sum, { weight }) => sum + weight, 0);

/** The share that is so after everything of a moment. */
const shareAt = (parts: readonly Weighted[], at: Ms): number =>
  wholeOf(parts.filter(({ spans }) => holdsAt(spans, at))) / wholeOf(parts);

function largestShare(parts: readonly Weighted[]): number | null {
  const whole = wholeOf(parts);
  if (whole <= 0) return null;
  const steps = parts.flatMap(({ weight, spans }) =>
    spans.flatMap(({ from, to }) => [
      { at: from, weight },
      { at: to, weight: -weight },
    ]),
  );
  // At one moment what ends goes before what begins: both are not so at once.
  steps.sort((a, b) => a.at - b.at || a.weight - b.weight);
  let [now, most] = [0, 0];
  for (const { weight } of steps) {
    now += weight;
    most = Math.max(most, now);
  }
  return most / whole;
}
