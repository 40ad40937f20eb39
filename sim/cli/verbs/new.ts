/** `new`: a small scenario to start from, with a word on each part. */
import { EXIT, Unreadable } from '../io.ts';
import type { Command } from '../options.ts';

export const command: Command<'id'> = async ({ id = 'my-outage' }, io) => {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) {
    const mended = id
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '');
    throw new Unreadable(`new ${id}: an id is in kebab-case, such as ${mended || 'my-outage'}`);
  }
  io.out(starter(id));
  return EXIT.fine;
};

/** Changing one line of it changes the story: that is how it teaches. */
export const starter = (
  id: string,
): string => `# An outage: what there is, what breaks, who mends it, and what must come out.
#   netfall run ${id}.yaml         tells what happens
#   netfall why ${id}.yaml shop    tells why
#   netfall view ${id}.yaml        shows it, and follows this file as you edit it
netfall: 1
id: ${id}
title: The uplink breaks, and the shop was behind it
clock: { start: 2025-03-01T09:00:00Z, run: 2h } # all times are in UTC

nodes: # what there is, and what each needs to keep running
  uplink:   { kind: router }
  database: { kind: service, needs: [ uplink ], downAfter: 30s } # gives up after half a minute without
  api:      { kind: service, needs: [ database ], downAfter: 10s, startTakes: 1m }
  cache:    { kind: service }
  shop:     { kind: service, needs: [ api, { any: [ cache, database ] } ] }
  oncall:   { kind: team }
  people:   { kind: population, people: 12000, does: [ buy ] }

faults: # what breaks
  cut: { at: 09:10Z, to: uplink }

tasks: # who mends it: only once the shop is down, and then it takes a while
  mend: { team: oncall, after: { not: { up: shop } }, takes: 25m, does: { revert: cut } }

journeys: # what people try; the first step that fails says what they see
  buy: [ { up: shop, else: refused } ]

variants: # what if it had been built otherwise
  two-uplinks:
    title: A second uplink
    patch: { nodes: { spare: { kind: router }, database: { needs: { any: [ uplink, spare ] } } } }
    expect: { unharmed: { says: The shop stays up, never: { not: { up: shop } } } }

checkpoints: # what must come out; its foil is a variant in which it must not
  dark: { says: The shop is down within a minute, first: { not: { up: shop } }, accept: 09:10Z..09:11Z, foil: two-uplinks }
  back: { says: It is back before ten, back: { up: shop }, accept: ..10:00Z, foil: two-uplinks }
`;
