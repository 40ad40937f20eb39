/** Our own logarithm, exponential and normal quantile: to the bit what they were, and close to what they should be. */
import { expect, test } from 'vitest';
import { exp, log, normalQuantile } from '../../sim/engine/arithmetic.ts';

const bits = (x: number): string => {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  return view.getBigUint64(0).toString(16).padStart(16, '0');
};
/** How many doubles lie between the two. */
const apart = (a: number, b: number): number => Math.abs(Number(BigInt(`0x${bits(a)}`) - BigInt(`0x${bits(b)}`)));

test.each([
  [5e-324, 'c0874385446d71c3'],
  [1e-9, 'c034b927f32bffb8'],
  [0.1, 'c0026bb1bbb55515'],
  [0.5, 'bfe62e42fefa39ef'],
  [0.9999999, 'be7ad7f2b1049ba0'],
  [1.0000001, '3e7ad7f2847b6492'],
  [2, '3fe62e42fefa39ef'],
  [Math.E, '3ff0000000000000'],
  [10, '40026bb1bbb55516'],
  [12345.678, '4022d79559791e31'],
  [1e300, '4085963447f87fb5'],
])('log(%d) to the bit', (x, is) => expect(bits(log(x))).toBe(is));

test.each([
  [-700, '00d14f2b0fb9307f'],
  [-20.5, '3e157a3afeed00ac'],
  [-1, '3fd78b56362cef38'],
  [-1e-9, '3fefffffff768fa1'],
  [0.1, '3ff1aec7b35a00d4'],
  [0.5, '3ffa61298e1e069c'],
  [1, '4005bf0a8b14576a'],
  [Math.LN2, '4000000000000000'],
  [5.25, '4067d21edf07d24f'],
  [100, '48f3494a9b171bf5'],
  [700, '7f0d945df4f8ec8e'],
])('exp(%d) to the bit', (x, is) => expect(bits(exp(x))).toBe(is));

test.each([
  [1e-12, 'c01c234fb9d92211'],
  [0.001, 'c008b8cbb6ee2822'],
  [0.02425, 'bfff913f9ae19f39'],
  [0.1, 'bff4813c3681e9f4'],
  [0.3, 'bfe0c7e395d14936'],
  [0.7, '3fe0c7e395d14935'],
  [0.97575, '3fff913f9ae19f39'],
  [0.999999, '40130381a9cfa8cd'],
])('the normal quantile of %d to the bit', (p, is) => expect(bits(normalQuantile(p))).toBe(is));

const across = (low: number, high: number): number[] =>
  Array.from({ length: 20_001 }, (_, k) => low + ((high - low) * k) / 20_000);

test('log is within three units in the last place', () => {
  const xs = [...across(1e-9, 5), ...across(0.99, 1.01), ...across(1, 1e12), 5e-324, Number.MAX_VALUE];
  expect(Math.max(...xs.map((x) => apart(log(x), Math.log(x))))).toBeLessThanOrEqual(3);
});

test('exp is within two units in the last place', () => {
  const xs = [...across(-5, 5), ...across(-700, 700)];
  expect(Math.max(...xs.map((x) => apart(exp(x), Math.exp(x))))).toBeLessThanOrEqual(2);
});

test('each undoes the other', () => {
  expect(Math.max(...across(-30, 30).map((x) => Math.abs(log(exp(x)) - x)))).toBeLessThan(1e-13);
  expect([log(1), exp(0)]).toEqual([0, 1]);
});

test('the normal quantile has the known values, and is odd about a half', () => {
  const known: [number, number][] = [
    [0.5, 0],
    [0.841344746068543, 1],
    [0.975, 1.959963984540054],
    [0.999, 3.090232306167813],
    [1e-9, -5.997807015007686],
  ];
  for (const [p, z] of known) expect(Math.abs(normalQuantile(p) - z)).toBeLessThan(2e-8);
  const odd = across(0.0005, 0.4995).map((p) => Math.abs(normalQuantile(1 - p) + normalQuantile(p)));
  expect(Math.max(...odd)).toBeLessThan(1e-9);
});

test('what has no answer is refused', () => {
  for (const x of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) expect(() => log(x)).toThrow(RangeError);
  for (const x of [701, -701, Number.NaN]) expect(() => exp(x)).toThrow(RangeError);
});
