/** A small internet as a scenario, before anything happens in it. */
import type { Authorised, Block, Internet, Limit, Term } from '../internet.ts';
import type { Sketch } from '../networks.ts';

/** A network of one router is that router; one of several has a name of its own, and they are its sites. */
function networkOf({ speakers }: Internet, number: number): string {
  const edges = speakers.filter((one) => one.number === number);
  return edges.length === 1 ? (edges[0] as { name: string }).name : `as${number}`;
}

/** Without anything that happens in it. */
export function sketchOf(internet: Internet): Sketch {
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
  const links = internet.sessions.map(({ name, from, to, bgp, ends, hold, graceful }) => {
    const sides = Object.entries(ends).map(([side, { imports, exports, limit }]) => [
      side,
      {
        imports: policy(`${name}.${side}.in`, imports),
        exports: policy(`${name}.${side}.out`, exports),
        ...(limit ? { limit: limiting(limit) } : {}),
      },
    ]);
    const plain = Object.values(ends).every((end) => end.imports.length + end.exports.length === 0 && !end.limit);
    const times = { ...(hold ? { hold: `${hold}s` } : {}), ...(graceful ? { graceful: `${graceful}s` } : {}) };
    return [
      name,
      { from, to, bgp, delay: '5ms..50ms', ...times, ...(plain ? {} : { ends: Object.fromEntries(sides) }) },
    ];
  });
  return {
    nodes,
    links: Object.fromEntries(links),
    prefixes: Object.fromEntries(internet.blocks.map((block) => [block.name, announced(block)])),
    ...(Object.keys(policies).length > 0 ? { policies } : {}),
    ...(internet.authorised ? { authorisations: authorisations(internet, internet.authorised) } : {}),
  };
}

const announced = ({ cidr, sites, traffic, holed }: Block): object => ({
  cidr,
  from: sites,
  ...(traffic ? { traffic } : {}),
  ...(holed ? { communities: ['blackhole'] } : {}),
});

const limiting = ({ blocks, then, restart }: Limit): object => ({
  prefixes: blocks,
  then,
  ...(restart ? { restart: `${restart}s` } : {}),
});

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

/** The routers that are a network of their own. */
export const lonely = (internet: Internet): readonly string[] =>
  internet.speakers.filter(({ name, number }) => networkOf(internet, number) === name).map(({ name }) => name);
