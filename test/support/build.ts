/** Before any test: builds `dist/` when a source is newer than what was built from it. NETFALL_BUILT=1 says it is fresh. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SOURCES = [
  'sim',
  'viz',
  'scenarios/outages/facebook-2021.yaml',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  '.tsconfig.types.json',
  'vite.config.ts',
];
const BUILT = [
  'dist/types/index.d.ts',
  'dist/page/index.html',
  'dist/page/facebook-2021.jsonl.gz',
  'dist/single/index.html',
  'dist/netfall.js',
  'dist/index.js',
];

/** When the path, or anything below it, changed last; folders count, since they change when a file goes away. */
function changed(path: string): number {
  const stat = statSync(path);
  const below = stat.isDirectory() ? readdirSync(path).map((name) => changed(join(path, name))) : [];
  return Math.max(stat.mtimeMs, ...below);
}

function isStale(): boolean {
  const built = BUILT.map((path) => join(ROOT, path));
  if (!built.every((path) => existsSync(path))) return true;
  const newest = Math.max(...SOURCES.map((path) => changed(join(ROOT, path))));
  return newest > Math.min(...built.map((path) => statSync(path).mtimeMs));
}

export function setup(): void {
  if (process.env.NETFALL_BUILT === '1' || !isStale()) return;
  // What the test runner sets would make it another build than the one people get.
  const { NODE_ENV: _, ...env } = process.env;
  for (const name of Object.keys(env)) {
    if (/^(VITE|VITEST|TEST|MODE|DEV|PROD|SSR|BASE_URL)(_|$)/.test(name)) delete env[name];
  }
  const { status } = spawnSync('npm run build', {
    cwd: ROOT,
    env,
    shell: true,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) throw new Error('The sources do not build (see above), so there is nothing to test.');
}
