/** Peers in C++: compiled when there is a compiler, else left out, and loudly so. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';

export interface Program {
  /** A folder for its input. */
  readonly folder: string;
  /** Runs it; it prints its own milliseconds of processor time, and its result. */
  run(...args: readonly string[]): { ms: number; result: string };
}

/** Compiles a file of this folder; null where there is no g++. */
export function compileCpp(file: string): Program | null {
  if (spawnSync('g++', ['--version']).status !== 0) {
    console.log(`SKIPPED: the peer ${file}, since there is no g++ here; the bars against C++ are not judged.`);
    return null;
  }
  const folder = mkdtempSync(join(tmpdir(), 'netfall-bench-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const program = join(folder, 'peer');
  const source = fileURLToPath(new URL(file, import.meta.url));
  const { status, stderr } = spawnSync('g++', ['-O3', '-march=native', '-std=c++17', '-o', program, source], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${file} does not compile: ${stderr}`);
  return {
    folder,
    run: (...args) => {
      const made = spawnSync(program, args, { encoding: 'utf8' });
      if (made.status !== 0) throw new Error(`${file} fails: ${made.stderr}`);
      const [ms, result] = made.stdout.trim().split(' ') as [string, string];
      return { ms: Number(ms), result };
    },
  };
}
