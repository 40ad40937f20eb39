/** Reads command lines that are plain and right, without loading yargs; whatever else comes is left to `grammar.ts`. */
import { type Args, type Option, optionOf, SYNOPSIS, VERBS, type Verb } from './options.ts';

/** A verb, and what it was given. */
export interface Call {
  readonly verb: Verb;
  readonly args: Args;
}

/** Values by flag, and what stood without one. */
export interface Given {
  readonly flags: ReadonlyMap<string, readonly (string | boolean)[]>;
  readonly loose: readonly string[];
}

/** From texts to what the verb takes; a sentence when one of them cannot be meant. */
export function callOf(verb: Verb, { flags, loose }: Given): Call | string {
  const args: Record<string, unknown> = {};
  for (const name of verb.options) {
    const option = optionOf(name);
    const values = flags.get(option.flag) ?? [];
    if (values.length > 1 && !option.many) return `--${option.flag} is given ${values.length} times`;
    const value = read(option, values, verb);
    if (typeof value === 'object' && 'complaint' in value) return value.complaint;
    args[name] = value;
  }
  const left = [...loose];
  for (const positional of verb.takes) {
    const [key] = SYNOPSIS[positional];
    if (positional.endsWith('…')) args[key] = left.splice(0);
    else args[key] = left.shift();
    const none = args[key] === undefined || (Array.isArray(args[key]) && args[key].length === 0);
    if (none && !positional.endsWith('?'))
      return `${verb.name} needs a ${key.replace(/s$/, '')}${key.startsWith('file') ? '' : ', after the file'}`;
  }
  if (left.length > 0) return `${verb.name} takes no "${left[0]}"`;
  return { verb, args: args as unknown as Args };
}

type Read = string | number | boolean | undefined | readonly string[] | { readonly complaint: string };

function read(option: Option, values: readonly (string | boolean)[], verb: Verb): Read {
  if (option.value === null) return values[0] === true;
  if (values.some((value) => typeof value !== 'string' || value === '')) {
    return { complaint: `--${option.flag} needs a value: --${option.flag} ${option.value}` };
  }
  if (option.many) return values as readonly string[];
  const text = values[0] as string | undefined;
  if (option.whole) {
    const [least, most] = option.whole;
    if (text === undefined) return option.default;
    const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (number >= least && number <= most) return number;
    return { complaint: `--${option.flag} ${text}: expected a whole number from ${least} to ${most}` };
  }
  if (option.flag === 'format' && text !== undefined && !verb.formats?.some((format) => format === text)) {
    return { complaint: `--format ${text}: expected ${verb.formats?.join(', ').replace(/, (?=[^,]*$)/, ' or ')}` };
  }
  return text ?? option.default;
}

/** The call, or null when the command line needs a closer look. */
export function parsePlain(argv: readonly string[]): Call | null {
  const verb = VERBS.find(({ name }) => name === argv[0]);
  if (!verb) return null;
  const options = new Map(verb.options.map(optionOf).map((option) => [option.flag, option]));
  const flags = new Map<string, (string | boolean)[]>();
  const loose: string[] = [];
  for (let i = 1; i < argv.length; i++) {
    const word = argv[i] as string;
    if (!word.startsWith('-') || word === '-') {
      loose.push(word);
      continue;
    }
    const [, flag = '', joined] = /^--([\w-]+)(?:=(.*))?$/s.exec(word) ?? [];
    const option = options.get(flag);
    if (!option || (option.value === null && joined !== undefined)) return null;
    const value = option.value === null ? true : (joined ?? argv[++i]);
    if (value === undefined || (joined === undefined && String(value).startsWith('-') && value !== '-')) return null;
    flags.set(flag, [...(flags.get(flag) ?? []), value]);
  }
  const call = callOf(verb, { flags, loose });
  return typeof call === 'string' ? null : call;
}
