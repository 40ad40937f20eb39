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
import { buffersOf } from '../load/packed.ts';
import { toldOf, Problem as Unsound } from '../load/problem.ts';
import { Reader } from '../load/reader.ts';
import { sheetsOf } from '../look/sheets.ts';
import type { Answered, Asked, Failure, LookWish, Piece, Requests, Wish } from './requests.ts';

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
  const reader = new Reader();
  const encoder = new TextEncoder();
  for (const text of jsonLines(simulate(plan.value, wish.seed))) reader.push(encoder.encode(text));
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

function answer(asked: Asked): Answered['found'] {
  switch (asked.kind) {
    case 'run':
      return runOf(asked.wish);
    case 'check':
      return check(asked.wish);
    case 'variants':
      return variantsOf(asked.wish);
    case 'look':
      return lookInto(asked.wish);
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
