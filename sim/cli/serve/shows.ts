/** What there is to show of a file: the scenario as asked for, simulated at once, and its variants, each when first looked at. */
import { batches, formatProblem, jsonLines, type Plan, type Problem, type Result, simulate } from '../../index.ts';
import { apology } from '../apology.ts';
import { type Asked, readPlan } from '../input.ts';
import { type Io, Unreadable } from '../io.ts';

export interface Show {
  readonly name: string;
  readonly title: string;
  /** The trace as JSON Lines, in pieces; or a sentence why there is none. */
  readonly trace: () => readonly Buffer[] | string;
}

export interface Shows {
  readonly shows: readonly Show[];
  /** The files that were read for it, to be watched. */
  readonly files: readonly string[];
}

export function showsOf(io: Io, asked: Asked, seed: string): Result<Shows> {
  const files = new Set<string>();
  const reader: Io = {
    ...io,
    readFile: (path) => {
      files.add(path);
      return io.readFile(path);
    },
    readData: (path) => {
      files.add(path);
      return io.readData(path);
    },
  };
  const text = reader.readFile(asked.file);
  const plan = readPlan(reader, asked, text);
  if (!plan.ok) return plan;
  const { scenario } = plan.value;
  const nameOf = (variant: string | null): string => (variant === null ? scenario.id : `${scenario.id}: ${variant}`);
  const first = traceOf(plan.value, seed);
  const others = [null, ...scenario.variants.keys()].filter((variant) => variant !== scenario.variant);
  const shows = others.map((variant): Show => {
    const title =
      variant === null ? `${scenario.title} (as it was)` : (scenario.variants.get(variant)?.title ?? variant);
    const make = (): readonly Buffer[] | string => {
      try {
        const varied = readPlan(reader, { ...asked, variant: variant ?? undefined }, text);
        return varied.ok ? traceOf(varied.value, seed) : said(varied.problems);
      } catch (error) {
        return error instanceof Unreadable ? error.message : apology(error);
      }
    };
    return { name: nameOf(variant), title, trace: once(make) };
  });
  const own =
    scenario.variant === null ? scenario.title : (scenario.variants.get(scenario.variant)?.title ?? scenario.title);
  return {
    ok: true,
    value: { shows: [{ name: nameOf(scenario.variant), title: own, trace: () => first }, ...shows], files: [...files] },
  };
}

const traceOf = (plan: Plan, seed: string): readonly Buffer[] =>
  [...batches(jsonLines(simulate(plan, seed)))].map((piece) => Buffer.from(piece));

const said = (problems: readonly Problem[]): string => problems.map(formatProblem).join('\n');

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
