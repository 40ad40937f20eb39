/** Tests against real daemons: what a machine must have for them, and what they tell at the end of all tests. */
import { spawnSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { describe } from 'vitest';
import { find, programAt } from './programs.ts';

/** Some containers let even root make no network namespaces. */
function makesNamespaces(): boolean {
  const name = `netfall-${process.pid}-probe`;
  const { status } = spawnSync(programAt('ip'), ['netns', 'add', name]);
  if (status === 0) spawnSync(programAt('ip'), ['netns', 'delete', name]);
  return status === 0;
}

/** What is missing to run daemons in network namespaces, in words; null: nothing. `programs` by their Debian package. */
function lacking(programs: Readonly<Record<string, string>>): string | null {
  if (process.platform !== 'linux') return 'it needs Linux';
  const wanted = { ip: 'iproute2', ...programs };
  const missing = Object.keys(wanted).filter((program) => find(program) === null);
  if (missing.length > 0) {
    const packages = [...new Set(missing.map((program) => wanted[program as 'ip']))];
    return `${missing.join(', ')} not installed (Debian: apt-get install ${packages.join(' ')})`;
  }
  if (process.getuid?.() !== 0) return 'it needs root for network namespaces';
  return makesNamespaces() ? null : 'root may not make network namespaces here';
}

/**
 * A group of tests against daemons. On a machine that lacks something all of them count as skipped, and a banner says so and why:
 * at once, and again at the end, so that nobody takes silence for agreement.
 */
export function live(group: string, programs: Readonly<Record<string, string>>, tests: () => void): void {
  const lacks = lacking(programs);
  if (lacks !== null) {
    const banner = `SKIPPED: ${group}: ${lacks}`;
    process.stderr.write(`\n${banner}\n`);
    tellAtTheEnd(banner);
  }
  describe.skipIf(lacks !== null)(group, tests);
}

/** A line for the end of the run, after all results: what was compared with what, counted. */
export function tellAtTheEnd(line: string): void {
  const file = process.env.NETFALL_LAST_WORDS;
  if (file) appendFileSync(file, `${line}\n`);
  else process.stdout.write(`${line}\n`);
}
