/** Makes a plan: every question anybody asks becomes a numbered fact, every condition a gate (R19). */
import { FACTS, type FactKind, factName, rowOf } from '../model/facts.ts';
import { graphOf, type ScenarioGraph } from '../model/graph.ts';
import { Hits } from '../model/hits.ts';
import type { Look } from '../model/looks.ts';
import type { Condition, Question, Scenario } from '../model/scenario.ts';
import { byName } from '../model/units.ts';
import { type Circuit, rows } from './circuit.ts';
import { Feedback } from './feedback.ts';
import { hashName } from './luck.ts';
import type { Complaint, FactRef, Mechanism, MechanismPlan, SignalRef } from './mechanism.ts';
import type { Plan, PlannedPart } from './plan.ts';

interface TestDraft {
  readonly ref: SignalRef;
  readonly fact: FactRef;
  readonly mask: number;
  readonly number: -1 | 0 | 1;
  readonly above: number;
  readonly below: number;
}
interface GateDraft {
  readonly ref: SignalRef;
  readonly need: number;
  readonly inputs: readonly SignalRef[];
}
interface Ear {
  readonly part: number;
  readonly item: number;
}

/** Whether anybody without an answer asks again (clients a resolver, resolvers the servers in a prefix), or people are somebody's load. */
const feedsBack = ({ nodes }: Scenario): boolean =>
  [...nodes.values()].some(
    ({ resolver, prefixes, bearing }) => bearing !== null || prefixes.length > 0 || (resolver?.demand.length ?? 0) > 0,
  );

/** What cannot be planned; the scenario's author must mend it. */
export class Unplannable extends Error {
  constructor(readonly complaints: readonly Complaint[]) {
    super(complaints.map(({ says }) => says).join('\n'));
  }
}

export class Planner {
  private readonly facts = new Map<string, FactRef>();
  private readonly undefined: FactRef[] = [];
  private readonly tests: TestDraft[] = [];
  private readonly testsOf = new Map<FactRef, TestDraft[]>();
  private readonly gates = new Map<string, GateDraft>();
  private readonly drafts = new Map<SignalRef, TestDraft | GateDraft>();
  /** Order of making, to know equal gates by; no run depends on it. */
  private readonly serials = new Map<SignalRef, number>();
  private readonly signalEars = new Map<SignalRef, Ear[]>();
  private readonly factEars = new Map<FactRef, Ear[]>();
  private readonly complaints: Complaint[] = [];
  private readonly owners = new Map<FactKind, number>();
  private readonly plans: MechanismPlan[] = [];
  private readonly mechanisms: readonly Mechanism[];
  private watching = false;
  /** The fact being defined; where numbers may feed back, what it asks is kept. */
  private defining: FactRef | null = null;
  private readonly feedback: Feedback | null;

  /** What may happen to whom: for mechanisms to read. */
  readonly hits: Hits;
  private made: ScenarioGraph | null = null;

  constructor(
    private readonly scenario: Scenario,
    mechanisms: readonly Mechanism[],
  ) {
    this.hits = new Hits(scenario);
    this.feedback = scenario.rates.size > 0 || feedsBack(scenario) ? new Feedback(scenario) : null;
    // Canonical order: the order of the list must not matter.
    this.mechanisms = [...mechanisms].sort((a, b) => byName(a.name, b.name));
  }

  /** The scenario as one graph, for mechanisms to read; made when the first one does, since not every world has ways in it. */
  get graph(): ScenarioGraph {
    this.made ??= graphOf(this.scenario);
    return this.made;
  }

  /** Asks for a fact; its owner will be told what it hangs on. */
  fact(kind: FactKind, ...subjects: readonly string[]): FactRef {
    const name = factName(kind, subjects);
    let ref = this.facts.get(name);
    if (!ref) {
      ref = { id: -1, name, kind, subjects, watched: this.watching };
      this.facts.set(name, ref);
      this.undefined.push(ref);
    }
    if (this.feedback && this.defining) this.feedback.asks(this.defining, ref);
    return ref;
  }

  /** A person will ask this: has what the answer is read from watched. Null: it can be answered; else why it cannot. */
  expect(question: Look): string | null {
    for (const plan of this.plans) {
      const wrong = plan.expect?.(question) ?? null;
      if (wrong !== null) return wrong;
    }
    return null;
  }

  /** The fact being defined hangs on all of these, as others do: the list is made once, for the first of them, and known by `list`. */
  hangsOn(list: object, facts: () => Iterable<FactRef>): void {
    if (this.feedback && this.defining) this.feedback.asksAll(this.defining, list, facts);
  }

  /** The signal of a condition. Equal conditions share one. */
  condition(condition: Condition): SignalRef {
    return this.build(condition, false);
  }

  /** True while the flag holds, or while it does not. */
  flag(fact: FactRef, holds = true): SignalRef {
    return this.test(fact, holds ? 2 : 1, 0, 0, 0);
  }

  /** True while the word is one of these (by index). */
  word(fact: FactRef, words: readonly string[]): SignalRef {
    const domain = rowOf(fact.kind).domain;
    if (domain.is !== 'word') throw new Error(`${fact.name} is no word`);
    let mask = 0;
    for (const word of words) mask |= 1 << domain.words.indexOf(word);
    return this.test(fact, mask, 0, 0, 0);
  }

  all(inputs: readonly SignalRef[]): SignalRef {
    return this.gate(inputs.length, inputs);
  }
  any(inputs: readonly SignalRef[]): SignalRef {
    return this.gate(1, inputs);
  }
  atLeast(need: number, inputs: readonly SignalRef[]): SignalRef {
    return this.gate(need, inputs);
  }

  /** The facts that a signal reads, by name, and for each the values (as masks) for which a test of it is true. */
  readsOf(signal: SignalRef): ReadonlyMap<FactRef, readonly number[]> {
    const found = new Map<FactRef, number[]>();
    const seen = new Set([signal]);
    for (const one of seen) {
      const draft = this.drafts.get(one) as TestDraft | GateDraft;
      if ('inputs' in draft) for (const input of draft.inputs) seen.add(input);
      else found.set(draft.fact, [...(found.get(draft.fact) ?? []), draft.mask]);
    }
    return new Map([...found].sort(([a], [b]) => byName(a.name, b.name)));
  }

  /** `item` of the part being planned settles and acts when the signal flips. */
  hear(signal: SignalRef, part: number, item: number): void {
    const ears = this.signalEars.get(signal);
    if (ears) ears.push({ part, item });
    else this.signalEars.set(signal, [{ part, item }]);
  }
  hearFact(fact: FactRef, part: number, item: number): void {
    const ears = this.factEars.get(fact);
    if (ears) ears.push({ part, item });
    else this.factEars.set(fact, [{ part, item }]);
  }

  /** The number by which this mechanism's items and alarms are known. */
  partOf(mechanism: string): number {
    return this.mechanisms.findIndex((m) => m.name === mechanism);
  }

  /** Runs all mechanisms until nobody asks anything new: live questions first, then watched ones. */
  finish(watch: (planner: Planner) => void): Plan {
    for (const [index, mechanism] of this.mechanisms.entries()) {
      for (const kind of mechanism.owns) {
        if (this.owners.has(kind) || FACTS[kind].owner !== mechanism.name)
          throw new Error(`${mechanism.name} does not own ${kind}`);
        this.owners.set(kind, index);
      }
    }
    for (const mechanism of this.mechanisms) this.plans.push(mechanism.plan(this.scenario, this));
    for (const { question } of this.scenario.forces.values()) this.fact(question.kind, ...question.subjects);
    this.define();
    this.watching = true;
    watch(this);
    this.define();
    this.complaints.push(...(this.feedback?.complaints() ?? []));
    if (this.complaints.length > 0) throw new Unplannable(this.complaints);
    return this.number();
  }

  private define(): void {
    for (let ref = this.undefined.pop(); ref; ref = this.undefined.pop()) {
      const owner = this.owners.get(ref.kind);
      if (owner === undefined) throw new Error(`nobody owns ${ref.name}`);
      this.defining = ref;
      const wrong = (this.plans[owner] as MechanismPlan).define(ref);
      this.defining = null;
      if (wrong !== null)
        this.complaints.push({ about: ref.subjects[0] ?? null, says: `${ref.name} is asked for: ${wrong}` });
    }
  }

  private build(condition: Condition, negate: boolean): SignalRef {
    if ('ask' in condition) return this.ask(condition.ask, negate);
    if ('not' in condition) return this.build(condition.not, !negate);
    const of = 'all' in condition ? condition.all : 'any' in condition ? condition.any : condition.of;
    const need = 'all' in condition ? of.length : 'any' in condition ? 1 : condition.atLeast;
    const inputs = of.map((c) => this.build(c, negate));
    // Not (k of n) is (n - k + 1 of n not), so that every `not` ends at a leaf.
    return this.gate(negate ? of.length - need + 1 : need, inputs);
  }

  private ask(question: Question, negate: boolean): SignalRef {
    const fact = this.fact(question.kind, ...question.subjects);
    const test = question.test;
    if (rowOf(question.kind).domain.is === 'opaque') throw new Error(`${fact.name} can be shown, not tested`);
    if ('above' in test) {
      if (this.defining) this.feedback?.limit(this.defining, fact, test.above, test.below);
      return this.test(fact, 0, negate ? -1 : 1, test.above, test.below);
    }
    if ('word' in test) {
      const domain = rowOf(question.kind).domain;
      const all = domain.is === 'word' ? domain.words : [];
      return this.word(fact, negate ? all.filter((word) => !test.word.includes(word)) : test.word);
    }
    return this.flag(fact, !negate);
  }

  private test(fact: FactRef, mask: number, number: -1 | 0 | 1, above: number, below: number): SignalRef {
    const asked = this.testsOf.get(fact) ?? [];
    const known = asked.find((t) => t.mask === mask && t.number === number && t.above === above && t.below === below);
    if (known) return known.ref;
    const ref: SignalRef = { id: -1 };
    const test: TestDraft = { ref, fact, mask, number, above, below };
    if (asked.push(test) === 1) this.testsOf.set(fact, asked);
    this.tests.push(test);
    this.drafts.set(ref, test);
    this.serials.set(ref, this.serials.size);
    return ref;
  }

  private gate(need: number, inputs: readonly SignalRef[]): SignalRef {
    if (inputs.length === 1 && need === 1) return inputs[0] as SignalRef;
    const serials = inputs.map((input) => this.serials.get(input) as number).sort((a, b) => a - b);
    const key = `${need} of ${serials.join(' ')}`;
    const known = this.gates.get(key);
    if (known) return known.ref;
    const ref: SignalRef = { id: -1 };
    const draft: GateDraft = { ref, need, inputs };
    this.gates.set(key, draft);
    this.drafts.set(ref, draft);
    this.serials.set(ref, this.serials.size);
    return ref;
  }

  /** Gives every fact, test and gate its number: facts by name, live before watched, so that watching moves no live number. */
  private number(): Plan {
    const facts = [...this.facts.values()].sort(
      (a, b) => Number(a.watched) - Number(b.watched) || byName(a.name, b.name),
    );
    for (const [id, fact] of facts.entries()) fact.id = id;
    const { tests } = this;
    for (const [id, test] of tests.entries()) test.ref.id = id;
    const gates = [...this.gates.values()];
    for (const [id, gate] of gates.entries()) gate.ref.id = tests.length + id;
    const parts: PlannedPart[] = [];
    let firstItem = 0;
    let firstAlarm = 0;
    for (const [index, plan] of this.plans.entries()) {
      const { items, alarms } = plan.finish();
      parts.push({ name: (this.mechanisms[index] as Mechanism).name, plan, items, firstItem, alarms, firstAlarm });
      firstItem += items;
      firstAlarm += alarms;
    }
    const lists = (count: number): number[][] => Array.from({ length: count }, () => []);
    const signals = tests.length + gates.length;
    const testsOf = lists(facts.length);
    for (const test of tests) (testsOf[test.fact.id] as number[]).push(test.ref.id);
    const gatesOf = lists(signals);
    for (const [id, gate] of gates.entries()) for (const input of gate.inputs) (gatesOf[input.id] as number[]).push(id);
    const hearSignal = lists(signals);
    for (const [signal, ears] of this.signalEars)
      for (const ear of ears)
        (hearSignal[signal.id] as number[]).push((parts[ear.part] as PlannedPart).firstItem + ear.item);
    const hearFact = lists(facts.length);
    for (const [fact, ears] of this.factEars)
      for (const ear of ears)
        (hearFact[fact.id] as number[]).push((parts[ear.part] as PlannedPart).firstItem + ear.item);
    const circuit: Circuit = {
      facts: facts.length,
      tests: tests.length,
      gates: gates.length,
      testFact: Int32Array.from(tests, (t) => t.fact.id),
      testMask: Int32Array.from(tests, (t) => t.mask),
      testNumber: Int8Array.from(tests, (t) => t.number),
      testAbove: Float64Array.from(tests, (t) => t.above),
      testBelow: Float64Array.from(tests, (t) => t.below),
      gateNeed: Int32Array.from(gates, (g) => g.need),
      testsOf: rows(testsOf),
      gatesOf: rows(gatesOf),
      inputsOf: rows(gates.map((g) => g.inputs.map((i) => i.id))),
      hearSignal: rows(hearSignal),
      hearFact: rows(hearFact),
    };
    const firstWatched = facts.findIndex((fact) => fact.watched);
    return {
      scenario: this.scenario,
      circuit,
      facts,
      parts,
      factByName: new Map(facts.map((fact) => [fact.name, fact.id])),
      firstWatched: firstWatched < 0 ? facts.length : firstWatched,
      hashes: Int32Array.from(facts, (fact) => hashName(fact.name)),
    };
  }
}
