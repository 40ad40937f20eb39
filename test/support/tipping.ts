/** The tipping cause is the change after which a test last became decided, without a break (R16): looked up in the trace again. */
import type { FactRef, SignalRef } from '../../sim/engine/mechanism.ts';
import type { Plan } from '../../sim/engine/plan.ts';
import { FACTS, TASK } from '../../sim/model/facts.ts';
import type { History } from '../../sim/trace/history.ts';
import { RULES, type Trace } from '../../sim/trace/trace.ts';

/** What plans keep of what they planned, as far as it is looked at here. */
interface Internals {
  readonly followers?: { signalOf(fact: FactRef): SignalRef | null };
  readonly nodes: readonly {
    readonly up: FactRef;
    readonly clauses: readonly { readonly signal: SignalRef; readonly keeps: boolean }[];
    readonly ready: SignalRef;
    readonly byHand: FactRef | null;
  }[];
  readonly tasks: readonly {
    readonly state: FactRef;
    readonly after: SignalRef;
    readonly task: { readonly name: string; readonly parent: string | null };
    readonly ways: readonly string[];
  }[];
}

export class Tipping {
  constructor(
    private readonly plan: Plan,
    private readonly trace: Trace,
    private readonly history: History,
  ) {}

  /** What is wrong with the tipping cause of a change; null where nothing is, or where no one test decides. */
  wrongWith(id: number): string | null {
    const { columns } = this.trace;
    const value = columns.to[id] === 1;
    const findings = this.testsOf(id).map((signal) => this.wrong(signal.id, value, columns.tipped[id] as number, id));
    return findings.includes(null) ? null : (findings[0] ?? null);
  }

  /** The tests, one of which must have been tipped so. */
  private testsOf(id: number): readonly SignalRef[] {
    const { columns } = this.trace;
    const fact = this.plan.facts[columns.fact[id] as number] as FactRef;
    const rule = RULES[columns.rule[id] as number];
    if (rule === 'forced' || rule === 'released') return [];
    const own = this.plan.parts.find(({ name }) => name === FACTS[fact.kind].owner)?.plan as unknown as Internals;
    const follows = own.followers?.signalOf(fact);
    if (follows) return [follows];
    if (fact.kind === 'task' && TASK[columns.to[id] as number] === 'waiting') {
      const planned = own.tasks.find(({ state }) => state === fact);
      if (planned?.task.parent !== null) return [];
      // Of a task that failed for want of a way: what calls for the way.
      const ways = own.tasks.filter(({ task }) => planned.ways.includes(task.name));
      return [planned, ...ways].map(({ after }) => after);
    }
    const node = fact.kind === 'up' ? own.nodes.find(({ up }) => up === fact) : undefined;
    if (!node) return [];
    if (columns.to[id] === 0) return node.clauses.filter(({ keeps }) => keeps).map(({ signal }) => signal);
    if (node.byHand) return [];
    return rule === 'hold' ? node.clauses.map(({ signal }) => signal) : [node.ready];
  }

  private wrong(signal: number, value: boolean, tipped: number, id: number): string | null {
    if (this.asksNumber(signal)) return null;
    if (tipped < 0)
      return this.holds(signal, 0) === value ? null : 'nothing tipped it, and it was not so from the start';
    if (this.holds(signal, tipped) === value) return 'it was decided before that';
    if (this.holds(signal, tipped + 1) !== value) return 'it was not decided by that';
    for (let later = tipped; later < id; later++)
      if (this.endsPhase(later, id) && this.holds(signal, later + 1) !== value) return 'there was a break since';
    return null;
  }
  /** A phase is over after this change, and it is not the one in which `id` comes. */
  private endsPhase(change: number, id: number): boolean {
    const { at, phase } = this.trace.columns;
    const same = (a: number, b: number): boolean => at[a] === at[b] && phase[a] === phase[b];
    return !same(change, change + 1) && !same(change, id);
  }

  /** What the signal was before change `cut`. */
  private holds(signal: number, cut: number): boolean {
    const { circuit } = this.plan;
    if (signal >= circuit.tests)
      return (
        this.inputsOf(signal).filter((input) => this.holds(input, cut)).length >=
        (circuit.gateNeed[signal - circuit.tests] as number)
      );
    const fact = circuit.testFact[signal] as number;
    const raw = this.history.rawAfter(fact, this.history.lastBefore(fact, cut));
    return (((circuit.testMask[signal] as number) >> raw) & 1) === 1;
  }
  private inputsOf(gate: number): readonly number[] {
    const { inputsOf, tests } = this.plan.circuit;
    return [...inputsOf.items.subarray(inputsOf.start[gate - tests], inputsOf.start[gate - tests + 1])];
  }
  /** Numbers decide between two changes. */
  private asksNumber(signal: number): boolean {
    const { circuit } = this.plan;
    if (signal < circuit.tests) return circuit.testNumber[signal] !== 0;
    return this.inputsOf(signal).some((input) => this.asksNumber(input));
  }
}
