/** What a world at rest must look like, worked out a second time: slowly, from scratch, with nothing of the engine. */
import { type FactKind, factName } from '../../sim/model/facts.ts';
import type { Condition, Journey, Node, Question, Scenario } from '../../sim/model/scenario.ts';
import type { Value } from '../../sim/trace/trace.ts';
import { NamesAtRest } from './rest-names.ts';
import { RoutesAtRest } from './routes.ts';

const PASSING: readonly string[] = ['ok', 'slow', 'stale content', 'partly loaded'];

/**
 * The values that facts have once all clocks have run out, given which nodes are up and what history left behind: tokens, tasks,
 * changes, forces. `kept` gives the latter, by fact; undefined when there is no such fact.
 */
export class Rest {
  private readonly known = new Map<string, Value>();
  private readonly tables = new Map<string, RoutesAtRest>();
  private readonly names = new NamesAtRest(this);

  constructor(
    readonly scenario: Scenario,
    readonly isUp: (node: string) => boolean,
    private readonly kept: (fact: string) => Value | undefined,
  ) {}

  value(kind: FactKind, subjects: readonly string[]): Value {
    const name = factName(kind, subjects);
    const known = this.known.get(name);
    if (known !== undefined) return known;
    const value = this.kept(name) ?? this.work(kind, subjects);
    this.known.set(name, value);
    return value;
  }
  flag(kind: FactKind, ...subjects: readonly string[]): boolean {
    return this.value(kind, subjects) === true;
  }

  holds(condition: Condition): boolean {
    if ('ask' in condition) return this.asked(condition.ask);
    if ('not' in condition) return !this.holds(condition.not);
    const of = 'all' in condition ? condition.all : 'any' in condition ? condition.any : condition.of;
    const least = 'all' in condition ? of.length : 'any' in condition ? 1 : condition.atLeast;
    return of.filter((part) => this.holds(part)).length >= least;
  }
  private asked({ kind, subjects, test }: Question): boolean {
    const value = this.value(kind, subjects);
    if ('is' in test) return value === true;
    if ('word' in test) return test.word.includes(value as string);
    if (typeof value === 'number' && value >= test.above) return true;
    if (typeof value === 'number' && value < test.below) return false;
    throw new Error(`${factName(kind, subjects)} rests at ${value}, between ${test.below} and ${test.above}`);
  }

  /** Nothing that a node needs to keep running is amiss. */
  sound(node: Node): boolean {
    if (this.flag('fault', node.name) || this.flag('config', node.name, 'off')) return false;
    if (node.place !== null && !this.flag('up', node.place)) return false;
    return node.needs.every((clause) => this.holds(clause.condition));
  }
  /** Nothing that it needs to begin is missing either. */
  mayStart(node: Node): boolean {
    return node.starts === null || this.holds(node.starts.condition);
  }

  private work(kind: FactKind, subjects: readonly string[]): Value {
    const { scenario } = this;
    const [a, b, c] = subjects as [string, string, string | undefined];
    const node = scenario.nodes.get(a);
    switch (kind) {
      case 'up':
        return this.isUp(a);
      case 'well':
        return this.isUp(a) && (!node?.wants || this.holds(node.wants.condition));
      case 'alone':
        return this.isUp(a) && node?.alone !== null && node !== undefined && !this.holds(node.alone);
      case 'serves':
        return this.isUp(a) && this.audience().some((who) => this.flag('reach', who, a));
      case 'carries':
        return this.carries(a);
      case 'reach':
        return this.reached(a, c).has(b);
      case 'announces': {
        const site = scenario.prefixes.get(b)?.sites.find((s) => s.site === a);
        return this.isUp(a) && (!site?.while || this.holds(site.while)) && !this.flag('config', a, 'withdraw', b);
      }
      case 'route':
        return this.routes(b).path(a) !== '';
      case 'path':
        return this.routes(b).path(a);
      case 'lands':
        return this.routes(b).landing(a) === c;
      case 'answers':
        return this.answers(a, b);
      case 'resolves':
        return this.names.answer(a, b);
      case 'delegated':
        return this.names.isDelegated(a, b);
      case 'queries':
        return scenario.prefixes.has(a) ? this.names.crowd(a) : this.names.queries(a);
      case 'works':
        return this.works(a, b, c ?? null);
      case 'affected':
        return this.affected(a);
      case 'stopped':
        return Number(this.isStopped(a, b, c ?? null));
      case 'troubled':
        return this.troubled(a);
      case 'load':
        return this.load(a);
      case 'sessions': {
        const [population, journey, stage, resolver] = subjects;
        const made = scenario.journeys.find(
          (j) => j.population === population && j.name === journey && j.resolver === (resolver ?? null),
        );
        return this.holds(made?.stages[Number(stage) - 1]?.condition ?? { any: [] });
      }
      case 'rate': {
        const rate = scenario.rates.get(a);
        if (rate && 'each' in rate)
          return rate.rest + rate.each * rate.of.reduce((sum, one) => sum + Number(this.value('troubled', [one])), 0);
        return rate ? (this.holds(rate.while) ? rate.to : rate.rest) : 0;
      }
      case 'sees':
        return this.isUp(a) && node?.watches !== null && node !== undefined && this.holds(node.watches.condition);
      case 'stuck':
        return ['waiting', 'paused'].includes(this.value('task', [a]) as string);
      case 'busy':
        return this.freeHands(a) === 0;
      default:
        return false;
    }
  }

  private audience(): readonly string[] {
    const linked = new Set([...this.scenario.links.values()].flatMap(({ from, to }) => [from, to]));
    return [...this.scenario.nodes.values()]
      .filter(({ kind, name }) => (kind === 'client' || kind === 'population') && linked.has(name))
      .map(({ name }) => name);
  }

  private carries(name: string): boolean {
    const link = this.scenario.links.get(name);
    if (!link || this.flag('fault', name)) return false;
    if (link.layer === null) return true;
    const layer = link.layer;
    return [link.from, link.to].every(
      (end) => !this.flag('config', end, 'drain', layer) && !this.flag('config', end, 'cut', layer),
    );
  }

  /** All that a node reaches over a layer; whether it is up itself does not matter. */
  private reached(from: string, layer: string | undefined): ReadonlySet<string> {
    const open = [...this.scenario.links.values()].filter(
      (link) => link.bgp === null && (layer === undefined || link.layer === null || link.layer === layer),
    );
    const reached = new Set([from]);
    for (let more = true; more; ) {
      more = false;
      for (const { name, from: one, to: other } of open) {
        for (const [near, far] of [
          [one, other],
          [other, one],
        ] as const) {
          if (!reached.has(near) || reached.has(far) || !this.isUp(far) || !this.flag('carries', name)) continue;
          reached.add(far);
          more = true;
        }
      }
    }
    return reached;
  }

  private routes(prefix: string): RoutesAtRest {
    const known = this.tables.get(prefix);
    if (known) return known;
    const routes = new RoutesAtRest(
      this.scenario,
      prefix,
      (site) => this.flag('announces', site, prefix),
      ({ name, from, to }) => this.isUp(from) && this.isUp(to) && this.flag('carries', name),
    );
    this.tables.set(prefix, routes);
    return routes;
  }

  answers(resolver: string, server: string): boolean {
    const { nodes, links, prefixes } = this.scenario;
    const [who, what] = [nodes.get(resolver), nodes.get(server)];
    if (!who || !what || !this.isUp(server)) return false;
    if (what.prefixes.length === 0) {
      const linked = (name: string) =>
        [...links.values()].some(({ bgp, from, to }) => bgp === null && (from === name || to === name));
      return !linked(resolver) || !linked(server) || this.flag('reach', resolver, server);
    }
    const network = who.network ?? resolver;
    return what.prefixes.some((prefix) => {
      if (this.flag('over', prefix)) return false;
      const own = prefixes.get(prefix)?.sites.find(({ site }) => site === what.place || site === server);
      return own ? this.flag('lands', network, prefix, own.site) : this.flag('route', network, prefix);
    });
  }

  private works(population: string, name: string, resolver: string | null): Value {
    const journey = this.scenario.journeys.find(
      (j) => j.population === population && j.name === name && j.resolver === resolver,
    );
    let seen = 'ok';
    for (const { condition, symptom } of journey?.stages ?? []) {
      if (this.holds(condition)) continue;
      seen = symptom;
      if (!PASSING.includes(symptom)) break;
    }
    return seen;
  }
  private affected(name: string): Value {
    let people = 0;
    for (const journey of this.scenario.journeys) {
      if (journey.name !== name || journey.people === null) continue;
      if (!PASSING.includes(this.works(journey.population, name, journey.resolver) as string)) people += journey.people;
    }
    return Number(people.toPrecision(9));
  }

  private isStopped(population: string, name: string, resolver: string | null): boolean {
    return !PASSING.includes(this.works(population, name, resolver) as string);
  }
  /** People for whom anything fails, each once. */
  private troubled(population: string): Value {
    const { journeys, nodes } = this.scenario;
    const stuck = new Set(
      journeys
        .filter((j) => j.population === population && this.isStopped(population, j.name, j.resolver))
        .map(({ resolver }) => resolver),
    );
    const { people, via } = nodes.get(population) as Node;
    const shares = via.length === 0 ? [{ resolver: null, share: 1 }] : via;
    return shares.reduce((sum, { resolver, share }) => sum + (stuck.has(resolver) ? share * (people ?? 0) : 0), 0);
  }
  /** Everybody who is back has been for long. */
  private load(name: string): Value {
    const { journeys, nodes } = this.scenario;
    const born = journeys.filter((j) => nodes.get(name)?.bearing?.journeys.includes(j.name));
    const known = born.every(({ people }) => people !== null);
    const weight = (j: Journey): number =>
      known ? (j.people as number) : (nodes.get(j.population)?.via.find((v) => v.resolver === j.resolver)?.share ?? 1);
    const all = born.reduce((sum, j) => sum + weight(j), 0);
    const here = born.reduce(
      (sum, j) => sum + (this.isStopped(j.population, j.name, j.resolver) ? 0 : weight(j) / all),
      born.length === 0 ? 1 : 0,
    );
    const from = [...nodes.values()].flatMap(({ name: population, people, spill }) =>
      spill.filter(({ node }) => node === name).map(({ share }) => ({ population, people: people ?? 0, share })),
    );
    const crowd = from.reduce((sum, { people }) => sum + people, 0);
    return from.reduce(
      (sum, { population, share }) => sum + (share * Number(this.value('troubled', [population]))) / crowd,
      here,
    );
  }

  /** Hands of a team that no task in work holds. */
  freeHands(team: string): number {
    let free = this.scenario.nodes.get(team)?.size ?? 0;
    for (const task of this.scenario.tasks.values()) {
      if (task.ways.length > 0 || this.value('task', [task.name]) !== 'working') continue;
      for (const taken of task.teams) if (taken.team === team) free -= taken.hands;
    }
    return free;
  }
}
