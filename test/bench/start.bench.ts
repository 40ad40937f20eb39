/** S1 and S2: how long a person waits for the command, against `node -e 0`; on the clock, since that is what people wait by. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { median, note, printTable, target } from './rounds.ts';

const ROUNDS = 15;
const COMMAND = fileURLToPath(new URL('../../dist/netfall.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'netfall-bench-'));
const tiny = join(folder, 'tiny.yaml');
writeFileSync(
  tiny,
  `netfall: 1
id: tiny
title: Tiny
clock: { start: 2021-10-04T15:30:00Z, run: 1h }
nodes:
  a: { kind: service }
  b: { kind: service, needs: [ a ] }
faults:
  a: { to: a, at: 10m, for: 5m }
`,
);

function waited(args: readonly string[], says: RegExp): number {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  const ms = performance.now() - start;
  expect(`${status} ${stderr}`).toBe('0 ');
  expect(stdout).toMatch(says);
  return ms;
}

test.skipIf(!existsSync(COMMAND))('waiting', { timeout: 300_000 }, () => {
  const times: Record<'nothing' | 'version' | 'run', number[]> = { nothing: [], version: [], run: [] };
  for (let round = 0; round <= ROUNDS; round++) {
    const [nothing, version, run] = [
      waited(['-e', '0'], /^$/),
      waited([COMMAND, '--version'], /\d+\.\d+/),
      waited([COMMAND, 'run', tiny], /b /),
    ];
    if (round === 0) continue;
    times.nothing.push(nothing);
    times.version.push(version);
    times.run.push(run);
  }
  const [nothing, version, run] = [median(times.nothing), median(times.version), median(times.run)];
  note('node -e 0', `${nothing.toFixed(0)} ms`);
  note('netfall --version', `${version.toFixed(0)} ms`);
  note('netfall run tiny.yaml', `${run.toFixed(0)} ms`);
  target('S1', 'netfall --version, against node -e 0', { atMost: 1.25 }, version / nothing);
  target('S2', 'netfall run, against node -e 0', { atMost: 2 }, run / nothing);
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  printTable('Starting');
});
