/** `route`: a looking glass; best and alternative paths, what was refused, and how the last route was lost. */
import { blockOf, factName, type RouteTold } from '../../index.ts';
import { EXIT } from '../io.ts';
import { find, howLines, jsonOf, sinceOf } from '../looking.ts';
import type { Command } from '../options.ts';
import { networkOf, prefixOf, widerOf } from '../seek.ts';
import { wrap } from '../text/layout.ts';
import { paintOf } from '../text/paint.ts';
import { routeLines } from '../text/route.ts';

export const command: Command<'file' | 'network' | 'prefix' | 'at' | 'seed' | 'variant' | 'set' | 'format'> = async (
  args,
  io,
) => {
  const found = find(io, args, (scenario) => {
    const network = networkOf(scenario, args.network);
    const blocks = [prefixOf(scenario, args.prefix), ...widerOf(scenario, args.prefix)];
    return blocks.map((prefix) => ({ ask: 'route', network, prefix }));
  });
  if (!found) return EXIT.badInput;
  const [told, ...wider] = found.told as readonly RouteTold[] as readonly [RouteTold, ...RouteTold[]];
  const fact = factName('route', [told.network, told.prefix]);
  if (args.format === 'json') {
    io.out(jsonOf(found, args.seed, told, fact));
    return EXIT.fine;
  }
  const paint = paintOf(io);
  const lost = told.routes.length === 0;
  const lines = routeLines(found, told, lost ? sinceOf(found, fact) : null, paint);
  const [by] = lost
    ? wider.flatMap(({ cidr, routes: [best] }) => (best ? [blockOf(cidr, best.announcement)] : []))
    : [];
  if (by !== undefined) lines.push('', ...wrap(`What is for ${args.prefix} goes by ${by}.`, found.width));
  if (lost) lines.push(...howLines(found, fact, 'How the last route was lost:', paint));
  io.out(`${lines.join('\n')}\n`);
  return EXIT.fine;
};
