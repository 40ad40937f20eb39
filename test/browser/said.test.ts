/** What is said to those who do not see the page; and the page within another, whose theme it takes. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { withBrowser, withServer } from '../support/browser.ts';
import { chain, textOf } from '../support/sample-trace.ts';
import { siteWith } from '../viz/site.ts';

const open = withBrowser();
const address = withServer(
  siteWith({
    'trace.jsonl': textOf(chain()),
    'host.html':
      '<!doctype html><title>A page around it</title><iframe src="./?embed" width="900" height="640" title="A replay"></iframe>',
  }),
);

/** Everything that was said since it was asked last, in order. */
const said = (page: Page): Promise<string[]> =>
  page.evaluate(() => (window as unknown as { heard: string[] }).heard.splice(0));
const heard = async (page: Page, count: number): Promise<string[]> => {
  const all: string[] = [];
  await expect.poll(async () => all.push(...(await said(page)))).toBe(count);
  return all;
};

test('steps and pauses are said, many at once as one, and nothing while it plays', async () => {
  const { page, faults } = await open(address(), { reducedMotion: 'reduce' });
  await page.waitForFunction(() => window.netfall?.ready === true);
  const region = page.locator('#said');
  // Of all elements only this one is live, and politely.
  expect(await region.evaluate((element) => element.localName)).toBe('output');
  expect(await page.locator('[aria-live=assertive], [role=alert]').count()).toBe(0);
  await page.evaluate(() => {
    const list: string[] = [];
    Object.assign(window, { heard: list });
    const element = document.getElementById('said')!;
    new MutationObserver(() => element.textContent && list.push(element.textContent)).observe(element, {
      childList: true,
      characterData: true,
      subtree: true,
    });
  });

  await page.keyboard.press('ArrowRight');
  expect((await heard(page, 1))[0]).toMatch(/^0\.\d{3} s\. bb breaks\. .*6 parts are well\.$/);
  for (let step = 0; step < 5; step++) await page.keyboard.press('ArrowRight');
  // Pointing at something meanwhile swallows nothing.
  await page.locator('#picture [data-card=web]').hover();
  expect((await heard(page, 1))[0]).toMatch(/^0\.\d{3} s\. .*, because .*1 of 6 parts are well\.$/);

  await page.locator('#speed').selectOption({ label: '1 s = 200 ms' });
  await page.locator('#play').focus();
  await page.keyboard.press('Space');
  const { step } = await page.evaluate(() => window.netfall!.state().moment);
  await page.waitForFunction((first) => window.netfall!.state().moment.step > first + 3, step);
  expect(await said(page)).toEqual([]);
  await page.keyboard.press('Space');
  const [paused] = await heard(page, 1);
  // The same once more, for who did not catch it.
  await page.keyboard.press('y');
  expect(await heard(page, 1)).toEqual([paused]);
  await page.keyboard.press('End');
  expect((await heard(page, 1))[0]).toMatch(/^1\.200 s\. /);
  expect(faults).toEqual([]);
});

test('within another page it takes the theme which that page asks for, and nobody else', async () => {
  const { page, faults } = await open(`${address()}host.html`, { reducedMotion: 'reduce', colorScheme: 'light' });
  const frame = page.frame({ url: /embed/ })!;
  await frame.waitForFunction(() => window.netfall?.ready === true);
  expect(await frame.locator('.bar').isVisible()).toBe(false);
  const paper = () => frame.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await paper();
  const ask = (theme: string) =>
    page.evaluate((one) => window.frames[0]!.postMessage({ netfall: { theme: one } }, '*'), theme);
  await ask('dark');
  await expect.poll(paper).not.toBe(light);
  const dark = await paper();
  for (const other of ['" onload="', 'black']) await ask(other);
  // It may not ask itself, and messages come in order: were the last one heeded, the one before it would be too.
  await frame.evaluate(() => window.postMessage({ netfall: { theme: 'light' } }, '*'));
  await frame.evaluate(() => new Promise((done) => setTimeout(done)));
  expect(await paper()).toBe(dark);
  await ask('light');
  await expect.poll(paper).toBe(light);
  expect(await frame.locator('#embed-full').isVisible()).toBe(true);
  expect(faults).toEqual([]);
});
