/** `view`: the page and its traces, for this machine only, following the file; looked at with a real browser. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { withBrowser } from '../support/browser.ts';
import { UPLINK } from './fake-io.ts';

const PROGRAM = fileURLToPath(new URL('../../dist/netfall.js', import.meta.url));

let folder: string;
let file: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'netfall-view-'));
  file = join(folder, 'uplink.yaml');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const running = new Set<ChildProcess>();
afterEach(async () => {
  for (const child of running) await stop(child);
});

interface View {
  readonly child: ChildProcess;
  readonly url: string;
  readonly err: () => string;
}

async function view(...args: readonly string[]): Promise<View> {
  writeFileSync(file, UPLINK);
  const child = spawn(process.execPath, [PROGRAM, 'view', ...args, '--port', '0'], { cwd: folder });
  running.add(child);
  let [out, err] = ['', ''];
  child.stderr.on('data', (data) => (err += data));
  await until(
    () => out.endsWith('\n') || child.exitCode !== null,
    () => child.stdout.on('data', (data) => (out += data)),
  );
  return { child, url: out.trim(), err: () => err };
}

async function stop(child: ChildProcess): Promise<number | null> {
  running.delete(child);
  if (child.exitCode === null) {
    child.kill('SIGINT');
    await new Promise((resolve) => child.once('exit', resolve));
  }
  return child.exitCode;
}

async function until(so: () => boolean, first: () => void = () => {}): Promise<void> {
  first();
  for (let i = 0; i < 400 && !so(); i++) await new Promise((resolve) => setTimeout(resolve, 25));
  expect(so()).toBe(true);
}

/** A request as no browser would make it. */
const ask = (url: string, path: string, options: { method?: string; host?: string } = {}) =>
  new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: string }>((resolve, reject) => {
    const { port } = new URL(url);
    const headers = options.host === undefined ? {} : { host: options.host };
    const asked = request({ host: '127.0.0.1', port, path, method: options.method ?? 'GET', headers }, (response) => {
      let body = '';
      response.on('data', (data) => (body += data));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    asked.on('error', reject);
    asked.end();
  });

describe('the server', () => {
  test('serves the page, its traces and their list', async () => {
    const { url, child } = await view('uplink.yaml');
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    expect((await ask(url, '/')).body).toContain('<title>');
    const trace = (await ask(url, '/trace.jsonl')).body
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect([trace[0].line, trace[0].scenario.id, trace.at(-1).line]).toEqual(['start', 'uplink', 'end']);
    const list = JSON.parse((await ask(url, '/traces.json')).body);
    expect(list).toEqual([
      { name: 'uplink', title: 'The uplink breaks', url: 'trace.jsonl' },
      { name: 'uplink: no-cut', title: 'Nothing breaks', url: 'trace-2.jsonl' },
    ]);
    expect((await ask(url, '/trace-2.jsonl')).body).toContain('"variant":"no-cut"');
    expect(await stop(child)).toBe(0);
  });

  test('lets nobody out of the page', async () => {
    const { url } = await view('uplink.yaml');
    for (const path of [
      '/../package.json',
      '/%2e%2e/package.json',
      '/..%2fpackage.json',
      '/assets/..%2f..%2f..%2fpackage.json',
      '/..%5cpackage.json',
      '//etc/passwd',
      '/assets',
      '/assets/',
      '/.git',
      '/%00',
      '/nothing.js',
      '/trace-9.jsonl',
    ]) {
      expect((await ask(url, path)).status, path).toBe(404);
    }
    expect((await ask(url, '/%zz')).status).toBe(400);
    expect((await ask(url, 'http://elsewhere/')).status).toBe(400);
  });

  test('answers only to its own names, and only to those who read', async () => {
    const { url } = await view('uplink.yaml');
    const { port } = new URL(url);
    for (const host of [
      'elsewhere.example',
      `elsewhere.example:${port}`,
      '127.0.0.1',
      'localhost:1',
      '127.0.0.1.elsewhere.example',
    ]) {
      expect((await ask(url, '/', { host })).status, host).toBe(403);
    }
    expect((await ask(url, '/', { host: `localhost:${port}` })).status).toBe(200);
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS'])
      expect((await ask(url, '/', { method })).status).toBe(405);
    const head = await ask(url, '/trace.jsonl', { method: 'HEAD' });
    expect([head.status, head.body]).toEqual([200, '']);
    expect(Number(head.headers['content-length'])).toBeGreaterThan(500);
  });

  test('says strictly what a page may load', async () => {
    const { url } = await view('uplink.yaml');
    for (const path of ['/', '/trace.jsonl', '/nothing']) {
      const { headers } = await ask(url, path);
      expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'");
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['access-control-allow-origin']).toBeUndefined();
    }
  });

  test('is not there for other machines', async () => {
    const { url } = await view('uplink.yaml');
    const refused = new Promise((resolve) => {
      const socket = connect(Number(new URL(url).port), '127.0.0.2');
      socket.on('error', () => resolve(true));
      socket.on('connect', () => resolve(false));
    });
    expect(await refused).toBe(true);
  });
});

describe('the start', () => {
  test('a file that is not sound: exit 2', async () => {
    writeFileSync(join(folder, 'bad.yaml'), 'netfall: 1\n');
    const child = spawn(process.execPath, [PROGRAM, 'view', 'uplink.yaml', 'bad.yaml'], { cwd: folder });
    let [out, err] = ['', ''];
    child.stdout.on('data', (data) => (out += data));
    child.stderr.on('data', (data) => (err += data));
    expect(await new Promise((resolve) => child.on('exit', resolve))).toBe(2);
    expect(out).toBe('');
    expect(err).toContain('bad.yaml:1:1');
  });

  test('a port that is taken: exit 2; without --port another one', async () => {
    const first = await view('uplink.yaml');
    const child = spawn(process.execPath, [PROGRAM, 'view', 'uplink.yaml', '--port', new URL(first.url).port], {
      cwd: folder,
    });
    expect(await new Promise((resolve) => child.on('exit', resolve))).toBe(2);
  });
});

describe('when the file changes', () => {
  const firstAt = async (url: string): Promise<number> =>
    JSON.parse(
      (await ask(url, '/trace.jsonl')).body
        .split('\n')
        .find((line) => line.includes('"line":"change"') && line.includes('"fact":"fault/uplink"')) as string,
    ).at;

  test('the trace follows, however the editor saves; what is not sound is said and not shown', async () => {
    const { url, err } = await view('uplink.yaml');
    expect(await firstAt(url)).toBe(600_000);
    writeFileSync(file, UPLINK.replace('at: 09:10Z', 'at: 09:20Z'));
    await until(() => err().includes('read again'));
    expect(await firstAt(url)).toBe(1_200_000);

    writeFileSync(file, `${UPLINK}nonsense: 1\n`);
    await until(() => err().includes('nonsense'));
    await until(() => err().includes('still shows it as it was'));
    expect(await firstAt(url)).toBe(1_200_000);

    rmSync(file);
    await until(() => err().includes('no such file'));
    writeFileSync(`${file}.new`, UPLINK.replace('at: 09:10Z', 'at: 09:30Z'));
    renameSync(`${file}.new`, file);
    await until(() => err().split('read again').length === 3);
    expect(await firstAt(url)).toBe(1_800_000);
  });
});

describe('in a browser', () => {
  const open = withBrowser();

  test('nothing on the page offends the policy, and it loads again by itself', async () => {
    const { url, err } = await view('uplink.yaml');
    const { page, faults } = await open(url);
    await page.waitForFunction(() => document.body.textContent?.includes('The uplink breaks'));
    writeFileSync(file, UPLINK.replace('title: The uplink breaks', 'title: Another headline'));
    await until(() => err().includes('read again'));
    await page.waitForFunction(() => document.body.textContent?.includes('Another headline'));
    expect(faults.filter((fault) => !fault.includes('/events'))).toEqual([]);
  });
});
