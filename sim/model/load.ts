/** The way in: from the text of a scenario file to the expanded scenario, or to every problem at once. */
import { checkSchema } from './check.ts';
import { Context, type ReadBytes, TooMuch } from './context.ts';
import { withoutEmpties } from './empties.ts';
import { expand } from './expand/index.ts';
import { readVariants } from './expand/provenance.ts';
import { applyFork, isFork } from './fork.ts';
import { checkUnused } from './parameters.ts';
import { applyPatch } from './patch.ts';
import type { Problem, Result } from './problems.ts';
import type { Scenario, Variant } from './scenario.ts';
import { ScenarioFile } from './schema.ts';
import { applySettings } from './settings.ts';
import { readSource } from './source.ts';
import { type Dict, problemAt, rootOrigin, Source, treeOf, under } from './tree.ts';
import { byName } from './units.ts';
import { applyVariant, checkVariants, type Written, writtenBy } from './variants.ts';

export interface LoadOptions {
  /** The name of the file, for places; `.json` is read as JSON. */
  readonly file: string;
  /** A variant of the file; its patches are merged first. */
  readonly variant?: string;
  /** `path=value`, in order, merged last. */
  readonly set?: readonly string[];
  /** Merged after the variant. */
  readonly patch?: object;
  /** The text of a file as a fork names it (`extends: ./base.yaml`), from the folder of the fork; null when there is none. */
  readonly read?: (path: string) => string | null;
  /** The same for data (`caida: ./as-rel2.txt.gz`): its bytes, unpacked; or why it cannot be taken. */
  readonly readBytes?: ReadBytes;
}

const MOST_PROBLEMS = 100;

export function load(text: string, options: LoadOptions): Result<Scenario> {
  const { file, variant = null, set = [], patch = null, read = () => null } = options;
  const others: Record<string, string> = {};
  const keeping = (path: string): string | null => {
    const found = read(path);
    if (found !== null) others[path] = plain(found);
    return found;
  };
  // What is too large to be carried along is not: such a scenario cannot be run again from its trace alone.
  let whole = true;
  const readBytes: ReadBytes = (path) => {
    whole = false;
    return options.readBytes?.(path) ?? null;
  };
  return guarded(text, { file, read: keeping, readBytes }, (root, context) => {
    checkUnused(root, context);
    const patched = withoutEmpties(withPatches(root, options, context), context);
    checkSchema(patched, ScenarioFile, context);
    context.closePlaces();
    const scenario = expand(context, patched, variant, root);
    return { ...scenario, written: whole ? { file, text: plain(text), others, set, patch } : null };
  });
}

/** The variants of a file by name, for a list to choose from; nothing else of the file is looked at. */
export function listVariants(text: string, options: Pick<LoadOptions, 'file' | 'read'>): Result<readonly Variant[]> {
  return guarded(text, options, (root) => {
    const variants = under(root, 'variants');
    return [...readVariants(variants?.is === 'map' ? variants : undefined).values()];
  });
}

/** What each variant of a file writes, by its name; whether that makes sense is not looked at. */
export function listPatches(
  text: string,
  options: Pick<LoadOptions, 'file' | 'read'>,
): Result<ReadonlyMap<string, readonly Written[]>> {
  return guarded(text, options, (root) => {
    const variants = under(root, 'variants');
    return new Map(
      [...(variants?.is === 'map' ? variants.entries : [])].map(([name, { value }]) => [name, writtenBy(value)]),
    );
  });
}

/** However a file came by its line ends, it says the same. */
const plain = (text: string): string => text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');

/** The document is read and made something of: the thing, or every problem. */
function guarded<T>(
  text: string,
  options: Pick<LoadOptions, 'file' | 'read' | 'readBytes'>,
  make: (root: Dict, context: Context) => T,
): Result<T> {
  const context = new Context(options.readBytes);
  const { problems } = context;
  try {
    const root = documentOf(text, options, context);
    const made = root && make(root, context);
    if (made !== null && problems.length === 0) return { ok: true, value: made };
  } catch (error) {
    if (error instanceof RangeError) {
      problems.push(problemAt(rootOrigin(new Source(options.file, text)), 'this is nested too deeply to be read'));
    } else if (!(error instanceof TooMuch)) throw error;
  }
  return { ok: false, problems: sorted(problems) };
}

/** The document as written; a fork comes with its base. */
export function documentOf(
  text: string,
  { file, read }: Pick<LoadOptions, 'file' | 'read'>,
  context: Context,
): Dict | null {
  const found: Problem[] = [];
  const root = readSource(text, file, found);
  context.adopt(found);
  return root && isFork(root) ? applyFork(root, read, context) : root;
}

export function withPatches(root: Dict, { variant, patch, set }: LoadOptions, context: Context): Dict {
  let patched = root;
  if (variant === undefined) checkVariants(root, context);
  else patched = applyVariant(root, variant, context);
  if (patch) {
    const tree = treeOf(patch, new Source('patch', null));
    if (tree.is === 'map') patched = applyPatch(patched, tree, context);
  }
  return set ? applySettings(patched, set, context) : patched;
}

/** In the order of the file, each once, and no more than anybody reads. */
function sorted(problems: readonly Problem[]): readonly Problem[] {
  const each = new Map(problems.map((problem) => [JSON.stringify([problem.place, problem.says]), problem]));
  const all = [...each.values()].sort(
    (a, b) =>
      byName(a.place.file, b.place.file) ||
      a.place.line - b.place.line ||
      a.place.column - b.place.column ||
      byName(a.says, b.says),
  );
  if (all.length <= MOST_PROBLEMS) return all;
  const { place } = all[MOST_PROBLEMS - 1] as Problem;
  const rest = all.length - MOST_PROBLEMS + 1;
  return [...all.slice(0, MOST_PROBLEMS - 1), { place, path: '', says: `and ${rest} more problems after this` }];
}
