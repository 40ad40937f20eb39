import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { load } from '../../sim/model/load.ts';
import { fixed } from '../../sim/model/luck.ts';
import { formatProblem } from '../../sim/model/problems.ts';
import { jsonSchema } from '../../sim/model/schema.ts';
import { needs, problems, scenario } from './reading.ts';

const file = new URL('../../scenarios/patterns/chain-and-alternative.yaml', import.meta.url);

test('the chain and its alternative come out as written', () => {
  const result = load(readFileSync(file, 'utf8'), { file: 'chain.yaml' });
  if (!result.ok) throw new Error(result.problems.map(formatProblem).join('\n'));
  const read = result.value;
  expect(Object.fromEntries([...read.nodes.keys()].map((name) => [name, needs(read, name)]))).toEqual({
    api: ['all(up/auth, up/dns)'],
    auth: ['all(up/dns, up/bb)'],
    bb: [],
    cdn: ['any(up/bb, up/dns)'],
    dns: ['up/bb'],
    web: ['all(up/api, up/cdn)'],
  });
  const delays = [...read.nodes.values()].map(({ name, needs: [clause] }) => [
    name,
    clause?.downAfter,
    clause?.upAfter,
  ]);
  const ms = (name: string, value: number) => [name, fixed(value), fixed(value)];
  expect(delays.filter(([name]) => name !== 'bb')).toEqual([
    ms('api', 40),
    ms('auth', 41),
    ms('cdn', 49),
    ms('dns', 43),
    ms('web', 42),
  ]);
  expect(
    [...read.faults.values()].map(({ targets, at, until, effect }) => [targets, at, until, effect.setting]),
  ).toEqual([
    [['auth'], 720, 730, 'down'],
    [['bb'], 100, 400, 'down'],
    [['dns'], 700, 850, 'down'],
  ]);
  expect([read.start, read.run]).toEqual([Date.UTC(2021, 9, 4, 15, 30), 2000]);
});

const BODY = {
  parameters: '  n: { value: 3, because: x }\n',
  nodes:
    '  pop.{1..$n}: { kind: pop }\n  ns.{a,b}: { kind: nameserver, in: pop.* }\n  "ns.*": { startTakes: 1m }\n  web: { kind: service, needs: [ any ns.a, c ] }\n',
  conditions: '  c: all pop.*\n  d: [ c ]\n',
  links: '  l: { mesh: pop.* }\n',
  faults: '  f: { at: 1m, to: pop.* }\n  e: { after: d, to: web }\n',
};

test('the order of sections and of entries does not matter', () => {
  const forward = Object.entries(BODY).map(([key, lines]) => `${key}:\n${lines}`);
  const backward = Object.entries(BODY)
    .reverse()
    .map(([key, lines]) => `${key}:\n${lines.trimEnd().split('\n').reverse().join('\n')}\n`);
  expect(JSON.stringify([...scenario(forward.join('')).nodes])).toBe(
    JSON.stringify([...scenario(backward.join('')).nodes]),
  );
  expect(JSON.stringify([...scenario(forward.join('')).faults])).toBe(
    JSON.stringify([...scenario(backward.join('')).faults]),
  );
});

test('JSON means the same as YAML', () => {
  const yaml = scenario(
    'nodes: { "a.{1..2}": { kind: router, needs: [], downAfter: 5s } }\nfaults: { f: { at: 1m, to: a.* } }\n',
  );
  const json = load(
    JSON.stringify({
      netfall: 1,
      id: 'test',
      title: 'Test',
      clock: { start: '2021-10-04T15:30:00Z', run: '8h' },
      nodes: { 'a.{1..2}': { kind: 'router', needs: [], downAfter: '5s' } },
      faults: { f: { at: '1m', to: 'a.*' } },
    }),
    { file: 'test.json' },
  );
  if (!json.ok) throw new Error(JSON.stringify(json.problems));
  expect({ ...json.value, places: null, written: null }).toEqual({ ...yaml, places: null, written: null });
});

test('every problem is said at once, in the order of the file', () => {
  const found = problems(
    'nodes:\n  web: { kind: servce, needs: [ dsn ] }\n  dns: { kind: service, downafter: 5 }\nfaults:\n  f: { at: 9, to: wbe }\n  g: { to: dns }\n',
  );
  expect(found).toEqual([
    '2:16: nodes.web.kind: expected one of region, datacenter, router, pop, network, nameserver, resolver, service, tool, access, power, team, population, client, monitor, found "servce"; did you mean "service"?',
    '2:33: nodes.web.needs[0]: there is no node or task "dsn"; did you mean "dns"?',
    '3:25: nodes.dns.downafter: there is no key "downafter" here; did you mean "downAfter"?',
    '5:12: faults.f.at: expected a time span, found the bare number 9; write 9s, 9m or 9ms',
    '5:19: faults.f.to: there is no node or link "wbe"; did you mean "web"?',
    '6:3: faults.g: nothing says when this begins; say one of at, after, before: true, or mtbf with mttr',
  ]);
});

test('of many problems the first hundred are said, and how many more there are', () => {
  const lines = Array.from({ length: 150 }, (_, i) => `  n${i}: { kind: router, needs: [ missing-${i} ] }\n`);
  const found = problems(`nodes:\n${lines.join('')}`);
  expect(found).toHaveLength(100);
  expect(found.at(-1)).toBe('101:33: and 51 more problems after this');
});

test('what braces make is complained about once', () => {
  expect(problems('nodes:\n  pop.{1..40}: { kind: pop, needs: [ dsn ] }\n')).toEqual([
    '2:38: nodes.pop.{1..40}.needs[0]: there is no node or task "dsn"',
  ]);
});

test('names that every object has are names like others', () => {
  const read = scenario(
    'nodes:\n  constructor: { kind: router }\n  toString: { kind: service, needs: [ constructor ] }\n  hasOwnProperty: { kind: router }\n',
  );
  expect([...read.nodes.keys()]).toEqual(['constructor', 'hasOwnProperty', 'toString']);
});

test('an id is in kebab-case', () => {
  const result = load('netfall: 1\nid: My Outage\ntitle: x\nclock: { start: 2021-10-04T15:30:00Z, run: 8h }\n', {
    file: 'x.yaml',
  });
  expect(result.ok ? [] : result.problems.map(formatProblem)).toEqual([
    'x.yaml:2:5: id: an id is of small letters, digits and single hyphens, found "My Outage"; write my-outage',
  ]);
});

test('the JSON Schema for editors describes every key', () => {
  const schema = jsonSchema() as { anyOf: { properties: Record<string, { description?: string }> }[] };
  const undescribed = schema.anyOf.flatMap(({ properties }) =>
    Object.entries(properties)
      .filter(([, { description }]) => !description)
      .map(([key]) => key),
  );
  expect(undescribed).toEqual([]);
});
