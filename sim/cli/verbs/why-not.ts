/** `why --not`: why a fact is not otherwise at a moment: what holds it as it is, and the smallest change that would have turned it. */
import {
  FACTS,
  type FactKind,
  type Held,
  type HeldTest,
  History,
  type Ms,
  type Plan,
  run,
  type WhatHolds,
  whatHolds,
} from '../../index.ts';
import { findFact } from '../find.ts';
import { EXIT, type Io, Unreadable } from '../io.ts';
import { momentOf } from '../moment.ts';
import type { Args } from '../options.ts';
import { heldLines, smallestLines } from '../text/held.ts';
import { textWidth, widthOf, wrap } from '../text/layout.ts';
import { paintOf } from '../text/paint.ts';
import { clockAt, roundClock } from '../text/words.ts';

/** More lines than this nobody reads. */
const LONG = 40;

type Asked = Pick<Args, 'file' | 'fact' | 'at' | 'seed' | 'format'>;

export function whyNot(plan: Plan, args: Asked, io: Io): number {
  const { scenario } = plan;
  const { id, variant, start } = scenario;
  const at = args.at === undefined ? scenario.run : momentOf('at', args.at, scenario);
  // To the end, whatever the moment: how long a clock still ran is told by what came after.
  const trace = run(plan, { seed: args.seed });
  const fact = findFact(new History(trace), args.fact);
  const what = whatHolds(plan, trace, fact, at);
  if (what === null) throw new Unreadable(unanswered(trace.facts.names[fact] as string, args.fact));
  const clock = clockAt(start, at);
  if (args.format === 'json') {
    io.out(`${JSON.stringify({ scenario: id, seed: args.seed, variant, clock, ...what }, null, 2)}\n`);
    return EXIT.fine;
  }
  const width = textWidth(io.columns);
  const paint = paintOf(io);
  const rounded = (moment: Ms): string => roundClock(start, moment, scenario.run);
  const since = what.since === null ? 'and has been so from the start' : `since ${rounded(what.since)}`;
  const above = wrap(`At ${clock} ${what.says}, ${since}. What keeps it so:`, width).map(paint.title);
  const below = [
    ...smallestLines(what, rounded, width, paint),
    ...asking(what, at, args.file, start, width).map(paint.dim),
  ];
  // Two blank lines are between.
  const room = LONG - above.length - below.length - 2;
  const lines = [...above, '', ...heldLines(what, rounded, width, room, paint), '', ...below];
  io.out(`${lines.join('\n')}\n`);
  return EXIT.fine;
}

/** A fact of another domain cannot be turned over; of one that can, what it hangs on is not known one by one. */
function unanswered(name: string, asked: string): string {
  const { domain } = FACTS[name.slice(0, name.indexOf('/')) as FactKind];
  return domain.is === 'flag' || domain.is === 'word'
    ? `--not cannot tell what would turn ${asked}: more than faults and needs decides it, such as a policy or a rival route`
    : `--not asks of what is so or not so, or has one of several words: ${asked} has neither`;
}

/** How to ask for the chain behind the first fault or change that was met, or else the first number; to be copied as it stands. */
function asking({ by }: WhatHolds, at: Ms, file: string, start: number, width: number): string[] {
  const fact = met(by, ({ declared }) => declared.length > 0) ?? met(by, ({ limit }) => limit !== null);
  if (fact === null) return [];
  const command = ['netfall why', file, fact, `--at ${clockAt(start, at)}`];
  const line = `How it came to that: ${command.join(' ')}`;
  if (widthOf(line) <= width) return [line];
  return ['How it came to that:', ...continued(command, width)];
}
function continued(words: readonly string[], width: number): string[] {
  const lines: string[] = [];
  let line = ' ';
  for (const [k, word] of words.entries()) {
    if (line.trim() !== '' && widthOf(line) + 1 + widthOf(word) + (k < words.length - 1 ? 2 : 0) > width) {
      lines.push(`${line} \\`);
      line = '   ';
    }
    line = `${line} ${word}`;
  }
  return [...lines, line];
}

function met(held: Held, is: (test: HeldTest) => boolean): string | null {
  if (held.so || held.is === 'outside') return null;
  if (held.is === 'clock') return met(held.once, is);
  if (held.is === 'test') return is(held) ? held.fact : held.by && met(held.by, is);
  for (const one of held.of) {
    const found = met(one, is);
    if (found !== null) return found;
  }
  return null;
}
