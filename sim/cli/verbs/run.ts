/** `run`: one run of a scenario, told as a story, counted, and held against what was seen. */

import { batches, jsonLines, type Simulation, simulate } from '../../index.ts';
import { planOf } from '../input.ts';
import { EXIT, type Io, Unreadable } from '../io.ts';
import { momentOf } from '../moment.ts';
import type { Args, Command } from '../options.ts';
import { report } from '../text/report.ts';
import { writeWhole } from '../write.ts';

type Asked = 'file' | 'seed' | 'variant' | 'set' | 'until' | 'out' | 'format' | 'full';

export const command: Command<Asked> = async (args, io) => {
  if (args.out === '-') throw new Unreadable('--out -: to have the trace on stdout, say --format ndjson');
  const plan = planOf(io, args);
  if (!plan) return EXIT.badInput;
  const until = args.until === undefined ? undefined : momentOf('until', args.until, plan.scenario);
  const simulation = simulate(plan, args.seed, until);
  if (args.out !== undefined) {
    const whole = await writeWhole(args.out, batches(jsonLines(simulation)), io.interruptible());
    if (!whole) return EXIT.interrupted;
  }
  await print(simulation, args, io);
  if (args.out !== undefined && args.format !== 'text') io.err(`The trace is in ${args.out}.\n`);
  return EXIT.fine;
};

async function print(
  simulation: Simulation,
  args: Pick<Args, 'format' | 'full' | 'file' | 'out'>,
  io: Io,
): Promise<void> {
  if (args.format === 'json') io.out(`${JSON.stringify(summaryOf(simulation), null, 2)}\n`);
  else if (args.format === 'text') io.out(report(simulation, args, io));
  else {
    for (const batch of batches(jsonLines(simulation))) {
      io.out(batch);
      await io.drained();
    }
  }
}

/** What a program may want to know of a run without its trace. */
function summaryOf({ plan, trace, impact, troubled, checkpoints, expectations }: Simulation) {
  const { id, title, variant, start } = plan.scenario;
  return {
    scenario: id,
    title,
    start: new Date(start).toISOString(),
    seed: trace.seed,
    variant,
    digest: trace.digest,
    reason: trace.reason,
    ...(trace.flipping.length > 0 ? { flipping: trace.flipping } : {}),
    ...(trace.disputes.length > 0 ? { disputes: trace.disputes } : {}),
    end: trace.end,
    changes: trace.count,
    impact,
    troubledMinutes: troubled,
    checkpoints,
    ...(expectations.length > 0 ? { expectations } : {}),
  };
}
