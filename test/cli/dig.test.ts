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
  expect(await dig('facebook', '1.1.1.1', 'facebook.com', '15:35Z')).toMatchInlineSnapshot();
});

test('4 October 2021, during: the cache hides the loss, for as long as is drawn', async () => {
  expect(await dig('facebook', '@1.1.1.1', 'facebook.com.', '15:44Z')).toMatchInlineSnapshot();
});

test('4 October 2021: no servers any more, and how it came to that', async () => {
  expect(await dig('facebook', '1.1.1.1', 'facebook.com', '16:00Z')).toMatchInlineSnapshot();
});

test('4 October 2021, as routes return: servers are there and too late', async () => {
  const out = await dig('facebook', '1.1.1.1', 'facebook.com', '21:05Z');
  expect(out).toContain('status: SERVFAIL');
  expect(out).toMatch(/too late: it is asked more than it can answer/);
});

test('another name, and the name it stands for', async () => {
  expect(await dig('elsewhere', 'resolver', 'books.example', '5m')).toMatchInlineSnapshot();
});

test('an alias whose end is lost gives nothing', async () => {
  expect(await dig('elsewhere', 'resolver', 'books.example', '30m')).toMatchInlineSnapshot();
});

test('servers whose own names are lost', async () => {
  expect(await dig('elsewhere', 'resolver', 'toys.example', '76m')).toMatch(
    /their names are in host\.example\., which ends in SERVFAIL here/,
  );
});

test('processes that are down on hosts that are reached refuse; of a known fill the time left is known', async () => {
  expect(await dig('names', 'public', 'shop.example', '11m')).toMatchInlineSnapshot();
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
  expect(await dig('names', 'keeper', 'shop.example', '20m')).toMatchInlineSnapshot();
});

test('no such name', async () => {
  expect(await dig('names', 'public', 'shop.example', '58m')).toMatchInlineSnapshot();
});

test('no path over links; and no answer from a resolver that is down', async () => {
  expect(await dig('names', 'home', 'inside.example', '47m')).toContain('ns.inside  no path over links');
  expect(await dig('names', 'home', 'inside.example', '55m')).toMatchInlineSnapshot();
});

test('a resolver that waits for silent servers says when it gives up', async () => {
  const found = [];
  for (let at = 2400; at < 2800; at += 5) {
    const out = await dig('names', 'slow', 'inside.example', `${at}s`);
    if (out.includes('it gives up on them in')) found.push(out);
  }
  expect(found.length).toBeGreaterThan(0);
  expect(found[0]).toMatch(/the kept answer is dead; its servers keep silent/);
});

test('names that are none, with what may be meant', async () => {
  for (const [resolver, name, says] of [
    ['pubic', 'example', 'there is no resolver "pubic" in this scenario; did you mean "public"?'],
    ['ns.1', 'example', 'ns.1 is no resolver'],
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
    own: 'servfail',
    ttl: 60_000,
  });
  expect(told.cname).toMatchObject({ name: 'shop.example', answer: 'ok', fresh: false, ttl: 300_000 });
  expect(told.chain.at(-1).servers).toEqual([
    { server: 'ns.1', group: 'ns.*', prefix: 'block', tried: 'refuses' },
    { server: 'ns.2', group: 'ns.*', prefix: 'block', tried: 'another site' },
  ]);
  expect(told.how.fact).toBe('resolves/public/www.example');
});
