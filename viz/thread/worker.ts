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
  type Plan,
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
import type {
  Answered,
  Asked,
  Failure,
  Lack,
  LookWish,
  OpenWish,
  Piece,
  Requests,
  Underway,
  Wish,
} from './requests.ts';

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

/** So many milliseconds between two words on how far it is. */
const PACE = 40;
/** How far it is when the plan is made, and when the run is over: what is left is to write it down. */
const PLANNED = 0.25;
const RUN = 0.7;

type Tell = (share: number) => void;

/** Tells no more often than people can see. */
function paced(tell: Tell): Tell {
  let last = Number.NEGATIVE_INFINITY;
  return (share) => {
    const now = performance.now();
    if (now - last < PACE) return;
    last = now;
    tell(share);
  };
}

function simulationOf(wish: Wish, tell: Tell): Simulation | Failure {
  const scenario = scenarioOf(wish);
  if (!scenario.ok) return failed(scenario.problems);
  const plan = compile(scenario.value, { file: wish.written.file });
  return plan.ok ? simulated(plan.value, scenario.value, wish.seed, tell) : failed(plan.problems);
}

const simulated = (plan: Plan, { run }: Scenario, seed: string, tell: Tell): Simulation =>
  simulate(plan, seed, undefined, (at) => tell(PLANNED + ((RUN - PLANNED) * at) / run));

function runOf(wish: Wish, tell: Tell): Requests['run']['found'] {
  const simulation = simulationOf(wish, tell);
  return 'problems' in simulation ? simulation : traceOf(simulation, tell);
}

/** What it names and is not at hand is told with what is wrong. */
function openScenario({ file, text, others, data, seed }: OpenWish, tell: Tell): Requests['open']['found'] {
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
  if (!plan.ok) return failed(plan.problems);
  return traceOf(simulated(plan.value, scenario.value, seed, tell), tell);
}

function traceOf(simulation: Simulation, tell: Tell): Loaded {
  const reader = new Reader();
  const encoder = new TextEncoder();
  let line = 0;
  for (const text of jsonLines(simulation)) {
    reader.push(encoder.encode(text));
    tell(RUN + (1 - RUN) * Math.min(line++ / simulation.trace.count, 1));
  }
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
  const simulation = simulationOf(wish, () => undefined);
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

function answer(asked: Asked, tell: Tell): Answered['found'] {
  switch (asked.kind) {
    case 'run':
      return runOf(asked.wish, tell);
    case 'open':
      return openScenario(asked.wish, tell);
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
    const found = answer(
      data,
      paced((share) => postMessage({ id, share } satisfies Underway)),
    );
    postMessage({ id, found }, { transfer: 'packed' in found ? buffersOf(found.packed) : [] });
  } catch (error) {
    postMessage({ id, found: failure(error) });
  }
});
