/**
 * The rules for routes once more, written to be read: what each network would tell each neighbour, what that one makes of it, and which
 * of all it would choose. Slow, with sets and strings, for networks that are one speaker each and share one session at most.
 */
import type { Condition, Link, Policy, PolicyTerm, Scenario } from '../../sim/model/scenario.ts';

export interface Route {
  readonly announcement: string;
  /** From the neighbour to the origin; empty for one's own. */
  readonly path: readonly string[];
  readonly communities: ReadonlySet<string>;
  readonly med: number;
  readonly onlyToCustomers: string | null;
  readonly preference: number;
  readonly learnt: 'own' | 'customer' | 'peer' | 'provider';
}

/** The world at a moment: which facts hold, and what everybody uses for one block. */
export interface Moment {
  holds(kind: string, subject: string): boolean;
  /** The path in use, as a list; null: none. Empty: one's own, of this announcement. */
  used(network: string): { readonly announcement: string; readonly path: readonly string[] } | null;
}

const PREFERENCE = { own: 0, customer: 300, peer: 200, provider: 100 };

export class SlowRoutes {
  constructor(
    private readonly scenario: Scenario,
    private readonly moment: Moment,
  ) {}

  /** Networks whose route is not the one they would choose; empty when the state rests. */
  restless(networks: readonly string[]): readonly string[] {
    return networks.flatMap((name) => {
      const used = this.moment.used(name)?.path.join(' ') ?? 'none';
      const best = this.best(name)?.path.join(' ') ?? 'none';
      return used === best ? [] : [`${name} uses ${used || 'its own'} and would choose ${best || 'its own'}`];
    });
  }

  private best(name: string): Route | null {
    const own = this.moment.used(name)?.path.length === 0 ? this.routeOf(name) : null;
    if (own) return own;
    const heard = this.neighbours(name).flatMap(({ other, link }) => {
      const route = this.routeOf(other);
      const taken = route && this.over(link, other, name, route);
      return taken ? [{ other, taken }] : [];
    });
    const keep = (key: (one: (typeof heard)[number]) => number, among = (_: (typeof heard)[number]) => '') =>
      heard.splice(
        0,
        heard.length,
        ...heard.filter((one) => heard.every((rival) => among(rival) !== among(one) || key(rival) >= key(one))),
      );
    keep(({ taken }) => -taken.preference);
    keep(({ taken }) => taken.path.length);
    keep(
      ({ taken }) => taken.med,
      ({ other }) => other,
    );
    return heard.sort((a, b) => (a.other < b.other ? -1 : 1))[0]?.taken ?? null;
  }

  /** The route a network uses, with all that came with it on its way. */
  private routeOf(name: string): Route | null {
    const used = this.moment.used(name);
    if (!used || !this.moment.holds('up', name)) return null;
    if (used.path.length === 0) {
      const { communities } = this.scenario.prefixes.get(used.announcement) as { communities: readonly string[] };
      return {
        announcement: used.announcement,
        path: [],
        communities: new Set(communities),
        med: 0,
        onlyToCustomers: null,
        preference: 0,
        learnt: 'own',
      };
    }
    // What one has put in front oneself on the way in is not the neighbour's.
    const next = used.path.find((hop) => hop !== name) as string;
    const { link } = this.neighbours(name).find(({ other }) => other === next) ?? {};
    const before = link && this.routeOf(next);
    return before ? this.over(link, next, name, before) : null;
  }

  private neighbours(name: string): { readonly other: string; readonly link: Link }[] {
    return [...this.scenario.links.values()]
      .filter(({ from, to }) => from === name || to === name)
      .filter((link) => [link.from, link.to].every((end) => this.moment.holds('up', end)))
      .filter((link) => this.moment.holds('carries', link.name))
      .map((link) => ({ link, other: link.from === name ? link.to : link.from }));
  }

  private over(link: Link, sender: string, receiver: string, route: Route): Route | null {
    const told = this.told(link, sender, route);
    return told && this.taken(link, receiver, sender, told);
  }

  private told(link: Link, sender: string, route: Route): Route | null {
    const { roles } = this.scenario.nodes.get(sender) as { roles: boolean };
    const isCustomer = link.bgp === 'buys' && link.to === sender;
    const mayKnow = isCustomer || route.learnt === 'own' || route.learnt === 'customer';
    if (
      route.learnt !== 'own' &&
      ['no-export', 'no-advertise', 'blackhole'].some((name) => route.communities.has(name))
    )
      return null;
    if (roles && route.onlyToCustomers !== null && !isCustomer) return null;
    const tail = route.learnt === 'own' ? (this.scenario.prefixes.get(route.announcement)?.tail ?? []) : [];
    const end = link.from === sender ? link.ends.from : link.ends.to;
    const after = this.apply(end.exports, { ...route, path: [...route.path, ...tail] }, sender);
    if (after.then === 'reject' || (after.then === null && !mayKnow)) return null;
    const isProvider = link.bgp === 'buys' && link.from === sender;
    return {
      ...after.route,
      path: [...Array<string>(after.prepend + 1).fill(sender), ...after.route.path],
      med: after.med ?? 0,
      onlyToCustomers: route.onlyToCustomers ?? (roles && !isProvider ? sender : null),
    };
  }

  private taken(link: Link, receiver: string, sender: string, told: Route): Route | null {
    if (told.path.includes(receiver)) return null;
    const { roles } = this.scenario.nodes.get(receiver) as { roles: boolean };
    const learnt = link.bgp === 'peers' ? 'peer' : link.from === sender ? 'customer' : 'provider';
    let { onlyToCustomers } = told;
    if (roles) {
      if (onlyToCustomers !== null && learnt === 'customer') return null;
      if (onlyToCustomers !== null && learnt === 'peer' && onlyToCustomers !== sender) return null;
      if (learnt !== 'customer') onlyToCustomers ??= sender;
    }
    const end = link.from === receiver ? link.ends.from : link.ends.to;
    const { then, route, prepend, preference, med } = this.apply(end.imports, { ...told, learnt }, receiver);
    if (then === 'reject') return null;
    return {
      ...route,
      path: [...Array<string>(prepend).fill(receiver), ...route.path],
      med: med ?? told.med,
      onlyToCustomers,
      preference: preference ?? PREFERENCE[learnt],
    };
  }

  private apply(policy: Policy | null, given: Route, speaker: string) {
    let route = given;
    let prepend = 0;
    let preference: number | null = null;
    let med: number | null = null;
    for (const term of policy?.terms ?? []) {
      if (!this.holds(term.while) || !this.matches(term, route, speaker)) continue;
      const kept = [...route.communities].filter((name) => !term.set.remove.includes(name));
      route = { ...route, communities: new Set([...kept, ...term.set.add]) };
      prepend += term.set.prepend;
      preference = term.set.preference ?? preference;
      med = term.set.med ?? med;
      if (term.then) return { then: term.then, route, prepend, preference, med };
    }
    return { then: null, route, prepend, preference, med };
  }

  private matches({ match }: PolicyTerm, route: Route, speaker: string): boolean {
    const { cidr } = this.scenario.prefixes.get(route.announcement) as { cidr: string };
    const length = Number(cidr.split('/')[1]);
    const like = (pattern: readonly string[]): boolean =>
      new RegExp(
        `^${pattern.map((one) => (one === '*' ? '(<[^>]*>)*' : one === '?' ? '<[^>]*>' : `<${one.replaceAll('.', '\\.')}>`)).join('')}$`,
      ).test(route.path.map((hop) => `<${hop}>`).join(''));
    return (
      (match.prefixes?.includes(route.announcement) ?? true) &&
      (match.within?.some((area) => inside(cidr, area.cidr) && length >= area.from && length <= area.to) ?? true) &&
      (match.communities?.some((name) => route.communities.has(name)) ?? true) &&
      (match.paths?.some(like) ?? true) &&
      (match.length === null || (route.path.length >= match.length.from && route.path.length <= match.length.to)) &&
      (match.validity?.includes(this.validity(cidr, route.path.at(-1) ?? speaker)) ?? true) &&
      (match.learnt?.includes(route.learnt) ?? true)
    );
  }

  private validity(cidr: string, origin: string): 'valid' | 'invalid' | 'not found' {
    const covering = [...this.scenario.authorisations.values()].filter((one) => inside(cidr, one.cidr));
    if (covering.length === 0) return 'not found';
    const length = Number(cidr.split('/')[1]);
    return covering.some((one) => one.origin === origin && one.longest >= length) ? 'valid' : 'invalid';
  }

  private holds(condition: Condition | null): boolean {
    if (condition === null) return true;
    if ('not' in condition) return !this.holds(condition.not);
    if ('ask' in condition) return this.moment.holds(condition.ask.kind, condition.ask.subjects[0] as string);
    if ('all' in condition) return condition.all.every((one) => this.holds(one));
    return ('any' in condition ? condition.any : condition.of).some((one) => this.holds(one));
  }
}

/** Whether a block of IPv4 lies in another, by its numbers. */
function inside(inner: string, outer: string): boolean {
  const read = (text: string): [number, number] => {
    const [address, length] = text.split('/') as [string, string];
    return [address.split('.').reduce((sum, group) => sum * 256 + Number(group), 0), Number(length)];
  };
  const [[base, length], [wide, shorter]] = [read(inner), read(outer)];
  const size = 2 ** (32 - shorter);
  return length >= shorter && Math.floor(base / size) === Math.floor(wide / size);
}
