/** Files: read whole and within limits, written whole or not at all. */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Unreadable } from '../../sim/cli/io.ts';
import { readText } from '../../sim/cli/read.ts';
import { writeWhole } from '../../sim/cli/write.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'netfall-files-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string): string => join(folder, name);

function refusal(path: string): string {
  try {
    readText(path);
  } catch (error) {
    if (error instanceof Unreadable) return error.message;
    throw error;
  }
  return 'it was read';
}

describe('reading', () => {
  test('as it stands, byte order mark and all', () => {
    writeFileSync(at('a.yaml'), '\ufeffid: ü\r\n');
    expect(readText(at('a.yaml'))).toBe('\ufeffid: ü\r\n');
  });

  test('not what is missing, a folder, or beneath a file', () => {
    writeFileSync(at('outage.yaml'), 'x');
    expect(refusal(at('outage.yml'))).toContain(`there is no such file; did you mean "${at('outage.yaml')}"?`);
    expect(refusal(at('none.yaml'))).toBe(`${at('none.yaml')}: there is no such file`);
    expect(refusal(folder)).toContain('this is a folder');
    expect(refusal(at('outage.yaml/x'))).toContain('there is no such file');
    expect(refusal('a\u0000b')).toContain('no name of a file');
  });

  test('not what is too large, before it is read; JSON may be larger', () => {
    writeFileSync(at('big.yaml'), '');
    truncateSync(at('big.yaml'), 2 ** 40);
    expect(refusal(at('big.yaml'))).toContain('larger than 4 MB');
    writeFileSync(at('big.json'), ' '.repeat(5 * 2 ** 20));
    expect(refusal(at('big.json'))).toBe('it was read');
    expect(refusal('/dev/zero')).toContain('larger than 4 MB');
  });

  test('not what is no text', () => {
    writeFileSync(at('packed.yaml'), Buffer.from([0x1f, 0x8b, 0x08, 0xff]));
    expect(refusal(at('packed.yaml'))).toContain('not text in UTF-8');
  });
});

describe('writing', () => {
  const never = new AbortController().signal;

  test('whole, over what was there, through a link, keeping its mode', async () => {
    writeFileSync(at('old'), 'old', { mode: 0o600 });
    symlinkSync(at('old'), at('link'));
    expect(await writeWhole(at('link'), ['new ', 'text'], never)).toBe(true);
    expect(readFileSync(at('old'), 'utf8')).toBe('new text');
    expect(statSync(at('old')).mode & 0o777).toBe(0o600);
  });

  test('nothing at all when what is written breaks off', async () => {
    writeFileSync(at('kept'), 'kept');
    const before = readdirSync(folder);
    function* breaks(): Generator<string> {
      yield 'half';
      throw new Error('a wire came loose');
    }
    await expect(writeWhole(at('kept'), breaks(), never)).rejects.toThrow('a wire came loose');
    await expect(writeWhole(at('fresh'), breaks(), never)).rejects.toThrow('a wire came loose');
    expect(await writeWhole(at('kept'), ['half'], AbortSignal.abort())).toBe(false);
    expect(readFileSync(at('kept'), 'utf8')).toBe('kept');
    expect(readdirSync(folder)).toEqual(before);
  });

  test('into a device, not over it', async () => {
    expect(await writeWhole('/dev/null', ['gone'], never)).toBe(true);
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });

  test('not where nothing can be written', async () => {
    mkdirSync(at('folder'));
    await expect(writeWhole(at('folder'), ['x'], never)).rejects.toThrow('this is a folder');
    await expect(writeWhole(at('none/x'), ['x'], never)).rejects.toThrow('no such folder');
  });
});
