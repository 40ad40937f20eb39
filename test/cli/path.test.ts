/** `path`: traceroute; every way a packet can end, by routes and over links. */
import { expect, test } from 'vitest';
import { look } from './looked.ts';

const path = async (file: string, from: string, to: string, at: string): Promise<string> => {
  const { code, out, err } = await look(['path', `${file}.yaml`, from, to, '--at', at]);
  expect([code, err]).toEqual([0, '']);
  for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  return out;
};

test('4 October 2021: delivered, then a black hole inside of the wider block, then delivered again', async () => {
  expect(await path('facebook', 'cloudflare', 'ns-a', '15:35Z')).toMatchInlineSnapshot();
  expect(await path('facebook', 'cloudflare', 'ns-a', '16:00Z')).toMatchInlineSnapshot();
  expect(await path('facebook', 'cloudflare', 'ns-a', '23:00Z')).toContain('announces it: delivered');
});

test('4 October 2021: inside, over links of the backbone', async () => {
  expect(await path('facebook', 'pop.1.1', 'dc.1.1', '15:35Z')).toMatchInlineSnapshot();
  expect(await path('facebook', 'pop.1.1', 'dc.1.1', '15:46Z')).toMatchInlineSnapshot();
});

test('no route', async () => {
  expect(await path('facebook', 'cloudflare', 'ns-c', '16:00Z')).toMatch(
    /no route\.\n\n {2}1 {2}cloudflare {2}has no route/,
  );
});

test('a black hole: the route outlives its session', async () => {
  expect(await path('ways', 'eyes', 'shop', '22m')).toMatchInlineSnapshot();
});

test('a loop, while bad news is under way; to an address', async () => {
  expect(await path('news', 'as.3', '192.0.2.7', '5m40s')).toMatchInlineSnapshot();
});

test('a black hole: a wider block draws packets to where nobody serves them', async () => {
  expect(await path('block', 'resolver', 'ns', '15m')).toMatchInlineSnapshot();
});

test('filtered: by whoever announces a block to drop it, and by whoever is asked to', async () => {
  expect(await path('policies', 'rich', '192.0.2.200', '5m')).toMatchInlineSnapshot();
  expect(await path('policies', 'strict', 'flood', '5m')).toMatchInlineSnapshot();
});

test('over links of no layer: what is broken on the way there would be', async () => {
  expect(await path('names', 'home', 'ns.inside', '47m')).toMatchInlineSnapshot();
  expect(await path('names', 'home', 'ns.inside', '5m')).toContain('reached');
});

test('what is joined by sessions alone is reached at a prefix', async () => {
  const { code, err } = await look(['path', 'block.yaml', 'resolver', 'site.here']);
  expect([code, err]).toEqual([2, 'no links lead from resolver to site.here; ask for a prefix it announces: names\n']);
});

test('names that are none, with what may be meant', async () => {
  for (const [from, to, says] of [
    ['ey', 'shop', 'there is no network "ey" in this scenario; there is shop, big, other, eyes, friend, island'],
    ['eyse', 'shop', 'there is no network "eyse" in this scenario; did you mean "eyes"?'],
    ['eyes', 'sohp', 'there is no prefix or node "sohp" in this scenario; did you mean "shop"?'],
  ] as const) {
    const { code, out, err } = await look(['path', 'ways.yaml', from, to]);
    expect([code, out, err]).toEqual([2, '', `${says}\n`]);
  }
});

test('json: hops, outcome, and the chain of causes; links layer by layer', async () => {
  const json = async (...argv: string[]) => JSON.parse((await look(['path', ...argv, '--format', 'json'])).out);
  expect(await json('block.yaml', 'eyeballs', 'names', '--at', '15m')).toMatchObject({
    ask: 'packets',
    network: 'eyeballs',
    to: 'names',
    cidr: '192.0.2.0/24',
    outcome: 'black hole',
    end: 'wider block',
    hops: [
      { at: 'eyeballs', prefix: 'wide', cidr: '192.0.0.0/16', next: 'transit', neighbour: 'provider' },
      { at: 'transit', next: 'site.there', neighbour: 'customer' },
      { at: 'site.there', next: null, session: null, neighbour: 'own' },
    ],
    how: { fact: 'forwards/eyeballs/names', since: 600_010 },
  });
  expect(await json('facebook.yaml', 'pop.1.1', 'dc.1.1', '--at', '15:46Z')).toMatchObject({
    ask: 'links',
    layers: [{ layer: 'backbone', reached: false }],
  });
});
