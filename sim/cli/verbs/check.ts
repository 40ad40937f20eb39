/** `check`: holds scenarios against their claims, over one seed or many; for people, and for a build that should fail. */
import { type Checked, checkFile, hasFailed } from '../checking.ts';
import { tell } from '../input.ts';
import { EXIT, type Io, Unreadable } from '../io.ts';
import type { Command } from '../options.ts';
import { checkReport } from '../text/check.ts';
import { junit } from '../text/junit.ts';
import { markdown } from '../text/markdown.ts';

export const command: Command<'files' | 'seeds' | 'set' | 'format'> = async ({ files, seeds, set, format }, io) => {
  const stop = io.interruptible();
  const checked: Checked[] = [];
  let broken = false;
  for (const file of files) {
    if (stop.aborted) break;
    const progress = progressOf(io, file);
    try {
      const result = await checkFile(io, { file, set }, seeds, { progress, stop });
      progress(0, 0);
      if (!result.ok) {
        broken = true;
        tell(io, result.problems);
        continue;
      }
      checked.push(result.value);
      if (format === 'text') io.out(checkReport(result.value, checked.length === 1, io));
    } catch (error) {
      progress(0, 0);
      if (!(error instanceof Unreadable)) throw error;
      broken = true;
      io.err(`${error.message}\n`);
    }
  }
  if (format === 'json') io.out(`${JSON.stringify(checked.map(plain), null, 2)}\n`);
  if (format === 'junit') io.out(junit(checked));
  if (format === 'markdown') io.out(markdown(checked));
  if (stop.aborted) {
    io.err('Interrupted: this is what was known by then.\n');
    return EXIT.interrupted;
  }
  if (broken) return EXIT.badInput;
  return checked.some(hasFailed) ? EXIT.failed : EXIT.fine;
};

const plain = (checked: Checked) => ({
  ...checked,
  failed: hasFailed(checked),
  parts: checked.parts.map(({ verdicts: _, ...part }) => part),
});

/** Fast enough to be followed, slow enough to cost nothing. */
const EVERY_MS = 80;

/** One line on a terminal, written over and over, and gone at the end; nothing elsewhere. */
function progressOf(io: Io, file: string): (done: number, all: number) => void {
  if (!io.errIsTTY) return () => {};
  let last = 0;
  return (done, all) => {
    if (done >= all) return io.err('\r\u001b[K');
    if (Date.now() - last < EVERY_MS) return;
    last = Date.now();
    io.err(`\r\u001b[K${file}: run ${done} of ${all}`);
  };
}
