/** How the rest of the Internet is written: made from a seed, or read from a file of relationships between networks. */
import * as z from 'zod';
import { name, number, text } from './words.ts';

export const InternetSection = z
  .strictObject({
    generate: z
      .strictObject({
        networks: number('How many networks; they are numbered from 4200000001, the largest first.'),
        seed: text('Another seed, another Internet.'),
      })
      .describe('Made up: tiers, degrees by a power law, peering among like sizes.')
      .optional(),
    caida: text(
      'A file beside this one, of relationships between networks as CAIDA publishes them: serial-1 or serial-2, as it is or packed by gzip.',
    ).optional(),
    imports: z
      .record(z.string(), number('A share such as 90%.'))
      .describe('Policies for routes that networks hear which are not declared, by the share of these that have one.')
      .optional(),
    source: name('The source that says so.').optional(),
    because: text('Why this is assumed, where no source says so.').optional(),
  })
  .describe(
    'The rest of the Internet, for routes only. A network with an `asn` of it is that network, with all its sessions; only what can matter to the declared ones is made.',
  );
