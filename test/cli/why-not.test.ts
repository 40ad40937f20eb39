/** `why --not`: what holds a fact, in words a stranger can read. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { netfall, UPLINK } from './fake-io.ts';

const scenario = (path: string): string =>
  readFileSync(new URL(`../../scenarios/${path}.yaml`, import.meta.url), 'utf8');
const files = {
  'uplink.yaml': UPLINK,
  'loop.yaml': scenario('patterns/tool-needs-what-it-repairs'),
  'facebook.yaml': scenario('outages/facebook-2021'),
};
const not = (file: string, ...more: readonly string[]) => netfall(['why', file, ...more, '--not'], { files });
const of2021 = async (fact: string, at: string): Promise<string> => (await not('facebook.yaml', fact, '--at', at)).out;

describe('why --not', () => {
  test('the tree of what is missing, and the smallest change', async () => {
    const { code, out, err } = await not('uplink.yaml', 'shop', '--at', '09:20Z');
    expect([code, err]).toEqual([0, '']);
    expect(out).toBe(`At 09:20:00Z shop is down, since 09:10:40. What keeps it so:

  └─ database is down                                                   09:10:30
     └─ uplink is down                                                  09:10:00
        └─ uplink is broken, by cut                                     09:10:00

The smallest change that would have made it otherwise:

  • uplink is not broken

In this run it turned at 09:30:00.
How it came to that: netfall why uplink.yaml fault/uplink --at 09:20:00Z
`);
  });

  test('a clock that runs, and when it rings', async () => {
    const { out } = await not('uplink.yaml', 'shop', '--at', '09:10:35');
    expect(out).toBe(`At 09:10:35Z shop is up, and has been so from the start. What keeps it so:

  └─ it has to last first, 10s in all, until 09:10:40
       already so: database is down, since 09:10:30

Nothing has to change: only time has to pass. In this run it turned at 09:10:40.
`);
  });

  test('json: the tree, the sets, and when it turned', async () => {
    const { out } = await not('uplink.yaml', 'shop', '--at', '09:20Z', '--format', 'json');
    const told = JSON.parse(out);
    expect(told).toMatchObject({
      scenario: 'uplink',
      seed: '1',
      fact: 'up/shop',
      value: false,
      at: 1_200_000,
      clock: '09:20:00Z',
      since: 640_000,
      turns: 1_800_000,
      smallest: { sets: [{ flips: [{ fact: 'fault/uplink' }], begins: false }], found: 1, sure: true, circular: false },
    });
    expect(told.by).toMatchObject({ is: 'test', fact: 'up/database', so: false, by: { fact: 'up/uplink' } });
  });

  test('what nothing changes', async () => {
    const { out } = await not('uplink.yaml', 'people', '--at', '09:20Z');
    expect(out).toContain('  └─ nothing in this scenario changes that\n');
    expect(out).toContain('Nothing that this scenario knows of would have made it otherwise.');
  });

  test('what is a number has no other side', async () => {
    const { code, out, err } = await not('uplink.yaml', 'affected/buy');
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('affected/buy has neither');
  });

  test('a route that a policy has a say in: that is what is said, and not that it is neither so nor not', async () => {
    const text = `netfall: 1
id: policy
title: Policy
clock: { start: 2021-10-04T09:00:00Z, run: 1h }
nodes: { site: { kind: network }, eyes: { kind: network, imports: all } }
links: { s: { from: site, to: eyes, bgp: buys, delay: 10ms } }
policies: { all: { a: { preference: 50 } } }
prefixes: { p: { from: site } }
faults: { f: { at: 10m, to: s } }
checkpoints: { c: { says: There is a way, always: { route: p, from: eyes } } }
`;
    const asked = ['why', 'policy.yaml', 'route/eyes/p', '--not'];
    const { code, err } = await netfall(asked, { files: { 'policy.yaml': text } });
    expect(code).toBe(2);
    expect(err).toContain('such as a policy or a rival route');
  });

  test('a repair that waits for what it would mend', async () => {
    const { out } = await not('loop.yaml', 'done/repair', '--at', '13:00Z');
    expect(out).toContain('one way of taking that back waits for this in turn');
  });

  test('is narrow where the terminal is', async () => {
    for (const columns of [60, 80, 110]) {
      const argv = ['why', 'facebook.yaml', 'done/repair.from-afar', '--not', '--at', '18:00Z'];
      const { out } = await netfall(argv, { files, columns });
      for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(columns);
    }
  });
});

describe('4 October 2021', () => {
  test('18:00Z, the door: back to the drained routers', async () => {
    const out = await of2021('door', '18:00Z');
    expect(out).toMatch(/^At 18:00:00Z data-center door is down, since 15:39:00\./);
    expect(out).toMatch(/dc\.1\.1 cannot reach badge computer over backbone +15:39:00\n/);
    expect(out).toMatch(/is drained of backbone, and 1 more alike \(it takes +\S+\n.*both\), by drain-all/);
    expect(out).toContain('one way of taking that back waits for this in turn');
    expect(out.replace(/\s+/g, ' ')).toMatch(
      /• dc\.1\.1 reaches badge computer over backbone, as when bb\.\S+ is not drained of backbone and bb\.\S+ is not/,
    );
  });
  test('17:00Z, the name: no route lands, since the sites withdrew, since they are cut off', async () => {
    const out = await of2021('resolves/1.1.1.1/facebook.com', '17:00Z');
    const order = [
      'does not land at',
      'does not announce ns-',
      'health check at pop',
      'cannot reach dc.',
      'is drained of backbone, by drain-all',
    ];
    const at = order.map((words) => out.indexOf(words));
    expect(at.every((place) => place > 0)).toBe(true);
    expect([...at].sort((a, b) => a - b)).toEqual(at);
    expect(out).toContain('The smallest changes, each of which would have set it going:');
    // One site alone would drown in all that is asked: that is said, and no way to it is promised.
    expect(out).toMatch(/• what cloudflare sends to ns-\w+ lands at pop\.\S+\n/);
    expect(out.replace(/\s+/g, ' ')).toContain('if nothing drowns: how much would be asked then, only a run can tell');
  });
  test('just before it vanishes: a route still, then only the cache', async () => {
    expect(await of2021('resolves/1.1.1.1/facebook.com', '15:42Z')).toMatch(
      /what cloudflare sends to ns-\w+ lands at pop/,
    );
    const out = await of2021('resolves/1.1.1.1/facebook.com', '15:46Z');
    const [, until] = /lives on in the cache, until (\S+)/.exec(out) ?? [];
    expect(out).toMatch(/already so: what cloudflare sends to ns-\w+ does not land at pop/);
    expect(out).toContain(`Nothing has to change: only time has to pass. In this run it turned at ${until}.`);
  });
  test('18:00Z, the repair from afar: either of two ways in, and what each lacks', async () => {
    const out = await of2021('done/repair.from-afar', '18:00Z');
    expect(out).toContain('repair.from-afar is called for but cannot begin');
    expect(out).toMatch(/either of these would do:.*remote-access is down.*out-of-band network is down/s);
    expect(out).toContain('would have set it going:\n\n  • resolver of the company resolves internal\n');
  });
  test('21:30Z, people: every stage that lets them through', async () => {
    const out = await of2021('works/users.fb.1/feed/isp.1', '21:30Z');
    for (const words of [
      'isp.1 resolves facebook.com',
      'isp.1 keeps up with its questions',
      'reaches dc.',
      'facebook at dc.',
      'load let in at region.1 is up (nothing in this scenario changes',
      'it would have to be',
      '• region.1 is down',
    ])
      expect(out).toContain(words);
  });
  test('a number is where it ends: how it came to that is another question', async () => {
    const out = await of2021('overloaded/telegram', '16:00Z');
    expect(out).toMatch(/telegram bears \S+ times its usual load; it would have to be 1\.5/);
    expect(out).toContain('netfall why facebook.yaml load/telegram --at 16:00:00Z');
  });
  test.each([
    ['door', '18:00Z'],
    ['resolves/1.1.1.1/facebook.com', '15:42Z'],
    ['resolves/1.1.1.1/facebook.com', '17:00Z'],
    ['done/repair.from-afar', '18:00Z'],
    ['works/users.fb.1/feed/isp.1', '21:30Z'],
    ['works/staff/desk/corp-dns', '17:00Z'],
  ])('%s at %s fits a page', async (fact, at) => {
    const lines = (await of2021(fact, at)).trimEnd().split('\n');
    expect(lines.length).toBeLessThanOrEqual(40);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  });
});
