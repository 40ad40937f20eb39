/** What has to be so for a fact to be otherwise than it is: a sentence over signals and facts, with the clocks that run once it is so. */
import { type Draw, isZero } from '../model/luck.ts';
import type { Rule } from '../trace/trace.ts';
import type { FactRef, SignalRef } from './mechanism.ts';

export type Turn =
  | { readonly signal: SignalRef; readonly to: boolean }
  /** A flag or word has one of these values, as bits: 1 for no, 2 for yes. */
  | { readonly fact: FactRef; readonly among: number }
  | { readonly all: readonly Turn[] }
  /** Any one of them will do; of none, nothing will. */
  | { readonly any: readonly Turn[] }
  /** It takes time from when `once` is so, by a clock of the kind that `rule` names; `takes` null: nobody can say how much. */
  | { readonly once: Turn; readonly rule: Rule; readonly takes: Draw | null }
  /** What no fact stands for, as a sentence. */
  | { readonly outside: string };

export const NO = 1;
export const YES = 2;
/** So already, or as soon as it is asked for. */
export const NOTHING: Turn = { all: [] };

/** `once`, and then so long; at once where the law gives nothing but 0. */
export const afterwards = (once: Turn, rule: Rule, takes: Draw | null): Turn =>
  takes !== null && isZero(takes) ? once : { once, rule, takes };
