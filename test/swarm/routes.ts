/** Routes of a world at rest, worked out a second time: everybody asks all neighbours again and again until nothing changes. */
import type { Link, Scenario } from '../../sim/model/scenario.ts';

interface Route {
  readonly path: readonly string[];
  /** Who it came from; null: one's own. */
  readonly by: { readonly neighbour: string; readonly session: string } | null;
  /** 3: own, or learnt from a customer; 2: from a peer; 1: from a provider. */
  readonly worth: number;
}

export class RoutesAtRest {
  private readonly routes = new Map<string, Route>();
  private readonly sessions: readonly Link[];

  constructor(
    private readonly scenario: Scenario,
    private readonly prefix: string,
    private readonly announces: (site: string) => boolean,
    stands: (link: Link) => boolean,
  ) {
    this.sessions = [...scenario.links.values()].filter(({ bgp }) => bgp !== null);
    const standing = this.sessions.filter(stands);
    const speakers = new Set([...this.sessions.flatMap(({ from, to }) => [from, to]), ...this.sites()]);
    for (let rounds = 0, more = true; more; rounds++) {
      if (rounds > speakers.size * speakers.size + 2) throw new Error('routes that never come to rest');
      more = false;
      const next = new Map([...speakers].map((speaker) => [speaker, this.choose(speaker, standing)]));
      for (const [speaker, route] of next) {
        if (same(route, this.routes.get(speaker))) continue;
        more = true;
        if (route) this.routes.set(speaker, route);
        else this.routes.delete(speaker);
      }
    }
  }

  /** The path of a network as text, empty when it has none. */
  path(network: string): string {
    const system = this.systemOf(network);
    const mine = (name: string): boolean => this.systemOf(name) === system;
    if (!this.sessions.some(({ from, to }) => mine(from) || mine(to))) {
      const heard = this.sites()
        .filter(this.announces)
        .map((site) => this.told(site, { path: [], by: null, worth: 3 }));
      return this.write(heard.sort((a, b) => a.length - b.length)[0]);
    }
    const edges = [...this.routes].filter(([name]) => mine(name)).sort(([a], [b]) => (a < b ? -1 : 1));
    const best = edges.map(([, route]) => route).sort(order)[0];
    return best && best.by === null ? 'local' : this.write(best?.path);
  }

  /** The site that what a network sends lands at: hop by hop, everybody by his own choice; null when it lands nowhere. */
  landing(network: string): string | null {
    const system = this.systemOf(network);
    const mine = (name: string): boolean => this.systemOf(name) === system;
    if (!this.sessions.some(({ from, to }) => mine(from) || mine(to))) {
      const heard = this.sites().filter(this.announces);
      const length = (site: string): number => this.told(site, { path: [], by: null, worth: 3 }).length;
      return heard.sort((a, b) => length(a) - length(b))[0] ?? null;
    }
    const edges = [...this.routes].filter(([name]) => mine(name)).sort(([a], [b]) => (a < b ? -1 : 1));
    let at: string | undefined = edges.sort(([, a], [, b]) => order(a, b))[0]?.[0];
    for (let by = at && this.routes.get(at)?.by; by; by = this.routes.get(at as string)?.by) at = by.neighbour;
    return at ?? null;
  }

  private sites(): string[] {
    return (this.scenario.prefixes.get(this.prefix)?.sites ?? [])
      .map(({ site }) => site)
      .sort((a, b) => (a < b ? -1 : 1));
  }
  private systemOf(name: string): string {
    return this.scenario.nodes.get(name)?.network ?? name;
  }
  private write(path: readonly string[] | undefined): string {
    return (path ?? []).map((name) => String(this.scenario.nodes.get(name)?.asn ?? name)).join(' ');
  }
  private told(speaker: string, { path }: Route): readonly string[] {
    const own = Array<string>(1 + (this.scenario.nodes.get(speaker)?.prepend ?? 0)).fill(this.systemOf(speaker));
    return [...own, ...path];
  }

  private choose(speaker: string, standing: readonly Link[]): Route | undefined {
    if (this.sites().includes(speaker) && this.announces(speaker)) return { path: [], by: null, worth: 4 };
    const offers: Route[] = [];
    for (const { name, from, to, bgp } of standing) {
      if (from !== speaker && to !== speaker) continue;
      const neighbour = from === speaker ? to : from;
      const route = this.routes.get(neighbour);
      if (!route) continue;
      const worth = bgp === 'peers' ? 2 : to === speaker ? 3 : 1;
      // Routes that cost the neighbour something are for those who pay it.
      if (worth !== 1 && route.worth < 3) continue;
      const path = this.told(neighbour, route);
      if (!path.includes(this.systemOf(speaker))) offers.push({ path, by: { neighbour, session: name }, worth });
    }
    return offers.sort(order)[0];
  }
}

const key = ({ by }: Route): string => (by ? `${by.neighbour}\n${by.session}` : '');
function order(a: Route, b: Route): number {
  return b.worth - a.worth || a.path.length - b.path.length || (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0);
}
const same = (a: Route | undefined, b: Route | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && key(a) === key(b) && a.path.join(' ') === b.path.join(' '));
