/** The public face of the simulator: everything the command line, the replay and other programs may use. */
export type { CaptionLine, ChangeLine, CheckpointResult, EndLine, FactEntry, Impact, Scene, StartLine, TraceLine } from './trace/lines.ts';
export type { Reason, Rule, Trace, Value } from './trace/trace.ts';
