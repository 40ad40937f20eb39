/** The network of a scenario of the swarm: places, routers, two layers of links; and routes and names on top of it. */
import type { Growth, Json } from './draft.ts';

export function growNetwork(growth: Growth): void {
  const { dice, draft, places, routers, pops, breakable, cables, holding } = growth;
  for (let i = dice.int(2, 4); i > 0; i--) {
    const place = `dc.${i}`;
    places.push(place);
    draft.nodes[place] = { kind: 'datacenter' };
    const router = `bb.${i}`;
    routers.push(router);
    draft.nodes[router] = { kind: 'router', in: place, ...(dice.chance(0.3) ? { startTakes: dice.draw(1, 90) } : {}) };
  }
  const ring = dice.chance(0.5);
  for (const [i, from] of routers.entries()) {
    const others = ring ? [routers[(i + 1) % routers.length] as string] : routers.slice(i + 1);
    for (const to of others) if (from !== to && !(ring && routers.length === 2 && i === 1)) cable(growth, from, to);
  }
  if (dice.chance(0.6)) {
    draft.links.management = { mesh: 'dc.*', layer: 'management' };
    cables.push('management*');
  }
  for (let i = dice.int(1, 3); i > 0; i--) {
    pops.push(`pop.${i}`);
    draft.nodes[`pop.${i}`] = { kind: 'pop' };
  }
  draft.links.haul = {
    from: 'pop.*',
    to: 'bb.*',
    pick: dice.int(1, Math.min(2, routers.length)),
    layer: 'backbone',
  };
  cables.push(`haul*`);
  breakable.push(...places, ...routers, ...pops);
  for (const pop of pops) holding.push({ reach: dice.pick(['any dc.*', 'all dc.*']), over: 'backbone', from: pop });
}

function cable({ draft, cables }: Growth, from: string, to: string): void {
  const name = `cable.${from.slice(3)}-${to.slice(3)}`;
  draft.links[name] = { from, to, layer: 'backbone' };
  cables.push(name);
}

/** What a node in `place` may ask of the network. */
export function paths({ dice, draft, places, pops }: Growth, place: string): Json {
  const others = places.filter((other) => other !== place);
  if (dice.chance(0.2)) return { reach: dice.pick(pops), over: 'backbone' };
  const layer = dice.pick(['', 'backbone', ...('management' in draft.links ? ['management'] : [])]);
  return { reach: dice.pick(others), ...(layer ? { over: layer } : {}) };
}

export function growNames(growth: Growth): void {
  const { dice, draft, resolvers, breakable, holding, places } = growth;
  const networks = Array.from({ length: dice.int(1, 3) }, (_, i) => `net.${i}`);
  for (const [i, network] of networks.entries()) {
    draft.nodes[network] = { kind: 'network' };
    const resolver = `dns.${i}`;
    resolvers.push(resolver);
    draft.nodes[resolver] = {
      kind: 'resolver',
      network,
      ...(dice.chance(0.6) ? { failureCache: dice.draw(1, 30) } : {}),
      ...(dice.chance(0.3) ? { serveStale: dice.span(30, 1800) } : {}),
    };
  }
  if (dice.chance(0.7)) growSessions(growth, networks);
  const prefixes = Array.from({ length: dice.int(1, 2) }, (_, i) => `block.${i}`);
  for (const prefix of prefixes) {
    draft.prefixes[prefix] = {
      from: 'pop.*',
      ...(dice.chance(0.7) ? { while: { reach: 'any dc.*', over: 'backbone' } } : {}),
      ...(dice.chance(0.6) ? { withdrawAfter: dice.draw(0, 120) } : {}),
      ...(dice.chance(0.6) ? { announceAfter: dice.draw(0, 120) } : {}),
      ...(dice.chance(0.6) ? { withdrawLag: dice.draw(0, 60) } : {}),
      ...(dice.chance(0.6) ? { announceLag: dice.draw(0, 60) } : {}),
    };
    for (const network of networks) holding.push({ route: prefix, from: network });
  }
  const servers: string[] = [];
  for (let i = dice.int(1, 2); i > 0; i--) {
    servers.push(`ns.${i}`);
    draft.nodes[`ns.${i}`] = { kind: 'nameserver', in: 'pop.*', prefix: dice.pick(prefixes) };
  }
  if (dice.chance(0.4)) {
    servers.push('ns.home');
    draft.nodes['ns.home'] = { kind: 'nameserver', in: dice.pick(places) };
    breakable.push('ns.home');
  }
  for (let i = dice.int(1, 2); i > 0; i--) {
    draft.zones[`zone.${i}`] = { nameservers: dice.some(servers, dice.int(1, 2)), ttl: dice.span(10, 900) };
    for (const resolver of resolvers)
      holding.push({ resolves: `zone.${i}`, via: resolver, ...(dice.chance(0.2) ? { as: 'ok' } : {}) });
  }
  breakable.push(...resolvers, 'ns.*');
}

/** Networks hear of prefixes from sites, or from each other: one sells transit to some of the rest. */
function growSessions({ dice, draft, pops, cables, breakable }: Growth, networks: readonly string[]): void {
  const timing = (): Json => ({
    ...(dice.chance(0.6) ? { delay: dice.draw(0, 5) } : {}),
    ...(dice.chance(0.3) ? { mrai: dice.draw(5, 30) } : {}),
    ...(dice.chance(0.5) ? { hold: dice.draw(3, 180) } : {}),
  });
  const [first, ...rest] = networks;
  const buyers = rest.filter(() => dice.chance(0.6));
  const hearing = networks.filter((network) => !buyers.includes(network) || dice.chance(0.4));
  draft.links.sessions = {
    from: hearing,
    to: 'pop.*',
    pick: dice.int(1, pops.length),
    bgp: 'peers',
    ...(timing() as object),
  };
  cables.push('sessions*');
  if (buyers.length > 0) {
    draft.links.transit = { from: buyers, to: first as string, bgp: 'buys', ...(timing() as object) };
    cables.push('transit*');
  }
  breakable.push(...networks);
}
