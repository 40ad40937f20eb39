/** From the name of a file to a plan that can run, or to every problem, told at once. */
import { dirname, isAbsolute, join } from 'node:path';
import {
  compile,
  formatProblem,
  type LoadOptions,
  load,
  type Plan,
  type Problem,
  type Result,
  type Scenario,
} from '../index.ts';
import { nearest } from '../model/nearest.ts';
import { unpackedOnce } from './data.ts';
import { type Io, Unreadable } from './io.ts';
import { clean } from './text/layout.ts';

export interface Asked {
  readonly file: string;
  readonly variant?: string | undefined;
  readonly set?: readonly string[];
  readonly patch?: object;
}

export const nameOf = (file: string): string => (file === '-' ? 'stdin' : file);

/** The options to load a file with; what it extends, and the data it names, is looked for beside it. */
function loadOptions(io: Io, { file, variant, set = [], patch }: Asked): LoadOptions {
  const beside = <T>(read: (path: string) => T, path: string): T | null => {
    try {
      return read(isAbsolute(path) ? path : join(dirname(file), path));
    } catch (error) {
      if (error instanceof Unreadable && error.missing) return null;
      throw error;
    }
  };
  const readBytes: LoadOptions['readBytes'] = (path) => {
    const bytes = beside(io.readData, path);
    return bytes && unpackedOnce(bytes, path);
  };
  return {
    file: nameOf(file),
    read: (path) => beside(io.readFile, path),
    readBytes,
    ...(variant === undefined ? {} : { variant }),
    ...(set.length === 0 ? {} : { set }),
    ...(patch === undefined ? {} : { patch }),
  };
}

/** The scenario alone, with every problem of its text. */
export function readScenario(io: Io, asked: Asked, text = io.readFile(asked.file)): Result<Scenario> {
  const read = load(text, loadOptions(io, asked));
  if (read.ok || !asked.set?.length) return read;
  const unset = load(text, loadOptions(io, { ...asked, set: [] }));
  const misspelt = unset.ok ? unknownParameters(asked.set, unset.value) : [];
  return misspelt.length > 0 ? { ok: false, problems: misspelt } : read;
}

/** Settings of parameters that the scenario does not have: else each would be read as a new one that lacks its reasons. */
function unknownParameters(set: readonly string[], { parameters }: Scenario): readonly Problem[] {
  return set.flatMap((setting): Problem[] => {
    const [, name] = /^parameters\.([^=]+?)(?:\.value)?=/.exec(setting) ?? [];
    if (
      name === undefined ||
      parameters.has(name) ||
      [...parameters.keys()].some((known) => name.startsWith(`${known}.`))
    )
      return [];
    const hint = nearest(name, parameters.keys());
    const problem = { place: { file: '--set', line: 1, column: 1 }, path: '', says: `there is no parameter "${name}"` };
    return [hint === null ? problem : { ...problem, hint: `did you mean "${hint}"?` }];
  });
}

/** A scenario, and the plan it was compiled to. */
export function readPlan(io: Io, asked: Asked, text?: string): Result<Plan> {
  const read = readScenario(io, asked, text);
  return read.ok ? compile(read.value, { file: nameOf(asked.file) }) : read;
}

/** One line each, on stderr. */
export function tell(io: Io, problems: readonly Problem[]): void {
  // What stands on the command line has no lines to point at.
  const said = problems.map((problem) => formatProblem(problem).replace(/^(--set|patch):\d+:\d+/, '$1'));
  io.err(said.map((line) => `${clean(line)}\n`).join(''));
}

/** The plan; null after its problems were told. */
export function planOf(io: Io, asked: Asked): Plan | null {
  const read = readPlan(io, asked);
  if (read.ok) return read.value;
  tell(io, read.problems);
  return null;
}
