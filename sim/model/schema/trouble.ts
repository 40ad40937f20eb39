/** How trouble and repair are written: faults, changes, tasks, journeys, rates, forces. */
import * as z from 'zod';
import { ADDRESS_TYPES } from '../scenario-names.ts';
import { Condition, questionShape, Stage } from './conditions.ts';
import { draw, growing, moment, name, named, number, span, targets, text, word, yes, yesNo } from './words.ts';

const provenance = {
  title: text('A name for people.').optional(),
  source: name('The source that says so.').optional(),
  because: text('Why this is assumed, where no source says so.').optional(),
};

const beginning = {
  at: moment('When it begins: 9m after the start, 15:39Z, or a date-time.').optional(),
  after: Condition.describe('It begins when this comes true.').optional(),
  before: yesNo('It was so before the start.').optional(),
};

const Effect = z
  .union([
    z.enum(['down', 'off', 'bug', 'start', 'mute', 'remove']),
    z.strictObject({
      down: yes('Breaks it.').optional(),
      off: yes('Switches it off.').optional(),
      bug: yes('Gives it a bug: a check that is wrong.').optional(),
      start: yes('Starts it by hand, once: a node, or a session that a limit shut.').optional(),
      mute: yes('Stops its routing process: it is silent, and what it forwards it forwards on.').optional(),
      drain: name('Takes this layer off it; it stays up.').optional(),
      cut: name('Cuts this layer from it.').optional(),
      withdraw: name('Makes the site withdraw this prefix.').optional(),
      set: text('Puts this word into its configuration: policies and conditions ask for it.').optional(),
      remove: yes('Takes a zone, or its delegation, away: there is no such name.').optional(),
      sign: word(['on', 'off'], 'Has a zone signed, or its signatures taken away; off outranks on.').optional(),
      ds: word(
        ['published', 'withdrawn'],
        'Has the DS record of a zone published in the zone above, or withdrawn; withdrawn outranks published.',
      ).optional(),
      deny: word(
        ADDRESS_TYPES,
        'Has the signed denials of a zone leave out this type, as if its name had no such record.',
      ).optional(),
      flush: name('Has a resolver forget, once, all it keeps of this zone and what is under it.').optional(),
    }),
  ])
  .describe('What it does to its targets: exactly one.');

export const FaultEntry = z.strictObject({
  ...beginning,
  ...growing({ to: targets('The nodes or links that break.').optional() }),
  bug: name('Short for a bug in this node.').optional(),
  effect: Effect.optional(),
  until: Condition.describe('When it is over: a moment, or a condition coming true.').optional(),
  for: draw('How long it lasts.').optional(),
  mtbf: draw('Mean time between failures, for faults by chance.').optional(),
  mttr: draw('Mean time to repair.').optional(),
  ...provenance,
});
export type FaultKeys = z.infer<typeof FaultEntry>;

const rollout = {
  batches: number('In how many steps; 1 if not said.').optional(),
  every: draw('Time between two steps.').optional(),
  order: word(['named', 'shuffled'], 'Who is first: by name, or by luck.').optional(),
  because: text('Why this is assumed.').optional(),
};

export const ChangeEntry = z.strictObject({
  ...beginning,
  ...growing({ to: targets('The nodes or links it is carried out on.').optional() }),
  effect: Effect.optional(),
  takes: draw('How long it takes on each.').optional(),
  guard: z
    .strictObject({
      by: name('The node that checks.').optional(),
      asks: Condition.describe('What must hold after the change.').optional(),
      whenDown: word(
        ['open', 'closed'],
        'What a broken check lets through: everything, or nothing (if not said).',
      ).optional(),
    })
    .describe('A check that can stop the change before it begins.')
    .optional(),
  rollout: z
    .strictObject({ ...rollout, halt: Condition.describe('No further step once this was true.').optional() })
    .describe('In steps rather than at once.')
    .optional(),
  rollback: z.strictObject(rollout).describe('How it is taken back.').optional(),
  until: Condition.describe('It is taken back when this comes true.').optional(),
  ...provenance,
});
export type ChangeKeys = z.infer<typeof ChangeEntry>;

const Does = z
  .strictObject({
    revert: targets('Changes and faults it takes back.').optional(),
    apply: targets('Changes it begins.').optional(),
  })
  .describe('What is so when it is done.');

const wayShape = {
  title: text('A name for people.').optional(),
  team: z
    .union([
      z.string(),
      z.number(),
      z.array(z.union([z.string(), z.number()])),
      z.record(z.string(), number('How many hands.')),
    ])
    .describe('Who does it: a team, a list, or a map of teams and hands.')
    .optional(),
  hands: number('How many of the team it takes; 1 if not said.').optional(),
  after: Condition.describe('It is called for when this comes true.').optional(),
  needs: Condition.describe('What must hold while it is worked on.').optional(),
  takes: draw('How long the work takes.').optional(),
  onLoss: word(['pause', 'restart', 'fail'], 'What happens to the work when its needs are lost.').optional(),
  until: Condition.describe('It is called off when this comes true.').optional(),
  does: Does.optional(),
  source: name('The source that says so.').optional(),
  because: text('Why this is assumed, where no source says so.').optional(),
};
export type WayKeys = { [K in keyof typeof wayShape]?: unknown };

export const TaskEntry = z.strictObject({
  ...wayShape,
  ways: named(
    z.strictObject(wayShape),
    'Ways of doing it, tried side by side: the first to end ends the task. When all have failed or were called off it fails, until one is called for again.',
  ).optional(),
});
export type TaskKeys = z.infer<typeof TaskEntry>;

const JourneyEntry = z.union([
  z.array(Stage),
  z.strictObject({
    title: text('A name for people.').optional(),
    stages: z.array(Stage).describe('Stage by stage.'),
    because: text('Why.').optional(),
  }),
]);

export const RateEntry = z.strictObject({
  unit: text('What is counted: queries per second…').optional(),
  rest: number('What it is on an ordinary day.').optional(),
  while: Condition.describe('It grows while this holds, and falls back after.').optional(),
  to: number('What it grows to.').optional(),
  over: span('How long that takes.').optional(),
  back: span('How long falling back takes.').optional(),
  each: number('So much for each of those who are troubled, instead of growing.').optional(),
  of: targets('The populations in which they are.').optional(),
  ...provenance,
});
export type RateKeys = z.infer<typeof RateEntry>;

export const ForceEntry = z.strictObject({
  ...questionShape,
  holds: yesNo('What it is pinned to.').optional(),
  at: moment('From when.').optional(),
  until: moment('Until when; to the end if not said.').optional(),
  ...provenance,
});
export type ForceKeys = z.infer<typeof ForceEntry>;

export const trouble = {
  faults: named(FaultEntry, 'What breaks.').optional(),
  changes: named(ChangeEntry, 'What somebody means to do, and how it is carried out.').optional(),
  tasks: named(TaskEntry, 'Work that people do.').optional(),
  journeys: named(
    JourneyEntry,
    'What people try, stage by stage; the first stage that fails names what they see.',
  ).optional(),
  rates: named(RateEntry, 'Numbers that grow and fall back with a condition.').optional(),
  forces: named(ForceEntry, 'Facts pinned by hand: what if this had held?').optional(),
};
