/** From a command line to an exit code: finds the verb, loads it, runs it, and apologises when we are wrong. */
import { apology } from './apology.ts';
import { EXIT, type Io, Unreadable } from './io.ts';
import { parsePlain } from './parse.ts';

export async function program(argv: readonly string[], io: Io): Promise<number> {
  try {
    const call = parsePlain(argv) ?? (await (await import('./grammar.ts')).parseFully(argv, io));
    if (typeof call === 'number') return call;
    const command = await call.verb.load();
    return await command(call.args, io);
  } catch (error) {
    if (error instanceof Unreadable) {
      io.err(`${error.message}\n`);
      return EXIT.badInput;
    }
    io.err(apology(error));
    return EXIT.ourBug;
  }
}
