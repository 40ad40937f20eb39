/** How a condition is written: a word, a list (all of it), a gate, or one question. Which keys go together the reader decides. */
import * as z from 'zod';
import { draw, name, number, span, targets, text } from './words.ts';

/** A yes/no sentence over the state. */
export const Condition: z.ZodType = z
  .lazy(() => z.union([z.string(), z.number(), z.boolean(), z.array(Condition), ConditionMap]))
  .meta({
    id: 'Condition',
    description: 'A name, a list (all of it), a gate (all, any, atLeast, not) or one question.',
  });

const gates = {
  all: z.array(Condition).describe('True while every one is.').optional(),
  any: z.array(Condition).describe('True while at least one is.').optional(),
  atLeast: number('How many of the list under `of` must be true.').optional(),
  of: z.array(Condition).describe('The list that `atLeast` counts.').optional(),
  not: Condition.describe('True while the other is not.').optional(),
};

/** The questions, by the key that asks them. A selector is a name, or any, all, N of, N% of a glob. */
const heads = {
  up: name('Runs.').optional(),
  well: name('Runs, and has all it wishes for.').optional(),
  serves: name('Runs and is reached by somebody it is for.').optional(),
  starting: name('Is on its way up.').optional(),
  fault: name('A node or link that is broken.').optional(),
  alone: name('A door that can ask nobody and decides by itself.').optional(),
  carries: name('A link that carries traffic.').optional(),
  session: name(
    'A link over which two networks tell each other of prefixes, as long as they do. In a journey’s stage: how long a log-in lasts.',
  ).optional(),
  limited: name('A session over which more prefixes are told than an end takes.').optional(),
  reach: name('A path leads there over links and nodes that are up.').optional(),
  announces: name('A prefix that is announced; `at` says from which site.').optional(),
  route: name('A prefix to which a network has a route.').optional(),
  forwards: name(
    'A prefix or an address, such as 208.65.153.238, where what a network sends to it arrives; `as` says how it ends instead, `through` whom it passes.',
  ).optional(),
  resolves: name('A zone that a resolver can resolve.').optional(),
  answers: name('A nameserver that answers a resolver.').optional(),
  set: name('A word that is in the configuration of a node; `at` says of which.').optional(),
  ds: name('A zone whose DS record a resolver has; `as` says what it has instead: absent, unknown.').optional(),
  applied: name('A change that is in force.').optional(),
  rollout: name('A change; `is` says how far its roll-out has come.').optional(),
  guard: name('A change; `is` says what its check said.').optional(),
  done: name('A task that is done.').optional(),
  waiting: name('A task that is called for but cannot begin.').optional(),
  working: name('A task that is being worked on.').optional(),
  paused: name('A task that was interrupted.').optional(),
  failed: name('A task that failed.').optional(),
  stuck: name('A task that has been waiting; `for` says how long.').optional(),
  busy: name('A team without a free hand.').optional(),
  sees: name('A monitor that raises the alarm.').optional(),
  works: name('A journey that people can finish.').optional(),
  rate: name('A rate; `above` says what it must exceed.').optional(),
  overloaded: name('A node that bears more load than it can.').optional(),
  load: name('A node; `above` says how many times the usual it bears.').optional(),
  delay: name(
    'A zone; `above` says how many seconds late an answer comes that `via` has to ask for, as nameservers keep silent.',
  ).optional(),
  unresolved: name(
    'A zone; `above` says which share of the caches of `via`, a resolver with caches: many, do not resolve it.',
  ).optional(),
  troubled: name('People for whom something fails; `above` says how many.').optional(),
  queries: name(
    'A resolver, a zone, or a prefix (each site that announces it); `above` says how many times the usual it is asked.',
  ).optional(),
};

const details = {
  from: name('Who looks.').optional(),
  over: name(
    'With reach, the layer of the links to use. By itself, a resolver, or a prefix whose sites are, asked more than can be answered.',
  ).optional(),
  via: name('The resolver that is asked.').optional(),
  at: name('The site, or with set the node.').optional(),
  as: text(
    'With resolves the answer that is meant (ok, stale, servfail, nxdomain, nodata, timeout; ok or stale if not said); with forwards how packets end (delivered, no route, black hole, loop, filtered).',
  ).optional(),
  through: name('With forwards: the network that packets pass, or the site of one.').optional(),
  is: targets('The word, or words, that are meant.').optional(),
  for: text('A time span (stuck), or the people (works).').optional(),
  above: number('True at this number and more.').optional(),
  below: number('False again below this; the same as `above` if not said.').optional(),
};

/** Without `at`, which the entries that carry a question need for themselves. */
export const questionShape = { ...heads, ...details };
const shape = { ...gates, ...questionShape };
const ConditionMap = z.strictObject(shape).meta({ id: 'Question' });

export const Stage = z.union([
  z.string(),
  z.array(Condition),
  z.strictObject({
    ...shape,
    else: text('What people see when this stage is the first to fail.').optional(),
    session: span('How long those who came through before keep what it gave them: a log-in.').optional(),
  }),
]);

const Need = z.union([
  z.string(),
  z.number(),
  z.array(Condition),
  z.strictObject({
    ...shape,
    downAfter: draw(
      'How long this may be missing before the node falls; of its own, apart from the other needs.',
    ).optional(),
    upAfter: draw('How long this must be back before the node may rise.').optional(),
  }),
]);
/** A list is all of it. */
export const Needs = z.union([z.array(Need), Need]).meta({ id: 'Needs' });
