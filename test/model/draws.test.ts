import { describe, expect, test } from 'vitest';
import { readDraw, readMoment, readNumber, readSpan, Wrong } from '../../sim/model/draws.ts';

const START = Date.UTC(2021, 9, 4, 15, 30);
const said = <T>(value: T | Wrong) =>
  value instanceof Wrong ? `${value.says}${value.hint ? `; ${value.hint}` : ''}` : value;

describe('time spans', () => {
  test.each([
    ['90s', 90_000],
    ['2h30m', 9_000_000],
    ['43ms', 43],
    ['1.5h', 5_400_000],
    ['0', 0],
    ['1000d', 86_400_000_000],
    ['90', 'expected a time span, found the bare number 90; write 90s, 90m or 90ms'],
    ['-5s', 'a time span cannot be negative, found -5s'],
    ['1001d', '1001d is longer than 1000 days'],
    ['0.5ms', '0.5ms is no whole number of milliseconds'],
    ['90 sec', 'expected a time span such as 90s, 5m or 2h30m, found "90 sec"; write 90s'],
    ['NaN', 'expected a time span such as 90s, 5m or 2h30m, found "NaN"'],
    ['1e400', 'expected a time span, found the bare number 1e400; write 1e400s, 1e400m or 1e400ms'],
  ])('%s', (text, value) => {
    expect(said(readSpan(text))).toBe(value);
  });
});

describe('numbers', () => {
  test.each([
    ['2e9', 2e9],
    ['1.93e+9', 1.93e9],
    ['85%', 0.85],
    ['30x', 30],
    ['-3', -3],
    ['3 x', 'expected a number such as 3, 2e9, 85% or 30x, found "3 x"'],
    ['Infinity', 'expected a number such as 3, 2e9, 85% or 30x, found "Infinity"'],
    ['1e16', '1e16 is too large a number to count with'],
  ])('%s', (text, value) => {
    expect(said(readNumber(text))).toBe(value);
  });
});

describe('draws', () => {
  test.each([
    ['5m', { law: 'fixed', value: 300_000 }],
    ['5s..3m', { law: 'uniform', low: 5000, high: 180_000 }],
    ['5s..30s..3m', { law: 'triangular', low: 5000, mode: 30_000, high: 180_000 }],
    ['exp(5m)', { law: 'exponential', mean: 300_000 }],
    ['normal(5m, 1m)', { law: 'normal', mean: 300_000, deviation: 60_000 }],
    ['lognormal(5m, 0.5)', { law: 'lognormal', median: 300_000, sigma: 0.5 }],
    ['3m..5s', '3m..5s runs backwards; write the smaller time first'],
    ['1s..2s..3s..4s', 'expected two or three times with .. between, found "1s..2s..3s..4s"'],
    ['normal(5m)', 'normal is written normal(5m, 1m)'],
    ['lognormal(5m, 1m)', 'lognormal is written lognormal(5m, 0.5): a median time and a plain number'],
  ])('%s', (text, value) => {
    expect(said(readDraw(text))).toEqual(value);
  });
});

describe('moments', () => {
  test.each([
    ['9m', 540_000],
    ['15:39Z', 540_000],
    ['15:38:30Z', 510_000],
    ['15:30Z', 0],
    ['00:30Z', 9 * 3_600_000],
    ['2021-10-05T15:30:00Z', 86_400_000],
    ['2021-10-04T17:30:00+02:00', 0],
    ['15:39', 'a clock time says its zone, found "15:39"; write 15:39Z'],
    ['2021-10-04T15:29:00Z', '2021-10-04T15:29:00Z lies before the start of the clock'],
    ['2031-10-04T15:29:00Z', '2031-10-04T15:29:00Z lies more than 1000 days after the start'],
    ['2021-10-04', 'expected a date-time with zone such as 2021-10-04T15:39:00Z, found "2021-10-04"'],
    ['noon', 'expected a moment such as 9m, 15:39Z or 2021-10-04T15:39:00Z, found "noon"'],
  ])('%s', (text, value) => {
    expect(said(readMoment(text, START))).toBe(value);
  });
});
