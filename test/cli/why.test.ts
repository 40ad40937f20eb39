/** `why` and `facts`: what held, and the chain that led to it. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { netfall, UPLINK } from './fake-io.ts';

const scenario = (path: string): string =>
  readFileSync(new URL(`../../scenarios/${path}.yaml`, import.meta.url), 'utf8');
const files = { 'uplink.yaml': UPLINK, 'chain.yaml': scenario('patterns/chain-and-alternative') };
const why = (...more: readonly string[]) => netfall(['why', 'uplink.yaml', ...more], { files });
const facts = (...more: readonly string[]) => netfall(['facts', 'uplink.yaml', ...more], { files });

describe('why', () => {
  test('the chain from the fault to the fact, with clock times', async () => {
    const { code, out, err } = await why('shop', '--at', '09:20Z');
    expect([code, err]).toEqual([0, '']);
    expect(out).toBe(`up/shop is no at 09:20:00Z, since 09:10:40Z. How it came to that:

  09:10:00  uplink breaks
  09:10:00  uplink goes down
  09:10:30  database goes down, when that had lasted 30s
  09:10:40  shop goes down, when that had lasted 10s
`);
  });

  test('the latest change up to the moment: later it is up again', async () => {
    expect((await why('up/shop')).out).toContain('up/shop is yes at 11:00:00Z, since 09:30:00Z.');
    expect((await why('up/shop', '--at', '5m')).out).toContain('has been so from the start');
  });

  test('a network without a path has none', async () => {
    const cut = `netfall: 1
id: cut
title: Cut
clock: { start: 2021-10-04T09:00:00Z, run: 1h }
nodes: { "{site,eyes}": { kind: network } }
links: { s: { from: site, to: eyes, bgp: buys, delay: 10ms } }
prefixes: { p: { from: site } }
faults: { f: { at: 10m, to: s } }
checkpoints: { c: { says: There is a way, always: { route: p, from: eyes } } }
`;
    const { out } = await netfall(['why', 'cut.yaml', 'path/eyes/p'], { files: { 'cut.yaml': cut } });
    expect(out).toContain('path/eyes/p is none at 10:00:00Z, since 09:10:00Z.');
  });

  test('what had a part beside the line before is told there, like things together', async () => {
    const { out } = await netfall(['why', 'chain.yaml', 'web', '--at', '300ms'], { files });
    expect(out).toMatch(/"also"\s+is what else led to the line below it:/);
    expect(out).toMatch(/^ {2}also +content goes down, at 15:30:00\.192\n.*\bweb\b.*goes down/im);
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  test('4 October 2021: from the door, the name, the people and the load back to the command, on a page', async () => {
    const of2021 = { 'facebook.yaml': scenario('outages/facebook-2021') };
    for (const [fact, at, ends] of [
      ['door', '23:30Z', /also +bb\.\S+ carries backbone.*21:00:30 +data-center door comes up\n$/s],
      [
        'resolves/1.1.1.1/facebook.com',
        '17:00Z',
        /also +health check at pop\.\S+ cannot reach dc\.\S+ over backbone, and/,
      ],
      ['works/users.fb.1/scroll/isp.1', '16:00Z', /scroll [a-z ]+ for users\.fb\.1 asking\s+isp\.1:\s+stale/],
      ['load/telegram', '16:00Z', /also +people of users\.\S+ for whom something fails: \S+ million, and 10\s+more/],
      ['task/repair.by-hand', '19:30Z', /also +out-of-band network goes down, and 1 more, at 15:/],
    ] as const) {
      const { out } = await netfall(['why', 'facebook.yaml', fact, '--at', at], { files: of2021 });
      expect(out).toMatch(/15:38:30 +the change drain-all is starting\n/);
      expect(out).toMatch(ends);
      const lines = out.trimEnd().split('\n');
      expect(lines.length).toBeLessThanOrEqual(40);
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
    }
  });

  test('json: the chain by id, and everything it follows from', async () => {
    const { out } = await netfall(['why', 'chain.yaml', 'web', '--at', '300ms', '--format', 'json'], { files });
    const told = JSON.parse(out);
    expect(told).toMatchObject({ scenario: 'chain-and-alternative', seed: '1', fact: 'up/web', value: false, at: 300 });
    const ids = told.causes.map(({ id }: { id: number }) => id);
    expect(told.chain.every((id: number) => ids.includes(id))).toBe(true);
    expect(told.causes[0]).toMatchObject({
      fact: 'fault/bb',
      from: false,
      to: true,
      rule: 'schedule',
      tipped: null,
      because: [],
    });
    for (const { because } of told.causes) for (const id of because) expect(ids).toContain(id);
  });

  test.each([
    ['shp', 'did you mean "shop"?'],
    ['up/shp', 'did you mean "shop"?'],
    ['fault/uplnk', 'did you mean "fault/uplink"?'],
    ['buy', 'did you mean "affected/buy"?'],
    ['nothing/like/this/at/all', 'there is no fact'],
  ])('%s is no fact', async (fact, says) => {
    const { code, out, err } = await why(fact);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(says);
  });

  test('a clock as the story prints it, also of the day after', async () => {
    const long = { 'long.yaml': UPLINK.replace('run: 2h', 'run: 2d') };
    const at = async (text: string) => (await netfall(['why', 'long.yaml', 'shop', '--at', text], { files: long })).out;
    expect(await at('09:20:00')).toContain('at 09:20:00Z');
    expect(await at('+1d 00:10:00')).toContain('at +1d 00:10:00Z');
    expect(await at('08:00Z')).toContain('at +1d 08:00:00Z');
    expect(await at('09:10:40.5')).toContain('at 09:10:40.500Z');
  });
});

describe('facts', () => {
  test('everything, at the end', async () => {
    const { code, out } = await facts();
    expect(code).toBe(0);
    expect(out).toMatch(/^up\/shop +yes +since 09:30:00$/m);
    expect(out).toMatch(/^fault\/uplink +no +since 09:30:00$/m);
    expect(out).not.toMatch(/[ \t]$/m);
  });

  test('of a large scenario: those alike are one line, under a pattern that can be asked for', async () => {
    const large = `netfall: 1
id: large
title: Large
clock: { start: 2025-03-01T09:00:00Z, run: 2h }
nodes:
  core: { kind: router }
  rack.{1..3}.{1..30}: { kind: service, needs: [ core ], downAfter: 1s..30s }
  1.1.1.{1..3}: { kind: service }
faults: { cut: { at: 09:10Z, to: core, for: 20m }, one: { at: 09:15Z, to: rack.2.7 } }
`;
    const ask = async (...more: readonly string[]) =>
      (await netfall(['facts', 'large.yaml', ...more, '--at', '09:20Z'], { files: { 'large.yaml': large } })).out;
    const out = await ask();
    expect(out).toMatch(/^up\/rack\.\*\.\* +no +since 09:10:\d\d to 09:10:\d\d, 90 alike$/m);
    expect(out).toMatch(/^up\/1\.1\.1\.2 +yes +from the start$/m);
    expect(out).toMatch(/^fault\/rack\.2\.7 +yes +since 09:15:00$/m);
    expect(out).toMatch(/^\d+ facts, those alike together; --format ndjson lists each\.$/m);
    expect(out.split('\n').length).toBeLessThan(15);
    expect(await ask('up/rack.*.*')).toMatch(/90 alike/);
    expect((await ask('up/rack.*.*', '--format', 'ndjson')).trimEnd().split('\n').length).toBe(90);
    expect((await ask('up/rack.1.*')).trimEnd().split('\n').length).toBe(30);
  });

  test('by glob over whole names, by kind, by thing', async () => {
    const names = async (glob: string) =>
      (await facts(glob, '--at', '09:20Z', '--format', 'ndjson')).out
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).fact);
    expect(await names('up/*')).toEqual(expect.arrayContaining(['up/database', 'up/shop', 'up/uplink']));
    expect(await names('works')).toEqual(['works/people/buy']);
    expect(await names('uplink')).toEqual(['fault/uplink', 'up/uplink']);
    expect(await names('*/shop')).toEqual(['up/shop']);
  });

  test('json: at a moment, with values and since when', async () => {
    const told = JSON.parse((await facts('up/shop', '--at', '09:20Z', '--format', 'json')).out);
    expect(told).toEqual({
      scenario: 'uplink',
      seed: '1',
      variant: null,
      at: 1_200_000,
      clock: '09:20:00Z',
      facts: [{ fact: 'up/shop', kind: 'up', subjects: ['shop'], value: false, since: 640_000 }],
    });
  });

  test('what matches nothing is a mistake', async () => {
    const { code, out, err } = await facts('up/shopp');
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('no fact is like "up/shopp"; did you mean "up/shop"?');
  });
});
