/** What a task waits for: the parts of what it needs that do not hold. */
import { sayQuestion } from '../model/conditions.ts';
import { factName } from '../model/facts.ts';
import type { Condition, Question, Scenario } from '../model/scenario.ts';
import type { Ms } from '../model/units.ts';
import type { History } from '../trace/history.ts';
import type { Names } from './story-names.ts';

/** More than this many missing things are no help in a sentence. */
const SAID = 3;

/** ` without vpn or door`; nothing when its needs hold (then it waits for hands) or are too much to say. */
export function sayLack(scenario: Scenario, history: History, names: Names, task: string, at: Ms): string {
  const needs = scenario.tasks.get(task)?.needs;
  if (!needs || holds(history, needs, at)) return '';
  const missing = [...new Set(lacking(history, names, needs, at))];
  if (missing.length === 0 || missing.length > SAID) return '';
  // Any one of them would do, or all are needed: either way it is without each.
  const others = missing.slice(0, -1).join(', ');
  return ` without ${others === '' ? '' : `${others} or `}${missing.at(-1)}`;
}

function holds(history: History, condition: Condition, at: Ms): boolean {
  if ('ask' in condition) return answer(history, condition.ask, at);
  if ('not' in condition) return !holds(history, condition.not, at);
  if ('all' in condition) return condition.all.every((one) => holds(history, one, at));
  if ('any' in condition) return condition.any.some((one) => holds(history, one, at));
  return condition.of.filter((one) => holds(history, one, at)).length >= condition.atLeast;
}

function answer(history: History, { kind, subjects, test }: Question, at: Ms): boolean {
  const fact = history.fact(factName(kind, subjects));
  if (fact === undefined) return false;
  const value = history.valueAt(fact, at);
  if ('word' in test) return test.word.includes(value as string);
  return 'above' in test ? (value as number) >= test.above : value === true;
}

/** What would have to be otherwise, by name. What must not be is left out: it has none. */
function lacking(history: History, names: Names, condition: Condition, at: Ms): readonly string[] {
  if (condition.called !== undefined) return [condition.called];
  if ('ask' in condition) return [sayThing(names, condition.ask)];
  if ('not' in condition) return [];
  const of = 'all' in condition ? condition.all : 'any' in condition ? condition.any : condition.of;
  return of.filter((one) => !holds(history, one, at)).flatMap((one) => lacking(history, names, one, at));
}

const sayThing = (names: Names, question: Question): string =>
  question.kind === 'up' || question.kind === 'done'
    ? names.one(question.subjects[0] as string)
    : `that ${sayQuestion({ ...question, subjects: question.subjects.map((name) => names.one(name)) })}`;
