/** Foils: holding a checkpoint means something only if there is a run that misses it (R23). */
import type { Scenario } from '../model/scenario.ts';
import type { CheckpointResult } from '../trace/lines.ts';
import type { Trace } from '../trace/trace.ts';
import { score } from './score.ts';

/** A scenario as patched, and what came of it. */
export interface Rerun {
  readonly scenario: Scenario;
  readonly trace: Trace;
}

/** What the re-runs say of a checkpoint that held; null where there was nothing to run, or it could not be. */
export interface FoilVerdict {
  readonly checkpoint: string;
  readonly foil: string | null;
  /** The foil misses it, as it should. */
  readonly missed: boolean | null;
  /** It fails under its `without`, as it should. */
  readonly failsWithout: boolean | null;
  /** A foil misses it, and `without`, if there is one, does too: worth a point. */
  readonly earns: boolean;
}

/**
 * Puts every checkpoint that held to its foil and its `without`. The caller reads and runs variants and patches (null: it cannot);
 * each distinct one is asked for once.
 */
export function checkFoils(
  scenario: Scenario,
  results: readonly CheckpointResult[],
  runVariant: (name: string) => Rerun | null,
  runPatch: (patch: object) => Rerun | null,
): ReadonlyMap<string, FoilVerdict> {
  const variants = new Misses(runVariant);
  const patches = new Misses((patch: string) => runPatch(JSON.parse(patch) as object));
  const verdicts = new Map<string, FoilVerdict>();
  for (const { id, held } of results) {
    const checkpoint = scenario.checkpoints.get(id);
    if (!checkpoint?.claim || !held) continue;
    const { foil, without } = checkpoint;
    const missed = foil === null ? null : variants.of(foil, id);
    const failsWithout = without === null ? null : patches.of(JSON.stringify(without), id);
    const earns = missed === true && (without === null || failsWithout === true);
    verdicts.set(id, { checkpoint: id, foil, missed, failsWithout, earns });
  }
  return verdicts;
}

/** Which checkpoints each re-run misses; a re-run is made when first asked for. */
class Misses {
  private readonly held = new Map<string, ReadonlyMap<string, boolean>>();

  constructor(private readonly run: (key: string) => Rerun | null) {}

  /** Null when it could not be run, or no longer has the checkpoint. */
  of(key: string, id: string): boolean | null {
    let held = this.held.get(key);
    if (!held) {
      const rerun = this.run(key);
      const results = rerun ? score(rerun.scenario, rerun.trace) : [];
      held = new Map(results.filter(({ notModelled }) => notModelled === undefined).map((one) => [one.id, one.held]));
      this.held.set(key, held);
    }
    const holds = held.get(id);
    return holds === undefined ? null : !holds;
  }
}
