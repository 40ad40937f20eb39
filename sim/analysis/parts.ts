/** Parts of what is measured: how a checkpoint's value moves when one of its causes is taken away and nothing else, seed by seed. */
import type { Checkpoint, Claim, Scenario } from '../model/scenario.ts';
import type { Trace } from '../trace/trace.ts';
import { Claims } from './claims.ts';
import { sayDifference, sayFinding } from './score.ts';

/** What becomes of a checkpoint without one cause. Over several seeds the middle one; of two middle ones the mean. */
export interface ClaimPart {
  readonly variant: string;
  readonly title: string;
  /** As the checkpoint's own value is written; null when it never happens without this cause. */
  readonly simulated: string | null;
  /** By how much it moves; null where there is nothing to compare. */
  readonly change: string | null;
  /** The least and the most it moves, over several seeds. */
  readonly range: readonly [least: string, most: string] | null;
  /** Runs that could be compared, of so many: it happened with the cause and without. */
  readonly compared: number;
  readonly runs: number;
}

type Value = number | null;

/** Findings of the same seeds, with every cause and without one of them. */
export class Parts {
  /** Every variant that some checkpoint names, each once. */
  readonly variants: readonly string[];
  private readonly asked: readonly Checkpoint[];
  /** By variant ('' for none), then by checkpoint: a value a run. */
  private readonly values = new Map<string, Map<string, Value[]>>();

  constructor(private readonly scenario: Scenario) {
    this.asked = [...scenario.checkpoints.values()].filter(({ parts }) => parts.length > 0);
    this.variants = [...new Set(this.asked.flatMap(({ parts }) => parts))];
  }

  /** Takes a run of the next seed: of the scenario itself (variant null), or of one of its variants. */
  take(variant: string | null, scenario: Scenario, trace: Trace): void {
    const claims = new Claims(scenario, trace);
    const lists = this.values.get(variant ?? '') ?? new Map<string, Value[]>();
    this.values.set(variant ?? '', lists);
    for (const { id, parts } of this.asked) {
      if (variant !== null && !parts.includes(variant)) continue;
      const checkpoint = scenario.checkpoints.get(id);
      const found = checkpoint ? claims.find(checkpoint) : null;
      lists.set(id, [...(lists.get(id) ?? []), typeof found === 'number' ? found : null]);
    }
  }

  /** The parts of a checkpoint, in the order of the file; none where it names none. */
  of(id: string): readonly ClaimPart[] {
    const checkpoint = this.scenario.checkpoints.get(id);
    if (!checkpoint?.claim) return [];
    const { claim } = checkpoint;
    return checkpoint.parts.map((variant) => this.part(checkpoint, claim, variant));
  }

  private part(checkpoint: Checkpoint, claim: Claim, variant: string): ClaimPart {
    const { id } = checkpoint;
    const whole = this.values.get('')?.get(id) ?? [];
    const without = this.values.get(variant)?.get(id) ?? [];
    const there = without.filter((value) => value !== null);
    const changes = without.flatMap((value, run) => {
      const other = whole[run] ?? null;
      return value === null || other === null ? [] : [value - other];
    });
    const say = (by: number): string => sayDifference(checkpoint, claim, by);
    const sorted = [...changes].sort((a, b) => a - b);
    // It never happens in most runs: then that is what becomes of it.
    const rare = there.length * 2 < without.length || there.length === 0;
    return {
      variant,
      title: this.scenario.variants.get(variant)?.title ?? variant,
      simulated: rare ? null : sayFinding(this.scenario, checkpoint, claim, middle(there)),
      change: rare || changes.length === 0 ? null : say(middle(changes)),
      range: changes.length > 1 ? [say(sorted[0] as number), say(sorted.at(-1) as number)] : null,
      compared: changes.length,
      runs: without.length,
    };
  }
}

/** Of times a whole number of milliseconds, as all times are. */
function middle(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = (sorted.length - 1) / 2;
  const [low, high] = [sorted[Math.floor(half)] as number, sorted[Math.ceil(half)] as number];
  const mean = (low + high) / 2;
  return Number.isInteger(low) && Number.isInteger(high) ? Math.floor(mean + 0.5) : mean;
}
