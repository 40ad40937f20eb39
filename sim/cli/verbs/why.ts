/** `why`: the chain of causes from where it began to a fact's latest change, in sentences, with what else had a part; with `--not`, what holds it. */
import { byTitle, type Cause, History, Reasons, readValue, run, type Trace } from '../../index.ts';
import { findFact } from '../find.ts';
import { planOf } from '../input.ts';
import { EXIT } from '../io.ts';
import { momentOf } from '../moment.ts';
import type { Command } from '../options.ts';
import { chainLines, hasOthers } from '../text/chain.ts';
import { textWidth, wrap } from '../text/layout.ts';
import { paintOf } from '../text/paint.ts';
import { clockAt, sayValue } from '../text/words.ts';
import { whyNot } from './why-not.ts';

export const command: Command<'file' | 'fact' | 'not' | 'at' | 'seed' | 'variant' | 'set' | 'format'> = async (
  args,
  io,
) => {
  const plan = planOf(io, args);
  if (!plan) return EXIT.badInput;
  if (args.not) return whyNot(plan, args, io);
  const { scenario } = plan;
  const at = args.at === undefined ? scenario.run : momentOf('at', args.at, scenario);
  const trace = run(plan, { seed: args.seed, until: at });
  const history = new History(trace);
  const fact = findFact(history, args.fact);
  const name = trace.facts.names[fact] as string;
  const value = history.valueAt(fact, at);
  const reasons = new Reasons(plan, trace, args.format === 'json' ? undefined : byTitle(scenario));
  const change = history.lastAt(fact, at);
  const chain = change < 0 ? [] : reasons.chain(change);
  if (args.format === 'json') {
    const { id, variant, start } = scenario;
    const asked = { scenario: id, seed: args.seed, variant, at, clock: clockAt(start, at), fact: name, value };
    const told = (one: Cause) => ({ ...one, ...valuesOf(trace, one.id), clock: clockAt(start, one.at) });
    const causes = change < 0 ? [] : allCauses(reasons, change);
    io.out(`${JSON.stringify({ ...asked, chain: chain.map(({ id }) => id), causes: causes.map(told) }, null, 2)}\n`);
    return EXIT.fine;
  }
  const width = textWidth(io.columns);
  const paint = paintOf(io);
  const clock = clockAt(scenario.start, at);
  const lines: string[] = [];
  if (change < 0) {
    lines.push(
      ...wrap(`${name} is ${sayValue(value)} at ${clock}, and has been so from the start: nothing changed it.`, width),
    );
  } else {
    const since = clockAt(scenario.start, trace.columns.at[change] as number);
    const how = hasOthers(chain)
      ? 'How it came to that; "also" is what else led to the line below it:'
      : 'How it came to that:';
    lines.push(
      ...wrap(`${name} is ${sayValue(value)} at ${clock}, since ${since}. ${how}`, width).map(paint.title),
      '',
      ...chainLines(reasons, chain, scenario.start, width, paint),
    );
  }
  io.out(`${lines.join('\n')}\n`);
  return EXIT.fine;
};

function valuesOf(trace: Trace, id: number) {
  const { columns } = trace;
  const fact = columns.fact[id] as number;
  return {
    from: readValue(trace, fact, columns.from[id] as number),
    to: readValue(trace, fact, columns.to[id] as number),
  };
}

/** Everything the change follows from, itself included, in order. */
function allCauses(reasons: Reasons, change: number): readonly Cause[] {
  const found = new Map<number, Cause>();
  const open = [change];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue;
    const cause = reasons.reason(id);
    found.set(id, cause);
    open.push(...cause.because);
  }
  return [...found.values()].sort((a, b) => a.id - b.id);
}
