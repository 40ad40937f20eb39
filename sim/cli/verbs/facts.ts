/** `facts`: what holds at a moment, and since when. */
import { History, type Ms, run, type Trace, type Value } from '../../index.ts';
import { matching } from '../find.ts';
import { planOf } from '../input.ts';
import { EXIT } from '../io.ts';
import { momentOf } from '../moment.ts';
import type { Command } from '../options.ts';
import { factLines } from '../text/facts.ts';
import { paintOf } from '../text/paint.ts';
import { clockAt } from '../text/words.ts';

interface Fact {
  readonly fact: string;
  readonly kind: string;
  readonly subjects: readonly string[];
  readonly value: Value;
  /** Milliseconds since the start; 0: it was so from the start. */
  readonly since: Ms;
  readonly watched?: true;
}

export const command: Command<'file' | 'glob' | 'at' | 'seed' | 'variant' | 'set' | 'format'> = async (args, io) => {
  const plan = planOf(io, args);
  if (!plan) return EXIT.badInput;
  const { scenario } = plan;
  const at = args.at === undefined ? scenario.run : momentOf('at', args.at, scenario);
  const trace = run(plan, { seed: args.seed, until: at });
  const history = new History(trace);
  // Claims and captions are watched by facts of their own, which are shown to those who ask for them.
  const everything = (): number[] =>
    trace.facts.names.flatMap((_, fact) => (trace.facts.kinds[fact] === 'claim' ? [] : [fact]));
  const numbers = args.glob === undefined ? everything() : matching(trace, args.glob);
  const facts = numbers.map((fact) => factAt(trace, history, fact, at));
  if (args.format === 'json') {
    const { id, variant, start } = scenario;
    const when = { at, clock: clockAt(start, at) };
    io.out(`${JSON.stringify({ scenario: id, seed: args.seed, variant, ...when, facts }, null, 2)}\n`);
  } else if (args.format === 'ndjson') {
    io.out(facts.map((fact) => `${JSON.stringify(fact)}\n`).join(''));
  } else {
    io.out(
      factLines(facts, scenario, paintOf(io))
        .map((line) => `${line}\n`)
        .join(''),
    );
  }
  return EXIT.fine;
};

function factAt(trace: Trace, history: History, fact: number, at: Ms): Fact {
  const change = history.lastAt(fact, at);
  return {
    fact: trace.facts.names[fact] as string,
    kind: trace.facts.kinds[fact] as string,
    subjects: trace.facts.subjects[fact] as readonly string[],
    value: history.valueAt(fact, at),
    since: change < 0 ? 0 : (trace.columns.at[change] as number),
    ...(fact >= trace.facts.firstWatched ? { watched: true as const } : {}),
  };
}
