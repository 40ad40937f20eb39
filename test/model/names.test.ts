import { describe, expect, test } from 'vitest';
import { expandBraces, familyOf, parseBraces } from '../../sim/model/expand/braces.ts';
import { checkCidr } from '../../sim/model/expand/cidr.ts';
import { matchGlob } from '../../sim/model/expand/globs.ts';
import { didYouMean } from '../../sim/model/nearest.ts';

describe('braces', () => {
  const spell = (text: string) => {
    const braces = parseBraces(text);
    return typeof braces === 'string'
      ? braces
      : expandBraces(braces).map(({ name, captures }) => [name, ...captures].join(' '));
  };

  test('spell out names, and capture what each brace chose', () => {
    expect(spell('pop.{1..3}')).toEqual(['pop.1 1', 'pop.2 2', 'pop.3 3']);
    expect(spell('{a,b}.{1..2}')).toEqual(['a.1 a 1', 'a.2 a 2', 'b.1 b 1', 'b.2 b 2']);
  });

  test('number their captures by opening, the outer of a nested one first', () => {
    expect(spell('c.{x,s{1..2}}')).toEqual(['c.x x ', 'c.s1 s1 1', 'c.s2 s2 2']);
  });

  test.each([
    ['{a}', '{a} has only one choice'],
    ['{4..1}', '{4..1} counts down'],
    ['{a..d}', '{a..d} counts in something else than whole numbers'],
    ['a{b,c', 'a brace is not closed'],
    ['a}b', 'a brace is closed that was not opened'],
    ['{{{{{{{{{{a,b},c},d},e},f},g},h},i},j},k}', 'braces are nested more than 8 deep'],
  ])('%s is refused', (text, problem) => {
    expect(spell(text)).toBe(problem);
  });

  test('are counted before anything is made', () => {
    const bomb = parseBraces('{1..999999999999}{1..999999999999}{1..99,{1..999999999}}');
    expect(typeof bomb === 'string' ? 0 : bomb.count).toBeGreaterThan(1e32);
  });

  test('have a family name', () => {
    const family = (text: string) => familyOf(parseBraces(text) as Exclude<ReturnType<typeof parseBraces>, string>);
    expect(family('bb.{1..3}.{a,b}')).toBe('bb.*.*');
    expect(family('{a,b}')).toBeNull();
  });
});

describe('globs', () => {
  test.each([
    ['pop.*', 'pop.7', ['7']],
    ['*', 'a', ['a']],
    ['*', '', ['']],
    ['bb.*.*', 'bb.a.b.c', ['a', 'b.c']],
    ['*a*', 'banana', ['b', 'nana']],
    ['a*a', 'a', null],
    ['pop.*', 'pops', null],
    ['a', 'a', []],
  ])('%s on %s', (glob, name, stars) => {
    expect(matchGlob(glob, name)).toEqual(stars);
  });

  test('with a hundred stars on a long name take no time', () => {
    expect(matchGlob(`${'*a'.repeat(100)}b`, 'a'.repeat(100_000))).toBeNull();
  });
});

test.each([
  ['dsn', 'did you mean "dns"?'],
  ['DNS', 'did you mean "dns"?'],
  ['backbone.pnr', 'did you mean "backbone.prn"?'],
  ['zebra', undefined],
])('nearest to %s', (found, hint) => {
  expect(didYouMean(found, ['dns', 'web', 'backbone.prn'])).toBe(hint);
});

test.each([
  ['129.134.30.0/23', null],
  ['2001:db8::/32', null],
  ['::/0', null],
  ['129.134.31.0/23', '129.134.31.0/23 has bits set behind its length; did you mean 129.134.30.0/23?'],
  ['2001:db8:1::/32', '2001:db8:1::/32 has bits set behind its length; did you mean 2001:db8::/32?'],
  ['300.1.1.0/24', 'expected an address block such as 129.134.30.0/24 or 2001:db8::/32, found "300.1.1.0/24"'],
  ['10.0.0.0', 'expected an address block such as 129.134.30.0/24 or 2001:db8::/32, found "10.0.0.0"'],
  ['10.0.0.0/33', 'expected an address block such as 129.134.30.0/24 or 2001:db8::/32, found "10.0.0.0/33"'],
])('address block %s', (text, problem) => {
  const wrong = checkCidr(text);
  expect(wrong && [wrong.says, wrong.hint].filter(Boolean).join('; ')).toBe(problem);
});
