/** `dig`: what a resolver answers, from where, and what each server does; in dig's own form. */
import { expect, test } from 'vitest';
import { look } from './looked.ts';

const dig = async (file: string, resolver: string, name: string, at: string): Promise<string> => {
  const { code, out, err } = await look(['dig', `${file}.yaml`, resolver, name, '--at', at]);
  expect([code, err]).toEqual([0, '']);
  for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  return out;
};

test('4 October 2021, before: servers answer', async () => {
  expect(await dig('facebook', '1.1.1.1', 'facebook.com', '15:35Z')).toMatchInlineSnapshot(`
    "; netfall dig @1.1.1.1 facebook.com, at 15:35:00Z
    ;; ->>HEADER<<- opcode: QUERY, status: NOERROR

    ;; QUESTION SECTION:
    ;facebook.com.                  IN  A

    ;; ANSWER SECTION:
    facebook.com.           ≤300    IN  A       (as the zone has it)

    ;; facebook.com: from the cache or asked anew: servers answer, and a record
    ;; lives 5m.
    ;;   com.:
    ;;     gtld  answers
    ;;   facebook.com., delegated by com.:
    ;;     ns.a (39 servers, ns-a)   not asked: queries land at another site
    ;;     ns.a@pop.1.2 (ns-a)       answers
    ;;     ns.b (39 servers, ns-b)   not asked: queries land at another site
    ;;     ns.b@pop.1.2 (ns-b)       answers
    ;;     ns.c (39 servers, ns-c)   not asked: queries land at another site
    ;;     ns.c@pop.1.2 (ns-c)       answers
    ;;     ns.d (39 servers, ns-cd)  not asked: queries land at another site
    ;;     ns.d@pop.1.2 (ns-cd)      answers
    "
  `);
});

test('4 October 2021, during: the cache hides the loss, for as long as is drawn', async () => {
  expect(await dig('facebook', '@1.1.1.1', 'facebook.com.', '15:44Z')).toMatchInlineSnapshot(`
    "; netfall dig @1.1.1.1 facebook.com, at 15:44:00Z
    ;; ->>HEADER<<- opcode: QUERY, status: NOERROR

    ;; QUESTION SECTION:
    ;facebook.com.                  IN  A

    ;; ANSWER SECTION:
    facebook.com.           224     IN  A       (as the zone has it)

    ;; facebook.com: from the cache alone, 3m44s left of 5m: asked anew there would
    ;; be no answer.
    ;;   com.:
    ;;     gtld  answers
    ;;   facebook.com., delegated by com.:
    ;;     ns.a (40 servers, ns-a)   silent: queries fall into a black hole
    ;;     ns.b (40 servers, ns-b)   silent: queries fall into a black hole
    ;;     ns.c (40 servers, ns-c)   no route
    ;;     ns.d (40 servers, ns-cd)  no route
    "
  `);
});

test('4 October 2021: no servers any more, and how it came to that', async () => {
  expect(await dig('facebook', '1.1.1.1', 'facebook.com', '16:00Z')).toMatchInlineSnapshot(`
    "; netfall dig @1.1.1.1 facebook.com, at 16:00:00Z
    ;; ->>HEADER<<- opcode: QUERY, status: SERVFAIL

    ;; QUESTION SECTION:
    ;facebook.com.                  IN  A

    ;; facebook.com: no server gives an answer.
    ;;   com.:
    ;;     gtld  answers
    ;;   facebook.com., delegated by com.:
    ;;     ns.a (40 servers, ns-a)   silent: queries fall into a black hole
    ;;     ns.b (40 servers, ns-b)   silent: queries fall into a black hole
    ;;     ns.c (40 servers, ns-c)   no route
    ;;     ns.d (40 servers, ns-cd)  no route

    ;; HOW IT CAME TO THAT:

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
      15:43:24.308  pop.3.11 withdraws ns-cd
      15:43:24.308  what cloudflare sends to ns-cd no longer lands at pop.3.11
      also          what cloudflare sends to ns-c no longer lands at pop.3.11, and
                    10 more
      15:47:54.169  1.1.1.1 can no longer resolve facebook.com (SERVFAIL), when that
                    had lasted 4m30s
    "
  `);
});

test('4 October 2021, as routes return: servers are there and too late', async () => {
  const out = await dig('facebook', '1.1.1.1', 'facebook.com', '21:05Z');
  expect(out).toContain('status: SERVFAIL');
  expect(out).toMatch(/too late: it is asked more than it can answer/);
});

test('another name, and the name it stands for', async () => {
  expect(await dig('elsewhere', 'resolver', 'books.example', '5m')).toMatchInlineSnapshot(`
    "; netfall dig @resolver books.example, at 09:05:00Z
    ;; ->>HEADER<<- opcode: QUERY, status: NOERROR

    ;; QUESTION SECTION:
    ;books.example.                 IN  A

    ;; ANSWER SECTION:
    books.example.          ≤3600   IN  CNAME   host.example.
    host.example.           ≤300    IN  A       (as the zone has it)

    ;; books.example: from the cache or asked anew: servers answer, and a record
    ;; lives 1h.
    ;;   example.:
    ;;     ns.top  answers
    ;;   books.example., delegated by example.:
    ;;     ns.own  answers

    ;; host.example: from the cache or asked anew: servers answer, and a record
    ;; lives 5m.
    ;;   example.:
    ;;     ns.top  answers
    ;;   host.example., delegated by example.:
    ;;     ns.host  answers
    "
  `);
});

test('an alias whose end is lost gives nothing', async () => {
  expect(await dig('elsewhere', 'resolver', 'books.example', '30m')).toMatchInlineSnapshot(`
    "; netfall dig @resolver books.example, at 09:30:00Z
    ;; ->>HEADER<<- opcode: QUERY, status: SERVFAIL

    ;; QUESTION SECTION:
    ;books.example.                 IN  A

    ;; books.example: from the cache or asked anew: servers answer, and a record
    ;; lives 1h.
    ;;   example.:
    ;;     ns.top  answers
    ;;   books.example., delegated by example.:
    ;;     ns.own  answers

    ;; host.example: no server gives an answer.
    ;;   example.:
    ;;     ns.top  answers
    ;;   host.example., delegated by example.:
    ;;     ns.host  silent: its process is down

    ;; HOW IT CAME TO THAT:

      09:10:00      ns.host breaks
      09:10:00      ns.host goes down
      09:13:39.196  resolver can no longer resolve host.example (SERVFAIL), when
                    that had lasted 3m39s
      09:13:39.196  resolver can no longer resolve books.example (SERVFAIL)
    "
  `);
});

test('servers whose own names are lost', async () => {
  expect(await dig('elsewhere', 'resolver', 'toys.example', '76m')).toMatch(
    /their names are in host\.example\., which ends in SERVFAIL here: none of\n;; {5}them is asked\n/,
  );
});

test('processes that are down on hosts that are reached refuse; of a known fill the time left is known', async () => {
  expect(await dig('names', 'public', 'shop.example', '11m')).toMatchInlineSnapshot(`
    "; netfall dig @public shop.example, at 09:11:00Z
    ;; ->>HEADER<<- opcode: QUERY, status: NOERROR

    ;; QUESTION SECTION:
    ;shop.example.                  IN  A

    ;; ANSWER SECTION:
    shop.example.           36      IN  A       (as the zone has it)

    ;; shop.example: from the cache alone, 36s left of 5m: asked anew there would be
    ;; no answer.
    ;;   example.:
    ;;     ns.1 (block)  refuses: its process is down, and its host says so
    ;;     ns.2 (block)  not asked: queries land at another site
    ;;   shop.example., delegated by example.:
    ;;     ns.1 (block)  refuses: its process is down, and its host says so
    ;;     ns.2 (block)  not asked: queries land at another site
    "
  `);
  expect(await dig('names', 'public', 'shop.example', '31m')).toMatch(
    /from the cache, \d+m\d+s left of 5m: servers answer/,
  );
});

test('a failure is kept for a while', async () => {
  expect(await dig('names', 'public', 'www.example', '30m1s')).toMatch(
    /the failure is kept for \d+s more \(RFC 9520\)/,
  );
});

test('a dead answer is better than none', async () => {
  expect(await dig('names', 'keeper', 'shop.example', '20m')).toMatchInlineSnapshot(`
    "; netfall dig @keeper shop.example, at 09:20:00Z
    ;; ->>HEADER<<- opcode: QUERY, status: NOERROR

    ;; QUESTION SECTION:
    ;shop.example.                  IN  A

    ;; ANSWER SECTION:
    shop.example.           30      IN  A       (as the zone has it)

    ;; shop.example: a dead answer from the cache (RFC 8767), given for 50m7s more:
    ;; no server answers.
    ;;   example.:
    ;;     ns.1 (block)  refuses: its process is down, and its host says so
    ;;     ns.2 (block)  not asked: queries land at another site
    ;;   shop.example., delegated by example.:
    ;;     ns.1 (block)  refuses: its process is down, and its host says so
    ;;     ns.2 (block)  not asked: queries land at another site
    "
  `);
});

test('no such name', async () => {
  expect(await dig('names', 'public', 'shop.example', '58m')).toMatchInlineSnapshot(`
    "; netfall dig @public shop.example, at 09:58:00Z
    ;; ->>HEADER<<- opcode: QUERY, status: NOERROR

    ;; QUESTION SECTION:
    ;shop.example.                  IN  A

    ;; ANSWER SECTION:
    shop.example.           ≤300    IN  A       (as the zone has it)

    ;; shop.example: from the cache or asked anew: servers answer, and a record
    ;; lives 5m.
    ;;   example.:
    ;;     ns.1 (block)  answers
    ;;     ns.2 (block)  not asked: queries land at another site
    ;;   shop.example., delegated by example.; removed:
    ;;     ns.1 (block)  answers
    ;;     ns.2 (block)  not asked: queries land at another site
    "
  `);
});

test('no path over links; and no answer from a resolver that is down', async () => {
  expect(await dig('names', 'home', 'inside.example', '47m')).toContain('ns.inside  no path over links');
  expect(await dig('names', 'home', 'inside.example', '55m')).toMatchInlineSnapshot(`
    "; netfall dig @home inside.example, at 09:55:00Z
    ;; connection timed out; no servers could be reached
    ;; home gives no answer: it is down

    ;; QUESTION SECTION:
    ;inside.example.                IN  A

    ;; inside.example: nothing is kept by a resolver that is down.
    ;;   inside.example.:
    ;;     ns.inside  no path over links

    ;; HOW IT CAME TO THAT:

      09:50:00  home breaks
      09:50:00  home goes down
    "
  `);
});

test('a resolver that waits for silent servers says when it gives up', async () => {
  const found = [];
  for (let at = 2400; at < 2800; at += 5) {
    const out = (await dig('names', 'slow', 'inside.example', `${at}s`)).replaceAll('\n;; ', ' ');
    if (out.includes('it gives up on them in')) found.push(out);
  }
  expect(found.length).toBeGreaterThan(0);
  // What is dead is no answer, for whoever asks now waits.
  expect(found[0]).toMatch(/no answer yet slow asks servers that keep silent\n/);
  expect(found[0]).not.toMatch(/NOERROR|ANSWER SECTION/);
  expect(found[0]).toMatch(/the kept answer is dead; its servers keep silent, and it gives up on them in 1?\ds/);
});

test('a resolver that was made to forget has no answer, dead or not, and gives none while it asks', async () => {
  const forgotten =
    /no answer yet\n[\s\S]*: no answer is kept; its servers keep silent, and it(\n;;)? gives(\n;;)? up(\n;;)? on(\n;;)? them in 8s/;
  expect(await dig('forgets', 'plain', 'shop.example', '16m2s')).toMatch(forgotten);
  expect(await dig('forgets', 'plain', 'gone.example', '15m')).toMatch(/status: NXDOMAIN/);
  expect(await dig('forgets', 'plain', 'gone.example', '16m2s')).toMatch(forgotten);
  expect(await dig('forgets', 'keeper', 'shop.example', '1799s')).toMatch(/a dead answer from the cache/);
  expect(await dig('forgets', 'keeper', 'shop.example', '30m2s')).toMatch(forgotten);
});

test('a resolver that waits for silent servers, and may give what is dead, says that it will', async () => {
  const found = new Set<string>();
  for (let at = 600; at < 960; at++) {
    const asks = ['dig', 'names.yaml', 'keeper', 'shop.example', '--at', `${at}s`, '--set', 'nodes.keeper.timeout=10s'];
    const { out } = await look(asks);
    for (const [says] of out.replaceAll('\n;; ', ' ').matchAll(/its servers keep silent, and .*? in \d/g))
      found.add(says.slice(0, -1));
  }
  expect([...found]).toEqual(['its servers keep silent, and it gives that all the same (RFC 8767) in ']);
});

test('an answer that fails the test of the chain of trust is none', async () => {
  expect(await dig('rollback', 'strict.2', 'shop.example', '10:30Z')).toMatchInlineSnapshot(`
    "; netfall dig @strict.2 shop.example, at 10:30:00Z
    ;; ->>HEADER<<- opcode: QUERY, status: SERVFAIL

    ;; QUESTION SECTION:
    ;shop.example.                  IN  A

    ;; shop.example: what its servers say fails the test of the chain of trust
    ;; (bogus).
    ;;   example.:
    ;;     registry  answers
    ;;   shop.example., delegated by example.; DS record present; BOGUS:
    ;;     names  answers

    ;; HOW IT CAME TO THAT:

      10:00:00      shop.example has its signing switched off
      10:00:11.293  strict.2 can no longer resolve shop.example (SERVFAIL), when it
                    ran out, 11s later
    "
  `);
  expect(await dig('rollback', 'lenient', 'shop.example', '10:30Z')).toContain('status: NOERROR');
});

test('a server in two blocks is asked in either; how late an answer comes; clients who wait no longer', async () => {
  expect(await dig('checked', 'hurried', 'example', '15m')).toMatchInlineSnapshot(`
    "; netfall dig @hurried example, at 09:15:00Z
    ;; ->>HEADER<<- opcode: QUERY, status: NOERROR

    ;; QUESTION SECTION:
    ;example.                       IN  A

    ;; ANSWER SECTION:
    example.                ≤300    IN  A       (as the zone has it)

    ;; example: from the cache or asked anew: servers answer, and a record lives 5m.
    ;;   example.:
    ;;     ns (one)  no route
    ;;     ns (two)  answers
    "
  `);
  const found = [];
  for (let at = 1800; at < 2200; at += 5)
    found.push((await dig('checked', 'hurried', 'example', `${at}s`)).replaceAll('\n;; ', ' '));
  const late = found.find((out) => out.includes('for longer than people wait'));
  expect(late).toMatch(/no servers could be reached[\s\S]*no answer is kept; its servers keep silent/);
});

test('names are the same in letters of either case (RFC 4343)', async () => {
  expect(await dig('names', 'public', 'Shop.EXAMPLE.', '5m')).toContain('; netfall dig @public shop.example,');
});

test('names that are none, with what may be meant', async () => {
  for (const [resolver, name, says] of [
    ['pubic', 'example', 'there is no resolver "pubic" in this scenario; did you mean "public"?'],
    ['ns.1', 'example', 'ns.1 is no resolver; there is home, keeper, public, slow'],
    ['public', 'shp.example', 'there is no name "shp.example" in this scenario; did you mean "shop.example"?'],
  ] as const) {
    const { code, out, err } = await look(['dig', 'names.yaml', resolver, name]);
    expect([code, out, err]).toEqual([2, '', `${says}\n`]);
  }
});

test('json: the answer, what is left of it, and every server', async () => {
  const { out } = await look(['dig', 'names.yaml', 'public', 'www.example', '--at', '11m', '--format', 'json']);
  const told = JSON.parse(out);
  expect(told).toMatchObject({
    ask: 'dig',
    resolver: 'public',
    up: true,
    answer: 'servfail',
    status: 'SERVFAIL',
    own: 'servfail',
    ttl: 60_000,
  });
  expect(told.cname).toMatchObject({ name: 'shop.example', answer: 'ok', fresh: false, ttl: 300_000 });
  expect(told.chain.at(-1).servers).toEqual([
    { server: 'ns.1', group: 'ns.*', prefix: 'block', tried: 'refuses', alone: null, rtt: null, turn: null },
    { server: 'ns.2', group: 'ns.*', prefix: 'block', tried: 'another site', alone: null, rtt: null, turn: null },
  ]);
  expect(told.how.fact).toBe('resolves/public/www.example');
});

test('whom a resolver has learnt to leave alone, until when, and what that costs', async () => {
  const waits = await dig('learns', 'asks', 'shop.example', '11m');
  expect(waits).toMatch(/Query time: 400 msec/);
  expect(waits).not.toMatch(/left alone/);
  const learnt = await dig('learns', 'asks', 'shop.example', '15m');
  expect(learnt).toMatch(/Query time: 25 msec/);
  // Those that are asked stand first.
  expect(learnt).toMatch(
    /ns\.2 {2}answers\n;; {5}ns\.1 {2}silent: its process is down; left alone for 29m1s, as it kept\n/,
  );
});

test('whom a resolver asks first that knows how far its servers are, and how long that takes', async () => {
  const before = await dig('learns', 'near', 'shop.example', '9m');
  expect(before).toMatch(/Query time: 12 msec/);
  expect(before).toMatch(/ns\.1 {2}answers in 12ms; asked first, as the quickest\n/);
  expect(before).toMatch(/ns\.2 {2}answers in 180ms; not asked while a quicker one answers\n/);
  const after = await dig('learns', 'near', 'shop.example', '11m');
  expect(after).toMatch(/Query time: 980 msec/);
  expect(after.replaceAll(/\n;; +/g, ' ')).toMatch(
    /ns\.1 {2}silent: its process is down; asked first, as the quickest \(12ms when it answers\) ns\.2 {2}answers in 180ms; asked when all quicker ones have given no answer\n/,
  );
});

test('a resolver that has given up all servers asks none of them', async () => {
  const asking = await dig('learns', 'rests', 'shop.example', '31m');
  expect(asking).toMatch(/status: SERVFAIL/);
  expect(asking).toMatch(/all of them kept silent, and are left alone for \d+m\d+s more/);
  // Each of them for as long as all.
  const [, all] = /are left alone for (\S+) more/.exec(asking) as RegExpExecArray;
  const each = [...asking.matchAll(/; left alone for\s(?:;; +)?([^\s,]+),/g)].map(([, rests]) => rests);
  expect(new Set(each)).toEqual(new Set([all]));
  expect(asking).not.toMatch(/Query time/);
  const again = await dig('learns', 'asks', 'shop.example', '32m');
  expect(again).toMatch(/asks servers that keep silent|the failure is kept for/);
  const back = await dig('learns', 'rests', 'shop.example', '50m1s');
  expect(back).toMatch(/status: SERVFAIL/);
  expect(back).toMatch(/servers answer, and are not asked: all of them kept silent, and\n;; are left alone for/);
});

test('many caches: the share of them that do not resolve it by now', async () => {
  expect(await dig('shares', 'public', 'shop.example', '09:30Z')).toContain(
    ';; shop.example: all of its many caches resolve it: asked anew, servers answer,\n;; and a record lives 1h.',
  );
  expect(await dig('shares', 'public', 'shop.example', '10:10Z')).toMatchInlineSnapshot(`
    "; netfall dig @public shop.example, at 10:10:00Z
    ;; ->>HEADER<<- opcode: QUERY, status: NOERROR

    ;; QUESTION SECTION:
    ;shop.example.                  IN  A

    ;; ANSWER SECTION:
    shop.example.           ≤3600   IN  A       (as the zone has it)

    ;; shop.example: 16.7% of its many caches do not resolve it: asked anew there
    ;; would be no answer.
    ;;   shop.example.:
    ;;     nameserver  silent: its process is down
    "
  `);
});
