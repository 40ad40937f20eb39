/** In a real outage no number stands without its basis: a source or a reason beside it, or a parameter that has one. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

const folder = join(import.meta.dirname, '../../scenarios/outages');
const SECTIONS = ['defaults', 'nodes', 'map', 'links', 'prefixes', 'zones', 'faults', 'changes', 'tasks', 'rates'];
/** A number, a span or a draw that is written out. Clock times are what a checkpoint or a caption says, or when a change was made. */
const NUMBER = /^(\d+(\.\d+)?(e[+-]?\d+)?(ms|s|m|h|d|x|%)?|\w+\(.*\d.*\)|.*\d(ms|s|m|h)?\.\..*)$/;
const BARE = new Set(['cidr', 'to', 'from', 'mesh', 'at', 'via', 'prefix', 'in', 'title', 'source', 'because']);

type Tree = Record<string, unknown>;
const isMap = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The numbers of an entry that no source and no reason at it or above it covers. */
function uncovered(value: unknown, path: string, key = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((one, k) => uncovered(one, `${path}[${k}]`, key));
  if (isMap(value)) {
    if ('source' in value || 'because' in value) return [];
    return Object.entries(value).flatMap(([name, inner]) => uncovered(inner, `${path}.${name}`, name));
  }
  return !BARE.has(key) && NUMBER.test(String(value)) && value !== 0 ? [`${path}: ${value}`] : [];
}

test.each(readdirSync(folder))('%s', (name) => {
  const scenario = parse(readFileSync(join(folder, name), 'utf8')) as Tree;
  expect(SECTIONS.flatMap((section) => uncovered(scenario[section] ?? {}, section))).toEqual([]);
  for (const [parameter, entry] of Object.entries(scenario.parameters as Record<string, Tree>))
    expect('source' in entry || 'because' in entry, parameter).toBe(true);
});

test('the look finds a number without its basis', () => {
  expect(uncovered({ check: { downAfter: '5s..$slow', needs: [] } }, 'nodes')).toEqual([
    'nodes.check.downAfter: 5s..$slow',
  ]);
  expect(uncovered({ haul: { from: 'pop.*', pick: 4 } }, 'links')).toEqual(['links.haul.pick: 4']);
  expect(uncovered({ haul: { pick: 4, because: 'assumed' } }, 'links')).toEqual([]);
});
