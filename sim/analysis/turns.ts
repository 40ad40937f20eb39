/** What has to be so for facts to be otherwise, as one graph of tests and gates at a moment of a run; each part is opened when asked for. */
import type { FactRef } from '../engine/mechanism.ts';
import { Past } from '../engine/past.ts';
import type { Plan, PlannedPart } from '../engine/plan.ts';
import type { Turn } from '../engine/turn.ts';
import { FACTS, factName, rowOf } from '../model/facts.ts';
import type { Draw } from '../model/luck.ts';
import type { Ms } from '../model/units.ts';
import type { Rule, Trace } from '../trace/trace.ts';

/** A fact has one of these values; or, for a number, is beyond a limit, or not. */
export interface Test {
  readonly is: 'test';
  readonly fact: number;
  readonly so: boolean;
  /** Values as bits; 0 for a number. */
  readonly among: number;
  readonly limit: { readonly at: number; readonly over: boolean } | null;
  /** The same for the same test of the same fact. */
  readonly key: string;
}
/** At least so many of these. */
export interface Gate {
  readonly is: 'gate';
  readonly need: number;
  readonly of: readonly Node[];
  readonly so: boolean;
}
/** Time has to pass from when `once` is so. */
export interface Clock {
  readonly is: 'clock';
  readonly once: Node;
  readonly rule: Rule;
  readonly takes: Draw | null;
  /** It has been so for long enough. */
  readonly so: boolean;
}
export interface Outside {
  readonly is: 'outside';
  readonly says: string;
  readonly so: false;
}
export type Node = Test | Gate | Clock | Outside;

/** Facts turned over, as of one moment. */
export class Turns {
  readonly past: Past;
  private readonly opened = new Map<number, Node | null>();
  private readonly signals = new Map<number, Node>();

  constructor(
    readonly plan: Plan,
    readonly trace: Trace,
    readonly at: Ms,
  ) {
    this.past = new Past(plan, trace);
    this.past.at(at);
  }

  /** What has to be so for a fact to be otherwise; null for numbers and paths, which nobody wants otherwise. */
  of(fact: number): Node | null {
    const known = this.opened.get(fact);
    if (known !== undefined) return known;
    const node = this.open(this.plan.facts[fact] as FactRef);
    this.opened.set(fact, node);
    return node;
  }

  /** No way leads to it in this scenario, whatever fails or is mended; what stands by itself could still be turned over by hand. */
  isNever(fact: number): boolean {
    if (rowOf((this.plan.facts[fact] as FactRef).kind).support !== 'grounded') return false;
    const node = this.of(fact);
    return node !== null && isBarren(node);
  }

  private open(fact: FactRef): Node | null {
    const { past, plan } = this;
    const nothing: Gate = { is: 'gate', need: 0, of: [], so: true };
    if (this.isForced(fact)) return { is: 'clock', once: nothing, rule: 'forced', takes: null, so: false };
    const part = plan.parts.find(({ name }) => name === FACTS[fact.kind].owner) as PlannedPart;
    const turn = part.plan.otherwise(fact, past);
    return turn && this.node(turn);
  }

  /** Pinned by hand, be it to what it was: then the trace does not tell. */
  private isForced({ name }: FactRef): boolean {
    return [...this.plan.scenario.forces.values()].some(
      ({ question, at, until }) =>
        factName(question.kind, question.subjects) === name && at <= this.at && (until === null || until > this.at),
    );
  }

  private node(turn: Turn): Node {
    if ('signal' in turn) return this.signal(turn.signal.id, turn.to);
    if ('fact' in turn) return this.test(turn.fact.id, turn.among);
    if ('outside' in turn) return { is: 'outside', says: turn.outside, so: false };
    if ('once' in turn) return this.clock(turn);
    const of = ('all' in turn ? turn.all : turn.any).map((one) => this.node(one));
    return gate('all' in turn ? of.length : 1, of);
  }

  private clock({ once, rule, takes }: Extract<Turn, { once: Turn }>): Clock {
    return { is: 'clock', once: this.node(once), rule, takes, so: rule === 'hold' && this.hasLasted(once, takes) };
  }

  /** So for longer than it can take at most. What was so at the start has been so for ever. */
  private hasLasted(once: Turn, takes: Draw | null): boolean {
    const { past } = this;
    if (!('signal' in once) || takes === null || past.holds(once.signal.id) !== once.to) return false;
    const since = past.since(once.signal.id);
    return since === null || this.at - since >= longest(takes);
  }

  private signal(signal: number, to: boolean): Node {
    const key = signal * 2 + Number(to);
    const known = this.signals.get(key);
    const node = known ?? this.made(signal, to);
    if (!known) this.signals.set(key, node);
    return node;
  }
  private made(signal: number, to: boolean): Node {
    const { tests, inputsOf, gateNeed } = this.plan.circuit;
    if (signal < tests) return this.testOf(signal, to);
    const inputs = inputsOf.items.subarray(inputsOf.start[signal - tests], inputsOf.start[signal - tests + 1]);
    const need = gateNeed[signal - tests] as number;
    return gate(
      to ? need : inputs.length - need + 1,
      [...inputs].map((input) => this.signal(input, to)),
    );
  }

  private testOf(signal: number, to: boolean): Test {
    const { testFact, testMask, testNumber, testAbove, testBelow } = this.plan.circuit;
    const fact = testFact[signal] as number;
    if (testNumber[signal] === 0) {
      const mask = testMask[signal] as number;
      return this.test(fact, to ? mask : this.allOf(fact) & ~mask);
    }
    const over = (testNumber[signal] === 1) === to;
    const at = (over ? testAbove : testBelow)[signal] as number;
    const so = this.past.holds(signal) === to;
    return {
      is: 'test',
      fact,
      so,
      among: 0,
      limit: { at, over },
      key: `${this.nameOf(fact)} ${over ? '≥' : '<'} ${at}`,
    };
  }

  private test(fact: number, among: number): Test {
    const so = ((among >> this.past.raw(fact)) & 1) === 1;
    return { is: 'test', fact, so, among, limit: null, key: `${this.nameOf(fact)} ${among}` };
  }

  private allOf(fact: number): number {
    const { domain } = rowOf((this.plan.facts[fact] as FactRef).kind);
    return (1 << (domain.is === 'word' ? domain.words.length : 2)) - 1;
  }
  private nameOf(fact: number): string {
    return (this.plan.facts[fact] as FactRef).name;
  }
}

/** The longest a law can give. */
function longest(law: Draw): number {
  switch (law.law) {
    case 'fixed':
      return law.value;
    case 'uniform':
    case 'triangular':
      return law.high;
    case 'empirical':
      return law.values.reduce((most, value) => Math.max(most, value), 0);
    default:
      return Number.POSITIVE_INFINITY;
  }
}

/** Nothing will do. */
export function isBarren(node: Node): boolean {
  if (node.is === 'clock') return isBarren(node.once);
  return node.is === 'gate' && node.need > node.of.length;
}

/** All of all and any of any are one. */
function gate(need: number, inputs: readonly Node[]): Node {
  const isAll = need === inputs.length;
  const of = inputs.flatMap((one) => {
    if (one.is !== 'gate') return [one];
    return (isAll && one.need === one.of.length) || (!isAll && need === 1 && one.need === 1) ? one.of : [one];
  });
  if (need > 0 && of.length === 1) return of[0] as Node;
  return {
    is: 'gate',
    need: isAll ? of.length : need,
    of,
    so: of.filter(({ so }) => so).length >= (isAll ? of.length : need),
  };
}
