import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { story } from '../../sim/analysis/story.ts';
import { make } from './made.ts';

type Detail = 'short' | 'full';

/** The story as a reader sees it: time and sentence. */
function told(text: string, detail: Detail = 'short'): readonly string[] {
  const { scenario, trace } = make(text);
  return story(scenario, trace, { detail }).map(({ when, says }) => `${when} ${says}`);
}

describe('one thing', () => {
  test('is told by its title, and how long it was away', () => {
    expect(
      told(`
nodes: { vpn: { kind: tool, title: the way in from home } }
faults: { f: { at: 1m, to: vpn, until: 3m10s } }
`),
    ).toEqual(['15:31:00 the way in from home breaks', '15:33:10 the way in from home comes up again after 2m10s']);
  });
  test('that speaks again is not told to do so again', () => {
    const lines = told(`
nodes: { "{x,y}": { kind: network } }
links: { s: { from: x, to: y, bgp: peers } }
prefixes: { p: { from: x } }
checkpoints: { c: { says: There is a way, always: { route: p, from: y } } }
faults: { f: { at: 1m, to: x, effect: mute, for: 1m } }
`);
    expect(lines).toContain('15:32:00 x speaks to its neighbours again after 1m');
  });
  test('that is dead withdraws nothing: its neighbours hold its routes until they notice', () => {
    const [site, net] = ['{ kind: pop }', '{ kind: network }'];
    const lines = told(`
nodes: { quick: ${site}, slow: ${site}, net: ${net} }
links: { s: { from: net, to: "{quick,slow}", bgp: peers, hold: 90s } }
prefixes: { p: { from: quick }, q: { from: slow } }
checkpoints: { c: { says: Ways, always: { all: [ { route: p, from: net }, { route: q, from: net } ] } } }
changes: { w: { at: 1m, to: quick, effect: { withdraw: p } } }
faults: { f: { at: 2m, to: slow } }
`);
    expect(lines.filter((line) => / p$| q$/.test(line)).slice(-4)).toEqual([
      '15:31:00 quick withdraws p',
      '15:31:00 net loses its last route to p',
      '15:32:00 slow no longer announces q',
      '15:33:30 net loses its last route to q',
    ]);
  });
  test('that falls with its own fault is told once', () => {
    const lines = told('nodes: { x: { kind: service } }\nfaults: { f: { at: 1m, to: x } }\n', 'full');
    expect(lines).toEqual(['15:31:00 x breaks']);
  });
  test('that turns again within a moment is told of each time', () => {
    const lines = told(`
nodes: { x: { kind: service }, y: { kind: service, needs: [ x ] } }
faults: { f: { at: 1m, to: x, until: 1m2s }, g: { at: 1m4s, to: x, until: 1m6s }, h: { at: 1m8s, to: x } }
`);
    const falls = lines.filter((line) => /y goes down/.test(line));
    expect(falls).toEqual(['15:31:00 y goes down', '15:31:04 y goes down', '15:31:08 y goes down']);
  });
  test('that turns and turns is told once, and then how often', () => {
    const faults = [1, 2, 3, 4, 5].map((m) => `  f${m}: { at: ${m}m, to: x, until: ${m}m30s }`).join('\n');
    const lines = told(`nodes: { x: { kind: service }, y: { kind: service, needs: [ x ] } }\nfaults:\n${faults}\n`);
    expect(lines.filter((line) => / y /.test(line))).toEqual([
      '15:31:00 y goes down',
      '15:31:30 x and y come up again after 30s',
      '15:32:00 to 15:35:00 y goes down, 4 times in all',
      '15:32:30 to 15:35:30 x and y come up again after 30s, 8 times in all',
    ]);
  });
});

describe('things alike', () => {
  const SHOPS = `
nodes:
  base.{1..3}: { kind: router }
  shop.{1..12}: { kind: service, needs: [ "base.1" ], downAfter: 5s..40s, upAfter: 2s }
  "{bank,bakery}": { kind: service }
`;
  test('that fall one after the other are one wave', () => {
    const lines = told(`${SHOPS}faults: { f: { at: 1m, to: base.1 } }\n`);
    expect(lines).toEqual([
      '15:31:00 base.1 breaks',
      expect.stringMatching(/^15:31:\d\d to 15:31:\d\d all 12 shop\.\* services go down$/),
    ]);
  });
  test('that come back within a moment are told at once, and counted', () => {
    const lines = told(`${SHOPS}faults: { f: { at: 1m, to: base.1, until: 5m } }\n`);
    expect(lines.at(-1)).toMatch(/^15:35:02 all 12 shop\.\* services come up again after up to 3m5\ds$/);
  });
  test('are named when they are few, in the order people count', () => {
    const lines = told(`${SHOPS}faults: { f: { at: 1m, to: "shop.{10,2,9}" } }\n`);
    expect(lines).toEqual(['15:31:00 shop.2, shop.9 and shop.10 break']);
  });
  test('are counted when they are many, of how many there are', () => {
    const lines = told(`${SHOPS}faults: { f: { at: 1m, to: "shop.{1..5}" }, g: { at: 6m, to: "shop.{6..12}" } }\n`);
    expect(lines).toEqual([
      '15:31:00 5 of 12 shop.* services break',
      '15:36:00 the last 7 of 12 shop.* services break',
    ]);
  });
  test('are called by their kind when they are all of it', () => {
    const lines = told(`${SHOPS}faults: { f: { at: 1m, to: base.* } }\n`);
    expect(lines[0]).toBe('15:31:00 all 3 routers break');
  });
  test('that stand in many places are one thing in many places', () => {
    const lines = told(`
nodes:
  pop.{1..4}: { kind: pop }
  cache: { kind: service, title: the cache, in: pop.*, needs: [ base ] }
  base: { kind: service }
faults: { f: { at: 1m, to: base } }
`);
    expect(lines).toContain('15:31:00 the cache at all 4 pops goes down');
  });
});

describe('different things', () => {
  const place = (kinds: readonly string[]): string =>
    `nodes:\n  base: { kind: router }\n${kinds.map((name) => `  ${name}: { kind: tool, needs: [ base ] }`).join('\n')}
faults: { f: { at: 1m, to: base } }\n`;

  test('that fall together are listed', () => {
    expect(told(place(['vpn', 'chat', 'wiki']))).toEqual([
      '15:31:00 base breaks',
      '15:31:00 chat, vpn and wiki go down',
    ]);
  });
  test('are counted when the list would be long', () => {
    expect(told(place(['vpn', 'chat', 'wiki', 'mail', 'door', 'desk', 'logs']))[1]).toBe(
      '15:31:00 all 7 tools go down',
    );
    expect(
      told(
        `${place(['vpn', 'chat', 'wiki', 'mail', 'door', 'desk'])}`.replace('nodes:', 'nodes:\n  safe: { kind: tool }'),
      )[1],
    ).toBe('15:31:00 chat, desk and 4 more tools go down');
  });
  test('that fall apart are told apart', () => {
    const lines = told(`
nodes: { vpn: { kind: tool }, chat: { kind: tool } }
faults: { f: { at: 1m, to: vpn }, g: { at: 4m, to: chat } }
`);
    expect(lines).toEqual(['15:31:00 vpn breaks', '15:34:00 chat breaks']);
  });
  test('that fall seconds apart are no wave, as like things would be', () => {
    const lines = (names: string) =>
      told(
        `nodes: { "{${names}}": { kind: tool } }\nfaults:\n${names
          .split(',')
          .map((name, k) => `  f${k}: { at: 1m${k * 2}s, to: ${name} }`)
          .join('\n')}\n`,
      );
    expect(lines('vpn,chat,wiki')).toEqual(['15:31:00 to 15:31:02 chat and vpn break', '15:31:04 wiki breaks']);
    expect(lines('tool.1,tool.2,tool.3')).toEqual(['15:31:00 to 15:31:04 all 3 tools break']);
  });
});

describe('who reaches whom', () => {
  const NET = `
nodes:
  dc.{1..3}: { kind: datacenter }
  pop.{1..4}: { kind: pop }
  edge: { kind: service, in: pop.*, needs: [ { reach: any dc.*, over: backbone } ] }
links: { haul: { from: pop.*, to: dc.*, layer: backbone } }
checkpoints: { dark: { first: { not: { reach: any dc.*, over: backbone, from: any pop.* } } } }
`;
  test('is told when the last of them is out of reach, of places and not of what stands in them', () => {
    const lines = told(`${NET}changes: { drain: { at: 1m, to: pop.*, effect: { drain: backbone } } }\n`);
    expect(lines).toEqual([
      '15:31:00 the change drain is in force: all 4 pops are drained of backbone',
      '15:31:00 all 4 pops lose their last path to any data center over backbone',
      '15:31:00 edge at all 4 pops goes down',
    ]);
  });
  test('is not told while another is left', () => {
    const lines = told(`${NET}changes: { drain: { at: 1m, to: "dc.{1,2}", effect: { drain: backbone } } }\n`);
    expect(lines).toEqual(['15:31:00 the change drain is in force: dc.1 and dc.2 are drained of backbone']);
  });
});

describe('resolvers', () => {
  const CACHES = `
nodes:
  "{top,ns}": { kind: nameserver }
  cache.{1..3}: { kind: resolver, validates: true, reuses: true, first: aaaa }
  eye: { kind: tool, standby: true, needs: [ { resolves: shop, via: any cache.* } ] }
  users: { kind: population, people: 30, via: { "cache.*": 100% }, does: [ buy ] }
zones:
  com: { nameservers: top, ttl: 1h, signed: true }
  shop: { nameservers: ns, ttl: 1s, under: com, signed: true, ds: 1s, records: a }
journeys: { buy: [ { resolves: shop } ] }
rates: { lost: { unit: of all, rest: 0, each: 0.0001, of: users } }
`;
  const lines = (to: string, effect: string) =>
    told(`${CACHES}changes: { c: { at: 1m, to: ${to}, effect: { ${effect} } } }\n`, 'full').join('\n');
  test('that are flushed together forget', () => {
    expect(lines('cache.*', 'flush: shop')).toMatch(/c is in force: all 3 resolvers forget all they keep of shop$/m);
  });
  test('that are told there is no address say so together', () => {
    expect(lines('shop', 'deny: a')).toMatch(/ all 3 resolvers say that shop has no address \(NODATA\)$/m);
  });
  test('that few people ask cost more than nothing', () => {
    expect(lines('shop', 'deny: a')).toMatch(/ lost: 0\.003 of all$/m);
  });
});

describe('people at work', () => {
  const WORK = `
nodes:
  net: { kind: service }
  vpn: { kind: tool, title: the console, needs: [ net ] }
  crew: { kind: team }
faults: { f: { at: 1m, to: net } }
tasks:
  notice: { team: crew, after: { not: net }, takes: 1m }
  fix:
    after: notice
    ways:
      remote: { team: crew, needs: vpn, takes: 1m }
      on-site: { team: crew, takes: 4m }
    does: { revert: f }
`;
  test('hand over in one sentence, and what is missing is named', () => {
    expect(told(WORK)).toEqual([
      '15:31:00 net breaks',
      '15:31:00 the console goes down',
      '15:31:00 work on notice begins',
      '15:32:00 notice is done; work on fix.on-site begins; fix.remote is called for but cannot begin without the console',
      '15:36:00 fix.on-site is done',
      '15:36:00 net comes up again after 5m',
      '15:36:00 the console comes up again after 5m',
    ]);
  });
});

test('what a task waits for is what is missing, and not what it could do without', () => {
  const lines = told(`
nodes:
  "{car,bike,key,map,phone}": { kind: tool }
faults: { f: { at: 30s, to: "{bike,key}" } }
tasks: { go: { after: { not: key }, needs: { all: [ { any: [ car, bike ] }, key ] }, takes: 1m } }
`);
  expect(lines.at(-1)).toBe('15:30:30 go is called for but cannot begin without key');
});

test('a rate that follows people climbs by many steps, and is told where it ends', () => {
  const lines = told(`
nodes:
  shop.{1..3}: { kind: service, network: net }
  net: { kind: network }
  crowd.{1..3}: { kind: population, network: net, people: 100, does: [ buy.$1 ] }
faults:
  "f{1..3}": { at: 1m$1s, to: shop.$1, until: 5m }
  again: { at: 10m, to: shop.1 }
journeys: { "buy.{1..3}": [ { up: shop.$1 } ] }
rates: { loss: { unit: euros, rest: 0, each: 1, of: [ crowd.* ] } }
checkpoints: { most: { max: loss } }
`);
  expect(lines.filter((line) => line.includes('loss'))).toEqual([
    '15:31:03 loss: 300 euros',
    '15:35:00 loss: 0 euros',
    '15:40:00 loss: 100 euros',
  ]);
});

test('what ends is not said to end again', () => {
  const lines = told(`
nodes: { ns: { kind: nameserver }, r: { kind: resolver }, users: { kind: population, via: { r: 100% }, does: read } }
zones: { shop: { nameservers: ns, ttl: 5m } }
journeys: { read: [ { resolves: shop } ] }
faults: { f: { at: 1m, to: shop, effect: remove, for: 3m } }
`);
  expect(lines).toContain('15:34:00 shop is there again after 3m');
});

test('a word that is set no longer is not set again', () => {
  const lines = told(`
nodes: { x: { kind: router } }
faults: { f: { at: 1m, to: x, effect: { set: open }, until: 3m } }
checkpoints: { so: { lasts: { set: open, at: x } } }
`);
  expect(lines).toEqual(['15:31:00 x is set to open', '15:33:00 x is no longer set to open after 2m']);
});

describe('what people can do', () => {
  const SHOP = `
nodes:
  shop: { kind: service }
  "{north,south}": { kind: population, people: 1500000, does: [ buy, pay ] }
journeys:
  buy: { title: Buying, stages: [ shop ] }
  pay: { title: Paying, stages: [ shop ] }
faults: { f: { at: 1m, to: shop, until: 4m } }
`;
  test('is told of everybody, with how many that is', () => {
    const lines = told(SHOP);
    expect(lines).toContain('15:31:00 Buying and Paying fail for everybody (3 million people): refused');
    expect(lines).toContain('15:34:00 Buying and Paying work again for everybody (3 million people) after 3m');
  });
  test('of people nobody counted gives no number', () => {
    const lines = told(SHOP.replace('people: 1500000, ', ''));
    expect(lines).toContain('15:31:00 Buying and Paying fail for everybody: refused');
  });
});

describe('captions and order', () => {
  const text = `
nodes: { x: { kind: service }, y: { kind: service, needs: [ x ] }, sight: { kind: monitor, watches: { not: x } } }
faults: { f: { at: 1m, to: x } }
tasks: { mend: { after: { sees: sight }, takes: 1h } }
story:
  begin: { at: 30s, says: Before the storm. }
  fall:  { first: { not: y }, says: It falls. }
  never: { first: { all: [ y, { not: x } ] }, says: Never told. }
`;
  const { scenario, trace } = make(text);
  const lines = story(scenario, trace);

  test('a caption is told as written, at its moment, before what happens then', () => {
    expect(lines.map(({ at, kind, says }) => [at, kind, says])).toEqual([
      [30_000, 'caption', 'Before the storm.'],
      [60_000, 'caption', 'It falls.'],
      [60_000, 'change', 'x breaks'],
      [60_000, 'change', 'sight raises the alarm; work on mend begins'],
      [60_000, 'change', 'y goes down'],
    ]);
  });
  test('a caption leads what has its time on the clock', () => {
    const late = text.replace('needs: [ x ]', 'needs: [ x ], downAfter: 300ms');
    expect(told(late).filter((line) => /15:31/.test(line) && !/Never/.test(line))).toEqual([
      '15:31:00 It falls.',
      '15:31:00 x breaks',
      '15:31:00 sight raises the alarm; work on mend begins',
      '15:31:00 y goes down',
    ]);
  });
  test('each line knows the changes it tells', () => {
    const told = lines.flatMap(({ changes }) =>
      changes.map((id) => trace.facts.names[trace.columns.fact[id] as number]),
    );
    expect(told.sort()).toEqual(['fault/x', 'sees/sight', 'task/mend', 'up/y']);
  });
});

describe('the outage of 4 October 2021', () => {
  const { scenario, trace } = make(
    readFileSync(new URL('../../scenarios/outages/facebook-2021.yaml', import.meta.url), 'utf8'),
  );
  const short = story(scenario, trace);
  const full = story(scenario, trace, { detail: 'full' });

  test('is short when told in short', () => {
    expect(short.length).toBeLessThanOrEqual(40);
    expect(full.length).toBeGreaterThan(short.length);
    expect(full.length).toBeLessThan(trace.count / 3);
  });
  test('is told in the order of time, all captions included', () => {
    for (const lines of [short, full]) {
      const changes = lines.filter(({ kind }) => kind === 'change').map(({ at }) => at);
      expect(changes).toEqual([...changes].sort((a, b) => a - b));
      // A caption leads its whole second.
      const seconds = lines.map(({ at }) => Math.floor(at / 1000));
      expect(seconds).toEqual([...seconds].sort((a, b) => a - b));
      expect(lines.filter(({ kind }) => kind === 'caption').length).toBe(scenario.story.length);
    }
  });
  test('says what everybody remembers', () => {
    const text = short.map(({ says }) => says).join('\n');
    expect(text).toMatch(/the check of \S+ is broken and lets it through/);
    expect(text).toMatch(/the change \S+ is in force: all \d+ backbone routers are drained of backbone/);
    expect(text).toMatch(/\(\S+ billion people\).* fail for everybody|fail for everybody \(\S+ billion people\)/);
    expect(text).toMatch(/all \d+ pops withdraw .*ns-/);
    expect(text).toMatch(/can no longer resolve facebook\.com/);
    expect(text).toMatch(/is called for but cannot begin without/);
    expect(text).toMatch(/cannot begin without data-center door/);
    expect(text).toMatch(/work again for/);
  });
  test('never stumbles over a word', () => {
    for (const { says } of full) expect(says).not.toMatch(/undefined|null|NaN|\[object|family |kind |"\]| {2}/);
  });
  test('tells no change twice', () => {
    for (const lines of [short, full]) {
      const ids = lines.flatMap(({ changes }) => changes);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });
});
