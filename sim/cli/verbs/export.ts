/** `export`: a run for others: a page that is one file, a trace for viewers, a draft of a review, a table, the scenario by itself. */
import { readFileSync, realpathSync } from 'node:fs';
import {
  accountOf,
  batches,
  changesGrid,
  csvLines,
  jsonGrid,
  mergedText,
  perfettoLines,
  review,
  type Simulation,
  simulate,
} from '../../index.ts';
import { EXPORTS } from '../exports.ts';
import { planOf, tell } from '../input.ts';
import { EXIT, type Io, Unreadable } from '../io.ts';
import { momentOf } from '../moment.ts';
import type { Args, Command } from '../options.ts';
import { singlePage } from '../shipped.ts';
import { clean } from '../text/layout.ts';
import { pageOf } from '../text/page.ts';
import { writeWhole } from '../write.ts';

type Form = (typeof EXPORTS)[number];
type Asked = Form | 'file' | 'seed' | 'variant' | 'set' | 'until' | 'target';

export const command: Command<Asked> = async (args, io) => {
  const forms = EXPORTS.filter((form) => args[form]);
  const [form] = forms;
  if (form === undefined || forms.length > 1) {
    const given = forms.map((one) => `--${one}`).join(' and ');
    io.err(
      `netfall: export makes one thing at a time: ${EXPORTS.map((one) => `--${one}`).join(', ')}${given ? `; not ${given}` : ''}\n`,
    );
    io.err('See netfall export --help.\n');
    return EXIT.badInput;
  }
  const out = args.target === '-' ? undefined : args.target;
  if (form === 'html' && args.target === undefined && io.isTTY)
    throw new Unreadable('--html makes a page too large to be read here: say where to with --out PATH');
  const read = new Set<string>();
  const reader: Io = { ...io, readFile: noting(io.readFile, read), readData: noting(io.readData, read) };
  const plan = planOf(reader, args);
  if (!plan) return EXIT.badInput;
  if (out !== undefined && [...read].some((path) => samePlace(path, out)))
    throw new Unreadable(`--out ${out}: the scenario is read from there; name another file`);
  const until = args.until === undefined ? undefined : momentOf('until', args.until, plan.scenario);
  if (form === 'yaml') return scenario(args, plan.scenario, out, io);
  const simulation = simulate(plan, args.seed, until);
  return write(piecesOf(form, simulation), form, out, io);
};

function noting<T>(readOne: (path: string) => T, read: Set<string>): (path: string) => T {
  return (path) => {
    if (path !== '-') read.add(path);
    return readOne(path);
  };
}

/** Also where one of them is a link to the other. */
function samePlace(a: string, b: string): boolean {
  try {
    return realpathSync(a) === realpathSync(b);
  } catch {
    return false;
  }
}

function piecesOf(form: Exclude<Form, 'yaml'>, simulation: Simulation): Iterable<string> {
  if (form === 'html') return pageOf(simulation, readFileSync(singlePage(), 'utf8'));
  if (form === 'markdown') return [review(simulation)];
  const account = accountOf(simulation);
  const { scene, seed, variant } = account;
  if (form === 'perfetto') return perfettoLines(account);
  if (form === 'csv') return csvLines(changesGrid(account));
  return jsonGrid(changesGrid(account), { scenario: scene.id, title: scene.title, variant, seed, start: scene.start });
}

async function scenario(
  { variant, seed }: Pick<Args, 'variant' | 'seed'>,
  { written }: Simulation['plan']['scenario'],
  out: string | undefined,
  io: Io,
): Promise<number> {
  if (!written) throw new Unreadable('--yaml: this scenario names data of its own, which one file cannot hold');
  const text = mergedText(written, variant ?? null, seed);
  if (text.ok) return write([text.value], 'yaml', out, io);
  tell(io, text.problems);
  io.err('netfall: with these changes the scenario cannot be written as one file\n');
  return EXIT.badInput;
}

const MEANS: Readonly<Record<Form, string>> = {
  html: 'It opens in any browser, from disk, with no network.',
  perfetto: 'Open it at ui.perfetto.dev, or in chrome://tracing.',
  markdown: 'It is a draft: what was simulated is not what was seen.',
  csv: 'A row for every change.',
  json: 'An object for every change.',
  yaml: 'It runs as this did: netfall run.',
};

async function write(pieces: Iterable<string>, form: Form, out: string | undefined, io: Io): Promise<number> {
  if (out === undefined) {
    for (const piece of batches(pieces)) {
      io.out(piece);
      await io.drained();
    }
    return EXIT.fine;
  }
  let size = 0;
  function* measured(): Generator<string> {
    for (const piece of batches(pieces)) {
      size += Buffer.byteLength(piece);
      if (io.errIsTTY) io.err(`\r${sizeOf(size)} `);
      yield piece;
    }
  }
  const whole = await writeWhole(out, measured(), io.interruptible());
  if (io.errIsTTY) io.err('\r\u001b[K');
  if (!whole) return EXIT.interrupted;
  io.err(`${clean(out)}: ${sizeOf(size)}. ${MEANS[form]}\n`);
  return EXIT.fine;
}

/** `1.4 MB`; powers of ten, as folders show them. */
function sizeOf(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1e6 ? `${(bytes / 1000).toFixed(0)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
