/** Sentences for lines: the rows of the table of facts for one, their plural for many, and how long it took to be so again. */
import { type FactKind, factName } from '../model/facts.ts';
import type { Scenario } from '../model/scenario.ts';
import { formatDuration, HOUR, MINUTE, type Ms, SECOND } from '../model/units.ts';
import type { History } from '../trace/history.ts';
import { sayNumber, wordsFor } from './sentences.ts';
import type { Line } from './story-fold.ts';
import { sayLack } from './story-lack.ts';
import { listed, type Names, type Phrase } from './story-names.ts';
import { sayStopped, sayWorks } from './story-people.ts';
import { type Cycle, isGood, type Thread } from './story-tale.ts';

/** Which part of a fact's name the sentence is about; the first if not said. */
const SUBJECT: { readonly [K in FactKind]?: number } = { answers: 1 };

type Does = (rest: readonly string[]) => string;
/** What many do, by value; `rest` are the other parts of the fact's name. */
const MANY: { readonly [K in FactKind]?: Readonly<Record<string, Does>> } = {
  fault: { yes: () => 'break', no: () => 'are mended' },
  up: { yes: () => 'come up', no: () => 'go down' },
  starting: { yes: () => 'begin to start', no: () => 'are no longer starting' },
  well: { yes: () => 'are well again', no: () => 'are degraded' },
  serves: { yes: () => 'can be reached by those they are for', no: () => 'can be reached by nobody they are for' },
  carries: { yes: () => 'carry traffic', no: () => 'carry nothing' },
  session: { yes: () => 'stand', no: () => 'end' },
  announces: { yes: ([p]) => `announce ${p}`, no: ([p]) => `withdraw ${p}`, gone: ([p]) => `no longer announce ${p}` },
  route: { yes: ([p]) => `have a route to ${p}`, no: ([p]) => `lose their last route to ${p}` },
  forwards: {
    delivered: ([p]) => `get through to ${p}`,
    'no route': ([p]) => `find no route to ${p}`,
    'black hole': ([p]) => `send to ${p} into a black hole`,
    loop: ([p]) => `send to ${p} in a loop`,
    filtered: ([p]) => `have what they send to ${p} dropped on purpose`,
  },
  passes: {
    yes: ([p, through]) => `send to ${p} through ${through}`,
    no: ([p, through]) => `no longer send to ${p} through ${through}`,
  },
  answers: { yes: ([r]) => `answer ${r}`, no: ([r]) => `are out of reach for ${r}` },
  resolves: {
    ok: ([z]) => `resolve ${z}`,
    stale: ([z]) => `still answer for ${z} from expired caches`,
    servfail: ([z]) => `can no longer resolve ${z} (SERVFAIL)`,
    nxdomain: ([z]) => `say there is no ${z} (NXDOMAIN)`,
    nodata: ([z]) => `say that ${z} has no address (NODATA)`,
    timeout: ([z]) => `give no answer in time for ${z}`,
  },
  delegated: { yes: ([z]) => `know whom to ask for ${z}`, no: ([z]) => `no longer know whom to ask for ${z}` },
  ds: {
    present: ([z]) => `have the DS record of ${z}`,
    absent: ([z]) => `have it that ${z} has no DS record`,
    unknown: ([z]) => `cannot learn whether ${z} has a DS record`,
  },
  applied: { yes: () => 'are in force', no: () => 'are in force no longer' },
  guard: {
    passes: () => 'are let through by their checks',
    blocks: () => 'are blocked by their checks',
    'broken-open': () => 'are let through, as their checks are broken',
    'broken-closed': () => 'are kept back, as their checks are broken',
    absent: () => 'are checked by nothing',
  },
  over: { yes: () => 'are asked more than they can answer', no: () => 'keep up with their questions again' },
  overloaded: { yes: () => 'bear more load than they can', no: () => 'can bear their load again' },
  alone: { yes: () => 'can ask nobody and decide by themselves', no: () => 'can ask again' },
  sees: { yes: () => 'raise the alarm', no: () => 'are silent' },
  task: {
    idle: () => 'are not called for',
    waiting: () => 'are called for but cannot begin',
    working: () => 'are being worked on',
    paused: () => 'are interrupted',
    done: () => 'are done',
    failed: () => 'fail',
    cancelled: () => 'are called off',
  },
};
const MANY_SETTINGS: Readonly<Record<string, readonly [so: string, not: string]>> = {
  down: ['are broken', 'are mended'],
  off: ['are switched off', 'are switched on'],
  bug: ['have a bug', 'have no bug any more'],
  start: ['are started by hand', 'are left to start by themselves'],
  mute: ['fall silent to their neighbours', 'speak to their neighbours again'],
  drain: ['are drained of', 'carry'],
  cut: ['are cut from', 'are joined to'],
  withdraw: ['are told to withdraw', 'may announce'],
  remove: ['are removed', 'are there again'],
  set: ['are set to', 'are no longer set to'],
  flush: ['forget all they keep of', 'keep what they learn of'],
};

/** Kinds whose return is worth saying how long it took; and "again", unless the sentence has it. */
const RETURNS: { readonly [K in FactKind]?: string } = {
  fault: '',
  config: ' again',
  up: ' again',
  serves: ' again',
  carries: ' again',
  session: ' again',
  reach: '',
  announces: ' again',
  route: ' again',
  answers: ' again',
  resolves: ' again',
  delegated: ' again',
  over: '',
  overloaded: '',
  works: '',
  well: '',
};

/** Settings whose end is told as one, and so is not told to be so "again". */
const ENDS: ReadonlySet<string> = new Set(['down', 'bug', 'mute', 'remove', 'set', 'sign', 'ds', 'deny']);

export class Sentences {
  private readonly byKind = new Map<FactKind, Thread[]>();

  constructor(
    private readonly scenario: Scenario,
    private readonly history: History,
    private readonly names: Names,
    threads: readonly Thread[],
  ) {
    for (const thread of threads) {
      const list = this.byKind.get(thread.kind);
      if (list) list.push(thread);
      else this.byKind.set(thread.kind, [thread]);
    }
  }

  say(line: Line): string {
    return this.plain(line) + (line.cycle ? sayCycle(line.kind, line.cycle) : sayReturn(line) + sayTimes(line));
  }

  private plain(line: Line): string {
    const { kind, value, subjects } = line;
    if (kind === 'works') return sayWorks(this.scenario, this.names, line);
    if (kind === 'reach') return this.reach(line);
    if (kind === 'rate') return this.rate(line);
    if (kind === 'queries' && (subjects[0]?.length ?? 0) > 1) return sayQueries(line, this.phrase(line, 0));
    if (kind === 'queries') return this.queries(line);
    if (kind === 'load') return sayLoad(line, this.phrase(line, 0));
    if (kind === 'stopped') return sayStopped(this.scenario, this.names, line);
    const about = SUBJECT[kind] ?? 0;
    const who = this.phrase(line, about);
    const others = subjects.map((set, k) => {
      if (k === about) return who.text;
      // What is set is a word of ours or of the configuration, never the name of a thing.
      return kind === 'config' && (k === 1 || subjects[1]?.[0] === 'set') ? set.join(', ') : this.phrase(line, k).text;
    });
    if (!who.many) {
      const says = wordsFor(this.history.trace, kind, subjects[0]?.[0] as string);
      return says(others, kind === 'path' ? this.path(value) : value) + this.lack(line) + this.excess(line);
    }
    const rest = others.filter((_, k) => k !== about);
    if ((kind === 'applied' || kind === 'rollout') && !who.text.endsWith(' changes'))
      return `the changes ${who.text} ${MANY[kind]?.[value]?.(rest) ?? `are ${value}`}`;
    if (kind !== 'config') return `${who.text} ${MANY[kind]?.[value]?.(rest) ?? `are ${value}`}`;
    const [setting, of] = rest;
    const does = MANY_SETTINGS[setting as string]?.[value === 'yes' ? 0 : 1] ?? 'are changed';
    return `${who.text} ${does}${of === undefined ? '' : ` ${of}`}`;
  }

  /** What a line calls the things in one place of its facts' names. */
  private phrase(line: Line, dimension: number): Phrase {
    const names = line.subjects[dimension] ?? [];
    if (names.length === 1) return this.names.phrase(names, names, false);
    const groups = new Set(names.map((name) => this.names.groupOf(name)));
    /** Whether it has turned so in the end, for everything of these groups that was asked. */
    const asked = new Map<string, boolean>();
    for (const { subjects, turns } of this.byKind.get(line.kind) ?? []) {
      const name = subjects[dimension] as string;
      if (!groups.has(this.names.groupOf(name))) continue;
      if (!line.subjects.every((set, k) => k === dimension || set.includes(subjects[k] as string))) continue;
      const value = turns.findLast(({ at }) => at <= line.to)?.value;
      asked.set(name, (asked.get(name) ?? true) && value === line.value);
    }
    const last = !isRepeated(line) && [...asked.values()].every(Boolean);
    return this.names.phrase(names, [...asked.keys()], last, line.turn === 'ends');
  }

  private reach(line: Line): string {
    const who = this.phrase(line, 0);
    const target = listed(line.subjects[1] ?? []);
    const layer = line.subjects[2]?.[0];
    const over = layer === undefined ? '' : ` over ${layer}`;
    if (line.value === 'yes') return `${who.text} ${who.many ? 'reach' : 'reaches'} ${target}${over} again`;
    return `${who.text} ${who.many ? 'lose their' : 'loses its'} last path to ${target}${over}`;
  }

  /** Hop by hop, by their titles where they have any. */
  private path(value: string): string {
    return value
      .split(' ')
      .map((hop) => this.names.one(hop))
      .join(' – ');
  }

  private rate({ subjects, value, slope }: Line): string {
    const name = subjects[0]?.[0] as string;
    const amount = amountOf(Number(value), this.scenario.rates.get(name)?.unit ?? '');
    return `${name}: ${slope === 0 ? amount : `${slope > 0 ? 'rising' : 'falling'} from ${amount}`}`;
  }

  /** How much too much is. */
  private excess({ kind, value, subjects, at }: Line): string {
    if (kind !== 'overloaded' || value !== 'yes') return '';
    const fact = this.history.fact(factName('load', [subjects[0]?.[0] as string]));
    return fact === undefined ? '' : `: ${sayNumber(Number(this.history.valueAt(fact, at)))} times the usual`;
  }

  private queries({ kind, subjects, value, slope }: Line): string {
    const name = subjects[0]?.[0] as string;
    const times = sayNumber(Number(value));
    const amount = `${times} times as much as usual`;
    const says = wordsFor(this.history.trace, kind, name)([name], times);
    if (slope === 0) return Number(value) === 1 ? says.replace(amount, 'as much as usual') : says;
    const from = Number(value) === 1 ? '' : `, from ${amount}`;
    return says.replace(amount, `${slope > 0 ? 'more and more' : 'less and less'}${from}`);
  }

  private lack({ kind, value, subjects, at }: Line): string {
    if (kind !== 'task' || (value !== 'waiting' && value !== 'paused')) return '';
    return sayLack(this.scenario, this.history, this.names, subjects[0]?.[0] as string, at);
  }
}

function sayLoad({ value }: Line, { text, many }: Phrase): string {
  const usual = `${many ? 'their' : 'its'} usual load`;
  return `${text} ${many ? 'bear' : 'bears'} ${value === '1' ? `${usual} again` : `${sayNumber(Number(value))} times ${usual}`}`;
}

function sayQueries({ value, slope }: Line, { text, many }: Phrase): string {
  const amount = `${sayNumber(Number(value))} times as much as usual`;
  const usual = Number(value) === 1;
  const asked = `${text} ${many ? 'are' : 'is'} asked`;
  if (slope === 0) return `${asked} ${usual ? 'as much as usual' : amount}`;
  return `${asked} ${slope > 0 ? 'more and more' : 'less and less'}${usual ? '' : `, from ${amount}`}`;
}

function sayReturn({ kind, value, away, subjects }: Line): string {
  const again = RETURNS[kind];
  if (again === undefined || away === null || !isGood(kind, value)) return '';
  // Nobody comes back from being started by hand.
  if (kind === 'config' && subjects[1]?.[0] === 'start') return '';
  const [least, most] = [sayLong(away.least), sayLong(away.most)];
  const turned = kind === 'config' && ENDS.has(subjects[1]?.[0] as string) ? '' : again;
  return `${turned} after ${least === most ? most : `up to ${most}`}`;
}

/** What comes next, how soon it all comes again, and how often. */
function sayCycle(kind: FactKind, { other, times, every: { least, most } }: Cycle): string {
  const [short, long] = [sayLong(least), sayLong(most)];
  const every = short === long ? long : `${short} to ${long}`;
  return `, then ${kind === 'resolves' ? other.toUpperCase() : other}, and so on by turns every ${every}, ${sayNumber(times)} times`;
}

/** How often, where some of them did so again and again. */
function sayTimes(line: Line): string {
  return isRepeated(line) ? `, ${line.turns} times in all` : '';
}
const isRepeated = ({ turns, subjects }: Line): boolean => turns > subjects.reduce((size, set) => size * set.length, 1);

/** A duration without the digits nobody would say. */
function sayLong(ms: Ms): string {
  const grain = ms >= HOUR ? MINUTE : ms >= MINUTE ? SECOND : ms >= 10 * SECOND ? 100 : 1;
  return formatDuration(Math.round(ms / grain) * grain);
}

/** People are counted by heads, whatever a share of them comes to. */
function amountOf(value: number, unit: string): string {
  if (unit !== 'people') return `${sayNumber(value)} ${unit}`.trim();
  const heads = Math.round(value);
  return heads === 0 ? 'no one' : `${sayNumber(heads)} ${heads === 1 ? 'person' : unit}`;
}
