/** The trace as JSON Lines: derived from plan and trace, written line by line. */
import { Reasons } from '../analysis/why.ts';
import type { Plan } from '../engine/plan.ts';
import { FACTS } from '../model/facts.ts';
import type { Ms } from '../model/units.ts';
import { History } from '../trace/history.ts';
import {
  type CaptionLine,
  type ChangeLine,
  type CheckpointResult,
  FORMAT,
  type Impact,
  type TraceLine,
} from '../trace/lines.ts';
import { readValue, type Trace } from '../trace/trace.ts';
import { sceneOf } from './scene.ts';

/** When each caption of the story is told in this run; one whose moment never comes is left out. */
export function captionsOf(plan: Plan, trace: Trace): readonly CaptionLine[] {
  const history = new History(trace);
  const told: CaptionLine[] = [];
  for (const { name, at, first, back, says } of plan.scenario.story) {
    let moment: Ms | null = at;
    if (first || back) {
      const fact = history.fact(`claim/story ${name}`);
      const stretches = fact === undefined ? [] : history.stretches(fact);
      const from = back ? stretches.findIndex((stretch) => stretch.raw === 0) : 0;
      moment = from < 0 ? null : (stretches.slice(from).find((stretch) => stretch.raw === 1)?.at ?? null);
    }
    if (moment !== null && moment <= trace.end) told.push({ line: 'caption', at: moment, says });
  }
  return told.sort((a, b) => a.at - b.at);
}

/** All lines of a run, in order. */
export function* traceLines(
  plan: Plan,
  trace: Trace,
  results: {
    readonly version: string;
    readonly impact: readonly Impact[];
    readonly checkpoints: readonly CheckpointResult[];
  },
): Generator<TraceLine> {
  const { facts, columns, numbers } = trace;
  yield {
    line: 'start',
    format: FORMAT,
    netfall: results.version,
    scenario: sceneOf(plan.scenario),
    seed: trace.seed,
    variant: plan.scenario.variant,
    facts: facts.names.map((fact, number) => ({
      fact,
      kind: facts.kinds[number] as string,
      subjects: facts.subjects[number] as readonly string[],
      value: readValue(trace, number, facts.initial[number] as number),
      ...(number >= facts.firstWatched ? { watched: true as const } : {}),
    })),
  };
  const reasons = new Reasons(plan, trace);
  const captions = [...captionsOf(plan, trace)];
  for (let id = 0; id < trace.count; id++) {
    while (captions.length > 0 && (captions[0] as CaptionLine).at < (columns.at[id] as number))
      yield captions.shift() as CaptionLine;
    const fact = columns.fact[id] as number;
    const reason = reasons.reason(id);
    const line: ChangeLine = {
      line: 'change',
      id,
      at: reason.at,
      phase: columns.phase[id] as number,
      round: columns.round[id] as number,
      fact: reason.fact,
      from: readValue(trace, fact, columns.from[id] as number),
      to: readValue(trace, fact, columns.to[id] as number),
      ...(FACTS[facts.kinds[fact] as keyof typeof FACTS].domain.is === 'number'
        ? { slope: numbers[columns.slope[id] as number] as number }
        : {}),
      by: reason.by,
      rule: reason.rule,
      tipped: reason.tipped,
      because: reason.because,
      says: reason.says,
      ...(fact >= facts.firstWatched ? { watched: true as const } : {}),
    };
    yield line;
  }
  yield* captions;
  yield {
    line: 'end',
    at: trace.end,
    reason: trace.reason,
    flipping: trace.flipping,
    changes: trace.count,
    digest: trace.digest,
    impact: results.impact,
    checkpoints: results.checkpoints,
  };
}

/** One line of text, without its line end. */
export const writeLine = (line: TraceLine): string => JSON.stringify(line);
