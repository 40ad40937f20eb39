/** `route`: the looking glass; what is best and why, what was refused, and how the last route was lost. */
import { expect, test } from 'vitest';
import { look } from './looked.ts';

const route = async (file: string, network: string, prefix: string, at: string): Promise<string> => {
  const { code, out, err } = await look(['route', `${file}.yaml`, network, prefix, '--at', at]);
  expect([code, err]).toEqual([0, '']);
  for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  return out;
};

test('4 October 2021, before: the best of ten, and at which step each other one lost', async () => {
  expect(await route('facebook', 'cloudflare', 'ns-a', '15:35Z')).toMatchInlineSnapshot();
});

test('4 October 2021, during: what is left as the sites withdraw', async () => {
  expect(await route('facebook', 'cloudflare', '129.134.30.0/24', '15:43:40Z')).toMatchInlineSnapshot();
});

test('4 October 2021, when all is lost: since when and why; and after, all is as before', async () => {
  const lost = await route('facebook', 'cloudflare', '129.134.30.12', '16:00Z').catch(() => '');
  expect(lost).toBe('');
  expect(await route('facebook', 'cloudflare', 'ns-a', '16:00Z')).toMatchInlineSnapshot();
  const after = await route('facebook', '1.1.1.1', 'ns-a', '23:00Z');
  expect(after).toContain('cloudflare to 129.134.30.0/24 (ns-a) at 23:00:00Z: 10 routes.');
});

test('by preference, by number, and who tells nothing', async () => {
  expect(await route('ways', 'AS64501', 'shop', '5m')).toMatchInlineSnapshot();
});

test('one’s own goes before all; what comes back is a loop', async () => {
  expect(await route('ways', 'shop', '192.0.2.1', '5m')).toMatchInlineSnapshot();
});

test('a route over a session that is dead is kept until its hold timer ends', async () => {
  expect(await route('ways', '64501', 'shop', '22m')).toMatchInlineSnapshot();
  expect(await route('ways', 'big', 'shop', '24m')).toContain('no route.');
});

test('a network without a session hears each site directly', async () => {
  expect(await route('ways', 'island', 'shop', '5m')).toContain('shop, the site itself: it is the only one');
});

test('policies: attributes, what a term refuses and what a role, announcements that compete', async () => {
  expect(await route('policies', 'rich', 'block', '5m')).toMatchInlineSnapshot();
  expect(await route('policies', 'strict', 'block', '5m')).toMatchInlineSnapshot();
});

test('names that are none, with what may be meant', async () => {
  for (const [network, prefix, says] of [
    ['bog', 'shop', 'there is no network "bog" in this scenario; did you mean "big"?'],
    ['big', 'shp', 'there is no prefix "shp" in this scenario; did you mean "shop"?'],
    ['big', '198.51.100.1', 'there is no block for "198.51.100.1" in this scenario; there is shop, wide'],
    ['AS1', 'shop', 'there is no network "AS1" in this scenario; there is shop, big, other, eyes, friend, island'],
  ] as const) {
    const { code, out, err } = await look(['route', 'ways.yaml', network, prefix]);
    expect([code, out, err]).toEqual([2, '', `${says}\n`]);
  }
});

test('json: every attribute of every route, and the chain of causes', async () => {
  const { out } = await look(['route', 'ways.yaml', 'big', 'shop', '--at', '5m', '--format', 'json']);
  const { routes, ...rest } = JSON.parse(out);
  expect(rest).toEqual({
    scenario: 'ways',
    seed: '1',
    variant: null,
    at: 300_000,
    clock: '09:05:00Z',
    ask: 'route',
    network: 'big',
    prefix: 'shop',
    cidr: '192.0.2.0/24',
    refused: [],
    silent: ['eyes'],
    how: null,
  });
  expect(routes[1]).toEqual({
    at: 'big',
    from: 'other',
    session: 'core',
    neighbour: 'peer',
    preference: 200,
    path: ['other', 'shop'],
    med: 0,
    communities: [],
    validity: null,
    onlyToCustomers: null,
    announcement: 'shop',
    since: 0,
    lostAt: 'preference',
    borneUntil: null,
  });
  const lost = JSON.parse((await look(['route', 'ways.yaml', 'big', 'shop', '--at', '24m', '--format', 'json'])).out);
  expect(lost.how.chain.map(({ fact }: { fact: string }) => fact)).toEqual(['fault/shop', 'up/shop', 'route/big/shop']);
});
