/** What comes in by name: addresses of this server alone, and files that a scenario waits for. */
import { describe, expect, test } from 'vitest';
import { packingOf } from '../../sim/model/packing.ts';
import { searchFor } from '../../viz/control/open.ts';
import { hereUrl } from '../../viz/load/fetch.ts';
import { areAwaited, nameOfPath } from '../../viz/load/opened.ts';

describe('an address', () => {
  const PAGE = 'http://127.0.0.1:8421/?theme=dark';
  test.each(['a.yaml', './a.yaml', '/deep/a.yaml', 'http://127.0.0.1:8421/a.yaml'])('of this server: %s', (asked) => {
    expect(hereUrl(asked, PAGE).origin).toBe('http://127.0.0.1:8421');
  });
  test.each([
    'http://127.0.0.1:9999/a.yaml',
    'https://127.0.0.1:8421/a.yaml',
    '//example.com/a.yaml',
    'javascript:alert(1)',
    'data:text/yaml,netfall: 1',
    'file:///etc/passwd',
    'http://[',
  ])('of no other: %s', (asked) => {
    expect(() => hereUrl(asked, PAGE)).toThrow();
  });
  test('from a page on a disk leads nowhere', () => {
    expect(() => hereUrl('data:text/yaml,netfall: 1', 'file:///a/index.html')).toThrow();
  });

  test('asks for a scenario or a trace by how it ends, and leaves the rest of what is asked', () => {
    expect(searchFor('scenarios/a.yaml', '?theme=dark&trace=b.jsonl')).toBe('?theme=dark&scenario=scenarios/a.yaml');
    expect(searchFor('a.yml?x=1', '')).toBe('?scenario=a.yml%3Fx%3D1');
    expect(searchFor('b.jsonl', '?scenario=a.yaml')).toBe('?trace=b.jsonl');
    expect(searchFor('b.jsonl.gz', '')).toBe('?trace=b.jsonl.gz');
  });
});

describe('a file that is waited for', () => {
  test('is known by its name, whatever folder the scenario means', () => {
    expect(['./base.yaml', '../a/base.yaml', 'base.yaml', 'a\\base.yaml'].map(nameOfPath)).toEqual(
      Array.from({ length: 4 }, () => 'base.yaml'),
    );
    expect(areAwaited([{ name: 'x' }, { name: 'base.yaml' }], ['./base.yaml'])).toBe(true);
    expect(areAwaited([{ name: 'Base.yaml' }], ['./base.yaml'])).toBe(false);
    expect(areAwaited([{ name: 'base.yaml' }], [])).toBe(false);
  });

  test('is packed as it begins', () => {
    const of = (...bytes: readonly number[]) => packingOf(new Uint8Array(bytes), 'rel');
    expect([of(0x1f, 0x8b, 8), of(0x23, 0x20), of()]).toEqual(['gzip', 'none', 'none']);
    expect(of(0x28, 0xb5, 0x2f, 0xfd)).toEqual({
      says: '"rel" is packed by zstd',
      hint: 'unpack it first: unzstd rel',
    });
  });
});
