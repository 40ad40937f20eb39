/** The way in: from the text of a scenario file to the expanded scenario, or to every problem at once. */
import { checkSchema } from './check.ts';
import { expand } from './expand/index.ts';
import type { Problem, Result } from './problems.ts';
import { readSource } from './source.ts';
import { ScenarioFile } from './schema.ts';
import type { Scenario } from './scenario.ts';
import { byName } from './units.ts';

export interface LoadOptions {
  /** The name of the file, for places. */
  readonly file: string;
  readonly variant?: string;
  /** `path=value`, in order. */
  readonly set?: readonly string[];
  /** Merged in after the variant. */
  readonly patch?: object;
  /** The text of a file as a scenario names it (`extends: ./base.yaml`); null when there is none. */
  readonly read?: (path: string) => string | null;
}

const MOST_PROBLEMS = 100;

export function load(text: string, options: LoadOptions): Result<Scenario> {
  const problems: Problem[] = [];
  const source = readSource(text, options.file);
  if (!source.ok) return { ok: false, problems: sorted(source.problems) };
  checkSchema(source.value, ScenarioFile, problems);
  const scenario = expand(source.value, null, problems);
  return scenario && problems.length === 0 ? { ok: true, value: scenario } : { ok: false, problems: sorted(problems) };
}

function sorted(problems: readonly Problem[]): readonly Problem[] {
  const all = [...problems].sort((a, b) => byName(a.place.file, b.place.file) || a.place.line - b.place.line || a.place.column - b.place.column || byName(a.says, b.says));
  if (all.length <= MOST_PROBLEMS) return all;
  const last = all[MOST_PROBLEMS - 1] as Problem;
  return [...all.slice(0, MOST_PROBLEMS - 1), { place: last.place, path: '', says: `and ${all.length - MOST_PROBLEMS + 1} more problems` }];
}
