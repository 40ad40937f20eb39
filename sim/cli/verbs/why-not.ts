/** `why --not`: why a fact is not otherwise at a moment: what holds it as it is, and the smallest change that would have turned it. */
import { type Held, History, type Ms, type Plan, run, whatHolds } from '../../index.ts';
import { findFact } from '../find.ts';
import { EXIT, type Io, Unreadable } from '../io.ts';
import { momentOf } from '../moment.ts';
import type { Args } from '../options.ts';
import { heldLines, smallestLines } from '../text/held.ts';
import { textWidth, wrap } from '../text/layout.ts';
import { paintOf } from '../text/paint.ts';
import { clockAt, roundClock } from '../text/words.ts';

type Asked = Pick<Args, 'file' | 'fact' | 'at' | 'seed' | 'format'>;

export function whyNot(plan: Plan, args: Asked, io: Io): number {
  const { scenario } = plan;
  const { id, variant, start } = scenario;
  const at = args.at === undefined ? scenario.run : momentOf('at', args.at, scenario);
  // To the end, whatever the moment: how long a clock still ran is told by what came after.
  const trace = run(plan, { seed: args.seed });
  const fact = findFact(new History(trace), args.fact);
  const what = whatHolds(plan, trace, fact, at);
  if (what === null)
    throw new Unreadable(`--not asks of what is so or not so, or has one of several words: ${args.fact} has neither`);
  const clock = clockAt(start, at);
  if (args.format === 'json') {
    io.out(`${JSON.stringify({ scenario: id, seed: args.seed, variant, clock, ...what }, null, 2)}\n`);
    return EXIT.fine;
  }
  const width = textWidth(io.columns);
  const paint = paintOf(io);
  const rounded = (moment: Ms): string => roundClock(start, moment, scenario.run);
  const since = what.since === null ? 'and has been so from the start' : `since ${rounded(what.since)}`;
  const lines = [
    ...wrap(`At ${clock} ${what.says}, ${since}. What keeps it so:`, width).map(paint.title),
    '',
    ...heldLines(what, rounded, width, paint),
    '',
    ...smallestLines(what, rounded, width, paint),
    ...asking(what.by, at, args.file, start, width).map(paint.dim),
  ];
  io.out(`${lines.join('\n')}\n`);
  return EXIT.fine;
}

/** How to ask for the chain behind the first fault or change that was met. */
function asking(held: Held, at: Ms, file: string, start: number, width: number): string[] {
  const fact = declaredIn(held);
  return fact === null
    ? []
    : wrap(`How it came to that: netfall why ${file} ${fact} --at ${clockAt(start, at)}`, width);
}
function declaredIn(held: Held): string | null {
  if (held.is === 'outside') return null;
  if (held.is === 'clock') return declaredIn(held.once);
  if (held.is === 'test') return held.declared.length > 0 ? held.fact : held.by && declaredIn(held.by);
  for (const one of held.of) {
    const found = declaredIn(one);
    if (found !== null) return found;
  }
  return null;
}
