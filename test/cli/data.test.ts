/** Data beside a scenario: packed or not, by what it begins with; and what cannot be taken. */
import { deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { unpacked } from '../../sim/cli/data.ts';
import { netfall } from './fake-io.ts';

const FILE = '1|2|0\n1|3|-1\n2|4|-1\n';
const SCENARIO = `netfall: 1
id: small
title: Small
clock: { start: 2021-10-04T15:30:00Z, run: 1h }
internet: { caida: rel.txt }
nodes: { a: { kind: network, asn: 3 }, b: { kind: network, asn: 4, needs: { route: p } } }
prefixes: { p: { from: a } }
faults: { f: { at: 10m, to: a } }
`;
const validate = (bytes: Uint8Array | undefined) =>
  netfall(['validate', 'folder/s.yaml'], {
    files: { 'folder/s.yaml': SCENARIO },
    data: bytes ? { 'folder/rel.txt': bytes } : {},
  });

describe('a file of relationships', () => {
  test.each([
    ['as it is', Buffer.from(FILE)],
    ['packed by gzip, whatever it is called', gzipSync(FILE)],
    ['packed in two pieces', Buffer.concat([gzipSync(FILE.slice(0, 6)), gzipSync(FILE.slice(6))])],
  ])('%s', async (_, bytes) => {
    expect(await validate(bytes)).toMatchObject({ code: 0, err: '' });
    const ran = await netfall(['run', 's.yaml'], { files: { 's.yaml': SCENARIO }, data: { 'rel.txt': bytes } });
    expect(ran.code).toBe(0);
    expect(ran.out).toContain('a breaks');
    expect(ran.out).toContain('b goes down');
  });

  test.each([
    ['missing', undefined, 'there is no file "rel.txt"'],
    ['bzip2', Buffer.from('BZh91AY&SY'), '"rel.txt" is packed by bzip2; unpack it first: bunzip2 rel.txt'],
    ['cut off', gzipSync(FILE).subarray(0, 20), '"rel.txt" is packed by gzip and ends too early; fetch it again'],
    [
      'damaged',
      Buffer.concat([gzipSync(FILE).subarray(0, 10), Buffer.alloc(20, 0xff)]),
      'is packed by gzip and damaged',
    ],
    ['of something else', deflateSync(FILE), 'rel.txt:1:1: a line is network|network|relation'],
  ])('%s', async (_, bytes, says) => {
    const { code, err } = await validate(bytes);
    expect(code).toBe(2);
    expect(err).toContain(says);
  });

  test('a few bytes that unpack to very many are refused in time', () => {
    const bomb = gzipSync(Buffer.alloc(300 * 1024 * 1024, 49), { level: 1 });
    expect(unpacked(bomb, 'bomb.gz')).toEqual({ says: '"bomb.gz" unpacks to more than 256 MB' });
  });
});
