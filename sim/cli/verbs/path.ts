/** `path`: traceroute; by routes to a block, or over links, layer by layer, to a node. */
import { factName, type Look, type Scenario, type Told } from '../../index.ts';
import { EXIT, Unreadable } from '../io.ts';
import { find, howLines, jsonOf } from '../looking.ts';
import type { Command } from '../options.ts';
import { networkOf, nodeOf, targetOf } from '../seek.ts';
import { paintOf } from '../text/paint.ts';
import { linksLines, packetsLines } from '../text/path.ts';

export const command: Command<'file' | 'from' | 'to' | 'at' | 'seed' | 'variant' | 'set' | 'format'> = async (
  args,
  io,
) => {
  const found = find(io, args, (scenario) => questionsOf(scenario, args.from, args.to));
  if (!found) return EXIT.badInput;
  const told = found.told.filter(({ ask }) => ask !== 'none');
  if (args.format === 'json') {
    const [only] = told;
    const answer =
      only?.ask === 'links' ? { ask: 'links', from: only.from, to: only.to, layers: told } : (only as Told);
    io.out(jsonOf(found, args.seed, answer, only ? factOf(only) : null));
    return EXIT.fine;
  }
  const paint = paintOf(io);
  const lines = told.flatMap((one, k) => {
    if (one.ask === 'packets') {
      const how = one.outcome === 'delivered' ? [] : howLines(found, factOf(one), 'How it came to that:', paint);
      return [...packetsLines(found, one, paint), ...how];
    }
    if (one.ask !== 'links') return [];
    const how = one.reached ? [] : howLines(found, factOf(one), 'How it came to that:', paint);
    return [...(k > 0 ? [''] : []), ...linksLines(found, one, paint), ...how];
  });
  io.out(`${lines.join('\n')}\n`);
  return EXIT.fine;
};

/** To a block as routes go; to a node over links, on each layer on which both ends have one. */
function questionsOf(scenario: Scenario, from: string, to: string): readonly Look[] {
  const target = targetOf(scenario, to);
  if ('block' in target) return [{ ask: 'packets', network: networkOf(scenario, from), to: target.block }];
  const source = nodeOf(scenario, from);
  const { node } = target;
  const links = [...scenario.links.values()].filter(({ bgp }) => bgp === null);
  const layersOf = (name: string) =>
    new Set(links.flatMap((link) => (link.from === name || link.to === name ? [link.layer] : [])));
  const [ours, theirs] = [layersOf(source), layersOf(node)];
  if (ours.size === 0 || theirs.size === 0) return [bySession(scenario, from, node)];
  const layers = [...new Set(links.flatMap(({ layer }) => layer ?? []))].sort();
  const both = layers.filter((layer) => [ours, theirs].every((its) => its.has(layer) || its.has(null)));
  const asked = both.length === 0 ? [null] : both;
  return asked.map((layer) => ({ ask: 'links', from: source, to: node, layer }));
}

/** A node without links is reached at its prefix: where a nameserver's address lies. */
function bySession(scenario: Scenario, from: string, to: string): Look {
  const prefix = scenario.nodes.get(to)?.prefixes[0];
  if (prefix !== undefined) return { ask: 'packets', network: networkOf(scenario, from), to: prefix };
  const here = [...scenario.prefixes.values()]
    .filter(({ sites }) => sites.some(({ site }) => site === to))
    .map(({ name }) => name);
  const hint = here.length > 0 ? `; ask for a prefix it announces: ${here.slice(0, 4).join(', ')}` : '';
  throw new Unreadable(`no links lead from ${from} to ${to}${hint}`);
}

const factOf = (told: Told): string =>
  told.ask === 'links'
    ? factName('reach', [told.from, told.to, ...(told.layer === null ? [] : [told.layer])])
    : told.ask === 'packets'
      ? factName('forwards', [told.network, told.to])
      : '';
