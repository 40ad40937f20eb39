/** The outage of 2021: reading, planning and running it, beside what reading its YAML alone takes; and how much memory it takes. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Result } from '../../sim/index.ts';
import { compile, LIBRARY, load, run } from './library.ts';
import { bar, median, note, printTable, processor } from './rounds.ts';

const ROUNDS = 15;
const FILE = fileURLToPath(new URL('../../scenarios/outages/facebook-2021.yaml', import.meta.url));
const text = readFileSync(FILE, 'utf8');

function made<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.problems[0]?.says);
  return result.value;
}

test('milliseconds', () => {
  const times: Record<'yaml' | 'load' | 'compile' | 'run', number[]> = { yaml: [], load: [], compile: [], run: [] };
  const digests = new Set<string>();
  let changes = 0;
  const clock = <T>(step: keyof typeof times, work: () => T): T => {
    const start = processor();
    const result = work();
    times[step].push(processor() - start);
    return result;
  };
  for (let round = 0; round < ROUNDS; round++) {
    clock('yaml', () => parse(text) as unknown);
    const scenario = made(clock('load', () => load(text, { file: FILE })));
    const plan = made(clock('compile', () => compile(scenario)));
    const trace = clock('run', () => run(plan, { seed: '1' }));
    digests.add(trace.digest);
    changes = trace.count;
  }
  expect(digests.size).toBe(1);
  expect(changes).toBeGreaterThan(500);
  const ms = Object.fromEntries(Object.entries(times).map(([step, list]) => [step, median(list)])) as Record<
    keyof typeof times,
    number
  >;
  for (const step of ['yaml', 'load', 'compile', 'run'] as const) note(step, `${ms[step].toFixed(1)} ms`);
  note('changes', `${changes}, ${(changes / ms.run).toFixed(0)} a ms`);
  bar('load', 'against parsing the YAML alone', { atMost: 12 }, ms.load / ms.yaml);
  // A few hundred lines stand for some four and a half thousand facts.
  bar('compile and run', 'against parsing the YAML alone', { atMost: 30 }, (ms.compile + ms.run) / ms.yaml);
});

test('memory', () => {
  const most = (program: string): number => {
    const print = 'process.stdout.write(String(process.resourceUsage().maxRSS));';
    const args = ['--input-type=module', '-e', `${program}\n${print}`];
    const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    expect(stderr).toBe('');
    return Number(stdout) / 1024;
  };
  const nothing = most('');
  const whole = most(
    `import { readFileSync } from 'node:fs';
     import { compile, load, run } from ${JSON.stringify(LIBRARY)};
     const file = ${JSON.stringify(FILE)};
     run(compile(load(readFileSync(file, 'utf8'), { file }).value).value, { seed: '1' });`,
  );
  note('memory', `${whole.toFixed(0)} MB at most`, `node alone ${nothing.toFixed(0)} MB`);
  bar('memory', 'against node alone', { atMost: 4 }, whole / nothing);
});

afterAll(() => printTable('The outage of 2021'));
