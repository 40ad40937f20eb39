/** Real outages: what was observed is what the sources say, most of what nothing was fitted to comes out, and each claim can fail (R22, R23). */
import { describe, expect, test } from 'vitest';
import { score } from '../../sim/index.ts';
import { OBSERVED } from './observed.ts';
import { files, idOf, type Played, play } from './runs.ts';

const SEEDS = Array.from({ length: 50 }, (_, k) => `seed ${k + 1}`);
/** So much of what was fitted to nothing comes out, whatever the luck. */
const MOST = 0.8;

const outages = files.filter((path) => path.startsWith('outages/'));
const scored = ({ scenario, trace }: Played) => score(scenario, trace);

describe.each(outages)('%s', (file) => {
  const base = play(file);

  test('every observation is there, with its source and the tolerance it came with', () => {
    const said = [...base.scenario.checkpoints.values()].map(
      ({ id, seenText, acceptText, source }) => [id, { seen: seenText, accept: acceptText, source }] as const,
    );
    expect(Object.fromEntries(said)).toEqual(OBSERVED[idOf(file)]);
  });

  test('most of what was fitted to nothing comes out, in every one of fifty seeds', () => {
    for (const seed of SEEDS) {
      const unfitted = scored(play(file, { seed })).filter(({ fitted, notModelled }) => !fitted && !notModelled);
      const held = unfitted.filter((result) => result.held);
      const missed = unfitted.filter((result) => !result.held).map(({ id }) => id);
      expect(held.length / unfitted.length, `${seed} misses ${missed.join(', ')}`).toBeGreaterThanOrEqual(MOST);
    }
  });

  // The rest of the Internet is made up: what comes out must not hang on which one was made.
  const inOthers = (): void => {
    for (const seed of ['a', 'b', 'c', 'd', 'e']) {
      const unfitted = scored(play(file, { patch: { internet: { generate: { seed } } } })).filter(
        ({ fitted, notModelled }) => !fitted && !notModelled,
      );
      const held = unfitted.filter((result) => result.held);
      const missed = unfitted.filter((result) => !result.held).map(({ id }) => id);
      expect(held.length / unfitted.length, `${seed} misses ${missed.join(', ')}`).toBeGreaterThanOrEqual(MOST);
    }
  };
  if (base.scenario.internet) test('and in other Internets of the same size', inOthers);

  test('each claim that holds has a foil that misses it', () => {
    for (const { id, foil, held, notModelled } of scored(base)) {
      if (!held || notModelled) continue;
      if (foil === null) throw new Error(`${id} has no foil`);
      const there = play(file, { variant: foil });
      const results = score({ ...there.scenario, checkpoints: base.scenario.checkpoints }, there.trace);
      expect(results.find((result) => result.id === id)?.held, `${id} holds in ${foil}`).toBe(false);
    }
  });
});
