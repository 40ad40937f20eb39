/** The second thread: runs scenarios anew, and looks into runs as people would. */
import {
  compile,
  formatProblem,
  jsonLines,
  type LoadOptions,
  load,
  look,
  mergedText,
  type Problem,
  type Result,
  review,
  type Scenario,
  type Simulation,
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

function simulationOf(wish: Wish): Simulation | Failure {
  const scenario = scenarioOf(wish);
  if (!scenario.ok) return failed(scenario.problems);
  const plan = compile(scenario.value, { file: wish.written.file });
  return plan.ok ? simulate(plan.value, wish.seed) : failed(plan.problems);
}

function runOf(wish: Wish): Requests['run']['found'] {
  const simulation = simulationOf(wish);
  return 'problems' in simulation ? simulation : parse([...jsonLines(simulation)].join(''));
}

function reviewOf(wish: Wish): Requests['review']['found'] {
  const simulation = simulationOf(wish);
  return 'problems' in simulation ? simulation : { text: review(simulation) };
}

function textOf({ written, variant, seed }: Wish): Requests['scenario']['found'] {
  const text = mergedText(written, variant, seed);
  return text.ok ? { text: text.value } : failed(text.problems);
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
    case 'look':
      return lookInto(asked.wish);
    case 'scenario':
      return textOf(asked.wish);
    case 'review':
      return reviewOf(asked.wish);
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
