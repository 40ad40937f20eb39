/** The lines of a trace that are read as JSON, and what is asked of them. What is in a file is only text: checked for shape, never trusted. */
import type { CaptionLine, ChangeLine, EndLine, StartLine, Value, Wanted } from '../../sim/index.ts';
import { garbled, newer } from './problem.ts';
import type { Domain, Run } from './run.ts';

/** The format this page reads. */
const FORMAT = 1;
/** Claims only serve the score, which stands in the end line. */
export const CLAIM = 'claim/';

/** Parts of a scenario that the page cannot do without, each a list of things with names. */
const LISTS = ['nodes', 'links', 'prefixes', 'zones', 'changes', 'faults', 'tasks', 'journeys', 'rates'] as const;

export type Line = StartLine | ChangeLine | CaptionLine | EndLine;

const isValue = (x: unknown): x is Value =>
  typeof x === 'boolean' || typeof x === 'string' || (typeof x === 'number' && Number.isFinite(x));
export const isTime = (x: unknown): x is number => typeof x === 'number' && Number.isFinite(x) && x >= 0;
export const domainOf = (value: Value): Domain =>
  typeof value === 'boolean' ? 'flag' : typeof value === 'string' ? 'word' : 'number';

/** Nobody writes conditions so deep; a file that does would only be there to break what reads it. */
const DEEP = 40;

function isWanted(x: unknown, depth = 0): x is Wanted {
  if (typeof x !== 'object' || x === null || depth > DEEP) return false;
  const { called, fact, says, is, above, all, any, of, atLeast, not } = x as Record<string, unknown>;
  if (called !== undefined && typeof called !== 'string') return false;
  const each = (list: unknown): boolean => Array.isArray(list) && list.every((one) => isWanted(one, depth + 1));
  if (fact !== undefined)
    return (
      typeof fact === 'string' &&
      typeof says === 'string' &&
      (is === undefined || Array.isArray(is)) &&
      (above === undefined || typeof above === 'number')
    );
  if (not !== undefined) return isWanted(not, depth + 1);
  return each(all) || each(any) || (typeof atLeast === 'number' && each(of));
}

export function lineOf(text: string, number: number): Line {
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

export function startOf(text: string): StartLine {
  const start = lineOf(text, 1) as StartLine;
  if (start.line !== 'start') throw garbled(1, 'is not the start of a trace');
  if (start.format !== FORMAT) throw newer(start.format, FORMAT);
  const scene = start.scenario;
  if (!scene || !isTime(scene.run) || LISTS.some((key) => !Array.isArray(scene[key])) || !Array.isArray(start.facts))
    throw garbled(1, 'lacks a part of the scenario');
  const named = LISTS.every((key) => scene[key].every((one) => typeof one?.name === 'string'));
  if (!named || !scene.nodes.every((node) => typeof node.kind === 'string' && Array.isArray(node.needs)))
    throw garbled(1, 'has a part without a name, a kind or its needs');
  if (!scene.tasks.every(({ teams, needs }) => Array.isArray(teams) && (needs === undefined || isWanted(needs))))
    throw garbled(1, 'has a task whose teams or needs cannot be read');
  if (!(scene.titles ?? []).every((one) => typeof one?.name === 'string' && typeof one.title === 'string'))
    throw garbled(1, 'has a title that is none');
  if (Number.isNaN(Date.parse(scene.start))) throw garbled(1, 'does not say when the run starts');
  for (const entry of start.facts)
    if (typeof entry?.fact !== 'string' || !isValue(entry.value) || !Array.isArray(entry.subjects))
      throw garbled(1, 'lists a fact without a value');
  return start;
}

export function changeProblem(change: ChangeLine, before: number): string | null {
  if (typeof change.fact !== 'string' || !isValue(change.from) || !isValue(change.to))
    return 'is a change without a fact and its values';
  if (!isTime(change.at) || change.at < before) return 'is a change that is not in the order of time';
  if (!Number.isInteger(change.id) || !Array.isArray(change.because)) return 'is a change without its causes';
  return null;
}

/** What was written is only read by the simulator again, which trusts no text either. */
export function writtenOf({ written }: StartLine): Run['written'] {
  const isText = (one: unknown): one is string => typeof one === 'string';
  const { file, text, others, set, patch } = (written ?? {}) as Partial<NonNullable<Run['written']>>;
  if (!isText(file) || !isText(text) || !Array.isArray(set) || !set.every(isText)) return null;
  if (typeof others !== 'object' || others === null || !Object.values(others).every(isText)) return null;
  return { file, text, others, set, patch: typeof patch === 'object' ? patch : null };
}
