/** The written scenario file: one source for what is checked, what editors are told, and the types of the keys. */
import * as z from 'zod';
import { telling } from './schema/claims.ts';
import { Condition } from './schema/conditions.ts';
import { map } from './schema/map.ts';
import { place } from './schema/place.ts';
import { routing } from './schema/routing.ts';
import { trouble } from './schema/trouble.ts';
import { moment, name, named, span, targets, text, value, word } from './schema/words.ts';

const SourceEntry = z.strictObject({
  title: text('What it is called.'),
  basis: word(
    ['official', 'measured', 'press', 'retold', 'standard'],
    'What kind of source it is; every number that cites it inherits this.',
  ),
  url: text('Where it is.').optional(),
  access: text('How it was read: part, via notes…').optional(),
});

const ParameterEntry = z.strictObject({
  value: value('What a plain run uses.'),
  range: text('What it may have been, such as 5s..3m: sweeps draw from it.').optional(),
  source: name('The source that says so.').optional(),
  basis: text('assumed, inferred, press…, where no source is cited.').optional(),
  because: text('Why this value.').optional(),
});

const RequireEntry = z.strictObject({
  sum: targets('Parameters whose values are added.'),
  in: text('The range the sum must lie in.'),
  source: name('The source that says so.').optional(),
  because: text('Why.').optional(),
});

export const ScenarioFile = z.strictObject({
  netfall: z.literal(1).describe('The version of the format: 1.'),
  id: name('A short name in kebab-case.'),
  title: text('The headline.'),
  clock: z
    .strictObject({
      start: text('Time zero: a date-time with zone, such as 2021-10-04T15:30:00Z.'),
      run: span('How long the run lasts.'),
    })
    .describe('Time zero and the length of the run.'),
  sources: named(SourceEntry, 'Who says so.').optional(),
  parameters: named(ParameterEntry, 'Numbers that are written $name elsewhere.').optional(),
  require: named(RequireEntry, 'What must hold between parameters.').optional(),
  conditions: named(Condition, 'Names for what is asked more than once.').optional(),
  ...place,
  ...routing,
  ...map,
  ...trouble,
  views: named(targets('A glob, or a list.'), 'Names for groups of nodes: any ris, 5% of ris.').optional(),
  ...telling,
});

/** A fork: the scenario of another file, and more after a moment. */
export const ForkFile = z.strictObject({
  netfall: z.literal(1).describe('The version of the format: 1.'),
  extends: text('The file of the scenario this continues.'),
  at: moment('From when on this differs.'),
  id: name('A short name in kebab-case.').optional(),
  title: text('The headline.').optional(),
  faults: trouble.faults,
  changes: trouble.changes,
  forces: trouble.forces,
});

/** For editors: `# yaml-language-server: $schema=…`. */
export function jsonSchema(): object {
  return z.toJSONSchema(z.union([ScenarioFile, ForkFile]), { io: 'input', reused: 'inline' });
}
