/** What is looked up at a thing that has more to look up than can be shown. */
import { expect, test } from 'vitest';
import { createBoards, stepAt } from '../../viz/load/board.ts';
import { parse } from '../../viz/load/parse.ts';
import { looksAt, looksNow } from '../../viz/look/looks.ts';
import { realTrace } from '../support/real-trace.ts';

test('the names that fail come first, and it is said how many are left out', () => {
  const { run } = parse(
    realTrace(`
netfall: 1
id: many
title: Many
clock: { start: 2026-03-02T09:00:00Z, run: 1h }
nodes:
  ns: { kind: nameserver }
  r.{1..20}: { kind: resolver }
  users: { kind: population, people: 100, via: { r.*: 100% }, does: read }
zones: { shop: { nameservers: ns, ttl: 5m } }
journeys: { read: [ { resolves: shop } ] }
faults: { off: { at: 10m, to: [ r.7, r.19 ] } }
`),
  );
  const all = looksAt(run, 'ns');
  expect(all).toHaveLength(20);
  const boards = createBoards(run);
  const first = (minutes: number) => {
    const { looks, more } = looksNow(run, all, boards.at(stepAt(run, minutes * 60_000)));
    expect([looks.length, more]).toEqual([16, 4]);
    return looks.slice(0, 2).map((look) => look.ask === 'dig' && look.resolver);
  };
  expect(first(0)).toEqual(['r.1', 'r.10']);
  expect(first(11)).toEqual(['r.19', 'r.7']);
  expect(looksNow(run, all.slice(0, 3), boards.at(0))).toEqual({ looks: all.slice(0, 3), more: 0 });
});
