/** `dig`: what a resolver answers for a name at a moment, whom it asks, and why each of them fails. */
import { type DigTold, factName, lackOf, statusOf } from '../../index.ts';
import { EXIT } from '../io.ts';
import { find, howLines, jsonOf } from '../looking.ts';
import type { Command } from '../options.ts';
import { resolverOf, zoneOf } from '../seek.ts';
import { digLines } from '../text/dig.ts';
import { paintOf } from '../text/paint.ts';

export const command: Command<'file' | 'resolver' | 'name' | 'at' | 'seed' | 'variant' | 'set' | 'format'> = async (
  args,
  io,
) => {
  const found = find(io, args, (scenario) => [
    { ask: 'dig', resolver: resolverOf(scenario, args.resolver), name: zoneOf(scenario, args.name) },
  ]);
  if (!found) return EXIT.badInput;
  const told = found.told[0] as DigTold;
  const lack = lackOf(found.scenario, told);
  if (args.format === 'json') {
    const answer = { ...told, status: statusOf(found.scenario, told) };
    io.out(jsonOf(found, args.seed, answer, lack ?? factName('resolves', [told.resolver, told.name])));
    return EXIT.fine;
  }
  const paint = paintOf(io);
  const lines = digLines(found, told, paint);
  if (lack !== null) lines.push(...howLines(found, lack, ';; HOW IT CAME TO THAT:', paint));
  io.out(`${lines.join('\n')}\n`);
  return EXIT.fine;
};
