/** Every scenario file that ships is sound, says what it is about, and keeps its own claims, in each of its variants. */
import { describe, expect, test } from 'vitest';
import { checkFoils } from '../../sim/analysis/foils.ts';
import { score, scoreExpectations } from '../../sim/analysis/score.ts';
import { compile } from '../../sim/compile.ts';
import type { CheckpointResult } from '../../sim/trace/lines.ts';
import { files, idOf, patterns, play, playAll, read, sayProblems, textOf, traceText } from './runs.ts';

const SEEDS = ['1', '2', '3', '4', '5', 'another'];

/** The claims that do not hold, as sentences. */
const missed = (results: readonly CheckpointResult[]): readonly string[] =>
  results
    .filter(({ held, notModelled }) => !held && notModelled === undefined)
    .map(
      ({ id, says, observed, accept, simulated }) =>
        `${id}, ${says}: ${observed ?? ''} (${accept ?? ''}), was ${simulated}`,
    );

test('there are scenarios', () => {
  expect(files.length).toBeGreaterThan(10);
});

describe.each(files)('%s', (file) => {
  test('has no problem, in no variant', () => {
    const base = read(file);
    const variants = base.ok ? [...base.value.variants.keys()] : [];
    const problems = [undefined, ...variants].flatMap((variant) => {
      const scenario = read(file, { variant });
      const plan = scenario.ok ? compile(scenario.value, { file }) : scenario;
      return plan.ok ? [] : [`${variant ?? 'base'}: ${sayProblems(plan.problems)}`];
    });
    expect(problems).toEqual([]);
  });

  test('is called as its file is, and begins with a sentence on what it shows', () => {
    const { scenario } = play(file);
    expect(scenario.id).toBe(idOf(file));
    expect(scenario.title).not.toBe('');
    expect(scenario.story.length).toBeGreaterThan(0);
  });

  test('keeps what it claims of its variants', { timeout: 120_000 }, () => {
    for (const seed of SEEDS)
      for (const [variant, { scenario, trace }] of playAll(file, seed))
        expect(missed(scoreExpectations(scenario, trace)), `${variant ?? 'base'}, seed ${seed}`).toEqual([]);
  });

  test('runs the same twice', () => {
    const [one, other] = [play(file), play(file)];
    expect(one.trace.digest).toBe(other.trace.digest);
    expect(traceText(one)).toBe(traceText(other));
  });
});

describe.each(patterns)('%s', (file) => {
  const text = textOf(file);

  test('is one idea in less than 40 lines', () => {
    expect(text).toMatch(/^# [A-Z].*[.:]\n/);
    expect(text.trimEnd().split('\n').length).toBeLessThan(40);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(140);
  });

  test('tells its story in one to three captions, short enough to be read aloud', () => {
    const { story } = play(file).scenario;
    expect(story.length).toBeLessThanOrEqual(3);
    for (const { says } of story)
      for (const sentence of says.split(/(?<=[.:])\s/))
        expect(sentence.split(' ').length, sentence).toBeLessThanOrEqual(20);
  });

  test('claims something that holds, and a variant that differs would miss', () => {
    for (const seed of SEEDS) {
      const { scenario, trace } = play(file, { seed });
      const results = score(scenario, trace);
      expect(missed(results), `seed ${seed}`).toEqual([]);
      const rerun = (variant: string) => play(file, { variant, seed });
      const verdicts = [...checkFoils(scenario, results, rerun, () => null).values()];
      expect(verdicts.filter(({ earns }) => earns).length).toBeGreaterThan(0);
      expect(verdicts.filter(({ foil, missed }) => foil !== null && missed !== true)).toEqual([]);
    }
  });

  test('has variants that all change something', () => {
    const traces = [...playAll(file).values()].map(traceText);
    expect(traces.length).toBeGreaterThan(1);
    expect(new Set(traces).size).toBe(traces.length);
  });
});
