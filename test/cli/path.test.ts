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
  expect(await path('facebook', 'cloudflare', 'ns-a', '15:35Z')).toMatchInlineSnapshot(`
    "cloudflare to 129.134.30.0/24 (ns-a) at 15:35:00Z: delivered to pop.1.2.

      1  cloudflare  on to pop.1.2, its peer
      2  pop.1.2     announces it: delivered
    "
  `);
  expect(await path('facebook', 'cloudflare', 'ns-a', '16:00Z')).toMatchInlineSnapshot(`
    "cloudflare to 129.134.30.0/24 (ns-a) at 16:00:00Z: lost in a black hole.

      1  cloudflare  by 129.134.0.0/17 (wide) on to pop.1.2, its peer
      2  pop.1.2     announces 129.134.0.0/17 (wide), and nobody here announces
                     129.134.30.0/24 (ns-a): lost

    How it came to that:

      15:38:30      the check of drain-all is broken and lets it through
      15:38:30      the change drain-all is starting
      15:39:00      bb.3.2.2 is drained of backbone, when the work was done, 30s
                    later
      15:39:00      the link haul:pop.3.11~bb.3.2.2 carries nothing
      also          the link haul:pop.3.11~bb.3.3.2 carries nothing, and 2 more
      15:39:00      health check at pop.3.11 cannot reach dc.4.3 over backbone
      also          health check at pop.3.11 cannot reach dc.4.2 over backbone, and
                    10 more
      15:43:24.308  health check at pop.3.11 goes down, when that had lasted 4m24s
      15:43:24.308  pop.3.11 withdraws ns-a
      also          pop.4.5 withdraws ns-a, and 38 more, at 15:43:23.082
      15:43:24.338  what cloudflare sends to ns-a falls into a black hole, when the
                    message arrived, 30ms later
    "
  `);
  expect(await path('facebook', 'cloudflare', 'ns-a', '23:00Z')).toContain('announces it: delivered');
});

test('4 October 2021: inside, over links of the backbone', async () => {
  expect(await path('facebook', 'pop.1.1', 'dc.1.1', '15:35Z')).toMatchInlineSnapshot(`
    "pop.1.1 to dc.1.1 over backbone at 15:35:00Z: reached.

      1  pop.1.1   from here
      2  bb.1.1.2  over haul:pop.1.1~bb.1.1.2
      3  dc.1.1    over in:bb.1.1.2~dc.1.1
    "
  `);
  expect(await path('facebook', 'pop.1.1', 'dc.1.1', '15:46Z')).toMatchInlineSnapshot(`
    "pop.1.1 to dc.1.1 over backbone at 15:46:00Z: no way.

    No way is open. The shortest one there would be:

      1  pop.1.1   from here
      2  bb.1.1.2  over haul:pop.1.1~bb.1.1.2, which carries nothing
      3  dc.1.1    over in:bb.1.1.2~dc.1.1

    How it came to that:

      15:38:30  the check of drain-all is broken and lets it through
      15:38:30  the change drain-all is starting
      15:39:00  bb.1.1.2 is drained of backbone, when the work was done, 30s later
      15:39:00  the link haul:pop.1.1~bb.1.1.2 carries nothing
      also      the link haul:pop.1.1~bb.1.3.4 carries nothing, and 2 more
      15:39:00  pop.1.1 cannot reach dc.1.1 over backbone
    "
  `);
});

test('no route', async () => {
  expect(await path('facebook', 'cloudflare', 'ns-c', '16:00Z')).toMatch(
    /no route\.\n\n {2}1 {2}cloudflare {2}has no route/,
  );
});

test('a black hole: the route outlives its session', async () => {
  expect(await path('ways', 'eyes', 'shop', '22m')).toMatchInlineSnapshot(`
    "eyes to 192.0.2.0/24 (shop) at 09:22:00Z: lost in a black hole.

      1  eyes  on to big, its provider
      2  big   on to shop, its customer: nothing passes there, and the route is kept
               until the hold timer ends

    How it came to that:

      09:20:00  shop breaks
      09:20:00  shop goes down
      09:20:00  shop no longer announces shop
      09:20:00  what eyes sends to shop falls into a black hole
    "
  `);
});

test('a loop, while bad news is under way; to an address', async () => {
  expect(await path('news', 'as.3', '192.0.2.7', '5m40s')).toMatchInlineSnapshot(`
    "as.3 to 192.0.2.7, in 192.0.2.0/24 at 09:05:40Z: going round in a loop.

      1  as.3  on to as.4, its sibling
      2  as.4  on to as.3, its sibling, where it has been: it goes round until its
               time to live is over

    How it came to that:

      09:05:00      home is told to withdraw p
      09:05:00      home withdraws p
      09:05:30.030  what as.3 sends to 192.0.2.7 goes round in a loop, when the
                    message arrived, 30s later
    "
  `);
});

test('a black hole: a wider block draws packets to where nobody serves them', async () => {
  expect(await path('block', 'resolver', 'ns', '15m')).toMatchInlineSnapshot(`
    "eyeballs to 192.0.2.0/24 (names) at 09:15:00Z: lost in a black hole.

      1  eyeballs    by 192.0.0.0/16 (wide) on to transit, its provider
      2  transit     by 192.0.0.0/16 (wide) on to site.there, its customer
      3  site.there  announces 192.0.0.0/16 (wide), and nobody here announces
                     192.0.2.0/24 (names): lost

    How it came to that:

      09:10:00      site.here is told to withdraw names
      09:10:00      site.here withdraws names
      09:10:00.010  what eyeballs sends to names falls into a black hole, when the
                    message arrived, 10ms later
    "
  `);
});

test('filtered: by whoever announces a block to drop it, and by whoever is asked to', async () => {
  expect(await path('policies', 'strict', '192.0.2.200', '5m')).toMatchInlineSnapshot(`
    "strict to 192.0.2.200, in 192.0.2.128/25 at 09:05:00Z: dropped on purpose.

      1  strict  by 192.0.2.0/24 (block) on to mid, its customer
      2  mid     drops it, as its route to 192.0.2.128/25 (flood) says (blackhole)
    "
  `);
  expect(await path('policies', 'strict', 'flood', '5m')).toMatchInlineSnapshot(`
    "strict to 192.0.2.128/25 (flood) at 09:05:00Z: dropped on purpose.

      1  strict  by 192.0.2.0/24 (block) on to mid, its customer
      2  mid     drops it, as its route to 192.0.2.128/25 (flood) says (blackhole)
    "
  `);
});

test('over links of no layer: what is broken on the way there would be', async () => {
  expect(await path('names', 'home', 'ns.inside', '47m')).toMatchInlineSnapshot(`
    "home to ns.inside at 09:47:00Z: no way.

    No way is open. The shortest one there would be:

      1  home       from here
      2  own        over near:home~own
      3  ns.inside  over far, which carries nothing

    How it came to that:

      09:40:00  far breaks
      09:40:00  the link far carries nothing
      09:40:00  home cannot reach ns.inside
    "
  `);
  expect(await path('names', 'home', 'ns.inside', '5m')).toContain('reached');
});

test('what is joined by sessions alone is reached at a prefix', async () => {
  const { code, err } = await look(['path', 'block.yaml', 'resolver', 'site.here']);
  expect([code, err]).toEqual([2, 'no links lead from resolver to site.here; ask for a prefix it announces: names\n']);
});

test('names that are none, with what may be meant', async () => {
  for (const [from, to, says] of [
    ['ey', 'shop', 'there is no network "ey" in this scenario; there is big, eyes, friend, island, other, shop'],
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
