/** How it is written where things are on the map; nothing else reads it. */
import * as z from 'zod';
import { name, named, point, text } from './words.ts';

const MapEntry = z.strictObject({
  at: named(
    point('Degrees north and east: 52.31 4.76; south and west are negative.'),
    'Nodes, and where they are: a name, a glob or braces. What stands in a place is where the place is.',
  ),
  source: name('The source that says so.').optional(),
  because: text('Why this is assumed, where no source says so.').optional(),
});
export type MapKeys = z.infer<typeof MapEntry>;

export const map = { map: named(MapEntry, 'Where things are, for the map alone.').optional() };
