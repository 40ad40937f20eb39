/** Addresses have one way to be written, so that one address is one fact (RFC 5952). */
import { expect, test } from 'vitest';
import { readAddress } from '../../sim/model/expand/cidr.ts';

test.each([
  ['208.65.153.238', '208.65.153.238'],
  ['010.0.0.001', '10.0.0.1'],
  ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
  ['2001:db8::', '2001:db8::'],
  ['::', '::'],
  ['::1', '::1'],
  ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1'],
  ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
  ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
  ['2001:db8:10:0:0:100::', '2001:db8:10::100:0:0'],
])('%s is %s', (text, address) => {
  expect(readAddress(text)).toEqual({ address, block: `${address}/${address.includes(':') ? 128 : 32}` });
});

test.each(['10.0.0.256', '10.0.0', '10.0.0.0/8', 'names', '1:2:3', '1::2::3', ''])('%s is none', (text) => {
  expect(readAddress(text)).toBeNull();
});
