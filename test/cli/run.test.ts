/** `run`: the story on a terminal, the summary and the trace for programs, and what is refused. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { netfall, UPLINK } from './fake-io.ts';

const files = { 'uplink.yaml': UPLINK };
const run = (more: readonly string[] = [], world = {}) => netfall(['run', 'uplink.yaml', ...more], { files, ...world });
const facebook = readFileSync(new URL('../../scenarios/outages/facebook-2021.yaml', import.meta.url), 'utf8');

describe('as text', () => {
  test('tells title, story, impact, score, and where the trace went', async () => {
    const { code, out, err } = await run();
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^The uplink breaks\nuplink · seed 1 · 2025-03-01, 09:00:00 to 11:00:00 UTC\n\n/);
    expect(out).toMatch(/^ {2}09:10:00 {2}\S*uplink/m);
    expect(out).toMatch(/buy +people +12,000 +\d+\.\d % +[\d,]+ +refused +09:10:40 +09:30:00/);
    expect(out).toContain('1 held and not fitted · 0 fitted · 0 missed');
    expect(out).toMatch(/dark +The shop goes down +09:10Z ±1m +09:10:40 +held/);
    expect(out).toMatch(/Nothing more happens after 09:30:00Z\.\n\d+ changes, digest [0-9a-f]{12}\./);
    expect(out).toContain('netfall view uplink.yaml');
  });

  test.each([80, 120])('keeps within %i columns, and is not shy of them', async (columns) => {
    const { out } = await netfall(['run', 'f.yaml'], { files: { 'f.yaml': facebook }, columns });
    const widths = out.split('\n').map((line) => line.length);
    expect(Math.max(...widths)).toBeLessThanOrEqual(columns);
    expect(Math.max(...widths)).toBeGreaterThan(Math.min(columns, 110) - 12);
    expect(out).not.toMatch(/[ \t]$/m);
  });

  test('of a large outage fits a few screens, says what it leaves out, and breaks no number', async () => {
    const { out } = await netfall(['run', 'f.yaml'], { files: { 'f.yaml': facebook } });
    const lines = out.trimEnd().split('\n');
    expect(lines.length).toBeLessThanOrEqual(130);
    expect(out).toMatch(/^ +… and [\d,]+ lesser turns, which --full tells$/m);
    expect((await netfall(['run', 'f.yaml', '--full'], { files: { 'f.yaml': facebook } })).out).not.toContain(
      'lesser turn',
    );
    const table = lines.slice(lines.indexOf('Who was hit'), lines.indexOf('What was seen, and what came out'));
    expect(table.length).toBeLessThan(30);
    for (const line of table.slice(4)) expect(line).not.toMatch(/^ *(bn|M|%)( |$)/);
    expect(table.filter((line) => /\d (bn|M) +\d+(–\d+|\.\d)? % +[\d.]+ (bn|M) /.test(line)).length).toBeGreaterThan(0);
  });

  test('claims are brief: what was seen, without milliseconds, and what is not modelled under them; `check` has how close it must be', async () => {
    const text = UPLINK.replace('value: 10s', 'value: 10250ms').replace('accept: ±1m', 'accept: 09:09Z..09:12Z');
    const files = { 'c.yaml': `${text}  heat: { says: The room stays cool, notModelled: heat }\n` };
    const { out } = await netfall(['run', 'c.yaml'], { files });
    expect(out).toMatch(
      /dark +The shop goes down +09:10Z +09:10:40 +held\n {2}Not modelled: heat The room stays cool \(heat\)\.\n/,
    );
    const checked = await netfall(['check', 'c.yaml'], { files });
    expect(checked.out).toMatch(/dark +The shop goes down +09:10Z \(09:09Z\.\.09:12Z\) +09:10:40 +held/);
  });

  test('nobody hit is said in a sentence; what never failed, below who was hit', async () => {
    expect((await run(['--variant', 'no-cut'])).out).toMatch(
      /Who was hit\n\n {2}Nobody\. Throughout the run people could do this: buy\.\n/,
    );
    const two = UPLINK.replace('does: [ buy ]', 'does: [ buy, look ]').replace(
      'journeys:',
      'journeys:\n  look: [ { up: people } ]',
    );
    const { out } = await netfall(['run', 'two.yaml'], { files: { 'two.yaml': two } });
    expect(out).toMatch(/09:30:00\n {2}Never failed: look for people\.\n/);
  });

  test('is coloured only where wanted, and says the same', async () => {
    const [plain, coloured] = [await run(), await run([], { color: true })];
    expect(plain.out).not.toContain('\u001b');
    expect(coloured.out).toContain('\u001b[');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with one.
    expect(coloured.out.replace(/\u001b\[\d+m/g, '')).toBe(plain.out);
  });

  test('a title cannot command the terminal', async () => {
    const evil = UPLINK.replace('title: The uplink breaks', 'title: "The \\e[31muplink\\u202e breaks"');
    const { code, out } = await netfall(['run', 'e.yaml'], { files: { 'e.yaml': evil } });
    expect(code).toBe(0);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these must not be there.
    expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(out).toContain('The ·[31muplink· breaks');
  });

  test('a variant says so, and shows what it must show', async () => {
    const { code, out } = await run(['--variant', 'no-cut']);
    expect(code).toBe(0);
    expect(out).toContain('What if: Nothing breaks');
    expect(out).toContain('Nothing changed in this run.');
    expect(out).toMatch(/calm +Nothing happens .*yes +held/);
    expect(out).toContain('1 missed');
  });

  test('a race is said plainly', async () => {
    const text = readFileSync(new URL('../../scenarios/patterns/two-polite-spares.yaml', import.meta.url), 'utf8');
    const { code, out } = await netfall(['run', 'r.yaml'], { files: { 'r.yaml': text } });
    expect(code).toBe(0);
    expect(out).toMatch(/could not settle\. Within\s+one instant these\s+facts kept changing each other:\s+up\//);
  });

  test('--full tells no less', async () => {
    const lines = async (more: readonly string[]) =>
      (await netfall(['run', 'f.yaml', ...more], { files: { 'f.yaml': facebook } })).out.split('\n').length;
    expect(await lines(['--full'])).toBeGreaterThanOrEqual(await lines([]));
  });
});

describe('for programs', () => {
  test('json: the run in short', async () => {
    const { code, out, err } = await run(['--format', 'json', '--seed', 'x']);
    expect([code, err]).toEqual([0, '']);
    const summary = JSON.parse(out);
    expect(summary).toMatchObject({
      scenario: 'uplink',
      seed: 'x',
      variant: null,
      reason: 'quiet',
      impact: [{ journey: 'buy' }],
    });
    expect(summary.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(summary.changes).toBeGreaterThan(5);
    expect(summary.checkpoints).toEqual([
      expect.objectContaining({
        id: 'dark',
        says: 'The shop goes down',
        observed: '09:10Z',
        simulated: '09:10:40',
        held: true,
        fitted: false,
        foil: 'no-cut',
        source: null,
      }),
    ]);
  });

  test('ndjson: the trace, a line each', async () => {
    const { out } = await run(['--format', 'ndjson']);
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines[0]).toMatchObject({ line: 'start', format: 1, seed: '1', scenario: { id: 'uplink' } });
    expect(lines.at(-1)).toMatchObject({ line: 'end', changes: lines.filter(({ line }) => line === 'change').length });
    expect(out).toContain('"fact":"up/shop"');
  });

  test('the same seed gives the same bytes, another way of asking too', async () => {
    const [a, b, c] = [
      await run(['--format', 'ndjson']),
      await run(['--format', 'ndjson']),
      await run(['--format=ndjson', '--seed=1']),
    ];
    expect(a.out).toBe(b.out);
    expect(a.out).toBe(c.out);
  });
});

describe('what can be changed', () => {
  const digest = async (more: readonly string[]): Promise<string> =>
    JSON.parse((await run(['--format', 'json', ...more])).out).digest;

  test('--set changes a parameter, or any other value', async () => {
    expect(await digest(['--set', 'parameters.patience.value=20s'])).not.toBe(await digest([]));
    expect(await digest(['--set', 'parameters.patience.value=10s'])).toBe(await digest([]));
    const { out } = await run(['--format', 'json', '--set', 'parameters.patience.value=20s']);
    expect(JSON.parse(out).checkpoints[0].simulated).toBe('09:10:50');
  });

  test.each([
    ['10m30s', '09:10:30'],
    ['09:10:30Z', '09:10:30'],
    ['2025-03-01T09:10:30Z', '09:10:30'],
  ])('--until %s stops there', async (until, clock) => {
    const { out } = await run(['--until', until]);
    expect(out).toContain(`09:00:00 to ${clock} UTC`);
  });

  test.each([
    [['--variant', 'no-ctu'], 'did you mean "no-cut"?'],
    [['--set', 'parameters.patiense.value=1s'], 'did you mean "patience"?'],
    [['--set', 'patience'], '--set'],
    [['--until', 'soon'], 'expected a time such as'],
    [['--until', '3h'], 'ends before'],
    [['--until', '2025-02-01T00:00:00Z'], 'before the scenario starts'],
    [['--until', '25:00Z'], 'expected a time such as'],
  ])('%s is refused', async (more, says) => {
    const { code, out, err } = await run(more);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(says);
  });
});

test('every problem of a file at once, with its place; nothing on stdout', async () => {
  const wrong = UPLINK.replace('kind: router', 'kind: ruoter').replace('needs: [ database ]', 'needs: [ databse ]');
  const { code, out, err } = await netfall(['run', 'w.yaml'], { files: { 'w.yaml': wrong } });
  expect([code, out]).toEqual([2, '']);
  expect(err).toMatch(/^w\.yaml:8:\d+: .*did you mean "router"\?$/m);
});

test('Windows line ends and a byte order mark change nothing', async () => {
  const windows = `\ufeff${UPLINK.replaceAll('\n', '\r\n')}`;
  const { out } = await netfall(['run', 'uplink.yaml', '--format', 'ndjson'], { files: { 'uplink.yaml': windows } });
  expect(out).toBe((await run(['--format', 'ndjson'])).out);
});

test('our own mistakes are ours: exit 3, an apology, no stack', async () => {
  const broken = {
    get 'x.yaml'(): string {
      throw new TypeError('a wire came loose');
    },
  };
  const { code, out, err } = await netfall(['run', 'x.yaml'], { files: broken });
  expect([code, out]).toEqual([3, '']);
  expect(err).toContain('TypeError: a wire came loose');
  expect(err).toContain('Please report it');
  expect(err).not.toMatch(/ {4}at /);
});
