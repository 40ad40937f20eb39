/** What demand plans: what people see at each journey, which share of them is stopped, and how many people that is. */
import type { Doubt } from '../../engine/chances.ts';
import type { FactRef, SignalRef } from '../../engine/mechanism.ts';
import { SYMPTOMS } from '../../model/facts.ts';
import type { Journey } from '../../model/scenario.ts';
import { byName, type Ms } from '../../model/units.ts';

/** Sorts of item. */
export const WORD = 0;
export const SESSION = 1;
export const SHARE = 2;
export const COUNT = 3;

/** Symptoms with which people still get through. */
export const PASSING: ReadonlySet<string> = new Set(['ok', 'slow', 'stale content', 'partly loaded']);
const passing = SYMPTOMS.reduce((mask, symptom, index) => (PASSING.has(symptom) ? mask | (1 << index) : mask), 0);
export const passes = (word: number): boolean => ((passing >> word) & 1) === 1;

/** People of a population who ask one resolver, at one journey. */
export const worksSubjects = ({ population, name, resolver }: Journey): readonly string[] => [
  population,
  name,
  ...(resolver === null ? [] : [resolver]),
];

/** The subjects of `sessions`: the journey's stage by its number from 1. */
export const sessionSubjects = ({ population, name, resolver }: Journey, stage: number): readonly string[] => [
  population,
  name,
  String(stage + 1),
  ...(resolver === null ? [] : [resolver]),
];

/** What these people see. */
export interface PlannedJourney {
  readonly item: number;
  readonly fact: FactRef;
  readonly stages: readonly { readonly signal: SignalRef; readonly symptom: number; readonly passes: boolean }[];
}

/** Which share of these people is stopped. */
export interface PlannedShare {
  readonly item: number;
  readonly fact: FactRef;
  /** The stages that stop people: all of them at once (no session), or each as his session ends; or as many as have no answer. */
  readonly stages: readonly PlannedStage[];
}

export interface PlannedStage {
  readonly signal: SignalRef;
  readonly session: Ms;
  /** What of it is not the same for all of them. */
  readonly doubts: readonly Doubt[];
}
export const inputsOfStage = ({ doubts }: PlannedStage): readonly FactRef[] =>
  doubts.flatMap(({ values }) => values.map(({ share }) => share));

/** How many people that is: those who are stopped at one journey, or at any of all they make. */
export interface PlannedCount {
  readonly item: number;
  readonly fact: FactRef;
  readonly cohorts: readonly PlannedCohort[];
}
/** A cohort counts with the largest share of these. `works`: all or nobody, by the word for what they see. */
interface PlannedCohort {
  readonly people: number;
  readonly of: readonly FactRef[];
}

/** In canonical order: sums and ties must not hang on the order of a list. */
export const inOrder = (cohorts: readonly PlannedCohort[]): readonly PlannedCohort[] =>
  [...cohorts].sort((a, b) => byName(a.of[0]?.name ?? '', b.of[0]?.name ?? ''));
export const inputsOf = ({ cohorts }: PlannedCount): readonly FactRef[] => cohorts.flatMap(({ of }) => of);
