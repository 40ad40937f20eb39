/** A run of the page as it is handed on: the same that the command line hands on. */
import type { Account } from '../../sim/index.ts';
import { type Run, slice, valueAs } from '../load/run.ts';

export function accountOfRun(run: Run): Account {
  const { scene, seed, variant, version, facts, changes, captions, end, length } = run;
  const last = changes.count === 0 ? 0 : changes.at[changes.count - 1]!;
  return {
    scene,
    seed,
    variant,
    netfall: version,
    facts: facts.names.map((fact, number) => ({
      fact,
      kind: facts.kinds[number]!,
      subjects: facts.subjects[number]!,
      value: valueAs(run, number, facts.initial[number]!),
    })),
    count: changes.count,
    change(row) {
      const fact = changes.fact[row]!;
      return {
        at: changes.at[row]!,
        fact,
        from: valueAs(run, fact, changes.from[row]!),
        to: valueAs(run, fact, changes.to[row]!),
        slope: changes.slope[row]!,
        rule: changes.rule(row),
        by: changes.by(row),
        says: changes.says(row),
        tipped: changes.tipped[row]! < 0 ? null : changes.tipped[row]!,
        because: [...slice(changes.because, row)],
      };
    },
    captions,
    end: {
      at: end?.at ?? Math.max(last, length),
      impact: end?.impact ?? [],
      checkpoints: end?.checkpoints ?? [],
    },
  };
}
