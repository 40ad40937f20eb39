/** Reads JSON Lines into a run. Whatever is in the file is only text: it is checked for shape and never trusted. */
import type { CaptionLine, ChangeLine, EndLine, FactEntry, StartLine, Value } from '../../sim/index.ts';
import { garbled, newer } from './problem.ts';
import { type Caption, type Domain, listsBy, listsOf, type Run } from './run.ts';

/** The format this page reads. */
const FORMAT = 1;
const CLAIM = 'claim/';

export interface Parsed {
  readonly run: Run;
  /** A sentence for a file that could be read only in part; else null. */
  readonly warning: string | null;
}

/** Parts of a scenario that the page cannot do without, each a list of things with names. */
const LISTS = ['nodes', 'links', 'prefixes', 'zones', 'changes', 'faults', 'tasks', 'journeys', 'rates'] as const;

type Line = StartLine | ChangeLine | CaptionLine | EndLine;

const isValue = (x: unknown): x is Value =>
  typeof x === 'boolean' || typeof x === 'string' || (typeof x === 'number' && Number.isFinite(x));
const isTime = (x: unknown): x is number => typeof x === 'number' && Number.isFinite(x) && x >= 0;
const domainOf = (value: Value): Domain =>
  typeof value === 'boolean' ? 'flag' : typeof value === 'string' ? 'word' : 'number';

function lineOf(text: string, number: number): Line {
  let line: unknown;
  try {
    line = JSON.parse(text);
  } catch {
    throw garbled(number, 'is not JSON');
  }
  if (typeof line !== 'object' || line === null || !('line' in line))
    throw garbled(number, 'does not say which line of a trace it is');
  return line as Line;
}

function startOf(text: string): StartLine {
  const start = lineOf(text, 1) as StartLine;
  if (start.line !== 'start') throw garbled(1, 'is not the start of a trace');
  if (start.format !== FORMAT) throw newer(start.format, FORMAT);
  const scene = start.scenario;
  if (!scene || !isTime(scene.run) || LISTS.some((key) => !Array.isArray(scene[key])) || !Array.isArray(start.facts))
    throw garbled(1, 'lacks a part of the scenario');
  const named = LISTS.every((key) => scene[key].every((one) => typeof one?.name === 'string'));
  if (!named || !scene.nodes.every((node) => typeof node.kind === 'string' && Array.isArray(node.needs)))
    throw garbled(1, 'has a part without a name, a kind or its needs');
  if (Number.isNaN(Date.parse(scene.start))) throw garbled(1, 'does not say when the run starts');
  return start;
}

/** Facts as they are met: those of the start line, then any that only a change speaks of. */
class FactList {
  readonly names: string[] = [];
  readonly kinds: string[] = [];
  readonly subjects: (readonly string[])[] = [];
  readonly domains: Domain[] = [];
  readonly initial: number[] = [];
  readonly index = new Map<string, number>();
  readonly words: string[] = [];
  private readonly wordIndex = new Map<string, number>();

  raw(value: Value): number {
    if (typeof value === 'boolean') return value ? 1 : 0;
    if (typeof value === 'number') return value;
    let index = this.wordIndex.get(value);
    if (index === undefined) {
      index = this.words.push(value) - 1;
      this.wordIndex.set(value, index);
    }
    return index;
  }

  add(entry: FactEntry): number {
    const number = this.names.push(entry.fact) - 1;
    this.kinds.push(entry.kind);
    this.subjects.push(entry.subjects);
    this.domains.push(domainOf(entry.value));
    this.initial.push(this.raw(entry.value));
    this.index.set(entry.fact, number);
    return number;
  }

  /** The number of the fact a change speaks of; one that the start line does not list is read off its name. */
  of(change: ChangeLine): number {
    const known = this.index.get(change.fact);
    if (known !== undefined) return known;
    const [kind = '', ...subjects] = change.fact.split('/');
    return this.add({ fact: change.fact, kind, subjects, value: change.from });
  }
}

function changeProblem(change: ChangeLine, before: number): string | null {
  if (typeof change.fact !== 'string' || !isValue(change.from) || !isValue(change.to))
    return 'is a change without a fact and its values';
  if (!isTime(change.at) || change.at < before) return 'is a change that is not in the order of time';
  if (!Number.isInteger(change.id) || !Array.isArray(change.because)) return 'is a change without its causes';
  return null;
}

/** What was written is only read by the simulator again, which trusts no text either. */
function writtenOf({ written }: StartLine): Run['written'] {
  const isText = (one: unknown): one is string => typeof one === 'string';
  const { file, text, others, set, patch } = (written ?? {}) as Partial<NonNullable<Run['written']>>;
  if (!isText(file) || !isText(text) || !Array.isArray(set) || !set.every(isText)) return null;
  if (typeof others !== 'object' || others === null || !Object.values(others).every(isText)) return null;
  return { file, text, others, set, patch: typeof patch === 'object' ? patch : null };
}

export function parse(text: string): Parsed {
  const lines = text.split('\n');
  if (!lines[0]?.trim()) throw garbled(1, 'is empty');
  const start = startOf(lines[0]);
  const facts = new FactList();
  for (const entry of start.facts) {
    if (typeof entry?.fact !== 'string' || !isValue(entry.value) || !Array.isArray(entry.subjects))
      throw garbled(1, 'lists a fact without a value');
    if (!entry.watched || !entry.fact.startsWith(CLAIM)) facts.add(entry);
  }
  const rows: ChangeLine[] = [];
  const factOf: number[] = [];
  const rowOfId = new Map<number, number>();
  const captions: Caption[] = [];
  let end: EndLine | null = null;
  let broken: number | null = null;
  let latest = 0;
  for (let i = 1; i < lines.length && !end; i++) {
    if (!lines[i]) continue;
    let line: Line;
    try {
      line = lineOf(lines[i] as string, i + 1);
    } catch (problem) {
      // A last line that is not whole is how a file looks whose writer was stopped.
      if (i < lines.length - 1 && lines.slice(i + 1).some(Boolean)) throw problem;
      broken = i + 1;
      break;
    }
    if (line.line === 'change') {
      const problem = changeProblem(line, latest);
      if (problem) throw garbled(i + 1, problem);
      latest = line.at;
      // Claims only serve the score, which stands in the end line.
      if (line.watched && line.fact.startsWith(CLAIM)) continue;
      rowOfId.set(line.id, rows.length);
      factOf.push(facts.of(line));
      rows.push(line);
    } else if (line.line === 'caption') {
      if (isTime(line.at)) captions.push({ at: line.at, step: rows.length, says: String(line.says) });
    } else if (line.line === 'end') end = line;
  }
  const row = (id: number | null): number => (id === null ? -1 : (rowOfId.get(id) ?? -1));
  const tipped = Int32Array.from(rows, (change) => row(change.tipped));
  const fact = Int32Array.from(factOf);
  const length = Math.max(end?.at ?? 0, latest, end ? 0 : start.scenario.run, 1);
  const run: Run = {
    scene: start.scenario,
    written: writtenOf(start),
    epoch: Date.parse(start.scenario.start),
    seed: String(start.seed),
    variant: start.variant ?? null,
    version: String(start.netfall),
    facts: { ...facts, count: facts.names.length, initial: Float64Array.from(facts.initial) },
    words: facts.words,
    changes: {
      count: rows.length,
      at: Float64Array.from(rows, (change) => change.at),
      fact,
      from: Float64Array.from(rows, (change) => facts.raw(change.from)),
      to: Float64Array.from(rows, (change) => facts.raw(change.to)),
      slope: Float64Array.from(rows, (change) => change.slope ?? 0),
      tipped,
      rule: rows.map((change) => String(change.rule)),
      by: rows.map((change) => String(change.by)),
      says: rows.map((change) => String(change.says)),
      because: listsOf(rows.map((change) => change.because.map((id) => row(id)).filter((id) => id >= 0))),
      ledTo: listsBy(tipped, rows.length),
      ofFact: listsBy(fact, facts.names.length),
    },
    captions: captions.sort((a, b) => a.at - b.at || a.step - b.step),
    end: end && {
      at: end.at,
      reason: end.reason,
      flipping: end.flipping ?? [],
      impact: end.impact ?? [],
      checkpoints: end.checkpoints ?? [],
    },
    length,
  };
  return { run, warning: end ? null : cutOff(broken, rows.length) };
}

const cutOff = (broken: number | null, changes: number): string =>
  `The file breaks off${broken === null ? ' without its end line' : ` in line ${broken}`}, so this is the run up to its ${changes === 1 ? 'only change' : `${changes} changes`}; impact and score are missing.`;
