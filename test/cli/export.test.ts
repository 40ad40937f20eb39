/** `export`: one thing at a time, to a file or to stdout, whole, and never over what it was made from. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readText } from '../../sim/cli/read.ts';
import { netfall, UPLINK } from './fake-io.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'netfall out '));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const files = { 'uplink.yaml': UPLINK };
const run = (more: readonly string[], world = {}) => netfall(['export', 'uplink.yaml', ...more], { files, ...world });

describe('to stdout', () => {
  test('a review', async () => {
    const { code, out, err } = await run(['--markdown']);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^# The uplink breaks\n/);
    expect(out).toContain('| buy | people | 12,000 | 16.1 % | 232,000 | refused | 09:10:40 | 09:30:00 |');
    expect(out).toContain('| dark The shop goes down | 09:10Z (±1m) | 09:10:40 | held |');
  });

  test('a trace, a table, the same for programs', async () => {
    const trace = JSON.parse((await run(['--perfetto'])).out);
    expect(trace.otherData).toMatchObject({ scenario: 'uplink', seed: '1' });
    const { out } = await run(['--csv']);
    expect(out.split('\r\n').slice(0, 3)).toEqual([
      'change,ms,time,kind,fact,from,to,says,because,because-change,rule,by',
      '1,600000,2025-03-01T09:10:00.000Z,fault,fault/uplink,false,true,uplink breaks,,,schedule,changes',
      '2,600000,2025-03-01T09:10:00.000Z,up,up/uplink,true,false,uplink goes down,uplink breaks,1,now,dependency',
    ]);
    const json = JSON.parse((await run(['--json', '--out', '-'])).out);
    expect(json.scenario).toBe('uplink');
    expect(json.rows.length).toBe(out.trimEnd().split('\r\n').length - 1);
  });

  test('a scenario, as it is or as it was changed', async () => {
    expect((await run(['--yaml'])).out).toBe(UPLINK);
    const { out } = await run(['--yaml', '--variant', 'no-cut', '--seed', '3', '--out=-']);
    expect(out).toMatch(/^# made of uplink\.yaml, variant no-cut; with seed 3 it runs as that did\nnetfall: 1\n/);
    const again = await netfall(['run', 'b.yaml', '--format', 'json'], { files: { 'b.yaml': out } });
    const first = await netfall(['run', 'uplink.yaml', '--variant', 'no-cut', '--format', 'json'], { files });
    expect(JSON.parse(again.out).digest).toBe(JSON.parse(first.out).digest);
  });

  test('until a moment', async () => {
    const all = (await run(['--csv'])).out.length;
    expect((await run(['--csv', '--until', '09:20Z'])).out.length).toBeLessThan(all);
  });
});

describe('to a file', () => {
  test('whole, and its size is said', async () => {
    const path = join(folder, 'a trace.json');
    const { code, out, err } = await run(['--perfetto', '--out', path]);
    expect([code, out]).toEqual([0, '']);
    expect(err).toMatch(/a trace\.json: \d+ kB\. Open it at ui\.perfetto\.dev, or in chrome:\/\/tracing\.\n$/);
    expect(JSON.parse(readFileSync(path, 'utf8')).traceEvents.length).toBeGreaterThan(20);
  });

  test('never over the scenario it is made from', async () => {
    const path = join(folder, 'own.yaml');
    writeFileSync(path, UPLINK);
    const { code, err } = await netfall(['export', path, '--yaml', '--out', path], {
      files: { [path]: readText(path) },
    });
    expect([code, err]).toEqual([2, `--out ${path}: the scenario is read from there; name another file\n`]);
    expect(readFileSync(path, 'utf8')).toBe(UPLINK);
  });

  test('nothing is left behind when it is interrupted', async () => {
    const before = readdirSync(folder);
    const { code } = await run(['--csv', '--out', join(folder, 'x.csv')], { stop: AbortSignal.abort() });
    expect(code).toBe(130);
    expect(readdirSync(folder)).toEqual(before);
  });
});

describe('a page of one file', () => {
  const evil = '</script><script>alert(1)</script><!--';
  const text = UPLINK.replace('title: The uplink breaks', `title: ${JSON.stringify(`${evil} & "x"`)}`);
  const page = async () => (await netfall(['export', 'e.yaml', '--html'], { files: { 'e.yaml': text } })).out;

  test('holds the trace, packed, and nothing of a name is taken for markup', async () => {
    const html = await page();
    const [, packed = ''] = /<script type="application\/gzip" id="trace">([A-Za-z0-9+/=]+)<\/script>/.exec(html) ?? [];
    const trace = gunzipSync(Buffer.from(packed, 'base64')).toString();
    const asked = await netfall(['run', 'e.yaml', '--format', 'ndjson'], { files: { 'e.yaml': text } });
    expect(trace).toBe(asked.out);
    expect(html).toContain(
      '<title>&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;!-- &amp; &quot;x&quot; · netfall</title>',
    );
    expect(html.includes('<script>alert')).toBe(false);
  });

  test('asks for nothing from anywhere, by its own policy, and tells the story without scripts', async () => {
    const html = await page();
    const [, policy = ''] = /<meta http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html) ?? [];
    expect(policy).toContain("default-src 'none'");
    expect(policy).toMatch(/script-src 'sha256-[A-Za-z0-9+/=]{44}'; style-src 'sha256-/);
    expect(policy).not.toMatch(/unsafe|https?:|\*|'self'/);
    expect(html.indexOf('Content-Security-Policy')).toBeLessThan(html.indexOf('<script'));
    expect(html.slice(0, html.indexOf('<script'))).not.toMatch(/<link[^>]+href="(?!data:)/);
    const [, told = ''] = /<noscript>([\s\S]*?)<\/noscript>/.exec(html) ?? [];
    expect(told).toMatch(/<li>09:10:30 to 09:10:40 database and shop go down<\/li>/);
  });
});

describe('what is refused', () => {
  test.each([
    [[], 'export makes one thing at a time: --html, --perfetto, --markdown, --csv, --json, --yaml\n'],
    [['--csv', '--yaml'], 'not --csv and --yaml'],
    [['--csv', '--variant', 'no-ctu'], 'did you mean "no-cut"?'],
    [['--pdf'], 'export has no option --pdf'],
  ])('%j', async (more, says) => {
    const { code, out, err } = await run(more);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(says);
  });

  test('a page on a terminal', async () => {
    const { code, err } = await run(['--html'], { isTTY: true });
    expect([code, err]).toEqual([2, '--html makes a page too large to be read here: say where to with --out PATH\n']);
  });
});
