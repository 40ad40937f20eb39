/** Reads what must be refused: every problem at its place, and in time. */
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { load } from '../../sim/model/load.ts';

export const FOLDER = new URL('./', import.meta.url);
export const HEAD = 'netfall: 1\nid: x\ntitle: X\nclock: { start: 2021-10-04T15:30:00Z, run: 8h }\n';
export const MOST = 2000;
/** Where others keep the machine busy, the clock runs on. */
export const PATIENCE = 60_000;

export const text = (file: string): string => readFileSync(new URL(file, FOLDER), 'utf8');
const read = (path: string): string | null => (path === './base.yaml' ? text('base.yaml') : null);

/** A machine with much else to do makes the processor slower too: what takes long is tried so many times, and the quickest counts. */
const TRIES = 3;

/** What is wrong, as `line:column sentence`, and how long it took: by the clock, or by the processor where others slow it down. */
export function refused(content: string, file: string): { problems: string[]; took: number } {
  let took = Number.POSITIVE_INFINITY;
  let problems: string[] = [];
  for (let turn = 0; turn < TRIES && took > MOST; turn++) {
    const [clock, processor] = [performance.now(), process.cpuUsage()];
    const result = load(content, { file, read });
    const { user, system } = process.cpuUsage(processor);
    took = Math.min(took, performance.now() - clock, (user + system) / 1000);
    problems = result.ok
      ? ['nothing is wrong']
      : result.problems.map(({ place: { line, column }, says }) => `${line}:${column} ${says}`);
  }
  return { problems, took };
}

/** Each problem, in order, begins so; and nothing took long. */
export function expectRefused(content: string, file: string, beginnings: readonly string[]): void {
  const { problems, took } = refused(content, file);
  expect(problems.map((problem, i) => problem.slice(0, beginnings[i]?.length ?? problem.length))).toEqual(beginnings);
  expect(took).toBeLessThanOrEqual(MOST);
}
