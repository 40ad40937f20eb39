/** The command line in full, by yargs: help, completion, and a sentence for whatever is not understood. */
import { distance } from 'fastest-levenshtein';
import yargs, { type Argv } from 'yargs';
import { version } from '../../package.json' with { type: 'json' };
import { nearest } from '../model/nearest.ts';
import { EXIT, type Io } from './io.ts';
import { optionOf, SYNOPSIS, VERBS, type Verb } from './options.ts';
import { type Call, callOf } from './parse.ts';

const EPILOGUE = 'Exit codes: 0 fine, 1 a claim failed, 2 bad input, 3 our bug. Data goes to stdout, words to stderr.';
/** What stands for `-` (stdin) while yargs reads, which takes it for an empty flag. */
const DASH = '\u0000-';
/** Help is read: beyond this its lines get too long. */
const WIDEST = 100;

/** The call; an exit code when everything is said already. */
export async function parseFully(typed: readonly string[], io: Io): Promise<Call | number> {
  const argv = typed[0] === 'help' ? [...typed.slice(1), '--help'] : typed;
  const first = argv[0];
  const names = [...VERBS.map(({ name }) => name), 'completion'];
  if (first !== undefined && !first.startsWith('-') && !names.includes(first)) {
    return refuse(io, `there is no verb "${first}"`, first.includes('.') ? `run ${first}` : nearVerb(first, names));
  }
  let call: Call | string = 'say what to do';
  const parser = grammar(Math.min(io.columns, WIDEST), (verb, given) => {
    call = callOf(verb, given);
  }).strict(first !== 'completion');
  if (first === undefined) {
    io.err(`${tidy(await parser.getHelp())}\n`);
    return EXIT.badInput;
  }
  let said = '';
  let wrong: string | null = null;
  await parser.parseAsync(
    argv.map((word) => (word === '-' ? DASH : word)),
    {},
    (error, _, output) => {
      said = output;
      wrong = error ? error.message || output : null;
    },
  );
  if (wrong !== null) return refuse(io, ...explain(wrong, argv));
  if (said === '') return typeof call === 'object' ? call : refuse(io, call, null, first);
  io.out(`${tidy(said)}\n`);
  return EXIT.fine;
}

function grammar(width: number, chosen: (verb: Verb, given: Parameters<typeof callOf>[1]) => void): Argv {
  const parser = yargs().scriptName('netfall');
  for (const verb of VERBS) {
    const line = [verb.name, ...verb.takes.map(positional)].join(' ');
    const says = verb.hidden ? (false as const) : verb.says;
    parser.command(
      line,
      says as string,
      (y) => describe(y, verb),
      (given) => chosen(verb, { flags: flagsOf(verb, given), loose: looseOf(verb, given) }),
    );
  }
  return parser
    .usage('$0 <verb> [options]\n\nHow outages cascade: a simulator that tells the story.')
    .completion('completion', 'Print a script that completes commands in your shell')
    .parserConfiguration({
      'camel-case-expansion': false,
      'dot-notation': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'greedy-arrays': false,
      'boolean-negation': false,
    })
    .updateStrings({ 'Commands:': 'Verbs:', 'Positionals:': 'What it takes:' })
    .help('help', 'Show this')
    .alias('help', 'h')
    .version('version', 'Show the version', version)
    .epilogue(EPILOGUE)
    .showHelpOnFail(false)
    .wrap(width);
}

const positional = (name: Verb['takes'][number]): string =>
  name.endsWith('?') ? `[${name.slice(0, -1)}]` : name.endsWith('…') ? `<${name.slice(0, -1)}..>` : `<${name}>`;

function describe(y: Argv, verb: Verb): Argv {
  for (const name of verb.takes) {
    const [key, says] = SYNOPSIS[name];
    y.positional(key, { type: 'string', describe: says });
  }
  for (const name of verb.options) {
    const { flag, value, says, default: usual } = optionOf(name);
    const choices = flag === 'format' && verb.formats ? `: ${verb.formats.join(', ')}` : '';
    const describe = `${says}${choices}${usual === undefined ? '' : ` [${usual}]`}`;
    y.option(flag, value === null ? { type: 'boolean', describe } : { nargs: 1, describe });
  }
  for (const [line, says] of verb.examples) y.example(line, says);
  return y;
}

type Parsed = Readonly<Record<string, unknown>>;

function flagsOf(verb: Verb, given: Parsed): Map<string, (string | boolean)[]> {
  const flags = verb.options.map((name) => optionOf(name).flag).filter((flag) => given[flag] !== undefined);
  return new Map(
    flags.map((flag) => [
      flag,
      ([given[flag]].flat() as (string | boolean)[]).map((one) => (one === DASH ? '-' : one)),
    ]),
  );
}

function looseOf(verb: Verb, given: Parsed): string[] {
  const words = verb.takes.flatMap((name) => (given[SYNOPSIS[name][0]] as string | string[] | undefined) ?? []);
  return words.map((word) => (word === DASH ? '-' : word));
}

/** What yargs complains about, in our words, and what may have been meant. */
function explain(
  message: string,
  argv: readonly string[],
): [says: string, hint: string | null, verb: string | undefined] {
  const verb = VERBS.find(({ name }) => name === argv[0]);
  const [, short] = /^Not enough arguments following: (.*)$/.exec(message) ?? [];
  const needed = verb?.options.map(optionOf).find(({ flag }) => flag === short);
  if (needed) return [`--${needed.flag} needs a value: --${needed.flag} ${needed.value}`, null, verb?.name];
  if (verb && message.startsWith('Not enough non-option arguments')) {
    const takes = verb.takes.filter((name) => !name.endsWith('?')).map((name) => `a ${name.replace(/s?…$/, '')}`);
    return [`${verb.name} needs ${takes.join(' and ')}`, null, verb.name];
  }
  const [, list] = /^Unknown arguments?: (.*)$/.exec(message) ?? [];
  const unknown = list?.split(', ')[0];
  if (unknown === undefined) return [message, null, verb?.name];
  const flag = argv.find((word) => word.replace(/^--?([^=]*).*$/s, '$1') === unknown && word.startsWith('-'));
  if (flag === undefined) return [`${verb?.name ?? 'netfall'} takes no "${unknown}"`, null, verb?.name];
  const [written = flag] = flag.split('=');
  const known = [...(verb?.options ?? []).map((name) => `--${optionOf(name).flag}`), '--help', '--version'];
  return [`${verb?.name ?? 'there'} ${verb ? 'has' : 'is'} no option ${written}`, nearest(written, known), verb?.name];
}

/** Short words are often mistyped by two letters. */
const nearVerb = (found: string, names: readonly string[]): string | null =>
  names.find((name) => name.startsWith(found)) ?? names.find((name) => distance(found, name) <= 2) ?? null;

function refuse(io: Io, says: string, hint?: string | null, verb?: string): number {
  io.err(`netfall: ${says}${hint ? `; did you mean "${hint}"?` : ''}\n`);
  io.err(`See netfall ${verb ? `${verb} ` : ''}--help.\n`);
  return EXIT.badInput;
}

/** Without what yargs says of types, and without blanks at line ends. */
const tidy = (help: string): string =>
  help
    .replace(/ *\[(string|array|boolean|required|default: \[\])\]/g, '')
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trimEnd();
