/** The second thread: runs scenarios anew, and looks into runs as people would. */
import {
  compile,
  formatProblem,
  jsonLines,
  type LoadOptions,
  listPatches,
  load,
  look,
  type Problem,
  type Result,
  type Scenario,
  simulate,
} from '../../sim/index.ts';
import { parse } from '../load/parse.ts';
import { sheetsOf } from '../look/sheets.ts';
import type { Asked, Failure, LookWish, Requests, Wish } from './requests.ts';

let read: { readonly of: string; readonly scenario: Result<Scenario> } | null = null;

/** Read once for a run: the page shows one at a time. */
function scenarioOf({ written, variant }: Wish): Result<Scenario> {
  const { file, text, others, set, patch } = written;
  const of = JSON.stringify([written, variant]);
  if (read?.of !== of) {
    const options: LoadOptions = {
      file,
      set,
      read: (path) => others[path] ?? null,
      ...(variant === null ? {} : { variant }),
      ...(patch === null ? {} : { patch }),
    };
    read = { of, scenario: load(text, options) };
  }
  return read.scenario;
}

const failed = (problems: readonly Problem[]): Failure => ({ problems: problems.map(formatProblem) });

function runOf(wish: Wish): Requests['run']['found'] {
  const scenario = scenarioOf(wish);
  if (!scenario.ok) return failed(scenario.problems);
  const plan = compile(scenario.value, { file: wish.written.file });
  if (!plan.ok) return failed(plan.problems);
  return parse([...jsonLines(simulate(plan.value, wish.seed))].join(''));
}

function check(wish: Wish): Requests['check']['found'] {
  const scenario = scenarioOf(wish);
  if (!scenario.ok) return failed(scenario.problems);
  const plan = compile(scenario.value, { file: wish.written.file });
  if (!plan.ok) return failed(plan.problems);
  return { parameters: [...scenario.value.parameters.values()].map(({ name, value }) => ({ name, value })) };
}

function variantsOf({ written: { file, text, others } }: Wish): Requests['variants']['found'] {
  const found = listPatches(text, { file, read: (path) => others[path] ?? null });
  if (!found.ok) return failed(found.problems);
  return {
    writes: new Map(
      [...found.value].map(([name, all]) => [
        name,
        all.map(({ path, value }) => (value === null ? `without ${path}` : `${path}: ${value}`)),
      ]),
    ),
  };
}

function lookInto(wish: LookWish): Requests['look']['found'] {
  const scenario = scenarioOf(wish);
  if (!scenario.ok) return failed(scenario.problems);
  const found = look(scenario.value, { seed: wish.seed, at: Math.floor(wish.at) }, wish.looks);
  return found.ok ? { sheets: sheetsOf(scenario.value, found.value, wish) } : failed(found.problems);
}

function answer(asked: Asked): Requests[Asked['kind']]['found'] {
  switch (asked.kind) {
    case 'run':
      return runOf(asked.wish);
    case 'check':
      return check(asked.wish);
    case 'variants':
      return variantsOf(asked.wish);
    case 'look':
      return lookInto(asked.wish);
  }
}

addEventListener('message', ({ data }: MessageEvent<Asked>) => {
  const { id } = data;
  try {
    postMessage({ id, found: answer(data) });
  } catch (error) {
    postMessage({ id, found: { problems: [error instanceof Error ? error.message : String(error)] } });
  }
});
