/** The one table of all kinds of fact: who owns it, what values it takes, in which unit, and how it reads aloud. */

import { type FactRow, flag, words, yes } from './fact-row.ts';
import { NAME_FACTS } from './facts-names.ts';
import { NETWORK_FACTS } from './facts-network.ts';
import { ANSWERS, DS, FORWARDS, ROLLOUT, SYMPTOMS, TASK, VERDICTS } from './vocabulary.ts';

export type { FactRow } from './fact-row.ts';

export { ANSWERS, DS, FORWARDS, ROLLOUT, SYMPTOMS, TASK, VERDICTS };

const SETTING: Readonly<Record<string, readonly [so: string, not: string]>> = {
  down: ['is broken', 'is mended'],
  off: ['is switched off', 'is switched on'],
  bug: ['has a bug', 'has no bug any more'],
  start: ['is started by hand', 'is left to start by itself'],
  mute: ['falls silent to its neighbours', 'speaks to its neighbours again'],
  drain: ['is drained of', 'carries'],
  cut: ['is cut from', 'is joined to'],
  withdraw: ['is told to withdraw', 'may announce'],
  remove: ['is removed', 'is there again'],
  set: ['is set to', 'is no longer set to'],
  sign: ['has its signing switched', 'has its signing no longer switched'],
  ds: ['has its DS record', 'no longer has its DS record'],
  deny: ['leaves out of its denials the type', 'no longer leaves out of its denials the type'],
  flush: ['forgets all it keeps of', 'keeps what it learns of'],
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
  ...NETWORK_FACTS,
  ...NAME_FACTS,
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
    lags: true,
    says: ([p], v) => `people of ${p} for whom something fails: ${v}`,
  },
  load: {
    owner: 'load',
    domain: { is: 'number', unit: 'times the usual' },
    of: ['node'],
    support: 'persistent',
    arises: 'follows',
    moves: 'in jumps',
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
    moves: 'along slopes',
    lags: true,
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
