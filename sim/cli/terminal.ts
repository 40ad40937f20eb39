/** The process around the program: its streams, its terminal, its signals, and how it ends. */
import { apology } from './apology.ts';
import { EXIT, type Io } from './io.ts';
import { program } from './program.ts';
import { readData, readText } from './read.ts';

const { stdout, stderr, env } = process;

/** NO_COLOR and FORCE_COLOR as elsewhere; else only on a terminal that can. */
function wantsColor(): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== '0';
  return stdout.isTTY === true && env.TERM !== 'dumb';
}

function interruptible(): AbortSignal {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  return stop.signal;
}

const terminal: Io = {
  out: (text) => void stdout.write(text),
  err: (text) => void stderr.write(text),
  drained: () =>
    stdout.writableNeedDrain ? new Promise((resolve) => stdout.once('drain', resolve)) : Promise.resolve(),
  readFile: readText,
  readData,
  isTTY: stdout.isTTY === true,
  columns: stdout.columns || Number(env.COLUMNS) || 80,
  errIsTTY: stderr.isTTY === true,
  color: wantsColor(),
  interruptible,
};

export async function main(argv: readonly string[]): Promise<void> {
  // Whoever reads us may stop reading (`| head`): that is no error, and there is nobody left to tell.
  for (const stream of [stdout, stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(EXIT.fine);
      if (stream === stdout) stderr.write(`The output cannot be written (${error.code ?? error.message}).\n`);
      process.exit(EXIT.badInput);
    });
  }
  process.on('uncaughtException', (error) => {
    stderr.write(apology(error));
    process.exit(EXIT.ourBug);
  });
  process.exitCode = await program(argv, terminal);
}
