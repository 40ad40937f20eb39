/** The command line: what is understood, what is refused, and that both readers of it agree. */
import { describe, expect, test } from 'vitest';
import { parseFully } from '../../sim/cli/grammar.ts';
import type { Io } from '../../sim/cli/io.ts';
import { VERBS } from '../../sim/cli/options.ts';
import { parsePlain } from '../../sim/cli/parse.ts';
import { netfall } from './fake-io.ts';

const silent: Io = {
  out: () => {},
  err: () => {},
  drained: () => Promise.resolve(),
  readFile: () => '',
  readData: () => new Uint8Array(),
  isTTY: false,
  columns: 80,
  errIsTTY: false,
  color: false,
  interruptible: () => new AbortController().signal,
};

describe('the plain reader', () => {
  const understood: readonly (readonly string[])[] = [
    ['run', 'a.yaml'],
    ['run', 'a.yaml', '--seed', '007'],
    ['run', 'a.yaml', '--seed', '1e3', '--format', 'json'],
    ['run', '--seed=x y', 'a.yaml', '--full'],
    ['run', 'a.yaml', '--set', 'a.b=1', '--set=c=d=e', '--until', '2h', '--out', 'x', '--variant', 'v'],
    ['run', '-', '--set', 'nodes.x.needs=[ a, b ]'],
    ['why', 'a.yaml', 'route/as.1/10.0.0.0/8', '--at', '18:00Z'],
    ['facts', 'a.yaml'],
    ['facts', 'a.yaml', 'up/*', '--format', 'ndjson'],
    ['check', 'a.yaml', 'b.yaml', '--seeds', '12', '--format', 'junit'],
    ['validate', 'a.yaml', 'b.yaml'],
    ['view', 'a.yaml', '--port', '0', '--open'],
    ['new'],
    ['new', 'my-own'],
    ['schema'],
    ['start', '--port=80'],
  ];

  test.each(understood.map((argv) => [argv.join(' '), argv] as const))('%s', async (_, argv) => {
    const plain = parsePlain(argv);
    expect(plain).not.toBeNull();
    expect(plain).toEqual(await parseFully(argv, silent));
  });

  test('leaves to the other one whatever is not plain', () => {
    for (const line of [
      '',
      'rnu x',
      'run',
      'run a b',
      'run a --seed',
      'run a --seeds 3',
      'run a --seed -5',
      'run a --full=no',
      'run a --format xml',
      'run -- a',
      '-h',
      'run a --help',
      'check a --seeds 0',
      'run a --seed 1 --seed 2',
      'view a --port 70000',
    ]) {
      expect(parsePlain(line === '' ? [] : line.split(' ')), line).toBeNull();
    }
  });

  test('a seed is a text, whatever it looks like', () => {
    for (const seed of ['1', '01', '1.0', 'true', '0x10', 'null']) {
      expect(parsePlain(['run', 'a', '--seed', seed])?.args.seed).toBe(seed);
    }
  });
});

describe('what is refused', () => {
  const cases: readonly (readonly [line: string, says: string])[] = [
    ['rnu x', 'there is no verb "rnu"; did you mean "run"?'],
    ['outage.yaml', 'did you mean "run outage.yaml"?'],
    ['run', 'run needs a file'],
    ['why a.yaml', 'why needs a file and a fact'],
    ['check', 'check needs a file'],
    ['run a.yaml b.yaml', 'run takes no "b.yaml"'],
    ['run a.yaml --sed 3', 'run has no option --sed; did you mean "--seed"?'],
    ['run a.yaml --seed', '--seed needs a value: --seed TEXT'],
    ['run a.yaml --seed=', '--seed needs a value'],
    ['run a.yaml --format xml', '--format xml: expected text, json or ndjson'],
    ['run a.yaml --seed 1 --seed 2', '--seed is given 2 times'],
    ['check a.yaml --seeds 0', 'expected a whole number from 1 to 100000'],
    ['check a.yaml --seeds 1.5', 'expected a whole number'],
    ['view a.yaml --port 99999', 'expected a whole number from 0 to 65535'],
    ['validate a.yaml --seed 1', 'validate has no option --seed'],
    ['--nonsense', 'no option --nonsense'],
    ['start now', 'start takes no "now"'],
  ];

  test.each(cases)('%s', async (line, says) => {
    const { code, out, err } = await netfall(line.split(' '));
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(says);
    expect(err).toMatch(/See netfall .*--help\.\n$/);
    expect(err).not.toMatch(/ {4}at /);
  });

  test('nothing at all: the help, on stderr', async () => {
    const { code, out, err } = await netfall([]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('netfall run <file>');
  });
});

describe('help', () => {
  test.each([80, 120])('fits %i columns, and names every verb that is not hidden', async (columns) => {
    const { code, out } = await netfall(['--help'], { columns });
    expect(code).toBe(0);
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(columns);
    for (const { name, hidden } of VERBS) expect(out.includes(`netfall ${name}`)).toBe(!hidden);
    expect(out).toContain('0 fine, 1 a claim failed, 2 bad input, 3 our bug');
  });

  test.each(VERBS.map(({ name }) => name))('of %s names what it takes', async (name) => {
    const { code, out, err } = await netfall([name, '--help']);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain(`netfall ${name}`);
    expect(out).not.toMatch(/\[(string|boolean|required|array)\]|undefined/);
    expect(await netfall(['help', name])).toEqual({ code, out, err });
  });

  test('version and completion', async () => {
    expect((await netfall(['run', '--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/);
    const { code, out } = await netfall(['completion']);
    expect(code).toBe(0);
    expect(out).toContain('netfall --get-yargs-completions');
    expect((await netfall(['--get-yargs-completions', 'netfall', 'run', 'a.yaml', '--'])).out).toContain('--variant');
  });
});
