/** Rates that grow and fall back with a condition, and forces that pin a fact by hand. */
import type { Force, Question, Rate } from '../scenario.ts';
import type { ForceKeys, RateKeys } from '../schema/trouble.ts';
import type { Dict } from '../tree.ts';
import type { Conditions } from './conditions.ts';
import type { Made } from './entries.ts';
import { checkSource, Fields } from './fields.ts';
import { targets } from './selectors.ts';
import { flagOf, momentOf, numberOf, spanOf } from './values.ts';
import { NOBODY } from './world.ts';

export function buildRate(conditions: Conditions, made: Made): Rate {
  const { world } = conditions;
  const { context } = world;
  const rate = Fields.of<RateKeys>(world, made);
  checkSource(world, rate.get('source'));
  const [people] = rate.among('each', 'of');
  const [growth] = rate.among('while', 'to', 'over', 'back');
  if (people && growth)
    rate.problem(
      growth,
      `"${growth}" and "${people}" do not go together: a rate grows with a condition, or follows people`,
    );
  if (people) return rateOfPeople(rate, made.name);
  const grows = rate.need('while', 'say while what it grows');
  const number = (key: 'rest' | 'to') =>
    numberOf(context, rate.need(key, key === 'rest' ? 'say what it is on an ordinary day' : 'say what it grows to'), 0);
  return {
    name: made.name,
    unit: rate.text('unit') ?? '',
    rest: number('rest'),
    to: number('to'),
    while: grows ? conditions.read(grows, NOBODY) : { any: [] },
    growsOver: spanOf(context, rate.get('over')),
    fallsOver: spanOf(context, rate.get('back')),
  };
}

/** So much for each of those who are troubled. */
function rateOfPeople(rate: Fields<RateKeys>, name: string): Rate {
  const { world } = rate;
  const { context } = world;
  const each = numberOf(context, rate.need('each', 'say how much it is for each of them'), 0, { least: 0 });
  const rest = numberOf(context, rate.need('rest', 'say what it is on an ordinary day'), 0);
  const of = targets(world, [world.sections.nodes], rate.need('of', 'say of which populations'), ['population']);
  const unknown = of.find((one) => world.people.get(one)?.people === null);
  if (unknown !== undefined)
    rate.problem(
      'of',
      `how many people of ${unknown} are troubled hangs on how many they are`,
      'say so under `people`',
    );
  return { name, unit: rate.text('unit') ?? '', rest, each, of };
}

/** In a force `at` is a moment; the site of an announcement stands under `from` there. */
const OWN: ReadonlySet<string> = new Set(['holds', 'at', 'until', 'title', 'source', 'because']);

export function buildForce(conditions: Conditions, made: Made): Force | null {
  const { world } = conditions;
  const { context, start } = world;
  if (made.tree.is !== 'map') return null;
  const force = Fields.of<ForceKeys>(world, made);
  checkSource(world, force.get('source'));
  const holds = flagOf(context, force.need('holds', 'true or false'));
  const at = momentOf(context, force.need('at', 'say from when'), start) ?? 0;
  const until = momentOf(context, force.get('until'), start);
  if (until !== null && until <= at) force.problem('until', 'this ends before it begins');
  const asked: Dict = { ...made.tree, entries: new Map([...made.tree.entries].filter(([key]) => !OWN.has(key))) };
  const before = context.problems.length;
  const condition = conditions.read(asked, NOBODY);
  const question: Question | null = 'ask' in condition ? condition.ask : null;
  if (context.problems.length > before || ('all' in condition && condition.all.length === 0)) return null;
  if (!question || 'above' in question.test || ('word' in question.test && question.test.word.length !== 1)) {
    context.problem(
      made.at,
      question ? 'a force pins a fact to yes, no, or one word' : 'a force pins one fact, and this asks about several',
      question && 'word' in question.test ? 'say which word' : undefined,
    );
    return null;
  }
  if ('word' in question.test && !holds) {
    force.problem('holds', 'a force pins a fact to a word that holds', 'say which word it is to be');
    return null;
  }
  return { name: made.name, question, holds, at, until };
}
