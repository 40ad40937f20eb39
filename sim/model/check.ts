/** The document against the schema: each of the schema's complaints as a sentence at the place it is about. */
import type * as z from 'zod';
import type { Context } from './context.ts';
import { didYouMean } from './nearest.ts';
import { expectsOf, meantBy } from './schema/words.ts';
import { type Dict, type Entry, entryOf, foundOf, type Origin, plainOf, shorten, type Tree } from './tree.ts';

type Issue = z.core.$ZodIssue;
type Step = PropertyKey;

export function checkSchema(tree: Dict, schema: z.ZodType, context: Context): void {
  const result = schema.safeParse(plainOf(tree));
  if (result.success) return;
  for (const issue of result.error.issues) report(issue, issue.path, tree, schema, context);
}

function report(issue: Issue, path: readonly Step[], tree: Dict, schema: z.ZodType, context: Context): void {
  const { found, at, key } = walk(tree, path);
  const expected = expectedAt(schema, path);
  if (issue.code === 'unrecognized_keys') {
    const known = [...new Set(expected.flatMap(keysOf))];
    for (const unknown of issue.keys) {
      const meant = expected.map((one) => meantBy(one, unknown)).find(Boolean);
      const hint = meant ?? didYouMean(unknown, known) ?? listed(known);
      context.problem(entryOf(found, unknown)?.at ?? at, `there is no key "${shorten(unknown)}" here`, hint);
    }
    return;
  }
  const says = expected.map(expectsOf).find((text) => text !== undefined);
  if (found === undefined) {
    const name = String(path.at(-1));
    context.problem(key, `"${name}" is missing`, says ? `expected ${says}` : expected.map(describedAs).find(Boolean));
    return;
  }
  if (issue.code === 'invalid_union' && says === undefined) {
    const branch = likeliest(issue.errors);
    if (branch) {
      for (const inner of branch) report(inner, [...path, ...inner.path], tree, schema, context);
      return;
    }
  }
  const words = expected.flatMap(wordsOf);
  const hint = found.is === 'leaf' && words.length > 0 ? didYouMean(found.text, words) : undefined;
  context.problem(at, `expected ${says ?? kinds(expected, issue)}, found ${foundOf(found)}`, hint);
}

/** Of the branches of a union the one that fits the shape of what was found, judged by its complaints. */
function likeliest(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  return (
    branches.find(
      (issues) =>
        issues.length > 0 &&
        !issues.some(
          (issue) => issue.path.length === 0 && issue.code !== 'unrecognized_keys' && issue.code !== 'invalid_union',
        ),
    ) ?? branches.find((issues) => issues.some((issue) => issue.code === 'invalid_union' && likeliest(issue.errors)))
  );
}

/** The value at the path and its place; `key`: that of the innermost map there is, by which it is named. */
function walk(tree: Dict, path: readonly Step[]): { found: Tree | undefined; at: Origin; key: Origin } {
  let found: Tree | undefined = tree;
  let at = tree.at;
  let key = tree.at;
  for (const step of path) {
    const entry: Entry | undefined = entryOf(found, String(step));
    found = entry ? entry.value : found?.is === 'list' ? found.items[Number(step)] : undefined;
    if (!found) break;
    at = found.at;
    key = entry?.at ?? at;
  }
  return { found, at, key };
}

/** What may stand at the path: several schemas where unions lead. */
function expectedAt(schema: object, path: readonly Step[]): object[] {
  let here = branches(schema as z.core.$ZodType);
  for (const step of path) {
    here = here.flatMap((one) => {
      const def = (one as z.core.$ZodType)._zod.def as Def;
      if (def.type === 'object')
        return def.shape?.[String(step)] ? branches(def.shape[String(step)] as z.core.$ZodType) : [];
      if (def.type === 'record') return branches(def.valueType as z.core.$ZodType);
      return def.type === 'array' && typeof step === 'number' ? branches(def.element as z.core.$ZodType) : [];
    });
    here = [...new Set(here)];
  }
  return here;
}

interface Def {
  readonly type: string;
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>;
  readonly valueType?: z.core.$ZodType;
  readonly element?: z.core.$ZodType;
  readonly options?: readonly z.core.$ZodType[];
  readonly innerType?: z.core.$ZodType;
  readonly getter?: () => z.core.$ZodType;
  readonly entries?: Readonly<Record<string, string>>;
}

/** Through optional, lazy and union; a union that says itself what it expects is kept as well. */
function branches(schema: z.core.$ZodType): object[] {
  const def = schema._zod.def as Def;
  if (def.innerType) return branches(def.innerType);
  if (def.getter) return branches(def.getter());
  if (def.options) return [...(expectsOf(schema) ? [schema] : []), ...def.options.flatMap(branches)];
  return [schema];
}

const defOf = (schema: object): Def => (schema as z.core.$ZodType)._zod.def as Def;
/** `The headline.` as a hint: `the headline`. */
function describedAs(schema: object): string | undefined {
  const text = (schema as z.ZodType).description;
  return text && text.charAt(0).toLowerCase() + text.slice(1).replace(/\.$/, '');
}

const keysOf = (schema: object): string[] => Object.keys(defOf(schema).shape ?? {});
const wordsOf = (schema: object): string[] => Object.values(defOf(schema).entries ?? {});

const KIND: Readonly<Record<string, string>> = {
  object: 'a map',
  record: 'a map',
  array: 'a list',
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
};

function kinds(expected: readonly object[], issue: Issue): string {
  const literal = issue.code === 'invalid_value' ? issue.values.map(String) : [];
  const words = expected.flatMap(wordsOf);
  if (literal.length > 0 && words.length === 0) return literal.join(' or ');
  const shapes = expected.map((schema) => KIND[defOf(schema).type]).filter((kind) => kind !== undefined);
  const all = [...new Set([...shapes, ...(words.length > 0 ? [`one of ${words.join(', ')}`] : [])])];
  return all.join(' or ') || 'something else';
}

const listed = (known: readonly string[]): string | undefined =>
  known.length > 0 && known.length <= 16
    ? `known here: ${known.filter((key) => !/[+-]$/.test(key)).join(', ')}`
    : undefined;
