/**
 * Derives a change anew from its set alone: knowing of the past only the changes in the set and the facts that never changed,
 * does what the change says follow? Slow and plain on purpose: it shares nothing with the mechanisms but their plans.
 */
import type { FactRef, SignalRef } from '../../sim/engine/mechanism.ts';
import type { Past } from '../../sim/engine/past.ts';
import type { Plan } from '../../sim/engine/plan.ts';
import { questionsOf } from '../../sim/model/conditions.ts';
import { ANSWERS, DS, FACTS, SYMPTOMS, TASK } from '../../sim/model/facts.ts';
import type { GrowingRate, Journey, Link } from '../../sim/model/scenario.ts';
import { round9 } from '../../sim/model/units.ts';
import type { Trace } from '../../sim/trace/trace.ts';
import { isCondition, isContested } from './contested.ts';

/** What plans keep of what they planned, as far as it is looked at here. */
interface Clause {
  readonly signal: SignalRef;
  readonly keeps: boolean;
}
interface Internals {
  readonly followers?: { signalOf(fact: FactRef): SignalRef | null };
  readonly nodes: readonly {
    readonly up: FactRef;
    readonly clauses: readonly Clause[];
    readonly byHand: FactRef | null;
  }[];
  readonly layers: ReadonlyMap<string, Layer>;
  readonly entries: readonly {
    readonly fact: FactRef;
    readonly empty: SignalRef | null;
    readonly supply: SignalRef;
    readonly denial: SignalRef | null;
    readonly alive: SignalRef;
    readonly target: FactRef | null;
  }[];
  readonly loads: readonly {
    readonly fact: FactRef;
    readonly inputs: readonly FactRef[];
    readonly cohorts: readonly { readonly stopped: FactRef }[];
    readonly guests: readonly { readonly troubled: FactRef }[];
  }[];
  readonly crowds: readonly {
    readonly fact: FactRef;
    readonly announced: readonly FactRef[];
    readonly answered: readonly FactRef[];
  }[];
  readonly many: {
    of(fact: FactRef): {
      readonly entry: Internals['entries'][number] & {
        readonly refusal: SignalRef | null;
        readonly flushes: readonly SignalRef[];
      };
      readonly doubts: readonly Doubt[];
      readonly target: Doubt | null;
    } | null;
  };
  readonly delays: readonly {
    readonly fact: FactRef;
    readonly servers: readonly { readonly answers: SignalRef; readonly refuses: SignalRef | null }[];
  }[];
  readonly journeys: readonly {
    readonly fact: FactRef;
    readonly stages: readonly { readonly signal: SignalRef; readonly symptom: number; readonly passes: boolean }[];
  }[];
  readonly shares: readonly {
    readonly fact: FactRef;
    readonly stages: readonly {
      readonly signal: SignalRef;
      readonly session: number;
      readonly doubts: readonly Doubt[];
    }[];
  }[];
  readonly counts: readonly {
    readonly fact: FactRef;
    readonly cohorts: readonly { readonly of: readonly FactRef[] }[];
  }[];
  readonly rates: readonly {
    readonly fact: FactRef;
    readonly rate: GrowingRate;
    readonly grows: SignalRef;
    readonly people?: readonly FactRef[];
  }[];
  readonly tasks: readonly {
    readonly state: FactRef;
    readonly done: FactRef;
    readonly after: SignalRef;
    readonly needs: SignalRef;
    readonly until: SignalRef | null;
    readonly task: { readonly name: string; readonly parent: string | null; readonly ways: readonly string[] };
  }[];
}
interface Doubt {
  readonly values: readonly { readonly share: FactRef }[];
}
interface Layer {
  readonly graph: {
    readonly indexOf: ReadonlyMap<string, number>;
    readonly start: Int32Array;
    readonly neighbour: Int32Array;
    readonly link: Int32Array;
  };
  readonly up: readonly FactRef[];
  readonly carries: readonly (FactRef | null)[];
}

/** True, false, or not to be known. */
type Known = boolean | null;

export class Rederiver {
  private set: ReadonlySet<number> = new Set();
  private id = 0;

  constructor(
    private readonly plan: Plan,
    private readonly trace: Trace,
    private readonly past: Past,
  ) {}

  /** What keeps the change from following; null when it does. */
  wrongWith(id: number, because: readonly number[]): string | null {
    this.past.of(id);
    this.id = id;
    this.set = new Set(because);
    const fact = this.plan.facts[this.trace.columns.fact[id] as number] as FactRef;
    const part = this.plan.parts.find(({ name }) => name === FACTS[fact.kind].owner);
    const own = part?.plan as unknown as Internals;
    const signal = own.followers?.signalOf(fact);
    if (signal) return this.demand(this.eval(signal) === (this.past.to === 1), 'what it follows is not decided');
    switch (fact.kind) {
      case 'up':
        return this.up(own, fact);
      case 'starting':
        return this.starting(own, fact);
      case 'reach':
        return this.reach(own, fact);
      case 'session':
        return this.session(fact);
      case 'route':
        return this.route(fact);
      case 'path':
      case 'forwards':
        return this.demand(this.past.tipped >= 0 || this.disputed(fact), 'nothing tipped it');
      case 'resolves':
      case 'delegated':
      case 'ds':
      case 'unresolved':
      case 'told':
      case 'keeps':
        return own.many.of(fact) ? this.caches(own, fact) : this.entry(own, fact);
      case 'queries': {
        const crowd = own.crowds.find((planned) => planned.fact === fact);
        const load = own.loads.find((planned) => planned.fact === fact);
        const known =
          crowd?.answered.every(({ id }) => {
            const before = this.past.latestBefore(id);
            return before < 0 || this.set.has(before);
          }) ?? true;
        return this.demand(
          known && (crowd?.announced ?? load?.inputs)?.every(({ id }) => this.value(id) !== null) === true,
          'what it sums may be otherwise',
        );
      }
      case 'delay': {
        const { servers } = own.delays.find((delay) => delay.fact === fact) as Internals['delays'][number];
        const signals = servers.flatMap(({ answers, refuses }) => (refuses ? [answers, refuses] : [answers]));
        return this.demand(
          signals.every((one) => this.eval(one) !== null),
          'some server may be otherwise',
        );
      }
      case 'works':
        return this.works(own, fact);
      case 'affected':
        return this.affected(fact);
      case 'stopped':
        return this.stopped(own, fact);
      case 'troubled': {
        const { cohorts } = own.counts.find((count) => count.fact === fact) as Internals['counts'][number];
        return this.known(cohorts.flatMap(({ of }) => of));
      }
      case 'load': {
        const { cohorts, guests } = own.loads.find((load) => load.fact === fact) as Internals['loads'][number];
        return this.known([...cohorts.map(({ stopped }) => stopped), ...guests.map(({ troubled }) => troubled)]);
      }
      case 'rate':
        return this.rate(own, fact);
      case 'task':
      case 'done':
        return this.task(own, fact);
      case 'busy':
        return this.demand(this.tippedKind() === 'task', 'no task took or freed a hand');
      default:
        return this.demand(this.past.tipped >= 0, 'nothing tipped it');
    }
  }

  /** A sum follows from what it sums. */
  private known(inputs: readonly FactRef[]): string | null {
    return this.demand(
      inputs.every((input) => this.value(input.id) !== null),
      'what it sums may be otherwise',
    );
  }
  private demand(holds: boolean, otherwise: string): string | null {
    return holds ? null : otherwise;
  }
  private tippedName(): string {
    return this.trace.facts.names[this.trace.columns.fact[this.past.tipped] as number] as string;
  }
  private tippedKind(): string {
    return this.trace.facts.kinds[this.trace.columns.fact[this.past.tipped] as number] as string;
  }

  // ---- what is known ----

  /** The raw value of a fact as far as the set tells; null when it does not. */
  private value(fact: number): number | null {
    const latest = this.past.latest(fact);
    return latest < 0 || this.set.has(latest) ? this.past.raw(fact) : null;
  }
  private is(fact: FactRef, raw: number): Known {
    const value = this.value(fact.id);
    return value === null ? null : value === raw;
  }
  private eval({ id: signal }: SignalRef): Known {
    const { circuit } = this.plan;
    if (signal < circuit.tests) {
      const fact = circuit.testFact[signal] as number;
      return this.value(fact) === null ? null : this.past.holds(signal);
    }
    const gate = signal - circuit.tests;
    const inputs = circuit.inputsOf.items.subarray(circuit.inputsOf.start[gate], circuit.inputsOf.start[gate + 1]);
    const known = Array.from(inputs, (input) => this.eval({ id: input }));
    const need = circuit.gateNeed[gate] as number;
    if (known.filter((input) => input === true).length >= need) return true;
    return known.filter((input) => input !== false).length < need ? false : null;
  }

  // ---- kinds that are no gates ----

  private clauses(own: Internals, name: string): { clauses: readonly Clause[]; byHand: FactRef | null; up: FactRef } {
    return own.nodes.find(({ up }) => up.subjects[0] === name) as Internals['nodes'][number];
  }
  private ready({ clauses, byHand }: { clauses: readonly Clause[]; byHand: FactRef | null }): boolean {
    const waived = byHand !== null && this.past.latest(byHand.id) >= 0 && this.set.has(this.past.latest(byHand.id));
    return clauses.every(({ signal, keeps }) => this.eval(signal) === true || (!keeps && waived));
  }
  private up(own: Internals, fact: FactRef): string | null {
    const node = this.clauses(own, fact.subjects[0] as string);
    if (this.past.to === 1) return this.demand(this.ready(node), 'some clause may not hold');
    const lost = node.clauses.some(({ signal, keeps }) => keeps && this.eval(signal) === false);
    return this.demand(lost, 'every clause may hold');
  }
  private starting(own: Internals, fact: FactRef): string | null {
    const node = this.clauses(own, fact.subjects[0] as string);
    if (this.past.to === 1) return this.demand(this.ready(node), 'some clause may not hold');
    const broken = node.clauses.some(({ signal }) => this.eval(signal) === false);
    return this.demand(broken || this.is(node.up, 1) === true, 'it may still be starting');
  }

  /** Gained: a path that is known to be open. Lost: none, even over all that is not known to be shut. */
  private reach(own: Internals, fact: FactRef): string | null {
    const [from, to, over] = fact.subjects as [string, string, string | undefined];
    const { graph, up, carries } = own.layers.get(over ?? '') as Layer;
    const gained = this.past.to === 1;
    const open = (ref: FactRef | null): boolean => {
      const known = ref === null ? true : this.is(ref, 1);
      return gained ? known === true : known !== false;
    };
    const source = graph.indexOf.get(from) as number;
    const seen = new Set([source]);
    for (const node of seen) {
      for (let i = graph.start[node] as number; i < (graph.start[node + 1] as number); i++) {
        const next = graph.neighbour[i] as number;
        if (open(carries[graph.link[i] as number] as FactRef | null) && open(up[next] as FactRef)) seen.add(next);
      }
    }
    const reached = seen.has(graph.indexOf.get(to) as number);
    return this.demand(reached === gained, gained ? 'no path is known' : 'there may be another path');
  }

  /** It stands while both ends are up and speak and the link carries, unless a message was one too many. */
  private session({ subjects: [name] }: FactRef): string | null {
    if (this.past.to === 0 && this.past.rule === 'message')
      return this.demand(this.past.tipped >= 0, 'no message came');
    const { from, to } = this.plan.scenario.links.get(name as string) as Link;
    const hinges = [`up/${from}`, `up/${to}`, `carries/${name}`, `config/${from}/mute`, `config/${to}/mute`];
    const known = hinges.flatMap((hinge): Known[] => {
      const fact = this.plan.factByName.get(hinge);
      if (fact === undefined) return [];
      const value = this.value(fact);
      return [value === null ? null : (value === 1) !== hinge.startsWith('config')];
    });
    if (this.past.to === 1)
      return this.demand(
        known.every((sound) => sound === true),
        'something may be missing',
      );
    return this.demand(known.includes(false), 'nothing may be missing');
  }

  /** Messages are under way for a while: what was heard of a site or a session is one of its changes, not always its last. */
  private route(fact: FactRef): string | null {
    const [network, prefix] = fact.subjects as [string, string];
    const { columns, facts } = this.trace;
    const { nodes, prefixes } = this.plan.scenario;
    const was = (name: string, value: number): boolean => {
      const number = this.plan.factByName.get(name);
      if (number === undefined) return value === 1;
      const told = [...this.set].some((id) => columns.fact[id] === number && columns.to[id] === value);
      // What was so at the start may still be believed, however long ago it changed: the news of that is under way.
      return told || facts.initial[number] === value;
    };
    const may = (name: string, value: number): boolean => this.plan.factByName.has(name) && was(name, value);
    const sites = prefixes.get(prefix)?.sites ?? [];
    if (this.past.to === 1)
      return this.demand(
        sites.some(({ site }) => was(`announces/${site}/${prefix}`, 1)),
        'no site announces it',
      );
    const links = [...this.plan.scenario.links.values()].filter(({ bgp }) => bgp !== null);
    const systemOf = (name: string): string => nodes.get(name)?.network ?? name;
    const edges = [...nodes.keys()].filter((name) => systemOf(name) === systemOf(network));
    const speaks = links.some(({ from, to }) => edges.includes(from) || edges.includes(to));
    const near = speaks ? edges : sites.map(({ site }) => site);
    // Up to providers, over one peer, down to customers: whatever else there is, no route comes another way.
    const open = near.map((name) => ({ name, up: true }));
    const seen = new Set<string>();
    for (let next = open.pop(); next; next = open.pop()) {
      const { name, up } = next;
      if (seen.has(`${name} ${up}`)) continue;
      seen.add(`${name} ${up}`);
      for (const link of links) {
        if (link.from !== name && link.to !== name) continue;
        const ends = [link.from, link.to];
        if ([...ends.map((end) => `up/${end}`), `carries/${link.name}`].some((one) => was(one, 0))) continue;
        if (may(`session/${link.name}`, 0) || ends.some((end) => may(`config/${end}/mute`, 1))) continue;
        const other = link.from === name ? link.to : link.from;
        const rises = link.bgp === 'buys' && link.from === name;
        if (up || (link.bgp === 'buys' && link.to === name)) open.push({ name: other, up: up && rises });
      }
    }
    const heard = sites.filter(({ site }) => seen.has(`${site} true`) || seen.has(`${site} false`));
    const silent = heard.every(({ site }) => was(`announces/${site}/${prefix}`, 0) || may(`config/${site}/mute`, 1));
    if (silent) return null;
    // What a site that goes on took away, a loss on the way to it did: news of another way is slower than bad news (Labovitz et al. 2000).
    const died = ['announces', 'up', 'carries', 'session', 'config'].includes(this.tippedKind());
    const { scenario } = this.plan;
    return this.demand(
      died || (isContested(scenario, prefix) && isCondition(scenario, this.tippedName())),
      'nothing that died, no rival and no policy has taken it away',
    );
  }

  /** Routes that were never at rest follow from that alone. */
  private disputed({ subjects }: FactRef): boolean {
    return this.trace.disputes.some(({ prefix }) => prefix === subjects[1]);
  }

  /** An answer needs who runs and who has it, unless it was kept and that of the name it stands for came back. */
  private entry(own: Internals, fact: FactRef): string | null {
    const { supply, denial, empty, alive, target } = own.entries.find(
      (planned) => planned.fact === fact,
    ) as Internals['entries'][number];
    const [runs, supplied] = [this.eval(alive), this.eval(supply)];
    const passed = target !== null && this.trace.columns.fact[this.past.tipped] === target.id;
    if (passed)
      return this.demand(
        this.value(target.id) === this.past.to || this.past.to === 2,
        'the name it stands for may be answered otherwise',
      );
    if (target !== null && this.value(target.id) === this.past.to && runs === true && supplied === true) return null;
    const said: Readonly<Record<string, string>> = { present: 'ok', absent: 'nxdomain', unknown: 'servfail' };
    const word =
      fact.kind === 'ds'
        ? said[DS[this.past.to] as string]
        : fact.kind === 'delegated'
          ? this.past.to === 1
            ? 'ok'
            : 'servfail'
          : ANSWERS[this.past.to];
    if (word === 'ok') return this.demand(runs === true && supplied === true, 'it may have no answer');
    if (word === 'nxdomain')
      return this.demand(
        denial !== null && this.eval(denial) === true,
        'nobody may have said that there is no such name',
      );
    if (word === 'nodata')
      return this.demand(empty !== null && this.eval(empty) === true, 'nobody may have said that it has no address');
    return this.demand(runs === false || supplied === false, 'it may have an answer');
  }

  /** What many caches give moves by itself, for as long as the longest record lives; and by all that says what asking brings them. */
  private caches(own: Internals, fact: FactRef): string | null {
    const { entry, doubts, target } = own.many.of(fact) as NonNullable<ReturnType<Internals['many']['of']>>;
    const { alive, supply, denial, empty, refusal, flushes } = entry;
    const signals = [alive, supply, denial, empty, refusal, ...flushes].flatMap((one) => one ?? []);
    if (signals.some((one) => this.eval(one) === null)) return 'what asking brings may be otherwise';
    if (this.past.tipped < 0) return 'nothing tipped it';
    return this.known(
      [...doubts, ...(target ? [target] : [])].flatMap(({ values }) => values.map(({ share }) => share)),
    );
  }

  private works(own: Internals, fact: FactRef): string | null {
    const { stages } = own.journeys.find((journey) => journey.fact === fact) as Internals['journeys'][number];
    if (SYMPTOMS[this.past.to] === 'ok')
      return this.demand(
        stages.every(({ signal }) => this.eval(signal) === true),
        'some stage may fail',
      );
    const failed = stages.findIndex(({ signal, symptom }) => symptom === this.past.to && this.eval(signal) === false);
    if (failed < 0) return 'the stage that shows may hold';
    const before = stages.slice(0, failed).every(({ signal, passes }) => passes || this.eval(signal) === true);
    return this.demand(before, 'an earlier stage may fail');
  }
  private affected(fact: FactRef): string | null {
    const of = (journey: Journey): number | undefined => {
      const { name, population, resolver, stages } = journey;
      const many = stages.some(({ condition }) =>
        questionsOf(condition).some(
          ({ kind, subjects: [asked] }) =>
            kind === 'resolves' && this.plan.scenario.nodes.get(asked as string)?.resolver?.many,
        ),
      );
      const kind = many || stages.some(({ session }) => session > 0) ? 'stopped' : 'works';
      return this.plan.factByName.get([kind, population, name, ...(resolver ? [resolver] : [])].join('/'));
    };
    const cohorts = this.plan.scenario.journeys.filter(
      ({ name, people }) => name === fact.subjects[0] && people !== null,
    );
    return this.demand(
      cohorts.every((cohort) => this.value(of(cohort) as number) !== null),
      'some cohort is unknown',
    );
  }

  /** Everybody by a stage that fails, a part by one that was lost a while ago, nobody when all hold. */
  private stopped(own: Internals, fact: FactRef): string | null {
    const { stages } = own.shares.find((share) => share.fact === fact) as Internals['shares'][number];
    const fails = (session: boolean): boolean =>
      stages.some((stage) => stage.session > 0 === session && this.eval(stage.signal) === false);
    const doubts = stages.flatMap((stage) => stage.doubts);
    if (doubts.length > 0) {
      const inputs = doubts.flatMap(({ values }) => values.map(({ share }) => share));
      const shut = stages.some((stage) => stage.doubts.length === 0 && this.eval(stage.signal) === false);
      return shut ? null : this.known(inputs);
    }
    const { columns, numbers } = this.trace;
    const number = (row: Int32Array): number => numbers[row[this.id] as number] as number;
    const [level, slope] = [number(columns.to), number(columns.slope)];
    if (level === 1 && slope === 0) return this.demand(fails(false) || fails(true), 'every stage may hold');
    if (fails(false)) return 'a stage fails that stops everybody';
    if (stages.some(({ signal }) => this.eval(signal) === null)) return 'some stage is unknown';
    if (level < 0 || level > 1) return 'it is no share';
    return this.demand(fails(true) === slope > 0 && (slope > 0 || level === 0), 'it should move otherwise');
  }

  private rate(own: Internals, fact: FactRef): string | null {
    const { rate, grows, people } = own.rates.find((planned) => planned.fact === fact) as Internals['rates'][number];
    if (people) return this.known(people);
    const { columns, numbers } = this.trace;
    const slope = numbers[columns.slope[this.id] as number] as number;
    const level = numbers[columns.to[this.id] as number] as number;
    const growing = slope === 0 ? level === round9(rate.to) : slope > 0 === rate.to > rate.rest;
    return this.demand(this.eval(grows) === growing, growing ? 'it may have no reason to grow' : 'it may still grow');
  }

  private task(own: Internals, fact: FactRef): string | null {
    const planned = own.tasks.find(({ state, done }) => state === fact || done === fact);
    if (!planned) return 'there is no such task';
    const { task, after, needs, until } = planned;
    const parent = own.tasks.find((other) => other.task.name === task.parent);
    const kin = [...task.ways, ...(parent ? [parent.task.name, ...parent.task.ways] : [])];
    const tipped =
      this.past.tipped < 0 ? '' : this.trace.facts.names[this.trace.columns.fact[this.past.tipped] as number];
    const byKin = kin.some((name) => tipped === `task/${name}` || tipped === `done/${name}`);
    const worked = byKin || tipped === `task/${task.name}`;
    const called = this.eval(after) === true || (parent !== undefined && this.eval(parent.after) === true);
    const lost = byKin || this.eval(needs) === false;
    if (fact.kind === 'done') return this.demand(this.past.to === 1 ? worked : called, 'nobody did it');
    switch (TASK[this.past.to]) {
      case 'idle':
        return this.demand(called, 'nothing may call for it anew');
      case 'waiting':
        return this.demand(this.eval(after) === true, 'nothing may call for it');
      case 'working':
        return this.demand(byKin || this.eval(needs) === true, 'something may be missing');
      case 'done':
        return this.demand(worked, 'nobody worked on it');
      case 'paused':
        return this.demand(lost, 'nothing may be missing');
      default: {
        const off = [until, parent?.until ?? null].some((signal) => signal !== null && this.eval(signal) === true);
        return this.demand(lost || off, 'nothing ends it');
      }
    }
  }
}
