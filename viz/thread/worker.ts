/** The second thread: runs scenarios anew, and looks into runs as people would. */
import {
  compile,
  formatProblem,
  jsonLines,
  type LoadOptions,
  listPatches,
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
import { buffersOf, type Loaded } from '../load/packed.ts';
import { toldOf, Problem as Unsound } from '../load/problem.ts';
import { Reader } from '../load/reader.ts';
import { visible, visibleIn } from '../load/visible.ts';
import { sheetsOf } from '../look/sheets.ts';
import type { Answered, Asked, Failure, Lack, LookWish, OpenWish, Piece, Requests, Wish } from './requests.ts';

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

const failed = (problems: readonly Problem[]): Failure => ({
  problems: problems.map((one) => visible(formatProblem(one))),
});

function simulationOf(wish: Wish): Simulation | Failure {
  const scenario = scenarioOf(wish);
  if (!scenario.ok) return failed(scenario.problems);
  const plan = compile(scenario.value, { file: wish.written.file });
  return plan.ok ? simulate(plan.value, wish.seed) : failed(plan.problems);
}

function runOf(wish: Wish): Requests['run']['found'] {
  const simulation = simulationOf(wish);
  return 'problems' in simulation ? simulation : traceOf(simulation);
}

/** What it names and is not at hand is told with what is wrong. */
function openScenario({ file, text, others, data, seed }: OpenWish): Requests['open']['found'] {
  const lacks: Lack[] = [];
  const at = <T>(known: Readonly<Record<string, T>>, path: string, is: Lack['is']): T | null => {
    if (Object.hasOwn(known, path)) return known[path] as T;
    lacks.push({ path, is });
    return null;
  };
  const scenario = load(text, {
    file,
    read: (path) => at(others, path, 'text'),
    readBytes: (path) => at(data, path, 'data'),
  });
  if (!scenario.ok) return { ...failed(scenario.problems), lacks };
  const plan = compile(scenario.value, { file });
  return plan.ok ? traceOf(simulate(plan.value, seed)) : failed(plan.problems);
}

function traceOf(simulation: Simulation): Loaded {
  const reader = new Reader();
  const encoder = new TextEncoder();
  for (const text of jsonLines(simulation)) reader.push(encoder.encode(text));
  return reader.end();
}

let reader = new Reader();

function readOn({ bytes, first }: Piece): Requests['read']['found'] {
  if (first) reader = new Reader();
  reader.push(bytes);
  return { changes: reader.changes };
}

function readEnd(): Requests['read-end']['found'] {
  const loaded = reader.end();
  reader = new Reader();
  return loaded;
}

function check(wish: Wish): Requests['check']['found'] {
  const scenario = scenarioOf(wish);
  if (!scenario.ok) return failed(scenario.problems);
  const plan = compile(scenario.value, { file: wish.written.file });
  if (!plan.ok) return failed(plan.problems);
  return { parameters: [...scenario.value.parameters.values()].map(({ name, value }) => visibleIn({ name, value })) };
}

function variantsOf({ written: { file, text, others } }: Wish): Requests['variants']['found'] {
  const found = listPatches(text, { file, read: (path) => others[path] ?? null });
  if (!found.ok) return failed(found.problems);
  return {
    writes: new Map(
      [...found.value].map(([name, all]) => [
        name,
        all.map(({ path, value }) => visible(value === null ? `without ${path}` : `${path}: ${value}`)),
      ]),
    ),
  };
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
  return found.ok ? { sheets: visibleIn(sheetsOf(scenario.value, found.value, wish)) } : failed(found.problems);
}

function answer(asked: Asked): Answered['found'] {
  switch (asked.kind) {
    case 'run':
      return runOf(asked.wish);
    case 'open':
      return openScenario(asked.wish);
    case 'check':
      return check(asked.wish);
    case 'variants':
      return variantsOf(asked.wish);
    case 'look':
      return lookInto(asked.wish);
    case 'scenario':
      return textOf(asked.wish);
    case 'review':
      return reviewOf(asked.wish);
    case 'read':
      return readOn(asked.wish);
    case 'read-end':
      return readEnd();
  }
}

function failure(error: unknown): Answered['found'] {
  if (error instanceof Unsound) return { unread: toldOf(error) };
  return { problems: [error instanceof Error ? error.message : String(error)] };
}

addEventListener('message', ({ data }: MessageEvent<Asked>) => {
  const { id } = data;
  try {
    const found = answer(data);
    postMessage({ id, found }, { transfer: 'packed' in found ? buffersOf(found.packed) : [] });
  } catch (error) {
    postMessage({ id, found: failure(error) });
  }
});
