/** What is looked up in the replay: the panel of a network, a resolver and a nameserver, at the moment that is shown. */

import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { withBrowser, withServer } from '../support/browser.ts';
import { realTrace } from '../support/real-trace.ts';
import { siteWith } from '../viz/site.ts';

const scenario = (path: string): string =>
  readFileSync(new URL(`../../scenarios/${path}.yaml`, import.meta.url), 'utf8');

const block = realTrace(scenario('patterns/part-of-a-block'));
const [first = '', ...rest] = block.split('\n');
const { written: _, ...start } = JSON.parse(first);
const open = withBrowser();
const address = withServer(
  siteWith({
    'trace.jsonl': block,
    'unwritten.jsonl': [JSON.stringify(start), ...rest].join('\n'),
    'facebook.jsonl': realTrace(scenario('outages/facebook-2021')),
  }),
);

/** The panel of a thing at a moment, once it was looked up. */
async function panel(page: Page, at: number) {
  await page.evaluate((time) => window.netfall!.seek(time), at);
  await page.waitForFunction(() => document.querySelector('.looks:not(.waits) .as-of') !== null, undefined, {
    timeout: 20_000,
  });
  const texts = (selector: string) => page.locator(`.looks ${selector}`).allInnerTexts();
  return { names: await texts('.sheet-name'), words: await texts('.sheet-word'), asOf: (await texts('.as-of'))[0] };
}
async function show(query: string) {
  const opened = await open(`${address()}${query}`, { reducedMotion: 'reduce' });
  await opened.page.waitForFunction(() => window.netfall?.ready === true);
  return opened;
}

test('a resolver: its names, before and after the loss, and how it came to that', async () => {
  const { page, faults } = await show('#on=resolver&tab=node');
  expect(await panel(page, 60_000)).toEqual({
    names: ['company.example at resolver'],
    words: ['NOERROR'],
    asOf: 'at 09:01:00',
  });
  expect((await panel(page, 15 * 60_000)).words).toEqual(['SERVFAIL']);
  // The name of the thing comes first, also where the page was opened at it.
  expect(await page.locator('.node-body > *').first().getAttribute('class')).toBe('node-head');
  await page.locator('.sheet-head').click();
  expect(await page.locator('.sheet').innerText()).toMatch(/silent: queries fall into a black hole/);
  expect(await page.locator('.sheet-how').innerText()).toMatch(/09:10:00 {2}site\.here withdraws names/);
  expect(faults).toEqual([]);
  const { violations } = await new AxeBuilder({ page }).include('#panel-node').analyze();
  expect(violations).toEqual([]);
});

test('a network: best and alternative routes, and the last one lost', async () => {
  const { page } = await show('#on=eyeballs&tab=node');
  const before = await panel(page, 60_000);
  expect(before.names).toContain('192.0.2.0/24 (names)');
  expect(before.words[0]).toBe('1 route');
  expect((await panel(page, 15 * 60_000)).words[0]).toBe('no route');
});

test('a nameserver: who asks it, and what becomes of that', async () => {
  const { page } = await show('#on=ns&tab=node');
  expect((await panel(page, 60_000)).names).toEqual(['company.example at resolver']);
});

test('4 October 2021: the answer is there soon, and the page stays alive meanwhile', async () => {
  const { page, faults } = await show('?trace=facebook.jsonl#on=1.1.1.1&tab=node');
  expect((await panel(page, 5 * 60_000)).words.every((word) => word === 'NOERROR')).toBe(true);
  const longest = page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let [worst, last] = [0, performance.now()];
        const began = last;
        const tick = (now: number) => {
          worst = Math.max(worst, now - last);
          last = now;
          if (now - began > 1500) resolve(worst);
          else requestAnimationFrame(tick);
        };
        requestAnimationFrame(tick);
      }),
  );
  const { names, words } = await panel(page, 30 * 60_000);
  expect(words[names.indexOf('facebook.com at 1.1.1.1')]).toBe('SERVFAIL');
  expect(words[names.indexOf('instagram.com at 1.1.1.1')]).toBe('NOERROR');
  // A run takes longer than this; it is not the page that runs it.
  expect(await longest).toBeLessThan(400);
  expect(faults).toEqual([]);
});

test('a trace without its scenario says so; a thing with nothing to look up shows nothing', async () => {
  const { page } = await show('?trace=unwritten.jsonl#on=resolver&tab=node');
  expect((await panel(page, 0)).asOf).toMatch(/does not hold all that its scenario was made of/);
  const other = await show('#on=zone:company.example&tab=node');
  await other.page.waitForTimeout(300);
  expect(await other.page.locator('.looks').isHidden()).toBe(true);
});
