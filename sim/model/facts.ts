/** The one table of all kinds of fact: who owns it, what values it takes, in which unit, and how it reads aloud. */

import { ANSWERS, FORWARDS, ROLLOUT, SYMPTOMS, TASK, VERDICTS } from './vocabulary.ts';

export { ANSWERS, FORWARDS, ROLLOUT, SYMPTOMS, TASK, VERDICTS };

export type Domain =
  | { readonly is: 'flag' }
  | { readonly is: 'word'; readonly words: readonly string[] }
  | { readonly is: 'number'; readonly unit: string }
  /** A text that is only shown, never tested: a path. Empty where there is none. */
  | { readonly is: 'opaque' };

export interface FactRow {
  readonly owner: string;
  readonly domain: Domain;
  /** What the parts of its name stand for. */
  readonly of: readonly string[];
  /** Persistent facts may hold because they held; grounded ones only through a chain that ends in a source. */
  readonly support: 'persistent' | 'grounded';
  /**
   * How it comes about: decided between phases (faults, changes, what people do); judged to hold until its needs fail; or following
   * from others, and so begun again from nothing while the warm state is sought (R11).
   */
  readonly arises: 'decided' | 'judged' | 'follows';
  /** The sentence for a value, without clock and full stop. Flags come as 'yes' and 'no'. */
  readonly says: (subjects: readonly string[], value: string) => string;
  /** The same where the first part of its name is a prefix, and so stands for the sites that announce it. */
  readonly saysOfSites?: FactRow['says'];
}

const flag: Domain = { is: 'flag' };
const words = (...list: readonly string[]): Domain => ({ is: 'word', words: list });
const on = (layer: string | undefined) => (layer ? ` over ${layer}` : '');
const yes = (value: string, so: string, not: string) => (value === 'yes' ? so : not);

const SETTING: Readonly<Record<string, readonly [so: string, not: string]>> = {
  down: ['is broken', 'is mended'],
  off: ['is switched off', 'is switched on'],
  bug: ['has a bug', 'has no bug any more'],
  start: ['is started by hand', 'is left to start by itself'],
  drain: ['is drained of', 'carries'],
  cut: ['is cut from', 'is joined to'],
  withdraw: ['is told to withdraw', 'may announce'],
  remove: ['is removed', 'is there again'],
};

export const FACTS = {
  fault: {
    owner: 'changes',
    domain: flag,
    of: ['thing'],
    support: 'persistent',
    arises: 'decided',
    says: ([x], v) => `${x} ${yes(v, 'breaks', 'is mended')}`,
  },
  config: {
    owner: 'changes',
    domain: flag,
    of: ['thing', 'setting', 'of'],
    support: 'persistent',
    arises: 'decided',
    says: ([x, setting, of], v) => `${x} ${SETTING[setting as string]?.[v === 'yes' ? 0 : 1]}${of ? ` ${of}` : ''}`,
  },
  applied: {
    owner: 'changes',
    domain: flag,
    of: ['change'],
    support: 'persistent',
    arises: 'decided',
    says: ([c], v) => yes(v, `the change ${c} is in force`, `nothing of the change ${c} is in force any more`),
  },
  rollout: {
    owner: 'changes',
    domain: words(...ROLLOUT),
    of: ['change'],
    support: 'persistent',
    arises: 'decided',
    says: ([c], v) => `the change ${c} is ${v}`,
  },
  guard: {
    owner: 'changes',
    domain: words(...VERDICTS),
    of: ['change'],
    support: 'persistent',
    arises: 'decided',
    says: ([c], v) =>
      ({
        passes: `the check lets ${c} through`,
        blocks: `the check blocks ${c}`,
        'broken-open': `the check of ${c} is broken and lets it through`,
        'broken-closed': `the check of ${c} is broken and lets nothing through`,
        absent: `nothing checks ${c}`,
      })[v] ?? `the check of ${c} has not been asked`,
  },
  up: {
    owner: 'dependency',
    domain: flag,
    of: ['node'],
    support: 'persistent',
    arises: 'judged',
    says: ([x], v) => `${x} ${yes(v, 'comes up', 'goes down')}`,
  },
  starting: {
    owner: 'dependency',
    domain: flag,
    of: ['node'],
    support: 'persistent',
    arises: 'follows',
    says: ([x], v) => `${x} ${yes(v, 'begins to start', 'is no longer starting')}`,
  },
  alone: {
    owner: 'dependency',
    domain: flag,
    of: ['door'],
    support: 'persistent',
    arises: 'follows',
    says: ([x], v) => `${x} ${yes(v, 'can ask nobody and decides by itself', 'can ask again')}`,
  },
  well: {
    owner: 'dependency',
    domain: flag,
    of: ['node'],
    support: 'persistent',
    arises: 'follows',
    says: ([x], v) => `${x} ${yes(v, 'is well again', 'is degraded')}`,
  },
  serves: {
    owner: 'dependency',
    domain: flag,
    of: ['node'],
    support: 'persistent',
    arises: 'follows',
    says: ([x], v) => yes(v, `${x} can be reached by those it is for`, `nobody ${x} is for can reach it`),
  },
  carries: {
    owner: 'connectivity',
    domain: flag,
    of: ['link'],
    support: 'persistent',
    arises: 'follows',
    says: ([l], v) => `the link ${l} ${yes(v, 'carries traffic', 'carries nothing')}`,
  },
  reach: {
    owner: 'connectivity',
    domain: flag,
    of: ['from', 'to', 'layer'],
    support: 'grounded',
    arises: 'follows',
    says: ([a, b, layer], v) => `${a} ${yes(v, 'reaches', 'cannot reach')} ${b}${on(layer)}`,
  },
  announces: {
    owner: 'routing',
    domain: flag,
    of: ['site', 'prefix'],
    support: 'persistent',
    arises: 'follows',
    says: ([x, p], v) => `${x} ${yes(v, 'announces', 'withdraws')} ${p}`,
  },
  route: {
    owner: 'routing',
    domain: flag,
    of: ['network', 'prefix'],
    support: 'grounded',
    arises: 'follows',
    says: ([n, p], v) => `${n} ${yes(v, 'has a route to', 'loses its last route to')} ${p}`,
  },
  path: {
    owner: 'routing',
    domain: { is: 'opaque' },
    of: ['network', 'prefix'],
    support: 'grounded',
    arises: 'follows',
    says: ([n, p], v) => (v === '' ? `${n} has no path to ${p}` : `${n} reaches ${p} by the path ${v}`),
  },
  lands: {
    owner: 'routing',
    domain: flag,
    of: ['network', 'prefix', 'site'],
    support: 'grounded',
    arises: 'follows',
    says: ([n, p, site], v) => `what ${n} sends to ${p} ${yes(v, 'lands at', 'no longer lands at')} ${site}`,
  },
  forwards: {
    owner: 'routing',
    domain: words(...FORWARDS),
    of: ['network', 'prefix'],
    support: 'grounded',
    arises: 'follows',
    says: ([n, p], v) =>
      ({
        delivered: `what ${n} sends to ${p} arrives`,
        'no route': `what ${n} sends to ${p} finds no route`,
        'black hole': `what ${n} sends to ${p} falls into a black hole`,
        loop: `what ${n} sends to ${p} goes round in a loop`,
      })[v] as string,
  },
  answers: {
    owner: 'naming',
    domain: flag,
    of: ['resolver', 'nameserver'],
    support: 'grounded',
    arises: 'follows',
    says: ([r, ns], v) => `${ns} ${yes(v, 'answers', 'is out of reach for')} ${r}`,
  },
  resolves: {
    owner: 'naming',
    domain: words(...ANSWERS),
    of: ['resolver', 'zone'],
    support: 'grounded',
    arises: 'follows',
    says: ([r, z], v) =>
      ({
        ok: `${r} resolves ${z}`,
        stale: `${r} still answers for ${z} from an expired cache`,
        servfail: `${r} can no longer resolve ${z} (SERVFAIL)`,
        nxdomain: `${r} says there is no ${z} (NXDOMAIN)`,
      })[v] as string,
  },
  delegated: {
    owner: 'naming',
    domain: flag,
    of: ['resolver', 'zone'],
    support: 'grounded',
    arises: 'follows',
    says: ([r, z], v) => `${r} ${yes(v, 'knows', 'no longer knows')} whom to ask for ${z}`,
  },
  queries: {
    owner: 'naming',
    domain: { is: 'number', unit: 'times the usual' },
    of: ['resolver, zone or prefix'],
    support: 'persistent',
    arises: 'follows',
    says: ([x], v) => `${x} is asked ${v} times as much as usual`,
    saysOfSites: ([p], v) =>
      v === '0'
        ? `no site that announces ${p} is asked`
        : `each site that announces ${p} is asked ${v} times as much as usual`,
  },
  over: {
    owner: 'naming',
    domain: flag,
    of: ['resolver or prefix'],
    support: 'persistent',
    arises: 'follows',
    says: ([r], v) => `${r} ${yes(v, 'is asked more than it can answer', 'keeps up with its questions again')}`,
    saysOfSites: ([p], v) =>
      yes(
        v,
        `sites that announce ${p} are asked more than they can answer`,
        `no site that announces ${p} is asked too much`,
      ),
  },
  task: {
    owner: 'people',
    domain: words(...TASK),
    of: ['task'],
    support: 'persistent',
    arises: 'decided',
    says: ([t], v) =>
      ({
        idle: `${t} is not called for`,
        waiting: `${t} is called for but cannot begin`,
        working: `work on ${t} begins`,
        paused: `work on ${t} is interrupted`,
        done: `${t} is done`,
        failed: `${t} fails`,
        cancelled: `${t} is called off`,
      })[v] as string,
  },
  done: {
    owner: 'people',
    domain: flag,
    of: ['task'],
    support: 'persistent',
    arises: 'decided',
    says: ([t], v) => yes(v, `${t} is done`, `${t} is called for again`),
  },
  stuck: {
    owner: 'people',
    domain: flag,
    of: ['task', 'for'],
    support: 'persistent',
    arises: 'follows',
    says: ([t, d], v) => yes(v, `${t} has been stuck for ${d}`, `${t} is no longer stuck`),
  },
  busy: {
    owner: 'people',
    domain: flag,
    of: ['team'],
    support: 'persistent',
    arises: 'decided',
    says: ([t], v) => `${t} ${yes(v, 'has its hands full', 'has a free hand')}`,
  },
  sees: {
    owner: 'people',
    domain: flag,
    of: ['monitor'],
    support: 'persistent',
    arises: 'follows',
    says: ([m], v) => `${m} ${yes(v, 'raises the alarm', 'is silent')}`,
  },
  works: {
    owner: 'demand',
    domain: words(...SYMPTOMS),
    of: ['population', 'journey', 'resolver'],
    support: 'persistent',
    arises: 'follows',
    says: ([p, j, r], v) => `${j} for ${p}${r ? ` asking ${r}` : ''}: ${v}`,
  },
  affected: {
    owner: 'demand',
    domain: { is: 'number', unit: 'people' },
    of: ['journey'],
    support: 'persistent',
    arises: 'follows',
    says: ([j], v) => `people for whom ${j} fails: ${v}`,
  },
  sessions: {
    owner: 'demand',
    domain: flag,
    of: ['population', 'journey', 'stage', 'resolver'],
    support: 'persistent',
    arises: 'follows',
    says: ([p, j, stage, r], v) =>
      `${yes(v, 'sessions are given again', 'half of the sessions are over')} at stage ${stage} of ${j} for ${p}${r ? ` asking ${r}` : ''}`,
  },
  stopped: {
    owner: 'demand',
    domain: { is: 'number', unit: 'share' },
    of: ['population', 'journey', 'resolver'],
    support: 'persistent',
    arises: 'follows',
    says: ([p, j, r], v) => `share of ${p}${r ? ` asking ${r}` : ''} for whom ${j} fails: ${v}`,
  },
  troubled: {
    owner: 'demand',
    domain: { is: 'number', unit: 'people' },
    of: ['population'],
    support: 'persistent',
    arises: 'follows',
    says: ([p], v) => `people of ${p} for whom something fails: ${v}`,
  },
  load: {
    owner: 'load',
    domain: { is: 'number', unit: 'times the usual' },
    of: ['node'],
    support: 'persistent',
    arises: 'follows',
    says: ([x], v) => `${x} bears ${v} times its usual load`,
  },
  overloaded: {
    owner: 'load',
    domain: flag,
    of: ['node'],
    support: 'persistent',
    arises: 'follows',
    says: ([x], v) => `${x} ${yes(v, 'bears more load than it can', 'can bear its load again')}`,
  },
  rate: {
    owner: 'rates',
    domain: { is: 'number', unit: 'per minute' },
    of: ['rate'],
    support: 'persistent',
    arises: 'follows',
    says: ([r], v) => `${r}: ${v}`,
  },
  claim: {
    owner: 'watch',
    domain: flag,
    of: ['question'],
    support: 'persistent',
    arises: 'follows',
    says: ([c], v) => `${c}: ${v === 'yes' ? 'so' : 'not so'}`,
  },
} as const satisfies Record<string, FactRow>;

export type FactKind = keyof typeof FACTS;
export const rowOf = (kind: FactKind): FactRow => FACTS[kind];

/** `up/bb.prn`, `reach/pop.7/dc.1/backbone`: made, never split again (names may hold slashes). */
export const factName = (kind: FactKind, subjects: readonly string[]): string => [kind, ...subjects].join('/');
