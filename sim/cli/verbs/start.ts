/** `start`: the outage of 4 October 2021, told first and then shown; for those who have just met netfall. */
import { formatProblem, simulate } from '../../index.ts';
import { readPlan } from '../input.ts';
import { EXIT } from '../io.ts';
import type { Command } from '../options.ts';
import { replay } from '../serve/replay.ts';
import { scenarioFile } from '../shipped.ts';
import { report } from '../text/report.ts';

export const command: Command<'port' | 'open'> = async ({ port, open }, io) => {
  const file = scenarioFile('outages', 'facebook-2021.yaml');
  const plan = readPlan(io, { file });
  if (!plan.ok) throw new Error(`what ships is sound: ${plan.problems.map(formatProblem).join(', ')}`);
  const seed = '1';
  io.out(report(simulate(plan.value, seed), { file, full: false, out: undefined }, io));
  if (!io.isTTY) return EXIT.fine;
  io.out('\n');
  return replay({ files: [file], variant: undefined, set: [], seed, port, open }, io);
};
