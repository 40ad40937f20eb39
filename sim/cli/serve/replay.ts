/** The replay of some files, served until somebody stops it, and made anew whenever one of the files changes. */
import { apology } from '../apology.ts';
import { tell } from '../input.ts';
import { EXIT, type Io, Unreadable } from '../io.ts';
import { pageFolder } from '../shipped.ts';
import { Followed } from './follow.ts';
import { openBrowser } from './open.ts';
import { serve } from './server.ts';
import { type Shows, showsOf } from './shows.ts';

export interface Wish {
  readonly files: readonly string[];
  readonly variant: string | undefined;
  readonly set: readonly string[];
  readonly seed: string;
  readonly port: number | undefined;
  readonly open: boolean;
}

/** Returns the exit code: at once when a file is not sound at the start, else when it is stopped. */
export async function replay(wish: Wish, io: Io): Promise<number> {
  const { files, variant, set, seed } = wish;
  const read = (file: string) => showsOf(io, { file, variant, set }, seed);
  const shown: Shows[] = [];
  for (const file of files) {
    const shows = read(file);
    if (shows.ok) shown.push(shows.value);
    else tell(io, shows.problems);
  }
  if (shown.length < files.length) return EXIT.badInput;

  const stop = io.interruptible();
  const served = await serve(pageFolder(), () => shown.flatMap(({ shows }) => shows), wish.port);
  const followed = files.map((file, i) => {
    const one = new Followed(() => {
      try {
        const shows = read(file);
        if (shows.ok) {
          shown[i] = shows.value;
          one.follow(shows.value.files);
          served.reload();
          return io.err(`${file}: read again\n`);
        }
        tell(io, shows.problems);
      } catch (error) {
        io.err(error instanceof Unreadable ? `${error.message}\n` : apology(error));
      }
      io.err(`${file}: the page still shows it as it was before\n`);
    });
    one.follow((shown[i] as Shows).files);
    return one;
  });
  io.out(`${served.url}\n`);
  io.err(
    `The replay is at this address, for this machine only, and follows the file${files.length > 1 ? 's' : ''}. Ctrl-C ends it.\n`,
  );
  if (wish.open) await openBrowser(served.url, io);
  if (!stop.aborted) await new Promise((resolve) => stop.addEventListener('abort', resolve, { once: true }));
  for (const one of followed) one.close();
  await served.close();
  return EXIT.fine;
}
