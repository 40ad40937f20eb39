/** The public face of the simulator: everything the command line, the replay and other programs may use. */

export { byTitle } from './analysis/called.ts';
export { largestCascade } from './analysis/cascade.ts';
export { checkFoils, type FoilVerdict, type Rerun } from './analysis/foils.ts';
export {
  type Flip,
  type Held,
  type HeldClock,
  type HeldGate,
  type HeldTest,
  type WhatHolds,
  whatHolds,
} from './analysis/held.ts';
export { impact, troubledMinutes } from './analysis/impact.ts';
export { type GroupImpact, impactByGroup } from './analysis/impact-groups.ts';
export { type ClaimPart, Parts } from './analysis/parts.ts';
export { score, scoreExpectations } from './analysis/score.ts';
export { columnOf, type Score, summarise } from './analysis/score-summary.ts';
export { factSentence, sayNumber } from './analysis/sentences.ts';
export { type StoryLine, type StoryOptions, story } from './analysis/story.ts';
export { isAsking, keptSays, lackOf, serverGroups, statusOf } from './analysis/told-dig.ts';
export { bestSays, blockOf, keptFor, LOST_BY, leftOut, marksOf, pathNumbers } from './analysis/told-route.ts';
export { type Reason as Cause, Reasons } from './analysis/why.ts';
export { type Asked, answer, compile, type Looked, look, run } from './compile.ts';
export type { Plan } from './engine/plan.ts';
export type { Account, AccountChange } from './exchange/account.ts';
export { type Cell, changesGrid, csvLines, type Grid, jsonGrid } from './exchange/grid.ts';
export { traceLines, writeLine } from './exchange/jsonl.ts';
export { perfettoLines } from './exchange/perfetto.ts';
export { review } from './exchange/review.ts';
export { sceneOf } from './exchange/scene.ts';
export { accountOf, batches, jsonLines, type Simulation, simulate } from './exchange/simulation.ts';
export { sayCondition } from './model/conditions.ts';
export { ANSWERS, FACTS, type FactKind, factName, SYMPTOMS } from './model/facts.ts';
export { type LoadOptions, listPatches, load } from './model/load.ts';
export type {
  DelegationTold,
  DigTold,
  HeardRoute,
  LinksTold,
  Look,
  PacketHop,
  PacketsTold,
  RefusedRoute,
  RouteTold,
  Told,
  TriedServer,
} from './model/looks.ts';
export { mergedText } from './model/merged.ts';
export { packingOf } from './model/packing.ts';
export { formatProblem, type Place, type Problem, type Result } from './model/problems.ts';
export type { Scenario } from './model/scenario.ts';
export { jsonSchema } from './model/schema.ts';
export {
  formatClock,
  formatDateTime,
  formatDuration,
  type Ms,
  parseClock,
  parseDateTime,
  parseDuration,
} from './model/units.ts';
export { History } from './trace/history.ts';
export type {
  CaptionLine,
  ChangeLine,
  CheckpointResult,
  EndLine,
  FactEntry,
  Impact,
  Scene,
  StartLine,
  TraceLine,
  Wanted,
} from './trace/lines.ts';
export { type Reason, RULES, type Rule, readValue, type Trace, type Value } from './trace/trace.ts';
