/** Scenarios of a few lines for tests: what they come to, or what is wrong with them. */
import { type LoadOptions, load } from '../../sim/model/load.ts';
import { formatProblem, type Problem } from '../../sim/model/problems.ts';
import type { Condition, Node, Scenario } from '../../sim/model/scenario.ts';

const HEAD = 'netfall: 1\nid: test\ntitle: Test\nclock: { start: 2021-10-04T15:30:00Z, run: 8h }\n';

/** The lines of HEAD, which stand before the text of a test. */
const LINES_BEFORE = 4;

type Options = Omit<LoadOptions, 'file'>;

/** The expanded scenario of a few lines; a test fails with the problems if there are any. */
export function scenario(text: string, options: Options = {}): Scenario {
  const result = load(HEAD + text, { file: 'test.yaml', ...options });
  if (!result.ok) throw new Error(result.problems.map(formatProblem).join('\n'));
  return result.value;
}

/** Every problem as `line:column path: says; hint`, lines counted in the text of the test. */
export function problems(text: string, options: Options = {}): string[] {
  const result = load(HEAD + text, { file: 'test.yaml', ...options });
  return result.ok ? [] : result.problems.map(shown);
}

function shown(problem: Problem): string {
  const { place } = problem;
  const here = place.file === 'test.yaml';
  const moved = here ? { ...problem, place: { ...place, line: place.line - LINES_BEFORE } } : problem;
  return formatProblem(moved).replace('test.yaml:', '');
}

export function nodeOf(read: Scenario, name: string): Node {
  const node = read.nodes.get(name);
  if (!node) throw new Error(`no node ${name} among ${[...read.nodes.keys()].join(', ')}`);
  return node;
}

/** A condition in short: `all(up/a, any(…))`, `resolves/r/z=ok|stale`, `rate/q>=5<3`. */
export function short(condition: Condition | null | undefined): string {
  if (!condition) return '-';
  const list = (parts: readonly Condition[]) => parts.map(short).join(', ');
  if ('all' in condition) return `all(${list(condition.all)})`;
  if ('any' in condition) return `any(${list(condition.any)})`;
  if ('of' in condition) return `${condition.atLeast}of(${list(condition.of)})`;
  if ('not' in condition) return `not(${short(condition.not)})`;
  const { kind, subjects, test } = condition.ask;
  const name = [kind, ...subjects].join('/');
  if ('word' in test) return `${name}=${test.word.join('|')}`;
  return 'above' in test ? `${name}>=${test.above}<${test.below}` : name;
}

/** What a node needs, clause by clause, in short. */
export const needs = (read: Scenario, name: string): string[] =>
  nodeOf(read, name).needs.map((clause) => short(clause.condition));
