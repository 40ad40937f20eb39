/** The network of a scenario of the swarm: places, routers, two layers of links; and routes and names on top of it. */
import type { Dice } from './dice.ts';
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

/** Names that hang on other names, and resolvers whose clients ask again; with dice of its own. */
export function growDelegations({ draft, resolvers, healed, breakable }: Growth, dice: Dice): void {
  if (dice.chance(0.3)) return;
  draft.nodes['ns.top'] = { kind: 'nameserver' };
  breakable.push('ns.top');
  draft.zones.top = { nameservers: 'ns.top', ttl: dice.span(60, 3600), ...(dice.chance(0.5) ? { load: 1000 } : {}) };
  const zones = Object.keys(draft.zones).filter((name) => name.startsWith('zone.'));
  for (const name of zones) {
    const zone = draft.zones[name] as Record<string, Json>;
    if (dice.chance(0.7)) zone.under = 'top';
    if (dice.chance(0.5)) zone.negativeTtl = dice.span(5, 300);
  }
  const [first, second] = zones as [string, string | undefined];
  if (second) (draft.zones[second] as Record<string, Json>)[dice.pick(['cname', 'serversIn'])] = first;
  if (dice.chance(0.3))
    draft.changes['remove-name'] = {
      at: `${dice.int(1, 100)}m`,
      to: first,
      effect: 'remove',
      ...(healed ? { until: { fault: 'bell' } } : {}),
    };
  for (const name of resolvers) {
    const resolver = draft.nodes[name] as Record<string, Json>;
    if (dice.chance(0.5)) resolver.timeout = dice.span(1, 20);
    if (dice.chance(0.3)) resolver.prefetch = 0.1;
    if (dice.chance(0.2)) continue;
    resolver.demand = Object.fromEntries(zones.map((zone) => [zone, dice.int(1, 30) / 100]));
    const spans = {
      ...(dice.chance(0.8) ? { over: dice.span(1, 1800) } : {}),
      ...(dice.chance(0.5) ? { back: '5m' } : {}),
    };
    resolver.clientRetry = { tries: dice.int(1, 60), ...spans };
    if (dice.chance(0.5)) Object.assign(resolver, { load: dice.int(1, 1000), tries: dice.int(1, 6) });
    if (dice.chance(0.7))
      Object.assign(resolver, { capacity: 4, recovers: 3 }, dice.chance(0.5) ? { whenOver: 'fail' } : {});
  }
}

/**
 * Resolvers that learn which servers keep silent, with and without back-off; with dice of its own. None has clients that lose patience:
 * with what is dead for ever they would be told so by turns for ever, and the world would not come to rest.
 */
export function growLearning({ draft, resolvers }: Growth, dice: Dice): void {
  for (const name of resolvers) {
    const resolver = draft.nodes[name] as Record<string, Json>;
    if (dice.chance(0.5)) continue;
    resolver.failureCache ??= dice.span(1, 20);
    resolver.avoids = dice.span(0, 600);
    if (dice.chance(0.5)) {
      delete resolver.timeout;
      resolver.backoff = { first: '376ms', each: dice.int(1, 2), most: dice.span(1, 20) };
    } else resolver.timeout ??= dice.span(1, 20);
  }
}

/** Sites that may be asked more than they can answer, and resolvers that are made of several caches; with dice of its own. */
export function growCrowds({ draft, resolvers, holding }: Growth, dice: Dice): void {
  for (const name of resolvers) {
    const resolver = draft.nodes[name] as Record<string, Json>;
    if (dice.chance(0.4)) resolver.caches = dice.int(2, 20);
  }
  const servers = Object.values(draft.zones).flatMap((zone) => (zone as { readonly nameservers: Json }).nameservers);
  for (const [name, prefix] of Object.entries(draft.prefixes)) {
    const isAsked = servers.some((server) => (draft.nodes[server as string] as Record<string, Json>).prefix === name);
    if (!isAsked || dice.chance(0.5)) continue;
    Object.assign(prefix as object, { capacity: dice.pick([2, 5, 20, 100]), recovers: 1.5 });
    // Who forgets at once that nobody answers has to say how often he is asked.
    for (const asking of resolvers) {
      const resolver = draft.nodes[asking] as Record<string, Json>;
      if (resolver.load === undefined) resolver.failureCache ??= dice.span(1, 60);
    }
    if (dice.chance(0.4)) holding.push({ not: { over: name } });
  }
}
