/** The laws of luck: what their draws are on average, and where their quantiles lie. */
import { describe, expect, test } from 'vitest';
import { hashName, Luck, quantile } from '../../sim/engine/luck.ts';
import { type Draw, isZero } from '../../sim/model/luck.ts';

const DRAWS = 20_000;
const who = hashName('somebody');

describe.each<[string, Draw, mean: number, deviation: number]>([
  ['uniform', { law: 'uniform', low: 1000, high: 5000 }, 3000, 4000 / Math.sqrt(12)],
  ['triangular', { law: 'triangular', low: 0, mode: 1000, high: 5000 }, 2000, Math.sqrt(21e6 / 18)],
  ['normal', { law: 'normal', mean: 9000, deviation: 1000 }, 9000, 1000],
  ['lognormal', { law: 'lognormal', median: 1000, sigma: 0.5 }, 1000 * Math.exp(0.125), 604],
  ['exponential', { law: 'exponential', mean: 4000 }, 4000, 4000],
  ['empirical', { law: 'empirical', values: [1000, 2000, 6000] }, 3000, Math.sqrt(14e6 / 3)],
])('%s', (_, law, mean, deviation) => {
  const luck = new Luck('1');
  const draws = Array.from({ length: DRAWS }, (_, occasion) => luck.draw(law, 1, who, occasion));

  test('has its mean, to four standard errors', () => {
    const average = draws.reduce((sum, draw) => sum + draw, 0) / DRAWS;
    expect(Math.abs(average - mean)).toBeLessThan((4 * deviation) / Math.sqrt(DRAWS) + 0.5);
  });
  test('gives whole milliseconds, none before now', () => {
    expect(draws.every((draw) => Number.isSafeInteger(draw) && draw >= 0)).toBe(true);
  });
  test('its quantile never falls, and splits its draws in that ratio', () => {
    const shares = [0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99];
    const limits = shares.map((share) => quantile(law, share));
    expect([...limits].sort((a, b) => a - b)).toEqual(limits);
    if (law.law === 'empirical') return;
    for (const [k, share] of shares.entries()) {
      const below = draws.filter((draw) => draw < (limits[k] as number)).length / DRAWS;
      expect(Math.abs(below - share)).toBeLessThan(0.015);
    }
  });
});

test('medians are where they must be', () => {
  expect(quantile({ law: 'normal', mean: 7, deviation: 3 }, 0.5)).toBe(7);
  expect(quantile({ law: 'lognormal', median: 7, sigma: 2 }, 0.5)).toBe(7);
  expect(quantile({ law: 'triangular', low: 0, mode: 5, high: 10 }, 0.5)).toBeCloseTo(5, 12);
  expect(quantile({ law: 'exponential', mean: 1 }, 0.5)).toBeCloseTo(Math.LN2, 14);
});

test('a law without width gives its one value', () => {
  const laws: Draw[] = [
    { law: 'uniform', low: 7, high: 7 },
    { law: 'triangular', low: 7, mode: 7, high: 7 },
    { law: 'normal', mean: 7, deviation: 0 },
    { law: 'fixed', value: 7 },
  ];
  for (const law of laws) expect(new Luck('1').draw(law, 1, 2, 3)).toBe(7);
  expect([isZero({ law: 'fixed', value: 0 }), isZero({ law: 'uniform', low: 0, high: 0 })]).toEqual([true, false]);
});

test('uniforms are spread evenly, and neighbours have nothing to do with each other', () => {
  const luck = new Luck('1');
  const us = Array.from({ length: DRAWS }, (_, occasion) => luck.uniform(3, who, occasion));
  const cells = new Array<number>(100).fill(0);
  for (const u of us) cells[Math.floor(u * 100)]!++;
  const chi = cells.reduce((sum, count) => sum + (count - DRAWS / 100) ** 2 / (DRAWS / 100), 0);
  // 99 degrees of freedom: 99.9 % lie below 149.
  expect(chi).toBeLessThan(149);
  const product = us.slice(1).reduce((sum, u, k) => sum + (u - 0.5) * ((us[k] as number) - 0.5), 0) / DRAWS;
  expect(Math.abs(product * 12)).toBeLessThan(4 / Math.sqrt(DRAWS));
});

test('names are told apart', () => {
  const names = Array.from({ length: 20_000 }, (_, k) => `up/node.${k}`);
  // By chance two of so many share 32 bits once in twenty runs or so; more than two pairs would be a fault.
  expect(new Set(names.map(hashName)).size).toBeGreaterThan(names.length - 3);
  expect(hashName('ab')).not.toBe(hashName('ba'));
  expect(hashName('\u0100')).not.toBe(hashName('\u0001'));
});
