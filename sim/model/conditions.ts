/** Conditions as text, for sentences: `all of (bb up, any of 4: dc.1 reached from pop.7, …)`. */
import type { Condition, Question } from './scenario.ts';

/** How many members of a list are spelled out before it is cut off. */
const SHOWN = 3;

export function sayQuestion({ kind, subjects, test }: Question): string {
  const [a, b, c] = subjects;
  const value = 'word' in test ? test.word.join(' or ') : 'above' in test ? `at ${test.above} or more` : '';
  switch (kind) {
    case 'reach':
      return `${a} reaches ${b}${c ? ` over ${c}` : ''}`;
    case 'route':
      return `${a} has a route to ${b}`;
    case 'resolves':
      return `${a} resolves ${b}${value === 'ok or stale' ? '' : ` as ${value}`}`;
    case 'answers':
      return `${b} answers ${a}`;
    case 'announces':
      return `${a} announces ${b}`;
    case 'stuck':
      return `${a} stuck for ${b}`;
    case 'works':
      return `${b} for ${a}${c ? ` via ${c}` : ''} is ${value}`;
    case 'load':
      return `the load of ${a} ${value}`;
    case 'unresolved':
      return `share of ${a} that does not resolve ${b} ${value}`;
    case 'troubled':
      return `troubled people of ${a} ${value}`;
    case 'forwards':
      return `what ${a} sends to ${b} ${value === 'delivered' ? 'arrives' : `ends as ${value}`}`;
    case 'passes':
      return `what ${a} sends to ${b} passes through ${c}`;
    case 'config':
      return `${a} is set to ${c}`;
    case 'up':
      return a as string;
    default:
      return `${a} ${value || kind}`;
  }
}

export function sayCondition(condition: Condition): string {
  if (condition.called !== undefined) return condition.called;
  if ('ask' in condition) return sayQuestion(condition.ask);
  if ('not' in condition)
    return `not ${'ask' in condition.not || condition.not.called ? sayCondition(condition.not) : `(${sayCondition(condition.not)})`}`;
  const of = 'all' in condition ? condition.all : 'any' in condition ? condition.any : condition.of;
  const members = of.slice(0, SHOWN).map(sayCondition).join(', ') + (of.length > SHOWN ? ', …' : '');
  if (of.length === 1 && !('of' in condition)) return members;
  const count = of.length > SHOWN ? ` of ${of.length}` : '';
  return 'all' in condition
    ? `all${count} (${members})`
    : 'any' in condition
      ? `any${count} (${members})`
      : `${condition.atLeast} of ${of.length} (${members})`;
}

/** Every question in a condition, in order. */
export function questionsOf(condition: Condition): readonly Question[] {
  if ('ask' in condition) return [condition.ask];
  if ('not' in condition) return questionsOf(condition.not);
  return ('all' in condition ? condition.all : 'any' in condition ? condition.any : condition.of).flatMap(questionsOf);
}
