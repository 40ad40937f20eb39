/** What holds a fact as it is at a moment: every test that would have to be otherwise, the clocks that run, and the smallest change. */
import type { FactRef } from '../engine/mechanism.ts';
import type { Plan } from '../engine/plan.ts';
import { FACTS, factName, rowOf } from '../model/facts.ts';
import type { Draw } from '../model/luck.ts';
import type { Scenario } from '../model/scenario.ts';
import { sayState } from '../model/states.ts';
import { byName, formatDuration, type Ms } from '../model/units.ts';
import { RULES, type Rule, readValue, type Trace, type Value } from '../trace/trace.ts';
import { byTitle, type Called } from './called.ts';
import { sayNumber, wordsFor } from './sentences.ts';
import { type Smallest, smallestChange } from './smallest.ts';
import { Takes } from './takes.ts';
import { isBarren, type Node, type Test, Turns } from './turns.ts';

/** Of parts that are alike only the one that turned last is told in full. */
interface Folding {
  /** The same for all that lack the same. */
  readonly like: string;
  readonly folded: boolean;
}

/** A fact that would have to be otherwise, or already is as it would have to be. */
export interface HeldTest extends Folding {
  readonly is: 'test';
  readonly fact: string;
  /** How it stands, and how it would have to. */
  readonly says: string;
  readonly wanted: string;
  /** Of a number: what it would have to be. */
  readonly limit: string | null;
  readonly so: boolean;
  readonly value: Value;
  /** Since when it has been as it is, and by which change; null: from the start. */
  readonly since: Ms | null;
  readonly change: number | null;
  /** What holds it, in turn; null where it is so, where nothing is known to, where it was told before, and where it is folded. */
  readonly by: Held | null;
  readonly told: boolean;
  /** The faults and changes that are declared to make it so or not so: here ends what can be followed. */
  readonly declared: readonly string[];
  /** What would take it back waits for the fact that was asked about. */
  readonly circle: boolean;
  /** Nothing in the scenario would turn it. */
  readonly barren: boolean;
  /** Nor anything that it hangs on, however far that is followed: it has come to rest. */
  readonly rests: boolean;
  /** And nothing else could: no way leads there. */
  readonly never: boolean;
}
export interface HeldGate extends Folding {
  readonly is: 'gate';
  /** How many of these are needed. */
  readonly need: number;
  readonly of: readonly Held[];
  readonly so: boolean;
}
/** Time: it runs since `once` has been so, and `until` it rang in this run (null: not by the end, or overtaken). */
export interface HeldClock extends Folding {
  readonly is: 'clock';
  readonly rule: Rule;
  readonly takes: string | null;
  readonly runs: boolean;
  readonly so: boolean;
  readonly until: Ms | null;
  readonly once: Held;
}
export interface HeldOutside extends Folding {
  readonly is: 'outside';
  readonly says: string;
  readonly so: false;
}
export type Held = HeldTest | HeldGate | HeldClock | HeldOutside;

export interface Flip {
  readonly fact: string;
  readonly says: string;
  /** Where it is computed as a whole: what that takes at the least. */
  readonly takes: readonly { readonly fact: string; readonly says: string }[];
}
export interface WhatHolds {
  readonly fact: string;
  readonly at: Ms;
  readonly says: string;
  readonly value: Value;
  readonly since: Ms | null;
  readonly change: number | null;
  readonly by: Held;
  /** When it did turn in this run; null: not by its end. */
  readonly turns: Ms | null;
  /** It hangs on how much something is asked or bears, which only a run can tell. */
  readonly loaded: boolean;
  readonly smallest:
    | (Omit<Smallest, 'sets'> & {
        readonly sets: readonly { readonly flips: readonly Flip[]; readonly begins: boolean }[];
      })
    | null;
}

/** Null for numbers and paths: they are never just otherwise. The trace goes on after `at`, so that it tells when clocks rang. */
export function whatHolds(plan: Plan, trace: Trace, fact: number, at: Ms): WhatHolds | null {
  const turns = new Turns(plan, trace, at);
  const root = turns.of(fact);
  if (root === null) return null;
  const telling = new Telling(turns, fact);
  const smallest = smallestChange(turns, fact);
  const takes = new Takes(turns);
  const loaded = takes.hangsOnLoad(root);
  const flip = (test: Test) => ({ fact: telling.nameOf(test.fact), says: telling.wanted(test) });
  return {
    fact: telling.nameOf(fact),
    at,
    ...telling.stand(fact),
    by: telling.of(root, fact),
    turns: telling.turned(fact),
    loaded,
    smallest: smallest && {
      ...smallest,
      sets: smallest.sets.map(({ tests, begins }) => ({
        flips: tests.map((test) => ({ ...flip(test), takes: loaded ? [] : takes.of(test).map(flip) })),
        begins,
      })),
    },
  };
}

/** Of several words that would do the one to say. */
const BEST: readonly string[] = ['ok', 'done', 'working', 'delivered', 'passes'];
/** Rules by which an alarm of the fact itself turns it. */
const CLOCKS: ReadonlySet<string> = new Set(['hold', 'expiry', 'work', 'message', 'schedule', 'luck', 'released']);

class Telling {
  private readonly told = new Set<number>();
  private circled = false;
  private readonly called: Called;
  private readonly resting = new Map<number, boolean>();

  constructor(
    private readonly turns: Turns,
    private readonly asked: number,
  ) {
    this.told.add(asked);
    this.called = byTitle(turns.plan.scenario);
  }

  nameOf(fact: number): string {
    return this.refOf(fact).name;
  }
  private refOf(fact: number): FactRef {
    return this.turns.plan.facts[fact] as FactRef;
  }

  /** How a fact stands, in words, and since when; of a task that is not done, how far it has come. */
  stand(fact: number): Pick<HeldTest, 'says' | 'value' | 'since' | 'change'> {
    const { past, trace, at, plan } = this.turns;
    const { kind, subjects } = this.refOf(fact);
    const read = readValue(trace, fact, past.raw(fact));
    const value = typeof read === 'number' ? past.history.valueAt(fact, at) : read;
    if (kind === 'done' && value === false)
      return { ...this.stand(plan.factByName.get(factName('task', subjects)) as number), value };
    const change = past.latest(fact);
    return {
      says: this.say(fact, value),
      value,
      since: change < 0 ? null : (trace.columns.at[change] as number),
      change: change < 0 ? null : change,
    };
  }
  private say(fact: number, value: Value): string {
    return this.sayText(
      fact,
      typeof value === 'boolean' ? (value ? 'yes' : 'no') : typeof value === 'number' ? sayNumber(value) : value,
    );
  }
  private sayText(fact: number, text: string): string {
    const { kind, subjects } = this.refOf(fact);
    const says = wordsFor(this.turns.trace, kind, subjects[0] as string);
    return says === rowOf(kind).says
      ? sayState(kind, this.called(kind, subjects), text)
      : says(this.called(kind, subjects), text);
  }

  /** How it would have to stand; of several words the best. */
  wanted({ fact, among, limit }: Test): string {
    const { domain } = rowOf(this.refOf(fact).kind);
    if (limit) return this.sayText(fact, sayLimit(limit));
    if (domain.is !== 'word') return this.say(fact, among === 2);
    const words = domain.words.filter((_, index) => ((among >> index) & 1) === 1);
    return this.sayText(fact, BEST.find((word) => words.includes(word)) ?? (words[0] as string));
  }

  /** A part of what would turn the fact `of`. */
  of(node: Node, of: number, folded = false): Held {
    const fold = { like: this.like(node), folded };
    if (node.is === 'outside') return { ...node, ...fold };
    if (node.is === 'gate') return { ...node, ...fold, of: this.parts(node.of, of, folded) };
    if (node.is === 'test') return this.test(node, fold);
    const { rule, takes, so } = node;
    const runs = node.once.so && !so;
    const once = this.of(node.once, of, folded);
    return {
      is: 'clock',
      ...fold,
      rule,
      takes: takes && sayTakes(takes),
      runs,
      so,
      until: runs ? this.rang(of) : null,
      once,
    };
  }

  private parts(nodes: readonly Node[], of: number, folded: boolean): readonly Held[] {
    const shown = new Map<string, Node>();
    for (const node of nodes) {
      const like = this.like(node);
      const other = shown.get(like);
      if (!other || this.sinceOf(node) > this.sinceOf(other)) shown.set(like, node);
    }
    return nodes.map((node) => this.of(node, of, folded || shown.get(this.like(node)) !== node));
  }

  private test(node: Test, fold: Folding): HeldTest {
    const { fact, so } = node;
    const { turns } = this;
    const below = so ? null : turns.of(fact);
    const barren = below !== null && isBarren(below);
    const stand = this.stand(fact);
    const declared = so || stand.value !== true ? [] : declaredFor(turns.plan.scenario, this.refOf(fact));
    const goesOn = below !== null && !barren && !fold.folded && declared.length === 0;
    const told = goesOn && this.told.has(fact);
    if (goesOn) this.told.add(fact);
    return {
      is: 'test',
      fact: this.nameOf(fact),
      ...stand,
      ...fold,
      wanted: this.wanted(node),
      limit: node.limit && sayLimit(node.limit),
      so,
      by: goesOn && !told ? this.of(below, fact) : null,
      told,
      declared,
      circle: declared.length > 0 && !fold.folded && this.closes(fact),
      barren,
      rests: !so && this.rests(node),
      never: !so && turns.isNever(fact),
    };
  }

  /** Nothing that is still to come in this scenario turns it. What waits for itself is not at rest: that is worth telling. */
  private rests(node: Node): boolean {
    if (node.so || node.is === 'outside') return false;
    if (node.is === 'clock') return this.rests(node.once);
    if (node.is === 'gate') return node.of.filter((one) => !this.rests(one)).length < node.need;
    const known = this.resting.get(node.fact);
    if (known !== undefined) return known;
    this.resting.set(node.fact, false);
    const below = this.turns.of(node.fact);
    const { owner } = rowOf(this.refOf(node.fact).kind);
    const rests = below !== null && (isBarren(below) || (owner !== 'changes' && this.rests(below)));
    this.resting.set(node.fact, rests);
    return rests;
  }

  /** When the last of what is missing came to be so; -1 for the start. */
  private sinceOf(node: Node): Ms {
    if (node.is === 'test') return node.so ? -1 : (this.stand(node.fact).since ?? -1);
    if (node.is === 'clock') return this.sinceOf(node.once);
    return node.is === 'gate' ? node.of.reduce((last, one) => Math.max(last, this.sinceOf(one)), -1) : -1;
  }

  /** Said once. */
  private closes(fact: number): boolean {
    const closes = !this.circled && this.leadsBack(fact);
    this.circled ||= closes;
    return closes;
  }

  /** Whether a fact hangs on the one that was asked about, by anything that is still missing. */
  private leadsBack(from: number): boolean {
    const seen = new Set([from]);
    const open = (node: Node | null): void => {
      if (node === null || node.so) return;
      if (node.is === 'gate') node.of.forEach(open);
      else if (node.is === 'clock') open(node.once);
      else if (node.is === 'test') seen.add(node.fact);
    };
    for (const fact of seen) open(this.turns.of(fact));
    return seen.has(this.asked);
  }

  /** What is of the same kind, and lacks things of the same kinds, is alike. */
  private like(node: Node): string {
    if (node.is === 'outside') return node.says;
    if (node.is === 'clock') return `${node.rule} of ${this.like(node.once)}`;
    if (node.is === 'gate') return `${node.need} of (${uniquely(node.of.map((one) => this.like(one)))})`;
    const lacks: string[] = [];
    const visit = (one: Node): void => {
      if (one.so) return;
      if (one.is === 'gate') one.of.forEach(visit);
      else if (one.is === 'clock' && !one.once.so) visit(one.once);
      else lacks.push(one.is === 'test' ? this.kindOf(one) : one.is);
    };
    const below = node.so ? null : this.turns.of(node.fact);
    if (below && isBarren(below)) lacks.push('what never comes');
    else if (below) visit(below);
    return uniquely([this.kindOf(node), ...lacks]);
  }
  private kindOf({ fact, among, so }: Test): string {
    return `${this.refOf(fact).kind} ${among} ${so}`;
  }

  /** The next change of a fact after the moment. */
  private next(fact: number): number {
    const { past, at, trace } = this.turns;
    return past.history.changesOf(fact).find((id) => (trace.columns.at[id] as number) > at) ?? -1;
  }
  turned(fact: number): Ms | null {
    const next = this.next(fact);
    return next < 0 ? null : (this.turns.trace.columns.at[next] as number);
  }
  private rang(fact: number): Ms | null {
    const next = this.next(fact);
    const rule = RULES[this.turns.trace.columns.rule[next] as number] as string;
    return next >= 0 && CLOCKS.has(rule) ? this.turned(fact) : null;
  }
}

const sayLimit = ({ at, over }: NonNullable<Test['limit']>): string => `${sayNumber(at)} or ${over ? 'more' : 'less'}`;

const uniquely = (names: readonly string[]): string => [...new Set(names)].sort(byName).join(', ');

/** Names of faults and changes that lay a token on this, or that this is about. */
function declaredFor({ faults, changes }: Scenario, { kind, subjects }: FactRef): readonly string[] {
  if (FACTS[kind].owner !== 'changes') return [];
  const [thing, setting = 'down', of = null] = subjects;
  if (kind !== 'fault' && kind !== 'config') return [];
  return [...faults.values(), ...changes.values()]
    .filter(
      ({ targets, effect }) => targets.includes(thing as string) && effect.setting === setting && effect.of === of,
    )
    .map(({ name }) => name)
    .sort(byName);
}

/** `30s`, `5s to 3m`; null where there is no saying. */
function sayTakes(law: Draw): string | null {
  if (law.law === 'fixed') return formatDuration(law.value);
  if (law.law === 'uniform' || law.law === 'triangular')
    return `${formatDuration(law.low)} to ${formatDuration(law.high)}`;
  return null;
}
