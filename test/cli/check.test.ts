/** `check`, `validate`, `new`, `schema`: what holds, what is sound, and what to start from. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { netfall, UPLINK } from './fake-io.ts';

const WRONG = UPLINK.replace('seen: 09:10Z', 'seen: 09:40Z');
const files = { 'uplink.yaml': UPLINK, 'wrong.yaml': WRONG, 'bad.yaml': `${UPLINK}nonsense: 1\n` };
const check = (argv: readonly string[], world = {}) => netfall(['check', ...argv], { files, ...world });

describe('check', () => {
  test('held: exit 0, with the expectations of variants', async () => {
    const { code, out, err } = await check(['uplink.yaml']);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('1 held and not fitted · 0 fitted · 0 missed');
    expect(out).toMatch(/dark .*09:10Z ±1m +09:10:40 +held$/m);
    expect(out).toMatch(/^no-cut: Nothing breaks$/m);
    expect(out).toMatch(/calm .*yes +held$/m);
  });

  test('missed: exit 1', async () => {
    const { code, out } = await check(['uplink.yaml', 'wrong.yaml']);
    expect(code).toBe(1);
    expect(out).toMatch(/dark .*09:40Z ±1m +09:10:40 +missed$/m);
  });

  test('an expectation that fails: exit 1', async () => {
    const hopeful = UPLINK.replace('patch: { faults: { cut: null } }', 'patch: { title: The same }');
    const { code, out } = await check(['h.yaml'], { files: { 'h.yaml': hopeful } });
    expect(code).toBe(1);
    expect(out).toMatch(/calm .*no +missed$/m);
    expect(out).toContain('0 held and not fitted · 0 fitted · 0 missed · 1 held without proof');
  });

  test('not sound: exit 2, whatever else was missed', async () => {
    const { code, out, err } = await check(['wrong.yaml', 'bad.yaml', 'none.yaml', 'uplink.yaml']);
    expect(code).toBe(2);
    expect(err).toContain('bad.yaml:');
    expect(err).toContain('none.yaml: there is no such file');
    expect(out.match(/^uplink · seed 1$/gm)).toHaveLength(2);
  });

  test('many seeds: how often each holds', async () => {
    const lucky = UPLINK.replace('downAfter: 30s', 'downAfter: 5s..120s');
    const world = { files: { 'l.yaml': lucky } };
    const { out } = await check(['l.yaml', '--seeds', '30'], world);
    const [, percent] = /dark .* (\d+) % +\w+$/m.exec(out) ?? [];
    expect(Number(percent)).toBeGreaterThan(5);
    expect(Number(percent)).toBeLessThan(95);
    const told = JSON.parse((await check(['l.yaml', '--seeds', '30', '--format', 'json'], world)).out);
    expect(told[0]).toMatchObject({ scenario: 'uplink', seeds: 30 });
    const [claim] = told[0].parts[0].claims;
    expect(claim.runs).toBe(30);
    expect(Math.round((100 * claim.passed) / 30)).toBe(Number(percent));
  });

  test('json: foils, verdict and parts', async () => {
    const told = JSON.parse((await check(['uplink.yaml', '--format', 'json'])).out);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({
      file: 'uplink.yaml',
      failed: false,
      parts: [{ variant: null, races: [] }, { variant: 'no-cut' }],
    });
    expect(told[0].parts[0].claims[0]).toMatchObject({
      id: 'dark',
      held: true,
      passed: 1,
      runs: 1,
      foilMisses: true,
      failsWithout: null,
    });
  });

  test('parts: how a claim moves without each cause it names', async () => {
    const parted = UPLINK.replace('accept: ±1m, foil', 'accept: ±1m, parts: [ hasty, no-cut ], foil').replace(
      'variants:',
      'variants:\n  hasty: { title: Without patience, patch: { parameters: { patience: { value: 0s } } } }',
    );
    const world = { files: { 'p.yaml': parted } };
    const { code, out } = await check(['p.yaml'], world);
    expect(code).toBe(0);
    expect(out).toContain(`What makes it up

  dark The shop goes down: 09:10:40
      Without patience: 09:10:30 (-10s)
      Nothing breaks: never
`);
    const told = JSON.parse((await check(['p.yaml', '--seeds', '3', '--format', 'json'], world)).out);
    const [claim] = told[0].parts[0].claims;
    expect(claim.parts).toEqual([
      {
        variant: 'hasty',
        title: 'Without patience',
        simulated: '09:10:30',
        change: '-10s',
        range: ['-10s', '-10s'],
        compared: 3,
        runs: 3,
      },
      { variant: 'no-cut', title: 'Nothing breaks', simulated: null, change: null, range: null, compared: 0, runs: 3 },
    ]);
    const several = await check(['p.yaml', '--seeds', '3'], { ...world, errIsTTY: true });
    expect(several.out).toContain('Without patience: 09:10:30 (-10s, from -10s to -10s)');
    // The scenario, two variants without a cause, and the one that expects something: each with every seed.
    expect(several.err).toContain('p.yaml: run 1 of 12');
  });

  test('junit: a suite a scenario, a test a claim', async () => {
    const { code, out } = await check(['uplink.yaml', 'wrong.yaml', '--format', 'junit']);
    expect(code).toBe(1);
    expect(out).toMatch(
      /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites name="netfall" tests="4" failures="1">/,
    );
    expect(out).toContain('<testcase classname="uplink" name="dark: The shop goes down"/>');
    expect(out).toContain('<failure message="expected ±1m, simulated 09:10:40; held in 0 of 1 runs"/>');
  });

  test('markdown: the headline, and a mark in one of three columns', async () => {
    const checkpoints = `checkpoints:
  dark:  { says: "The shop | goes *down*", first: { not: shop }, seen: 09:10Z, accept: ±1m, foil: no-cut }
  tuned: { says: The shop is patient, lag: [ { not: database }, { not: shop } ], seen: 10s, accept: ±1s, fittedTo: [ patience ], foil: no-cut }
  late:  { says: It goes later, first: { not: shop }, seen: 09:40Z, accept: ±1m, foil: no-cut }
  bare:  { says: It is back, back: shop, accept: 09:20Z..09:40Z }
  money: { says: What it costs, notModelled: money }
`;
    const text = UPLINK.replace(/checkpoints:\n[\s\S]*$/, checkpoints).replace('for: 20m', 'for: 20m3s7ms');
    const { code, out, err } = await check(['m.yaml', '--format', 'markdown'], { files: { 'm.yaml': text } });
    expect([code, err]).toEqual([1, '']);
    expect(
      out,
    ).toBe(`**1 held, not fitted · 1 held, fitted · 1 missed** ((●) 1 held, with nothing shown that would miss it; 1 not modelled, and not counted)

| Claim | Seen | Simulated | held, not fitted | held, fitted | missed |
|:--|:--|:--|:-:|:-:|:-:|
| dark The shop \\| goes \\*down\\* | 09:10Z ±1m | 09:10:40 | ● | | |
| tuned The shop is patient | 10s ±1s | 10s | | ● | |
| late It goes later | 09:40Z ±1m | 09:10:40 | | | ● |
| bare It is back | (09:20Z..09:40Z) | 09:30:03 | (●) | | |
| money What it costs | – | not modelled: money | | | |
`);
  });

  test('a race fails, unless a claim foretells it', async () => {
    const foretold = readFileSync(new URL('../../scenarios/patterns/two-polite-spares.yaml', import.meta.url), 'utf8');
    const silent = foretold.replace('ends: race', 'always: power');
    const world = { files: { 'foretold.yaml': foretold, 'silent.yaml': silent } };
    expect((await check(['foretold.yaml'], world)).code).toBe(0);
    const { code, out } = await check(['silent.yaml'], world);
    expect(code).toBe(1);
    expect(out).toContain('The run of seed 1 could not settle: see netfall run silent.yaml --seed 1');
  });

  test('progress only on a terminal, and gone at the end', async () => {
    const { err } = await check(['uplink.yaml', '--seeds', '3'], { errIsTTY: true });
    expect(err).toContain('uplink.yaml: run 1 of 6');
    expect(err.endsWith('\r\u001b[K')).toBe(true);
  });

  test('interrupted: what is known by then, exit 130', async () => {
    const { code, out, err } = await check(['uplink.yaml', '--seeds', '50'], { stop: AbortSignal.abort() });
    expect([code, out]).toEqual([130, '']);
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 0);
    const later = await check(['uplink.yaml', '--seeds', '100000'], { stop: stop.signal });
    expect(later.code).toBe(130);
    expect(later.out).toMatch(/That is after \d+ runs? of 100000\./);
    expect(err + later.err).toContain('Interrupted');
  });
});

describe('validate', () => {
  test('one line a sound file', async () => {
    const { code, out, err } = await netfall(['validate', 'uplink.yaml', 'wrong.yaml'], { files });
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^uplink\.yaml: 4 nodes, \d+ questions, 1 variant, 1 checkpoint\nwrong\.yaml: .*\n$/);
  });

  test('every problem of every file, sound ones told all the same', async () => {
    const worse = UPLINK.replace('kind: router', 'kind: ruoter');
    const { code, out, err } = await netfall(['validate', 'worse.yaml', 'bad.yaml', 'uplink.yaml', 'none.yaml'], {
      files: { ...files, 'worse.yaml': worse },
    });
    expect(code).toBe(2);
    expect(out).toMatch(/^uplink\.yaml: .*\n$/);
    expect(err).toMatch(/^worse\.yaml:8:\d+: nodes\.uplink\.kind: .*did you mean "router"\?$/m);
    expect(err).toMatch(/^bad\.yaml:23:1: nonsense: there is no key "nonsense" here/m);
    expect(err).toContain('none.yaml: there is no such file');
    for (const line of err.trimEnd().split('\n')) expect(line).toMatch(/^[\w.]+(:\d+:\d+)?: \S/);
  });

  test('a variant that cannot be is found too', async () => {
    const torn = UPLINK.replace(
      'patch: { faults: { cut: null } }',
      'patch: { nodes: { database: { needs: [ nobody ] } } }',
    );
    const { code, out, err } = await netfall(['validate', 't.yaml'], { files: { 't.yaml': torn } });
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('nobody');
  });
});

describe('new', () => {
  test('prints a sound scenario whose claims hold, and whose foils miss', async () => {
    const { code, out } = await netfall(['new', 'my-own']);
    expect(code).toBe(0);
    expect(parse(out).id).toBe('my-own');
    const checked = await netfall(['check', 'my-own.yaml'], { files: { 'my-own.yaml': out } });
    expect(checked.code).toBe(0);
    expect(checked.out).toContain('2 held and not fitted · 0 fitted · 0 missed\n');
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(125);
  });

  test('an id is in kebab-case', async () => {
    const { code, out, err } = await netfall(['new', 'My Own!']);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('such as my-own');
  });
});

test('schema: a JSON Schema that knows the keys', async () => {
  const { code, out } = await netfall(['schema']);
  expect(code).toBe(0);
  const schema = JSON.parse(out);
  expect(schema.$schema).toContain('json-schema.org');
  expect(out).toContain('"checkpoints"');
});

test('what ships is sound', async () => {
  const folder = new URL('../../scenarios/', import.meta.url);
  const shipped = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml'));
  const texts = Object.fromEntries(shipped.map((name) => [name, readFileSync(new URL(name, folder), 'utf8')]));
  const { code, err } = await netfall(['validate', ...shipped], { files: texts });
  expect([code, err]).toEqual([0, '']);
});
