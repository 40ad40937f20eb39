/** The trace as JSON Lines: derived from plan and trace, written line by line. */
import { journeysByTitle } from '../analysis/called.ts';
import { captionsOf } from '../analysis/captions.ts';
import { Reasons } from '../analysis/why.ts';
import type { Plan } from '../engine/plan.ts';
import { FACTS } from '../model/facts.ts';
import type { Ms } from '../model/units.ts';
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
    ...(plan.scenario.written ? { written: plan.scenario.written } : {}),
    facts: facts.names.map((fact, number) => ({
      fact,
      kind: facts.kinds[number] as string,
      subjects: facts.subjects[number] as readonly string[],
      value: readValue(trace, number, facts.initial[number] as number),
      ...(number >= facts.firstWatched ? { watched: true as const } : {}),
    })),
  };
  const reasons = new Reasons(plan, trace, journeysByTitle(plan.scenario));
  const captions = [...captionsOf(plan.scenario, reasons.past.history)];
  for (let id = 0; id < trace.count; id++) {
    for (let next = captions[0]; next && isBefore(next, columns.at[id] as Ms); next = captions[0]) {
      yield captionLine(next);
      captions.shift();
    }
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
  yield* captions.map(captionLine);
  yield {
    line: 'end',
    at: trace.end,
    reason: trace.reason,
    flipping: trace.flipping,
    disputes: trace.disputes,
    changes: trace.count,
    digest: trace.digest,
    impact: results.impact,
    checkpoints: results.checkpoints,
  };
}

type Caption = ReturnType<typeof captionsOf>[number];
const captionLine = ({ at, says }: Caption): CaptionLine => ({ line: 'caption', at, says });
const isBefore = (caption: Caption, at: Ms): boolean => caption.at < at || (caption.scheduled && caption.at === at);

/** One line of text, without its line end. */
export const writeLine = (line: TraceLine): string => JSON.stringify(line);
