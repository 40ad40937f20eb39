/** The thread that runs the scenario again up to a moment, and says what people find there. */
import { type LoadOptions, load, look, type Result, type Scenario } from '../../sim/index.ts';
import type { Found, Wanted } from './ask.ts';
import { sheetsOf } from './sheets.ts';

let read: { readonly of: string; readonly scenario: Result<Scenario> } | null = null;

/** Read once for a run: the page shows one at a time. */
function scenarioOf({ written, variant }: Wanted): Result<Scenario> {
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

function find(wanted: Wanted): { readonly sheets: ReturnType<typeof sheetsOf> } | { readonly problem: string } {
  const scenario = scenarioOf(wanted);
  if (!scenario.ok) return { problem: scenario.problems[0]?.says ?? 'the scenario cannot be read' };
  const found = look(scenario.value, { seed: wanted.seed, at: Math.floor(wanted.at) }, wanted.looks);
  if (!found.ok) return { problem: found.problems[0]?.says ?? 'the scenario cannot be run' };
  return { sheets: sheetsOf(scenario.value, found.value, wanted) };
}

addEventListener('message', ({ data }: MessageEvent<{ readonly key: string; readonly wanted: Wanted }>) => {
  let found: Found;
  try {
    found = { key: data.key, ...find(data.wanted) };
  } catch (error) {
    found = { key: data.key, problem: error instanceof Error ? error.message : String(error) };
  }
  postMessage(found);
});
