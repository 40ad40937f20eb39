/** The built library gives the same runs elsewhere: in another time zone and language, in a worker, in a browser. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compile, load, run } from '../../sim/index.ts';
import { withBrowser, withServer } from '../support/browser.ts';
import { cases, flagship, microWorld } from './cases.ts';
import { type Case, firstDifference, type Report, report } from './report.ts';

const DIST = new URL('../../dist/', import.meta.url);
const LIBRARY = new URL('index.js', DIST).href;

/** The same runs here, by name. */
const here = new Map(cases.map((one) => [one.name, report({ load, compile, run }, one)]));

/** What differs from the same runs here, as sentences. */
function differences(some: readonly Case[], reports: readonly Report[]): string[] {
  return some.flatMap((one, index) => {
    const there = reports[index];
    const differs = there ? firstDifference(here.get(one.name) as Report, there) : 'it was not run there';
    return differs === null ? [] : [`${one.name}: ${differs}`];
  });
}

/** A program, as text, that loads the library from an address and leaves its reports in `reports`. */
const program = (address: string, some: readonly Case[]): string =>
  `const simulator = await import(${JSON.stringify(address)});
   const report = ${report.toString()};
   const reports = ${JSON.stringify(some)}.map((one) => report(simulator, one));`;

describe('the built library', () => {
  test.each([
    { TZ: 'Asia/Kathmandu', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' },
    { TZ: 'America/St_Johns', LANG: 'ar_EG.UTF-8', LC_ALL: 'ar_EG.UTF-8' },
    { TZ: 'Pacific/Apia', LANG: 'C', LC_ALL: 'C' },
  ])('runs the same with TZ=$TZ and LC_ALL=$LC_ALL', (env) => {
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module'], {
      input: `${program(LIBRARY, cases)}\nprocess.stdout.write(JSON.stringify(reports));`,
      env: { ...process.env, ...env },
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    expect(stderr).toBe('');
    expect(differences(cases, JSON.parse(stdout) as Report[])).toEqual([]);
  });

  test('runs the same in a worker', async () => {
    const text = `${program(LIBRARY, cases)}\n(await import('node:worker_threads')).parentPort.postMessage(reports);`;
    const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(text)}`));
    const reports = await new Promise<readonly Report[]>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
    });
    expect(differences(cases, reports)).toEqual([]);
  });
});

describe('in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'determinism-'));
  const open = withBrowser();
  const address = withServer(folder);
  beforeAll(() => {
    writeFileSync(
      join(folder, 'index.html'),
      '<!doctype html><title>Determinism</title><link rel="icon" href="data:,">',
    );
    for (const file of readdirSync(DIST).filter((name) => /^index(-.*)?\.js$/.test(name)))
      copyFileSync(fileURLToPath(new URL(file, DIST)), join(folder, file));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('the micro-world and the outage of 2021 run the same', async () => {
    const some = [microWorld, flagship];
    const { page, faults } = await open(address());
    const reports = await page.evaluate(`(async () => { ${program('/index.js', some)} return reports; })()`);
    expect(differences(some, reports as Report[])).toEqual([]);
    expect(faults).toEqual([]);
  });
});
