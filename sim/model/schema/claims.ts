/** How claims are written: checkpoints against history, expectations of variants, and the captions of the story. */
import * as z from 'zod';
import { Condition } from './conditions.ts';
import { moment, name, named, span, targets, text, word } from './words.ts';

const Patch = z.record(z.string(), z.unknown());

const claims = {
  first: Condition.describe('When this is true for the first time.').optional(),
  last: Condition.describe('When this is true for the last time.').optional(),
  back: Condition.describe('When this is true again after having been false.').optional(),
  lasts: Condition.describe('How long this is true in all.').optional(),
  always: Condition.describe('This is true throughout.').optional(),
  holds: Condition.describe('The same as always.').optional(),
  never: Condition.describe('This is never true.').optional(),
  count: Condition.describe('How often this comes true.').optional(),
  at: z
    .strictObject({ when: moment('The moment.'), so: Condition.describe('What is true then.') })
    .describe('This is true at a moment.')
    .optional(),
  lag: z.array(Condition).describe('Time from the first to the second coming true.').optional(),
  order: z.array(Condition).describe('These come true one after the other.').optional(),
  after: z
    .strictObject({
      so: Condition.describe('What comes true.'),
      checkpoint: name('After which checkpoint.'),
      within: span('How soon.'),
    })
    .describe('This comes true soon after another checkpoint.')
    .optional(),
  peak: text('Facts, such as route/*/ns-*: the moment at which most of them change.').optional(),
  per: span('peak: how long a bin is; 1m if not said.').optional(),
  max: name('The highest value of this rate, or of a fact that is a number: queries/public.').optional(),
  ratio: z
    .strictObject({
      of: name('A rate, or a fact that is a number.'),
      to: z.literal('before').describe('Against its value before the start.'),
    })
    .describe('How many times its value before.')
    .optional(),
  ends: word(['quiet', 'horizon', 'race'], 'Why the run ends.').optional(),
  share: Condition.describe('The largest share of `each` for which this is true at once.').optional(),
  gain: z
    .strictObject({
      of: Condition.describe('What is true of `each`.'),
      from: moment('From when.'),
      to: moment('Until when.'),
    })
    .describe('How much greater the share of `each` is at one moment than at an earlier one.')
    .optional(),
};

const CheckpointEntry = z
  .strictObject({
    says: text('The claim in words.').optional(),
    ...claims,
    seen: moment('What was seen then.').optional(),
    accept: moment('What counts as the same: ±5m around seen, a..b, a.., ..b, or never.').optional(),
    within: text('Only this stretch of the run: 15:50Z..18:00Z, ends may be open.').optional(),
    while: Condition.describe('Only while this holds.').optional(),
    source: name('The source that says so.').optional(),
    because: text('Why, where no source says so.').optional(),
    strength: word(['A', 'B', 'C'], 'How firm the evidence is; B if not said.').optional(),
    group: name('Claims of a group count as one.').optional(),
    fittedTo: targets('Parameters that were chosen so that this holds.').optional(),
    parts: targets(
      'Variants, each of which takes one cause away: `check` says how much of what is measured it makes up.',
    ).optional(),
    foil: name('A variant in which this must fail.').optional(),
    without: Patch.describe('A patch with which this must fail.').optional(),
    notModelled: text('Why this cannot be checked here.').optional(),
  })
  .meta({ id: 'Checkpoint' });
export type CheckpointKeys = z.infer<typeof CheckpointEntry>;

const VariantEntry = z.strictObject({
  title: text('The variant in words.').optional(),
  also: targets('Variants this builds on, in this order.').optional(),
  patch: Patch.describe(
    'Merged into the scenario as written (RFC 7396): null deletes, x+ and x- extend and shorten lists.',
  ).optional(),
  expect: named(CheckpointEntry, 'Claims about this variant.').optional(),
  source: name('The source that says so.').optional(),
  because: text('Why.').optional(),
});

const CaptionEntry = z.strictObject({
  at: moment('When it is shown.').optional(),
  first: Condition.describe('It is shown when this is true for the first time.').optional(),
  back: Condition.describe('It is shown when this is true again after having been false.').optional(),
  says: text('The caption.').optional(),
});
export type CaptionKeys = z.infer<typeof CaptionEntry>;

export const telling = {
  variants: named(VariantEntry, 'What if: other scenarios by small patches.').optional(),
  checkpoints: named(CheckpointEntry, 'Claims about history, scored.').optional(),
  story: named(CaptionEntry, 'Captions for the replay.').optional(),
};
