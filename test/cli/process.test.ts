/** The program as people start it: exit codes, streams, pipes that close, signals, and what it loads. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { UPLINK } from './fake-io.ts';

const PROGRAM = fileURLToPath(new URL('../../dist/netfall.js', import.meta.url));
const FACEBOOK = fileURLToPath(new URL('../../scenarios/outages/facebook-2021.yaml', import.meta.url));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'netfall-process-'));
  writeFileSync(join(folder, 'uplink.yaml'), UPLINK);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const { FORCE_COLOR: _, NO_COLOR: __, ...env } = process.env;
const netfall = (args: readonly string[], more: { input?: string; env?: NodeJS.ProcessEnv } = {}) =>
  spawnSync(process.execPath, [PROGRAM, ...args], { cwd: folder, encoding: 'utf8', env, maxBuffer: 2 ** 28, ...more });
const shell = (line: string) =>
  spawnSync('bash', ['-c', line], { cwd: folder, encoding: 'utf8', env: { ...env, N: PROGRAM } });

describe('exit codes', () => {
  test.each([
    [0, ['--version']],
    [0, ['run', 'uplink.yaml']],
    [0, ['check', 'uplink.yaml']],
    [2, ['run', 'none.yaml']],
    [2, ['run', '.']],
    [2, ['nonsense']],
    [2, []],
  ])('%i: netfall %s', (code, args) => {
    const { status, stderr } = netfall(args);
    expect(status).toBe(code);
    expect(stderr === '').toBe(code === 0);
  });

  test('1 when a claim fails', () => {
    writeFileSync(join(folder, 'wrong.yaml'), UPLINK.replace('seen: 09:10Z', 'seen: 09:40Z'));
    expect(netfall(['check', 'wrong.yaml']).status).toBe(1);
  });
});

describe('streams', () => {
  test('reads stdin, from a file or a pipe', () => {
    expect(netfall(['validate', '-'], { input: UPLINK }).stdout).toMatch(/^stdin: 4 nodes/);
    expect(shell('node "$N" new x | node "$N" run - --format json').stdout).toContain('"scenario": "x"');
    expect(shell('node "$N" validate <(node "$N" new x)').stdout).toContain('nodes');
  });

  test('whoever stops reading ends it, without a word', () => {
    for (const line of [
      'run uplink.yaml',
      `run ${FACEBOOK} --format ndjson`,
      'facts uplink.yaml',
      '--help',
      'schema',
    ]) {
      const { stdout, stderr } = shell(`set -o pipefail; node "$N" ${line} | head -c 1; echo " \${PIPESTATUS[0]}"`);
      expect([stdout.slice(1), stderr]).toEqual([' 0\n', '']);
    }
  });

  test('an output that cannot be written is said, not thrown', () => {
    const { stdout, stderr } = shell('node "$N" run uplink.yaml > /dev/full; echo $?');
    expect([stdout, stderr]).toEqual(['2\n', 'The output cannot be written (ENOSPC).\n']);
  });

  test('no colour in a pipe; as wished by the environment', () => {
    const colours = (more: NodeJS.ProcessEnv): boolean =>
      netfall(['run', 'uplink.yaml'], { env: { ...env, ...more } }).stdout.includes('\u001b[');
    expect(colours({})).toBe(false);
    expect(colours({ FORCE_COLOR: '1' })).toBe(true);
    expect(colours({ FORCE_COLOR: '1', NO_COLOR: '1' })).toBe(false);
  });

  test('the same bytes in another time zone and locale', () => {
    const told = (more: NodeJS.ProcessEnv): string => netfall(['run', FACEBOOK], { env: { ...env, ...more } }).stdout;
    expect(told({ TZ: 'Asia/Kathmandu', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' })).toBe(told({ TZ: 'UTC' }));
  });
});

test('--out writes the trace that --format ndjson prints, and leaves nothing else', () => {
  const { status, stdout } = netfall(['run', 'uplink.yaml', '--out', 'trace.jsonl']);
  expect(status).toBe(0);
  expect(stdout).toContain('The trace is in trace.jsonl.');
  expect(readFileSync(join(folder, 'trace.jsonl'), 'utf8')).toBe(
    netfall(['run', 'uplink.yaml', '--format', 'ndjson']).stdout,
  );
  expect(readdirSync(folder).filter((name) => name.includes('tmp'))).toEqual([]);
  const wrong = netfall(['run', 'uplink.yaml', '--out', 'none/trace.jsonl']);
  expect([wrong.status, wrong.stdout]).toEqual([2, '']);
});

test('the version needs nothing but the entry itself', () => {
  const entry = readFileSync(PROGRAM, 'utf8');
  expect(entry.startsWith('#!/usr/bin/env node\n')).toBe(true);
  expect(entry).not.toMatch(/^import|;import[^(]|\brequire\(/m);
  expect(entry.length).toBeLessThan(1000);
});

test('start tells the story without a terminal, and ends', () => {
  const { status, stdout, stderr } = netfall(['start']);
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^Facebook, 4 October 2021/);
  expect(stdout).toContain('What was seen, and what came out');
});

test('an interrupted check tells what it knows', async () => {
  const child: ChildProcess = spawn(process.execPath, [PROGRAM, 'check', 'uplink.yaml', '--seeds', '100000'], {
    cwd: folder,
    env,
  });
  let [out, err] = ['', ''];
  child.stdout?.on('data', (data) => (out += data));
  child.stderr?.on('data', (data) => (err += data));
  await new Promise((resolve) => setTimeout(resolve, 1500));
  child.kill('SIGINT');
  const code = await new Promise((resolve) => child.on('exit', resolve));
  expect(code).toBe(130);
  expect(out).toMatch(/That is after [\d,]+ runs of 100000\./);
  expect(err).toBe('Interrupted: this is what was known by then.\n');
});
