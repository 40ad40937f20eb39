/** A small internet as a scenario, through its text; the same troubles as the routers have, ten minutes apart. */
import type { Asked } from '../../../sim/compile.ts';
import { MINUTE } from '../../../sim/model/units.ts';
import type { Authorised, Internet, Paths, Term } from '../internet.ts';
import { runOf, type Sketch, scenarioOf, valueAt } from '../networks.ts';
import type { Step } from './steps.ts';

const SPACING = 10;
const minutes = (step: number): string => `${step * SPACING}m`;

/** A network of one router is that router; one of several has a name of its own, and they are its sites. */
function networkOf({ speakers }: Internet, number: number): string {
  const edges = speakers.filter((one) => one.number === number);
  return edges.length === 1 ? (edges[0] as { name: string }).name : `as${number}`;
}

function sketchOf(internet: Internet, steps: readonly Step[]): Sketch {
  const nodes: Record<string, object> = {};
  for (const { name, number, prepend, ranked, roles = false } of internet.speakers) {
    const network = networkOf(internet, number);
    const prefer = ranked && { prefer: ranked.map((path) => path.map((one) => networkOf(internet, one)).join(' ')) };
    if (network !== name) nodes[network] = { kind: 'network', asn: number };
    nodes[name] =
      network === name ? { kind: 'network', asn: number, prepend, roles, ...prefer } : { kind: 'pop', network, roles };
  }
  const policies: Record<string, object> = {};
  const policy = (name: string, terms: readonly Term[]): string | undefined => {
    if (terms.length === 0) return undefined;
    policies[name] = Object.fromEntries(terms.map((term, index) => [`t${index}`, written(internet, term)]));
    return name;
  };
  const links = internet.sessions.map(({ name, from, to, bgp, ends }) => {
    const sides = Object.entries(ends).map(([side, { imports, exports }]) => [
      side,
      { imports: policy(`${name}.${side}.in`, imports), exports: policy(`${name}.${side}.out`, exports) },
    ]);
    const plain = Object.values(ends).every((end) => end.imports.length + end.exports.length === 0);
    return [name, { from, to, bgp, delay: '5ms..50ms', ...(plain ? {} : { ends: Object.fromEntries(sides) }) }];
  });
  const changes: Record<string, object> = {};
  const faults: Record<string, object> = {};
  for (const [index, { withdraw, cut }] of steps.entries()) {
    for (const [block, site] of withdraw)
      changes[`off.${block}.${site}`] = { at: minutes(index), to: site, effect: { withdraw: block } };
    if (cut) faults[`cut.${cut.session}`] = { at: minutes(index), to: cut.session, for: minutes(cut.steps) };
  }
  return {
    run: minutes(steps.length),
    nodes,
    links: Object.fromEntries(links),
    prefixes: Object.fromEntries(internet.blocks.map(({ name, cidr, sites }) => [name, { cidr, from: sites }])),
    ...(Object.keys(policies).length > 0 ? { policies } : {}),
    ...(internet.authorised ? { authorisations: authorisations(internet, internet.authorised) } : {}),
    changes,
    faults,
  };
}

const authorisations = (internet: Internet, authorised: readonly Authorised[]): Record<string, object> =>
  Object.fromEntries(
    authorised.map(({ cidr, longest, origin }, index) => [
      `may${index}`,
      { cidr, longest, origin: networkOf(internet, origin) },
    ]),
  );

function written(internet: Internet, { within, over, communities, ...sets }: Term): object {
  return {
    ...(within ? { within } : {}),
    ...(over === undefined ? {} : { path: `* ${networkOf(internet, over)} *` }),
    ...(communities ? { communities } : {}),
    ...sets,
  };
}

/** What the simulator says: the best paths of all networks of one router at the end of every step, and blocks in dispute by then. */
export interface Told {
  paths(step: number, block: string): Paths;
  disputes(step: number, block: string): boolean;
}

export function simulated(internet: Internet, steps: readonly Step[], seed: string): Told {
  const lone = lonely(internet);
  const asked = internet.blocks.flatMap(({ name }) => lone.map((one): Asked => ['path', one, name]));
  const ran = runOf(scenarioOf(sketchOf(internet, steps)), asked, seed);
  const end = (step: number): number => (step + 1) * SPACING * MINUTE - 1;
  return {
    paths: (step, block) =>
      Object.fromEntries(lone.map((one) => [one, String(valueAt(ran, `path/${one}/${block}`, end(step)))])),
    disputes: (step, block) =>
      ran.trace.disputes.some(({ prefix, at }) => prefix === block && at > end(step - 1) && at <= end(step)),
  };
}

/** The routers that are a network of their own. */
export const lonely = (internet: Internet): readonly string[] =>
  internet.speakers.filter(({ name, number }) => networkOf(internet, number) === name).map(({ name }) => name);
