/** Series of things, told as one: DS records in many caches, one change for each of many sites, a queue of tasks, packets of many. */
import { expect, test } from 'vitest';
import { story } from '../../sim/analysis/story.ts';
import { make } from './made.ts';

const told = (text: string): readonly string[] => {
  const { scenario, trace } = make(text);
  return story(scenario, trace, { detail: 'full' }).map(({ says }) => says);
};

test('what many caches have of a DS record', () => {
  const lines = told(`
nodes:
  "{registry,names}": { kind: nameserver }
  strict.{1..6}: { kind: resolver, validates: true }
  people: { kind: population, people: 600, via: { "strict.*": 100% }, does: [ buy ] }
zones:
  example: { nameservers: registry, ttl: 2d, negativeTtl: 15m, signed: true }
  shop.example: { nameservers: names, ttl: 5m, under: example, signed: true, ds: 24h }
changes: { withdraw: { at: 1m, to: shop.example, effect: { ds: withdrawn } }, flush: { at: 2m, to: strict.*, effect: { flush: shop.example } } }
journeys: { buy: [ { resolves: shop.example } ] }
`);
  expect(lines.filter((line) => line.includes(' it that '))).toEqual([
    'all 6 resolvers have it that shop.example has no DS record',
  ]);
});

test('one change for each of many sites, and what it did', () => {
  const lines = told(`
nodes: { "site.{1..5}": { kind: pop }, eye: { kind: tool, needs: [ { not: { set: old, at: site.1 } } ] } }
changes:
  back.{1..5}: { title: "roll-back at site $1", at: 1m, to: "site.$1", effect: { set: old } }
  other: { at: 9m, to: eye, effect: off }
`);
  expect(lines.filter((line) => line.includes('in force'))).toEqual([
    'all 5 back.* changes are in force: all 5 pops are set to old',
    'the change other is in force: eye is switched off',
  ]);
  expect(lines).toContain('all 5 back.* changes are checked by nothing');
});

test('a queue of tasks', () => {
  const lines = told(`
nodes: { crew: { kind: team }, "site.{1..6}": { kind: pop } }
faults: { f: { at: 1m, to: "site.*" } }
tasks: { "fix.{1..6}": { team: crew, after: { not: "site.$1" }, takes: 5m } }
`);
  expect(lines).toContain('work on fix.1 begins; fix.2, fix.3 and 3 more tasks are called for but cannot begin');
});

test('what many send that ends alike', () => {
  const lines = told(`
nodes: { "{origin,t}": { kind: network }, "isp.{1..5}": { kind: network } }
links: { up: { from: "{origin,isp.*}", to: t, bgp: buys } }
prefixes: { p: { from: origin, cidr: 192.0.2.0/24 } }
checkpoints: { c: { says: All arrive, always: { forwards: p, from: all isp.* } } }
faults: { f: { at: 1m, to: origin } }
`);
  expect(lines).toContain('all 5 isp.* networks find no route to p');
});
