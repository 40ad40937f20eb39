/** Around all tests against daemons: nothing is left behind, and at the end stands what was compared, and what was skipped. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nameOfRun, sweep } from './lab.ts';

export function setup(): () => void {
  const run = nameOfRun(process.pid);
  const folder = mkdtempSync(join(tmpdir(), `${run}-last-words-`));
  const file = join(folder, 'lines');
  writeFileSync(file, '');
  process.env.NETFALL_LABS = run;
  process.env.NETFALL_LAST_WORDS = file;
  sweep();
  const atExit = (): void => sweep(run);
  process.on('exit', atExit);
  return () => {
    process.stdout.write(`\n${readFileSync(file, 'utf8')}`);
    process.off('exit', atExit);
    sweep(run);
  };
}
