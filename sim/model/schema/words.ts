/** The small words of the schema: texts, names, times, numbers; each says in plain words what is expected. */
import * as z from 'zod';

// Schemas are used once a run: compiling them costs more than it saves, and needs code made at run time, which a page's policy forbids.
z.config({ jitless: true });

const SAYS = new WeakMap<object, string>();

/** What a schema expects, for sentences: "a time span such as 90s". */
export const expectsOf = (schema: object): string | undefined => SAYS.get(schema);

const MEANT = new WeakMap<object, Readonly<Record<string, string>>>();

/** A map for which people know keys by other names; what they should write instead, as a hint. */
export function calling<S extends z.ZodType>(schema: S, others: Readonly<Record<string, string>>): S {
  MEANT.set(schema, others);
  return schema;
}
/** What is to be written in place of a key that this map does not have. */
export const meantBy = (schema: object, key: string): string | undefined => {
  const others = MEANT.get(schema) ?? {};
  return Object.hasOwn(others, key) ? others[key] : undefined;
};

function expecting<S extends z.ZodType>(schema: S, expects: string, describe: string): S {
  const described = schema.describe(describe);
  SAYS.set(described, expects);
  return described;
}

/** YAML reads `1984` as a number where a text is meant: texts and names take it as written. */
const scalar = () => z.union([z.string(), z.number(), z.boolean()]);
const drawn = () =>
  z.union([
    z.string(),
    z.number(),
    z.strictObject({
      empirical: z
        .array(z.union([z.string(), z.number()]))
        .min(1)
        .describe('Observed values, each as likely.'),
    }),
  ]);

export const text = (describe: string) => expecting(scalar(), 'a text', describe);
export const block = (describe: string) => expecting(scalar(), 'an address block such as 129.134.30.0/24', describe);
export const name = (describe: string) => expecting(scalar(), 'a name', describe);
export const span = (describe: string) =>
  expecting(z.union([z.string(), z.number()]), 'a time span such as 90s', describe);
export const draw = (describe: string) =>
  expecting(drawn(), 'a time span such as 90s, or a draw such as 1m..5m', describe);
export const moment = (describe: string) => expecting(scalar(), 'a moment such as 15:39Z or 9m', describe);
export const point = (describe: string) =>
  expecting(z.string(), 'degrees north and east such as "52.31 4.76"', describe);
export const number = (describe: string) => expecting(z.union([z.number(), z.string()]), 'a number', describe);
export const caches = (describe: string) =>
  expecting(
    z.union([z.number(), z.string(), z.strictObject({ many: number('How many those are, about.').optional() })]),
    'a number of caches, or many',
    describe,
  );
export const value = (describe: string) => expecting(drawn(), 'a value such as 30s, 85% or 5s..3m', describe);
export const yesNo = (describe: string) =>
  expecting(z.union([z.boolean(), z.string().regex(/^\$/)]), 'true or false', describe);
export const yes = (describe: string) => expecting(z.literal(true), 'true', describe);

/** One of a closed list, or a `$parameter`. */
export const word = <const W extends readonly [string, ...string[]]>(words: W, describe: string) =>
  expecting(z.union([z.enum(words), z.string().regex(/^\$/)]), `one of ${words.join(', ')}`, describe);

/** One or several of a closed list, or a `$parameter`. */
export const someOf = <const W extends readonly [string, ...string[]]>(words: W, describe: string) =>
  expecting(
    z.union([word(words, describe), z.array(word(words, describe))]),
    `one of ${words.join(', ')}, or a list of these`,
    describe,
  );

/** A name, a glob, a brace, or a list of these. */
export const targets = (describe: string) =>
  expecting(z.union([scalar(), z.array(scalar())]), 'a name, a glob such as pop.*, or a list of these', describe);

/** Named things: the key is the name. */
export const named = <S extends z.ZodType>(of: S, describe: string) => z.record(z.string(), of).describe(describe);

type Grown<L extends z.ZodRawShape> = { [K in keyof L & string as `${K}+` | `${K}-`]: L[K] };

/** Lists that a refinement may extend (`x+`) or shorten (`x-`). */
export function growing<L extends z.ZodRawShape>(lists: L): L & Grown<L> {
  const grown: Record<string, unknown> = { ...lists };
  for (const [key, schema] of Object.entries(lists)) {
    grown[`${key}+`] = (schema as unknown as z.ZodType).describe(`Extends ${key} of what this refines.`);
    grown[`${key}-`] = (schema as unknown as z.ZodType).describe(`Takes these out of ${key} of what this refines.`);
  }
  return grown as L & Grown<L>;
}
