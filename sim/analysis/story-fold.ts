/** Folding: turns alike, of like subjects and close in time, become one line; one step a kind of subject. */
import type { FactKind } from '../model/facts.ts';
import type { Scenario } from '../model/scenario.ts';
import { byName, type Ms } from '../model/units.ts';
import { acrossGroups, acrossJourneys, asOne } from './story-across.ts';
import type { Names } from './story-names.ts';
import { type Cycle, isGood, type Thread } from './story-tale.ts';

/** What happened to every one of a set of subjects: each of the first with each of the second, and so on. */
export interface Line {
  readonly kind: FactKind;
  readonly value: string;
  /** Whether it begins, ends or only changes what was wrong; folded apart. */
  readonly turn: string;
  readonly slope: number;
  readonly at: Ms;
  readonly to: Ms;
  readonly subjects: readonly (readonly string[])[];
  readonly changes: readonly number[];
  /** How many turns these are; more than there are subjects where some turned so again and again. */
  readonly turns: number;
  /** Shortest and longest time it had not been so; null when it never was before. */
  readonly away: { readonly least: Ms; readonly most: Ms } | null;
  /** They alternate between this value and another; null: they do not. */
  readonly cycle: Cycle | null;
}

/** How the subjects of a kind are folded, step by step: which of them may differ, and what those that differ have in common. */
interface Step {
  readonly dimension: number;
  readonly common: (names: Names, name: string) => string;
  /** Different things are one piece of news only if they begin and end together. */
  readonly together?: true;
  /** Only lines of this value. */
  readonly of?: string;
  /** Groups of one kind become one where nearly all of the kind take part. */
  readonly across?: true;
}
const alike = (dimension: number): Step => ({ dimension, common: (names, name) => names.groupOf(name) });
const ofKind = (dimension: number): Step => ({ dimension, common: (names, name) => names.kindOf(name) });
/** Who waits waits in a queue: it is told how long the queue is. */
const queued: Step = { dimension: 0, common: (names, name) => names.seriesOf(name), of: 'waiting' };
const any = (dimension: number): Step => ({ dimension, common: () => '' });
const mixed = (dimension: number): Step => ({ ...ofKind(dimension), together: true });
const across = (dimension: number): Step => ({ ...ofKind(dimension), across: true });

const NODES = [alike(0), across(0), mixed(0)];
const STEPS: { readonly [K in FactKind]?: readonly Step[] } = {
  fault: NODES,
  config: NODES,
  up: NODES,
  starting: NODES,
  well: NODES,
  serves: NODES,
  carries: [alike(0)],
  session: [alike(0)],
  reach: [alike(0), any(1), across(0)],
  announces: [alike(0), any(1), across(0)],
  route: [alike(0), any(1), across(0), mixed(0)],
  forwards: [alike(0), any(1), across(0)],
  passes: [alike(0), any(1)],
  answers: [alike(1), alike(0), mixed(0)],
  resolves: [ofKind(0), any(1)],
  delegated: [ofKind(0), any(1)],
  ds: [ofKind(0), any(1)],
  applied: [alike(0)],
  rollout: [alike(0)],
  guard: [alike(0)],
  over: [alike(0)],
  load: [alike(0)],
  overloaded: NODES,
  queries: [alike(0)],
  works: [any(1), any(0)],
  stopped: [any(1), any(0)],
  task: [alike(0), queued],
  sees: [alike(0)],
  alone: [alike(0)],
};

/** Lines as they begin, each with one turn of one thread. */
function single(threads: readonly Thread[]): Line[] {
  return threads.flatMap(({ kind, subjects, turns }) =>
    turns.map((turn): Line => {
      const [good, wasGood] = [isGood(kind, turn.value), isGood(kind, turn.was)];
      return {
        kind,
        value: turn.value,
        turn: good === wasGood ? 'changes' : good ? 'ends' : 'begins',
        slope: turn.slope,
        at: turn.at,
        to: turn.cycle?.until ?? turn.at,
        subjects: subjects.map((subject) => [subject]),
        changes: turn.changes,
        turns: 1,
        away: turn.away === null ? null : { least: turn.away, most: turn.away },
        cycle: turn.cycle,
      };
    }),
  );
}

/** How close in time turns must be to be told together. */
export interface Closeness {
  /** Turns further apart are told apart, unless their wave has lasted longer than that. */
  readonly gap: Ms;
  /** The same for groups that were written apart. */
  readonly wave: Ms;
  /** Different things are told together only within this. */
  readonly moment: Ms;
}

/** All lines of a run. */
export function fold(
  scenario: Scenario,
  threads: readonly Thread[],
  names: Names,
  { gap, wave, moment }: Closeness,
): readonly Line[] {
  const byKind = new Map<FactKind, Line[]>();
  for (const line of single(threads)) {
    const lines = byKind.get(line.kind);
    if (lines) lines.push(line);
    else byKind.set(line.kind, [line]);
  }
  return [...byKind].flatMap(([kind, lines]) => {
    const folded = (STEPS[kind] ?? []).reduce<readonly Line[]>(
      (folded, step) =>
        step.across
          ? acrossGroups(folded, names, step.dimension, wave)
          : foldOnce(folded, names, step, step.together ? moment : gap),
      lines,
    );
    return kind === 'works' ? acrossJourneys(folded, scenario, moment) : folded;
  });
}

function foldOnce(lines: readonly Line[], names: Names, step: Step, gap: Ms): readonly Line[] {
  const sorted = [...lines].sort((a, b) => a.at - b.at || (a.changes[0] as number) - (b.changes[0] as number));
  const { dimension, common } = step;
  const waves: Wave[] = [];
  /** The wave that may still grow, by what its lines have in common. */
  const open = new Map<string, Wave>();
  for (const line of sorted) {
    if (step.of !== undefined && step.of !== line.value) {
      waves.push(new Wave(line, line.subjects[dimension] ?? []));
      continue;
    }
    const varying = line.subjects[dimension] ?? [];
    const key = JSON.stringify([
      line.value,
      line.turn,
      line.cycle?.other,
      Math.sign(line.slope),
      line.away === null,
      [...new Set(varying.map((name) => common(names, name)))].sort(byName),
      line.subjects.map((set, k) => (k === dimension ? null : set)),
    ]);
    const wave = open.get(key);
    // Who turns again has turned back in between, and that would not be told.
    if (wave?.isNear(line, step, gap) && !varying.some((name) => wave.varying.has(name))) wave.add(line, varying);
    else {
      const started = new Wave(line, varying);
      open.set(key, started);
      waves.push(started);
    }
  }
  return waves.map((wave) => wave.line(dimension));
}

/** So many lines alike are news; of more, the first is told, and all others as one. */
const TIRING = 4;

/** What happens over and over is told once, and then of how often and how long. */
export function untiring(lines: readonly Line[], names: Names): readonly Line[] {
  const alike = new Map<string, { dimension: number; lines: Line[] }>();
  for (const line of lines) {
    const dimension = STEPS[line.kind]?.[0]?.dimension ?? 0;
    const who = line.subjects.map((set, k) =>
      k === dimension ? [...new Set(set.map((name) => names.groupOf(name)))] : set,
    );
    const key = JSON.stringify([
      line.kind,
      NUMBERS.has(line.kind) && line.slope !== 0 ? Math.sign(line.slope) : line.value,
      line.turn,
      line.cycle?.other,
      who,
    ]);
    const known = alike.get(key);
    if (known) known.lines.push(line);
    else alike.set(key, { dimension, lines: [line] });
  }
  return [...alike.values()].flatMap(({ dimension, lines }) => {
    if (lines.length <= TIRING) return lines;
    const [first, second, ...others] = [...lines].sort((a, b) => a.at - b.at) as [Line, Line, ...Line[]];
    const wave = new Wave(second, second.subjects[dimension] ?? []);
    for (const line of others) wave.add(line, line.subjects[dimension] ?? []);
    return [first, wave.line(dimension)];
  });
}
const NUMBERS: ReadonlySet<FactKind> = new Set(['rate', 'queries', 'load']);

/** Lines that are becoming one. */
class Wave {
  readonly varying: Set<string>;
  private readonly lines: Line[];
  private to: Ms;

  constructor(
    private readonly first: Line,
    varying: readonly string[],
  ) {
    this.lines = [first];
    this.varying = new Set(varying);
    this.to = first.to;
  }

  isNear({ at, to }: Line, { together }: Step, gap: Ms): boolean {
    const { first } = this;
    if (together) return at - first.at <= gap && Math.abs(to - first.to) <= gap;
    return at - this.to <= Math.max(gap, Math.floor((this.to - first.at) / 2));
  }
  add(line: Line, varying: readonly string[]): void {
    this.lines.push(line);
    for (const name of varying) this.varying.add(name);
    this.to = Math.max(this.to, line.to);
  }

  line(dimension: number): Line {
    const { first, lines } = this;
    if (lines.length === 1) return first;
    return asOne(
      lines,
      first.subjects.map((set, k) => (k === dimension ? [...this.varying].sort(byName) : set)),
    );
  }
}
