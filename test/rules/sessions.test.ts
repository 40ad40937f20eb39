/** Sessions that limits shut (RFC 4486) and routing processes that start anew, gracefully (RFC 4724) or not. */
import { describe, expect, test } from 'vitest';
import { Reasons } from '../../sim/analysis/why.ts';
import { compile } from '../../sim/compile.ts';
import { MINUTE, problemsOf, type Run, SECOND, scenarioOf, simulate } from '../support/scenario.ts';

/** Who is asked for, always. */
const routes = (...asked: readonly (readonly [network: string, prefix: string])[]) =>
  asked.map(([network, prefix]) => ['route', network, prefix] as const);
const session = (link: string) => [['session', link] as const, ['limited', link] as const];

/** Of the change by which a fact last changed: its rule, the fact that tipped it, and all facts it follows from. */
function why(run: Run, fact: string, at?: number) {
  const change = run.change(fact, at);
  const because = new Reasons(run.plan, run.trace).because(change).map((id) => run.factOf(id));
  return { rule: run.ruleOf(change), tipped: run.tippedBy(change), because: because.sort() };
}

describe('limits on prefixes', () => {
  /** A customer that tells its provider of one prefix, and from the first minute on of a thousand more. */
  const leak = (limit: string, more = '') => `
nodes: { "{customer,provider,user}": { kind: network }, x: { kind: service } }
links:
  up: { from: customer, to: provider, bgp: buys, ends: { to: { limit: ${limit} } } }
  down: { from: user, to: provider, bgp: buys }
prefixes: { own: { from: customer }, more: { from: customer, count: 1000, while: { not: { up: x } } } }
faults: { slip: { at: 1m, to: x${more.includes('for') ? ', for: 10s' : ''} } }
${more.replace('for', '')}`;
  const ASKED = [...session('up'), ...routes(['user', 'own'], ['user', 'more'])];

  test('counts IPv4 and IPv6 apart (RFC 4486 §4)', () => {
    const told = (more: string) =>
      simulate(
        leak('{ prefixes: 1001, then: shut }')
          .replace('{ own: {', '{ own: { cidr: 192.0.2.0/24,')
          .replace('more: {', `six: { cidr: "2001:db8::/32", from: customer, count: 1001 }, more: { cidr: ${more},`),
        { asked: ASKED },
      ).changes('session');
    expect(told('198.51.100.0/24')).toEqual([]);
    expect(told('"2001:db8:1::/48"')).toEqual([[60_010, 'session/up', false]]);
  });

  test('one that warns says so and leaves everything as it is', () => {
    const run = simulate(leak('{ prefixes: 500, then: warn }', 'for'), { asked: ASKED });
    expect(run.changes('limited')).toEqual([
      [60_010, 'limited/up', true],
      [70_010, 'limited/up', false],
    ]);
    expect(run.changes('session')).toEqual([]);
    expect(run.changes('route')).toEqual([
      [60_020, 'route/user/more', true],
      [70_020, 'route/user/more', false],
    ]);
  });

  test('entries count as the prefixes they stand for, and as many as the limit are not too many', () => {
    const times = (prefixes: number) =>
      simulate(leak(`{ prefixes: ${prefixes}, then: warn }`), { asked: ASKED }).times('limited/up', true);
    expect([times(1000), times(1001)]).toEqual([[60_010], []]);
  });

  test('one that shuts ends the session in the instant in which it is exceeded, for ever, and nothing of it is taken', () => {
    const run = simulate(leak('{ prefixes: 500, then: shut }'), { asked: ASKED });
    expect(run.changes('session')).toEqual([[60_010, 'session/up', false]]);
    expect(run.changes('limited')).toEqual([[60_010, 'limited/up', true]]);
    // No hold time; and the user never hears of the thousand.
    expect(run.changes('route')).toEqual([[60_020, 'route/user/own', false]]);
  });

  test('the announcement that exceeds it tips it; the end of the session takes its routes along', () => {
    const run = simulate(leak('{ prefixes: 500, then: shut }'), { asked: ASKED });
    const announced = { rule: 'message', tipped: 'announces/customer/more', because: ['announces/customer/more'] };
    expect(why(run, 'limited/up')).toEqual(announced);
    expect(why(run, 'session/up')).toEqual(announced);
    expect(why(run, 'route/user/own')).toEqual({ rule: 'message', tipped: 'session/up', because: ['session/up'] });
  });

  test('what the policy of the end refuses is counted too: it is heard, be it taken or not', () => {
    const refuses = leak('{ prefixes: 500, then: shut }').replace('ends: { to: {', 'ends: { to: { imports: own-only,');
    const policies = 'policies: { own-only: { more: { prefixes: more, then: reject } } }\n';
    const run = simulate(`${refuses}${policies}`, { asked: ASKED });
    expect(run.times('session/up')).toEqual([60_010]);
    expect(run.times('route/user/more')).toEqual([]);
  });

  test('what may come over the session is counted even if nobody asks for its routes', () => {
    const run = simulate(leak('{ prefixes: 500, then: shut }'), { asked: routes(['user', 'own']) });
    expect(run.changes('route')).toEqual([[60_020, 'route/user/own', false]]);
  });

  test('with a restart time it is tried again, and shut again while there are still too many', () => {
    const run = simulate(leak('{ prefixes: 500, then: shut, restart: 10m }'), { asked: ASKED, until: 25 * MINUTE });
    const [first, period] = [60_010, 10 * MINUTE + 10];
    expect(run.changes('session')).toEqual([
      [first, 'session/up', false],
      [first + 10 * MINUTE, 'session/up', true],
      [first + period, 'session/up', false],
      [first + period + 10 * MINUTE, 'session/up', true],
      [first + 2 * period, 'session/up', false],
    ]);
    expect(run.times('limited/up')).toEqual(run.times('session/up'));
    expect(why(run, 'session/up', first + 10 * MINUTE)).toMatchObject({ rule: 'expiry', tipped: 'session/up' });
    expect(run.times('route/user/own')).toEqual([60_020]);
  });

  test('once there are few enough, the retry brings back all that is told', () => {
    const run = simulate(leak('{ prefixes: 500, then: shut, restart: 10m }', 'for'), { asked: ASKED });
    expect(run.times('session/up')).toEqual([60_010, 660_010]);
    expect(run.changes('route')).toEqual([
      [60_020, 'route/user/own', false],
      [660_030, 'route/user/own', true],
    ]);
  });

  test('a session shut for ever is started by hand, by a change or a task', () => {
    const change = simulate(
      leak('{ prefixes: 500, then: shut }', 'for\nchanges: { again: { at: 30m, to: up, effect: start } }'),
      { asked: ASKED },
    );
    expect(change.times('session/up')).toEqual([60_010, 30 * MINUTE]);
    expect(change.times('limited/up')).toEqual([60_010, 30 * MINUTE]);
    expect(change.times('route/user/own')).toEqual([60_020, 30 * MINUTE + 20]);
    expect(why(change, 'session/up')).toMatchObject({ rule: 'now', tipped: 'config/up/start' });
    const task = simulate(
      leak(
        '{ prefixes: 500, then: shut }',
        `for
changes: { again: { to: up, effect: start } }
tasks: { call: { after: { limited: up }, takes: 20m, does: { apply: again } } }`,
      ),
      { asked: ASKED },
    );
    expect(task.times('session/up')).toEqual([60_010, 60_010 + 20 * MINUTE]);
  });

  test('started by hand while there are still too many, it is shut again; each start counts', () => {
    const again = ['a', 'b'].map((name, i) => `${name}: { at: ${10 + i}m, to: up, effect: start }`);
    const run = simulate(leak('{ prefixes: 500, then: shut }', `\nchanges: { ${again.join(', ')} }`), { asked: ASKED });
    expect(run.times('session/up')).toEqual([60_010, 10 * MINUTE, 10 * MINUTE + 10, 11 * MINUTE, 11 * MINUTE + 10]);
  });

  test('a cut does not make it forget; the start of the process that shut it does', () => {
    const cut = simulate(
      leak('{ prefixes: 500, then: shut }', '').replace('slip:', 'cut: { at: 5m, to: up, for: 1m }, slip:'),
      {
        asked: ASKED,
      },
    );
    expect(cut.times('session/up')).toEqual([60_010]);
    const starts = (who: string) =>
      simulate(leak('{ prefixes: 500, then: shut }').replace('slip:', `dies: { at: 5m, to: ${who}, for: 1m }, slip:`), {
        asked: ASKED,
      }).times('session/up');
    expect(starts('provider')).toEqual([60_010, 6 * MINUTE, 6 * MINUTE + 10]);
    expect(starts('customer')).toEqual([60_010]);
  });

  test('a session that is too full before the start is the author’s error, and so is a limit on no session', () => {
    const full = leak('{ prefixes: 500, then: shut }').replace('not: { up: x }', 'up: x');
    const run = `${full}tasks: { t: { after: { limited: up }, takes: 1m } }`;
    expect(() => simulate(run, { asked: ASKED })).toThrow(
      'more prefixes come over up before the start than its limit lets through',
    );
    const refused = compile(scenarioOf(run), { asked: ASKED });
    expect(refused.ok ? [] : refused.problems.map(({ place, path }) => [place.line > 1, path])).toEqual([
      [true, 'links.up'],
    ]);
  });
});

describe('graceful restart', () => {
  /** left — mid — right: mid's routing process stops for a while. Right announces. */
  const line = (graceful: string, faults: string, more = '') => `
nodes: { "{left,mid,right,far}": { kind: network }, x: { kind: service } }
links:
  l: { from: left, to: mid, bgp: buys${graceful} }
  r: { from: right, to: mid, bgp: buys${graceful} }
  f: { from: far, to: left, bgp: buys }
prefixes: { p: { from: right }, q: { from: right, while: { up: x } } }
faults: { ${faults} }
${more}`;
  const MUTE = 'quiet: { at: 1m, to: mid, effect: mute, for: 30s }';
  const ASKED = [
    ...routes(['left', 'p'], ['far', 'p'], ['far', 'q'], ['mid', 'p']),
    ['forwards', 'left', 'p'] as const,
    ['forwards', 'mid', 'p'] as const,
    ['forwards', 'far', 'q'] as const,
    ['session', 'l'] as const,
    ['session', 'r'] as const,
  ];
  const run = (graceful: string, faults: string, more = '') => simulate(line(graceful, faults, more), { asked: ASKED });

  test('a process that stops and is back within the restart time loses no packet and no route elsewhere', () => {
    const quiet = run(', graceful: 120s', MUTE);
    expect(quiet.changes('forwards')).toEqual([]);
    expect(quiet.changes('route/left')).toEqual([]);
    expect(quiet.changes('route/far')).toEqual([]);
    // It forgets, and knows of nothing until its neighbours have told it.
    expect(quiet.times('route/mid/p')).toEqual([60_000, 90_010]);
    expect(quiet.times('session/l')).toEqual([60_000, 90_000]);
  });

  test('without it sessions end at once, routes are withdrawn, and come back with the process', () => {
    const quiet = run('', MUTE);
    expect(quiet.changes('route/left')).toEqual([
      [60_000, 'route/left/p', false],
      [90_020, 'route/left/p', true],
    ]);
    expect(quiet.times('route/far/p')).toEqual([60_010, 90_030]);
    expect(quiet.changes('forwards/left')).toEqual([
      [60_000, 'forwards/left/p', 'no route'],
      [90_020, 'forwards/left/p', 'delivered'],
    ]);
    // Its box goes on by what it chose last until the process begins with an empty table.
    expect(quiet.changes('forwards/mid')).toEqual([
      [90_000, 'forwards/mid/p', 'no route'],
      [90_010, 'forwards/mid/p', 'delivered'],
    ]);
    expect(why(quiet, 'route/far/p', 60_010)).toMatchObject({ rule: 'message', tipped: 'config/mid/mute' });
    expect(why(quiet, 'session/l', 60_000)).toEqual({
      rule: 'now',
      tipped: 'config/mid/mute',
      because: ['config/mid/mute'],
    });
  });

  test('what is not told anew is dropped when all that was told by then has arrived (End-of-RIB)', () => {
    // Withdrawn while nobody could hear of it: kept as stale, and packets go where nobody is.
    const stale = run(', graceful: 120s', `${MUTE}, gone: { at: 70s, to: x }`);
    expect(stale.changes('forwards/far')).toEqual([[70_000, 'forwards/far/q', 'no route']]);
    // Right has told mid all at 90.010 s, mid left at 90.020 s.
    expect(stale.times('route/far/q')).toEqual([90_030]);
    expect(stale.changes('route/far/p')).toEqual([]);
  });

  test('a process that stays away is given up when the restart time is over', () => {
    const long = run(', graceful: 120s', MUTE.replace('30s', '10m'));
    expect(long.times('route/left/p')).toEqual([180_000, 660_020]);
    expect(why(long, 'route/left/p', 180_000)).toMatchObject({ rule: 'hold', tipped: 'config/mid/mute' });
    expect(long.changes('forwards/mid')[0]).toEqual([180_000, 'forwards/mid/p', 'no route']);
  });

  test('a dead box black-holes for the hold time alone: a hold timer that ends is no graceful end (RFC 4724 §5)', () => {
    const dead = run(', graceful: 120s', 'dies: { at: 1m, to: mid, for: 10m }');
    expect(dead.changes('forwards/left')).toEqual([
      [60_000, 'forwards/left/p', 'black hole'],
      [150_000, 'forwards/left/p', 'no route'],
      [660_020, 'forwards/left/p', 'delivered'],
    ]);
    expect(dead.times('session/l', false)).toEqual([150_000]);
    expect(why(dead, 'session/l', 150_000)).toEqual({ rule: 'hold', tipped: 'up/mid', because: ['up/mid'] });
    // As without it.
    expect(run('', 'dies: { at: 1m, to: mid, for: 10m }').times('forwards/left/p')).toEqual([60_000, 150_000, 660_020]);
  });

  test('what a box told that has been down meanwhile goes when it is back: its Forwarding State bit says so', () => {
    const faults = `${MUTE.replace('30s', '60s')}, dies: { at: 80s, to: mid, for: 10s }`;
    const soon = run(', graceful: 120s', faults);
    expect(soon.times('route/left/p')).toEqual([120_000, 120_020]);
    expect(soon.changes('forwards/left')).toEqual([
      [80_000, 'forwards/left/p', 'black hole'],
      [90_000, 'forwards/left/p', 'no route'],
      [120_020, 'forwards/left/p', 'delivered'],
    ]);
  });

  test('a box that dies while its process is silent black-holes until the restart time is over', () => {
    const both = run(', graceful: 120s', `${MUTE.replace('30s', '10m')}, dies: { at: 90s, to: mid, for: 10m }`);
    expect(both.changes('forwards/left').slice(0, 2)).toEqual([
      [90_000, 'forwards/left/p', 'black hole'],
      [180_000, 'forwards/left/p', 'no route'],
    ]);
  });

  test('a cut link ends what it kept at once', () => {
    const links = run(', graceful: 120s', `${MUTE}, cut: { at: 70s, to: l, for: 1m }`);
    expect(links.times('route/left/p')).toEqual([70_000, 130_010]);
    const plain = run(', graceful: 120s', 'cut: { at: 70s, to: l, for: 1m }');
    expect(plain.times('route/left/p')).toEqual([70_000, 130_010]);
  });

  test('it hears all its neighbours out before it chooses, so that nobody hears of its second best', () => {
    // Two ways to p, the longer one told first.
    const two = (graceful: string) => `
nodes: { "{left,mid,a,b,right}": { kind: network } }
links:
  l: { from: left, to: mid, bgp: buys${graceful} }
  near: { from: right, to: mid, bgp: buys, delay: 500ms${graceful} }
  a: { from: a, to: mid, bgp: buys, delay: 10ms${graceful} }
  ab: { from: right, to: a, bgp: buys }
prefixes: { p: { from: right } }
faults: { ${MUTE} }`;
    const paths = (graceful: string) =>
      simulate(two(graceful), { asked: [['path', 'left', 'p']] }).changes('path/left');
    expect(paths(', graceful: 120s')).toEqual([]);
    expect(paths('')).toEqual([
      [60_000, 'path/left/p', ''],
      [90_020, 'path/left/p', 'mid a right'],
      [90_510, 'path/left/p', 'mid right'],
    ]);
  });

  test('a site whose process is silent announces nothing, and what is sent to it still arrives', () => {
    const site = (graceful: string) =>
      simulate(
        `
nodes: { site: { kind: pop }, "{t,user,alone}": { kind: network } }
links: { up: { from: site, to: t, bgp: buys${graceful} }, down: { from: user, to: t, bgp: buys } }
prefixes: { p: { from: site, withdrawLag: 5s, announceLag: 5s } }
faults: { quiet: { at: 1m, to: site, effect: mute, for: 30s } }`,
        { asked: [...routes(['user', 'p'], ['alone', 'p']), ['forwards', 'user', 'p'], ['forwards', 'alone', 'p']] },
      );
    expect(site('').times('route/user/p')).toEqual([60_010, 95_020]);
    expect(site('').changes('forwards/alone')).toEqual([
      [65_000, 'forwards/alone/p', 'no route'],
      [95_000, 'forwards/alone/p', 'delivered'],
    ]);
    expect(site(', graceful: 1m').changes('route/user')).toEqual([]);
    expect(site(', graceful: 1m').changes('forwards/user')).toEqual([]);
    expect(why(site(''), 'route/alone/p', 65_000)).toMatchObject({ tipped: 'config/site/mute' });
  });

  test('two neighbours that come back together do not wait for each other', () => {
    const both = run(', graceful: 120s', `${MUTE}, too: { at: 1m, to: left, effect: mute, for: 30s }`);
    expect(both.times('route/mid/p')).toEqual([60_000, 90_010]);
    expect(both.times('route/left/p')).toEqual([60_000, 90_020]);
    // Left waits for nobody, so it chooses at once, and of what it knows.
    expect(both.changes('forwards/left')).toEqual([
      [90_000, 'forwards/left/p', 'no route'],
      [90_020, 'forwards/left/p', 'delivered'],
    ]);
  });
});

describe('what is written about sessions', () => {
  const with_ = (text: string) =>
    problemsOf(`
nodes: { "{a,b}": { kind: network }, s: { kind: service } }
links: { up: { from: a, to: b, bgp: buys }, wire: { from: a, to: b } }
prefixes: { p: { from: a } }
${text}`);

  test.each([
    [
      'changes: { c: { at: 1m, to: s, effect: mute } }',
      's has no session and announces nothing: it has nobody to be silent to',
    ],
    ['changes: { c: { at: 1m, to: up, effect: start } }', 'no limit ever shuts up: there is nothing to start'],
    ['tasks: { t: { after: { session: wire }, takes: 1m } }', 'session/wire is asked for: wire is no session'],
    ['tasks: { t: { after: { limited: up }, takes: 1m } }', 'limited/up is asked for: no end of up has a limit'],
  ])('%s is refused', (text, says) => {
    expect(with_(text).map((one) => one.replace(/ \(.*/, ''))).toContain(says);
  });

  test.each([
    ['{ prefixes: 0 }', 'expected a number of at least 1, found 0'],
    ['{ then: shut }', '"prefixes" is missing'],
    [
      '{ prefixes: 5, then: warn, restart: 1m }',
      'a limit that warns leaves the session up: there is nothing to try again',
    ],
    ['{ prefixes: 5, restart: 0s }', 'a session is not tried again in the moment in which it is shut'],
  ])('the limit %s is refused', (limit, says) => {
    const problems = problemsOf(`
nodes: { "{a,b}": { kind: network } }
links: { up: { from: a, to: b, bgp: buys, ends: { to: { limit: ${limit} } } } }`);
    expect(problems.map((one) => one.replace(/ \(.*/, ''))).toEqual([says]);
  });

  test('graceful is for sessions, and defaults say it of all', () => {
    expect(problemsOf('nodes: { "{a,b}": { kind: network } }\nlinks: { l: { from: a, to: b, graceful: 1m } }')).toEqual(
      ['"graceful" is for sessions (say which sort under `bgp`)'],
    );
  });

  test('a stage of a journey that lasts a session asks what it asks', () => {
    const run = simulate(`
nodes: { a: { kind: network }, r: { kind: service }, u: { kind: population, people: 10, does: buy } }
journeys: { buy: [ { up: r, session: 1h } ] }
faults: { f: { at: 1m, to: r, for: 1s } }`);
    expect(run.changes('stopped').length).toBeGreaterThan(0);
    expect(SECOND).toBe(1000);
  });
});
