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
  expect(await route('facebook', 'cloudflare', 'ns-a', '15:35Z')).toMatchInlineSnapshot(`
    "cloudflare to 129.134.30.0/24 (ns-a) at 15:35:00Z: 10 routes.
    The best is from pop.1.2, a peer: all else is equal, and pop.1.2 comes first by
    name.

       From       Relation  Pref  Len  Path               Since      Lost by
    >  pop.1.2    peer       200    1  pop.1.2            the start  best
       pop.2.4    peer       200    1  pop.2.4            the start  neighbour
       pop.2.8    peer       200    1  pop.2.8            the start  neighbour
       pop.3.1    peer       200    1  pop.3.1            the start  neighbour
       pop.3.2    peer       200    1  pop.3.2            the start  neighbour
       pop.3.3    peer       200    1  pop.3.3            the start  neighbour
       pop.3.4    peer       200    1  pop.3.4            the start  neighbour
       pop.4.1    peer       200    1  pop.4.1            the start  neighbour
       transit.3  provider   100    2  transit.3 pop.1.1  the start  preference
       transit.5  provider   100    2  transit.5 pop.1.2  the start  preference
    "
  `);
});

test('4 October 2021, during: what is left as the sites withdraw', async () => {
  expect(await route('facebook', 'cloudflare', '129.134.30.0/24', '15:43:40Z')).toMatchInlineSnapshot(`
    "cloudflare to 129.134.30.0/24 (ns-a) at 15:43:40Z: 2 routes.
    The best is from transit.3, a provider: of equal preference, its path is
    shorter, 2 over 3.

       From       Relation  Pref  Len  Path                    Since     Lost by
    >  transit.3  provider   100    2  transit.3 pop.3.11      15:42:29  best
       transit.5  provider   100    3  transit.5 transit.1     15:42:28  path length
                                       pop.3.11

    Tell nothing of it: pop.1.2, pop.2.4, pop.2.8, pop.3.1, pop.3.2, pop.3.3,
    pop.3.4, pop.4.1.
    "
  `);
});

test('4 October 2021, when all is lost: since when and why; and after, all is as before', async () => {
  expect(await route('facebook', 'cloudflare', '129.134.30.12', '16:00Z')).toMatchInlineSnapshot(`
    "cloudflare to 129.134.30.0/24 (ns-a) at 16:00:00Z: no route since 15:44:02.064Z.

    Tell nothing of it: pop.1.2, pop.2.4, pop.2.8, pop.3.1, pop.3.2, pop.3.3,
    pop.3.4 and 3 more.

    What is for 129.134.30.12 goes by 129.134.0.0/17 (wide).

    How the last route was lost:

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
      15:44:02.064  cloudflare loses its last route to ns-a, when the message
                    arrived, 38s later
    "
  `);
  const after = await route('facebook', '1.1.1.1', 'ns-a', '23:00Z');
  expect(after).toContain('cloudflare to 129.134.30.0/24 (ns-a) at 23:00:00Z: 10 routes.');
});

test('by preference, by number, and who tells nothing', async () => {
  expect(await route('ways', 'AS64501', 'shop', '5m')).toMatchInlineSnapshot(`
    "big (AS64501) to 192.0.2.0/24 (shop) at 09:05:00Z: 2 routes.
    The best is from shop, a customer: its preference is higher than the next one's,
    300 over 200.

       From   Relation  Pref  Len  Path         Since      Lost by
    >  shop   customer   300    1  64500        the start  best
       other  peer       200    2  other 64500  the start  preference

    Tell nothing of it: eyes.
    "
  `);
});

test('one’s own goes before all; what comes back is a loop', async () => {
  expect(await route('ways', 'shop', '192.0.2.1', '5m')).toMatchInlineSnapshot(`
    "shop (AS64500) to 192.0.2.0/24 (shop) at 09:05:00Z: 1 route.
    The best is its own: it is the only one.

       From    Relation  Pref  Len  Path   Since      Lost by
    >  itself  own               0  local  the start  best

    Refused as the path leads through shop itself (loop): big, other.

    Tell nothing of it: friend.
    "
  `);
});

test('a route over a session that is dead is kept until its hold timer ends', async () => {
  expect(await route('ways', '64501', 'shop', '22m')).toMatchInlineSnapshot(`
    "big (AS64501) to 192.0.2.0/24 (shop) at 09:22:00Z: 1 route.
    The best is from shop, a customer: it is the only one.

       From  Relation  Pref  Len  Path   Since                               Lost by
    >  shop  customer   300    1  64500  the start; dead, kept until         best
                                         09:23:00

    Tell nothing of it: eyes, other.
    "
  `);
  expect(await route('ways', 'big', 'shop', '24m')).toMatch(
    /no route since 09:23:00Z\.\n[\s\S]*No session stands with: shop\./,
  );
});

test('a network without a session hears each site directly', async () => {
  expect(await route('ways', 'island', 'shop', '5m')).toContain('shop, the site itself: it is the only one');
});

test('policies: attributes, what a term refuses and what a role, announcements that compete', async () => {
  expect(await route('policies', 'rich', 'block', '5m')).toMatchInlineSnapshot(`
    "rich to 192.0.2.0/24 (block) at 09:05:00Z: 4 routes.
    The best is from east, a peer: its preference is higher than the next one's, 200
    over 50.

       From    Relation  Pref  Len  Path         Attributes    Since      Lost by
    >  east    peer       200    2  east thief   of stolen,    the start  best
                                                 invalid
       mid     peer        50    2  mid owner    valid, MED    the start  preference
                                                 20, backup
       strict  peer        50    3  strict mid   valid,        the start  preference
                                    owner        backup, for
                                                 customers,
                                                 says strict
       west    peer        50    2  west owner   valid,        the start  preference
                                                 backup
    "
  `);
  expect(await route('policies', 'strict', 'block', '5m')).toMatchInlineSnapshot(`
    "strict to 192.0.2.0/24 (block) at 09:05:00Z: 1 route.
    The best is from mid, a customer: it is the only one.

       From  Relation  Pref  Len  Path       Attributes     Since      Lost by
    >  mid   customer   300    2  mid owner  valid, backup  the start  best

    Refused by picky.forged: east.

    Tell nothing of it: rich.
    "
  `);
});

test('names that are none, with what may be meant', async () => {
  for (const [network, prefix, says] of [
    ['bog', 'shop', 'there is no network "bog" in this scenario; did you mean "big"?'],
    ['big', 'shp', 'there is no prefix "shp" in this scenario; did you mean "shop"?'],
    ['big', '192.0.2.0/25', 'nobody announces "192.0.2.0/25" in this scenario; it lies in 192.0.2.0/24 (shop)'],
    ['big', '198.51.100.1', 'there is no block for "198.51.100.1" in this scenario; there is shop, wide'],
    ['AS1', 'shop', 'there is no network "AS1" in this scenario; there is big, eyes, friend, island, other, shop'],
  ] as const) {
    const { code, out, err } = await look(['route', 'ways.yaml', network, prefix]);
    expect([code, out, err]).toEqual([2, '', `${says}\n`]);
  }
});

test('of the rest of the Internet only what is declared can be asked, and how to declare it is said', async () => {
  const { code, err } = await look(['route', 'hijack.yaml', 'AS4200000002', 'block']);
  expect([code, err]).toEqual([
    2,
    'network 4200000002 is of the rest of the Internet, and only what is declared can be asked: add a node { kind: network, asn: 4200000002 }\n',
  ]);
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
    unjoined: [],
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
    stands: true,
    keptUntil: null,
  });
  const lost = JSON.parse((await look(['route', 'ways.yaml', 'big', 'shop', '--at', '24m', '--format', 'json'])).out);
  expect(lost.how.chain.map(({ fact }: { fact: string }) => fact)).toEqual(['fault/shop', 'up/shop', 'route/big/shop']);
});
