/** Every verb and every option of the command line, once: parsed, checked, completed and explained from this table. */
import { EXPORTS } from './exports.ts';
import type { Io } from './io.ts';

export const FORMATS = ['text', 'json', 'ndjson', 'junit', 'markdown'] as const;
export type Format = (typeof FORMATS)[number];

/** What the verbs are given. A verb takes only what its row in `VERBS` names. */
export interface Args extends Readonly<Record<(typeof EXPORTS)[number], boolean>> {
  readonly file: string;
  readonly files: readonly string[];
  readonly fact: string;
  readonly glob: string | undefined;
  readonly id: string | undefined;
  readonly network: string;
  readonly prefix: string;
  readonly from: string;
  readonly to: string;
  readonly resolver: string;
  readonly name: string;
  readonly seed: string;
  readonly variant: string | undefined;
  readonly set: readonly string[];
  readonly until: string | undefined;
  readonly at: string | undefined;
  readonly not: boolean;
  readonly out: string | undefined;
  /** Where what is exported goes. */
  readonly target: string | undefined;
  readonly format: Format;
  readonly full: boolean;
  readonly seeds: number;
  readonly port: number | undefined;
  readonly open: boolean;
}

/** Does what its name says, and returns the exit code. */
export type Command<K extends keyof Args = never> = (args: Pick<Args, K>, io: Io) => Promise<number>;

export interface Option {
  /** As it is written: `--seed`. */
  readonly flag: string;
  /** The word that stands for its value in the help; null for a switch. */
  readonly value: string | null;
  readonly says: string;
  readonly default?: string | number;
  /** May be given several times. */
  readonly many?: true;
  /** A whole number between these, ends included. */
  readonly whole?: readonly [least: number, most: number];
}

const OPTIONS = {
  seed: { flag: 'seed', value: 'TEXT', says: 'Same seed, same run', default: '1' },
  variant: { flag: 'variant', value: 'NAME', says: 'Run a variant of the scenario instead of what was' },
  set: { flag: 'set', value: 'PATH=VALUE', says: 'Change one value; may be repeated', many: true },
  until: { flag: 'until', value: 'TIME', says: 'Stop here: 2h30m after the start, 18:00Z, or a date-time' },
  at: {
    flag: 'at',
    value: 'TIME',
    says: 'The moment asked about: 2h30m after the start, 18:00Z, or a date-time [the end]',
  },
  not: { flag: 'not', value: null, says: 'Why it is not otherwise: what holds it, and the smallest change' },
  out: { flag: 'out', value: 'PATH', says: 'Also write the trace there, as JSON Lines' },
  format: { flag: 'format', value: 'FORMAT', says: 'How to print it', default: 'text' },
  target: { flag: 'out', value: 'PATH', says: 'Write it there; - is stdout [-]' },
  html: { flag: 'html', value: null, says: 'The replay as one page, for any browser' },
  perfetto: { flag: 'perfetto', value: null, says: 'A trace for Perfetto, causes as arrows' },
  markdown: { flag: 'markdown', value: null, says: 'The draft of a review after an incident' },
  csv: { flag: 'csv', value: null, says: 'A row for every change' },
  json: { flag: 'json', value: null, says: 'The same for programs' },
  yaml: { flag: 'yaml', value: null, says: 'The scenario with all that was changed' },
  full: { flag: 'full', value: null, says: 'The whole story, down to the smallest turn' },
  seeds: { flag: 'seeds', value: 'N', says: 'Run with the seeds 1 to N', default: 1, whole: [1, 100_000] },
  port: { flag: 'port', value: 'P', says: 'Serve at this port [8421, or any that is free]', whole: [0, 65_535] },
  open: { flag: 'open', value: null, says: 'Open a browser at that address' },
} as const satisfies Partial<Record<keyof Args, Option>>;
export type OptionName = keyof typeof OPTIONS;
export const optionOf = (name: OptionName): Option => OPTIONS[name];

/** What stands without a flag, in order; `?` may be left out, `…` takes all that follow. */
type Positional =
  | 'file'
  | 'files…'
  | 'fact'
  | 'glob?'
  | 'id?'
  | 'network'
  | 'prefix'
  | 'from'
  | 'to'
  | 'resolver'
  | 'name';

export interface Verb {
  readonly name: string;
  readonly takes: readonly Positional[];
  readonly options: readonly OptionName[];
  readonly formats?: readonly Format[];
  readonly says: string;
  readonly examples: readonly (readonly [line: string, says: string])[];
  readonly hidden?: true;
  readonly load: () => Promise<Command<keyof Args>>;
}

export const VERBS: readonly Verb[] = [
  {
    name: 'run',
    takes: ['file'],
    options: ['seed', 'variant', 'set', 'until', 'out', 'format', 'full'],
    formats: ['text', 'json', 'ndjson'],
    says: 'Run a scenario: its story, who was hit, and how it compares with what was seen',
    examples: [
      ['netfall run outage.yaml', 'the story, with clock times'],
      ['netfall run outage.yaml --set parameters.ttl.value=60s', 'what if names lived for a minute'],
      ['netfall run outage.yaml --format ndjson | grep \'"fact":"up/\'', 'the trace, line by line'],
    ],
    load: async () => (await import('./verbs/index.ts')).run,
  },
  {
    name: 'why',
    takes: ['file', 'fact'],
    options: ['not', 'at', 'seed', 'variant', 'set', 'format'],
    formats: ['text', 'json'],
    says: 'Why a fact is as it is: the chain from the first cause; or why it is not otherwise',
    examples: [
      ['netfall why outage.yaml web', 'why web was last down, or up again'],
      ['netfall why outage.yaml resolves/public/example.com --at 18:00Z', 'of a name, at a moment'],
      ['netfall why outage.yaml web --not --at 18:00Z', 'what held it so, and the smallest change'],
    ],
    load: async () => (await import('./verbs/index.ts')).why,
  },
  {
    name: 'facts',
    takes: ['file', 'glob?'],
    options: ['at', 'seed', 'variant', 'set', 'format'],
    formats: ['text', 'json', 'ndjson'],
    says: 'What holds at a moment',
    examples: [
      ['netfall facts outage.yaml', 'everything, at the end of the run'],
      ["netfall facts outage.yaml 'up/*' --at 16:00Z", 'which nodes were up at four'],
      ['netfall facts outage.yaml web', 'everything about web'],
    ],
    load: async () => (await import('./verbs/index.ts')).facts,
  },
  {
    name: 'route',
    takes: ['file', 'network', 'prefix'],
    options: ['at', 'seed', 'variant', 'set', 'format'],
    formats: ['text', 'json'],
    says: 'Looking glass: the routes of a network to a prefix, and why one is best',
    examples: [
      ['netfall route outage.yaml cloudflare ns-a --at 15:40Z', 'best and alternatives, at a moment'],
      ['netfall route outage.yaml AS13335 129.134.30.12', 'to the block of an address'],
    ],
    load: async () => (await import('./verbs/index.ts')).route,
  },
  {
    name: 'path',
    takes: ['file', 'from', 'to'],
    options: ['at', 'seed', 'variant', 'set', 'format'],
    formats: ['text', 'json'],
    says: 'Traceroute: where packets go, hop by hop, and what becomes of them',
    examples: [
      ['netfall path outage.yaml cloudflare ns-a --at 15:45Z', 'by routes'],
      ['netfall path outage.yaml pop.1 dc.2 --at 15:45Z', 'over links, layer by layer'],
    ],
    load: async () => (await import('./verbs/index.ts')).path,
  },
  {
    name: 'dig',
    takes: ['file', 'resolver', 'name'],
    options: ['at', 'seed', 'variant', 'set', 'format'],
    formats: ['text', 'json'],
    says: 'Dig: what a resolver answers for a name, whom it asks, and why each fails',
    examples: [['netfall dig outage.yaml 1.1.1.1 facebook.com --at 15:53Z', '']],
    load: async () => (await import('./verbs/index.ts')).dig,
  },
  {
    name: 'check',
    takes: ['files…'],
    options: ['seeds', 'set', 'format'],
    formats: ['text', 'json', 'junit', 'markdown'],
    says: 'Checkpoints and expectations, over one seed or many; fails when one is missed',
    examples: [
      ['netfall check scenarios/*.yaml', 'one run each, and their foils'],
      ['netfall check outage.yaml --seeds 100', 'how often each claim holds'],
      ['netfall check outage.yaml --format markdown', 'the score as a table for a page'],
    ],
    load: async () => (await import('./verbs/index.ts')).check,
  },
  {
    name: 'validate',
    takes: ['files…'],
    options: [],
    says: 'Read scenarios without running them, and list every problem',
    examples: [['netfall validate *.yaml', '']],
    load: async () => (await import('./verbs/index.ts')).validate,
  },
  {
    name: 'view',
    takes: ['files…'],
    options: ['variant', 'seed', 'set', 'port', 'open'],
    says: 'Serve the replay on this machine; it follows the file as you edit it',
    examples: [['netfall view outage.yaml --open', '']],
    load: async () => (await import('./verbs/index.ts')).view,
  },
  {
    name: 'export',
    takes: ['file'],
    options: [...EXPORTS, 'target', 'seed', 'variant', 'set', 'until'],
    says: 'A run for others: a page of one file, a trace, a review, a table, a scenario',
    examples: [
      ['netfall export outage.yaml --html --out outage.html', 'the replay, to be passed around'],
      ['netfall export outage.yaml --perfetto --out trace.json', 'for ui.perfetto.dev'],
      ['netfall export outage.yaml --markdown', 'the draft of a review'],
      ['netfall export outage.yaml --variant own-oob --yaml --out own.yaml', 'the variant as a file of its own'],
    ],
    load: async () => (await import('./verbs/index.ts')).export,
  },
  {
    name: 'new',
    takes: ['id?'],
    options: [],
    says: 'Print a small scenario to start from',
    examples: [['netfall new lost-uplink > lost-uplink.yaml', '']],
    load: async () => (await import('./verbs/new.ts')).command,
  },
  {
    name: 'schema',
    takes: [],
    options: [],
    says: 'Print the JSON Schema of scenario files, for editors',
    examples: [['netfall schema > scenario.schema.json', '']],
    load: async () => (await import('./verbs/index.ts')).schema,
  },
  {
    name: 'start',
    takes: [],
    options: ['port', 'open'],
    says: 'Tell the story of 4 October 2021, then serve its replay',
    examples: [],
    hidden: true,
    load: async () => (await import('./verbs/index.ts')).start,
  },
];

export const SYNOPSIS: Readonly<Record<Positional, readonly [key: keyof Args, says: string]>> = {
  file: ['file', 'A scenario in YAML or JSON; - reads stdin'],
  'files…': ['files', 'Scenarios in YAML or JSON'],
  fact: ['fact', 'A fact such as up/web, as `facts` lists them; a node alone means up/NODE'],
  'glob?': ['glob', 'Only facts like this: up/*; without a slash: facts about it'],
  network: ['network', 'A network, by name or number (AS64500)'],
  prefix: ['prefix', 'A prefix, by name or block; or an address'],
  from: ['from', 'The network or node that sends'],
  to: ['to', 'A prefix, an address, or a node'],
  resolver: ['resolver', 'A resolver'],
  name: ['name', 'A zone of the scenario, such as example.com'],
  'id?': ['id', 'The id of the scenario, in kebab-case'],
};
