/** What holds of every trace, whatever the scenario: each run that a test makes goes through here. */
import { Reasons } from '../../sim/analysis/why.ts';
import { Engine } from '../../sim/engine/engine.ts';
import type { Plan, PlannedPart } from '../../sim/engine/plan.ts';
import { FACTS, type FactKind, rowOf, TASK } from '../../sim/model/facts.ts';
import { MINUTE, type Ms, round9 } from '../../sim/model/units.ts';
import { RULES, type Rule, type Trace } from '../../sim/trace/trace.ts';
import { Rederiver } from './rederive.ts';
import { Tipping } from './tipping.ts';

/** Runs a plan twice, and demands of the trace everything that any trace must have. */
export function checkedRun(plan: Plan, seed: string, until: Ms): Trace {
  const broken: string[] = [];
  const { engine, trace } = run(guarded(plan, broken), seed, until);
  const again = run(plan, seed, until).trace;
  if (again.digest !== trace.digest) broken.push('the same plan and seed give another digest');
  if (engine.ledger.unexplained > 0) broken.push(`${engine.ledger.unexplained} changes had to guess their cause`);
  checkOrder(trace, broken);
  checkSteps(trace, broken);
  if (trace.reason !== 'race') checkFold(trace, engine, broken);
  checkHands(plan, trace, broken);
  checkCauses(plan, trace, broken);
  if (broken.length > 0) throw new Error(`${broken.length} laws of traces broken:\n${broken.slice(0, 12).join('\n')}`);
  return trace;
}

function run(plan: Plan, seed: string, until: Ms): { engine: Engine; trace: Trace } {
  const engine = new Engine(plan, seed);
  engine.warm();
  return { engine, trace: engine.run(until) };
}

/** A plan whose parts are watched: each may set facts of its own kinds only. */
function guarded(plan: Plan, broken: string[]): Plan {
  const watched = (part: PlannedPart, engine: Engine): Engine => {
    const own = (fact: number): void => {
      const { kind, name } = plan.facts[fact] as Plan['facts'][number];
      if (FACTS[kind].owner !== part.name) broken.push(`${part.name} sets ${name}, which is not its own`);
    };
    return new Proxy(engine, {
      get(target, key) {
        const value: unknown = Reflect.get(target, key, target);
        if (typeof value !== 'function') return value;
        return (...args: readonly unknown[]) => {
          if (key === 'set' || key === 'setLevel') own(args[0] as number);
          return Reflect.apply(value, target, args) as unknown;
        };
      },
    });
  };
  const parts = plan.parts.map((part): PlannedPart => {
    // By inheritance, so that what the plan keeps for itself stays one and the same.
    const shadow = Object.create(part.plan) as PlannedPart['plan'];
    shadow.create = (engine) => part.plan.create(watched(part, engine));
    return { ...part, plan: shadow };
  });
  return { ...plan, parts };
}

const nameOf = (trace: Trace, id: number): string => {
  const { columns, facts } = trace;
  return `change ${id} (${facts.names[columns.fact[id] as number]} at ${columns.at[id]} ms, phase ${columns.phase[id]}, round ${columns.round[id]}, ${RULES[columns.rule[id] as number]})`;
};

/** Time, phase and round never go back, and a cause comes before its effect. */
function checkOrder(trace: Trace, broken: string[]): void {
  const { columns, count, facts } = trace;
  for (let id = 0; id < count; id++) {
    const key = (k: number) => [columns.at[k], columns.phase[k], columns.round[k]] as [number, number, number];
    if (id > 0 && compare(key(id - 1), key(id)) > 0) broken.push(`${nameOf(trace, id)} comes after a later one`);
    const tipped = columns.tipped[id] as number;
    if (tipped >= id || tipped < -1) broken.push(`${nameOf(trace, id)} is tipped by ${tipped}`);
    if ((columns.at[id] as number) > trace.end) broken.push(`${nameOf(trace, id)} comes after the end`);
    const live = (change: number) => (columns.fact[change] as number) < facts.firstWatched;
    if (tipped >= 0 && live(id) && !live(tipped)) broken.push(`${nameOf(trace, id)} follows from what is only watched`);
  }
}
function compare(a: readonly number[], b: readonly number[]): number {
  for (const [k, x] of a.entries()) if (x !== b[k]) return x - (b[k] as number);
  return 0;
}

/** Each change goes on from where its fact was, goes somewhere, and is the only one of its fact in its phase. */
function checkSteps(trace: Trace, broken: string[]): void {
  const { columns, count, facts, numbers } = trace;
  const last = new Int32Array(facts.count).fill(-1);
  const number = (row: Int32Array, id: number): number => numbers[row[id] as number] as number;
  for (let id = 0; id < count; id++) {
    const fact = columns.fact[id] as number;
    const before = last[fact] as number;
    last[fact] = id;
    const isNumber = rowOf(facts.kinds[fact] as FactKind).domain.is === 'number';
    const was = (before < 0 ? facts.initial[fact] : columns.to[before]) as number;
    const slope = before < 0 || !isNumber ? 0 : number(columns.slope, before);
    const [from, to] = [columns.from[id] as number, columns.to[id] as number];
    if (isNumber) {
      const moved = (slope * ((columns.at[id] as number) - (before < 0 ? 0 : (columns.at[before] as number)))) / MINUTE;
      if (round9((numbers[was] as number) + moved) !== numbers[from])
        broken.push(`${nameOf(trace, id)} starts at ${numbers[from]}, not at ${(numbers[was] as number) + moved}`);
      if (from === to && slope === number(columns.slope, id)) broken.push(`${nameOf(trace, id)} changes nothing`);
    } else {
      if (from !== was) broken.push(`${nameOf(trace, id)} starts from ${from}, and the fact was ${was}`);
      if (from === to) broken.push(`${nameOf(trace, id)} changes nothing`);
    }
    if (
      before >= 0 &&
      columns.at[before] === columns.at[id] &&
      (isNumber || columns.phase[before] === columns.phase[id])
    )
      broken.push(`${nameOf(trace, id)} is the second of its fact`);
  }
}

/** The changes, taken one after the other, end in what the engine has on its board. */
function checkFold(trace: Trace, { board }: Engine, broken: string[]): void {
  const value = Int32Array.from(trace.facts.initial);
  for (let id = 0; id < trace.count; id++) value[trace.columns.fact[id] as number] = trace.columns.to[id] as number;
  for (const [fact, folded] of value.entries()) {
    const held = board.isNumber[fact] === 1 ? board.level[fact] : board.value[fact];
    if (held !== (board.isNumber[fact] === 1 ? trace.numbers[folded] : folded))
      broken.push(`${trace.facts.names[fact]} ends as ${folded} in the trace and as ${held} on the board`);
  }
}

/** One hand, one task: no team ever works with more hands than it has, and it is busy when it has none left. */
function checkHands({ scenario }: Plan, trace: Trace, broken: string[]): void {
  const { columns, count, facts } = trace;
  const working = new Set<string>();
  const busy = new Map<string, boolean>();
  for (const [fact, kind] of facts.kinds.entries())
    if (kind === 'busy') busy.set(facts.subjects[fact]?.[0] as string, facts.initial[fact] === 1);
  for (let id = 0; id < count; id++) {
    const fact = columns.fact[id] as number;
    const [subject] = facts.subjects[fact] as [string];
    if (facts.kinds[fact] === 'busy') busy.set(subject, columns.to[id] === 1);
    if (facts.kinds[fact] === 'task') {
      if (TASK[columns.to[id] as number] === 'working') working.add(subject);
      else working.delete(subject);
    }
    if (columns.at[id + 1] === columns.at[id] && columns.phase[id + 1] === columns.phase[id]) continue;
    const taken = new Map<string, number>();
    for (const name of working) {
      const task = scenario.tasks.get(name);
      for (const { team, hands } of task?.ways.length === 0 ? task.teams : [])
        taken.set(team, (taken.get(team) ?? 0) + hands);
    }
    const size = (team: string): number => scenario.nodes.get(team)?.size ?? 0;
    for (const [team, hands] of taken)
      if (hands > size(team)) broken.push(`${team} has ${hands} hands at work after ${nameOf(trace, id)}`);
    for (const [team, is] of busy)
      if (is !== ((taken.get(team) ?? 0) === size(team)))
        broken.push(`${team} is ${is ? '' : 'not '}busy with ${taken.get(team) ?? 0} hands after ${nameOf(trace, id)}`);
  }
}

const UNCAUSED: ReadonlySet<Rule> = new Set(['schedule', 'luck', 'forced', 'released']);

/** Every change was tipped by what decided it, and re-derives from its set; one that nothing tipped follows from the state at time zero. */
function checkCauses(plan: Plan, trace: Trace, broken: string[]): void {
  const reasons = new Reasons(plan, trace);
  const rederiver = new Rederiver(plan, trace, reasons.past);
  const tipping = new Tipping(plan, trace, reasons.past.history);
  for (let id = 0; id < trace.count; id++) {
    const rule = RULES[trace.columns.rule[id] as number] as Rule;
    const tipped = trace.columns.tipped[id] as number;
    const because = reasons.because(id);
    if (UNCAUSED.has(rule)) {
      if (tipped >= 0 && rule !== 'schedule' && rule !== 'luck') broken.push(`${nameOf(trace, id)} has a cause`);
      continue;
    }
    if (tipped < 0 && because.length > 0)
      broken.push(
        `${nameOf(trace, id)} was tipped by nothing, yet follows from ${because.map((c) => nameOf(trace, c))}`,
      );
    const tip = tipping.wrongWith(id);
    if (tip) broken.push(`${nameOf(trace, id)}, tipped by ${tipped < 0 ? 'nothing' : nameOf(trace, tipped)}: ${tip}`);
    const wrong = rederiver.wrongWith(id, because);
    if (wrong)
      broken.push(
        `${nameOf(trace, id)} does not follow from its set [${because.map((c) => nameOf(trace, c))}]: ${wrong}`,
      );
  }
}
