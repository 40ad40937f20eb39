/** A run that is made anew tells how far it is, and is given up when asked. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { withBrowser, withServer } from '../support/browser.ts';

const open = withBrowser();
/** As it is built: with a run that takes more than a moment. */
const address = withServer();

/** Keeps all that a place on the page ever says, each time it says something else. */
const keep = (page: Page, selector: string, attribute: string | null) =>
  page.evaluate(
    ([one, name]) => {
      const values: string[] = [];
      Object.assign(window, { values });
      new MutationObserver(() => {
        const element = document.querySelector(one);
        const value = name === null ? element?.textContent : element?.getAttribute(name);
        if (value && value !== values.at(-1)) values.push(value);
      }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    },
    [selector, attribute] as const,
  );
const kept = (page: Page) => page.evaluate(() => (window as unknown as { values: string[] }).values);
const rises = (values: readonly number[]) => {
  expect(values.length).toBeGreaterThan(1);
  expect(values).toEqual(values.toSorted((a, b) => a - b));
  expect(values.at(-1)).toBeLessThanOrEqual(100);
};

test('in the tab what if, and it can be cancelled', { timeout: 60_000 }, async () => {
  const { page, faults } = await open(`${address()}#t=0&tab=what-if`, { reducedMotion: 'reduce' });
  await page.waitForFunction(() => window.netfall?.ready === true);
  await keep(page, '#branches li:nth-child(2) .branch-name', null);
  await page.locator('label.variant').nth(2).click();
  await page.locator('.draft-run:enabled').click();
  await page.locator('.run .show:visible').waitFor();
  const said = await kept(page);
  rises(said.flatMap((text) => (/^(\d+) % /.exec(text) ?? []).slice(1).map(Number)));
  expect(said.at(-1)).not.toMatch(/%|…/);
  expect(await page.locator('.draft-progress').isVisible()).toBe(false);

  await page.locator('label.variant').nth(3).click();
  await page.locator('.draft-run:enabled').waitFor();
  // In one go: it may be over before a test has looked.
  const percent = await page.evaluate(
    () =>
      new Promise<number>((done) => {
        const bar = document.querySelector('.draft-progress')!;
        new MutationObserver((_, observer) => {
          if (!bar.hasAttribute('value')) return;
          observer.disconnect();
          done(Number(bar.getAttribute('value')));
          document.querySelector<HTMLElement>('.draft-stop')!.click();
        }).observe(bar, { attributes: true });
        document.querySelector<HTMLElement>('.draft-run')!.click();
      }),
  );
  expect(percent).toBeLessThan(100);
  await expect
    .poll(() => page.evaluate(() => window.netfall!.runs!.list().map(({ state }) => state)))
    .toEqual(['here', 'here']);
  // What was given up can be run after all.
  await page.locator('.draft-go:enabled').click();
  await page.locator('#branch').waitFor({ state: 'visible' });
  expect(faults).toEqual([]);
});

test('and before the page shows anything, where a link asks for it', async () => {
  const { page } = await open(`${address()}#t=0`, { reducedMotion: 'reduce' });
  await page.waitForFunction(() => window.netfall?.ready === true);
  const link = await page.evaluate(() => {
    const [name] = window.netfall!.runs!.base().run!.scene.variants!;
    return `#t=600000&variant=${name!.name}&v=1`;
  });
  await page.goto(`${address()}?link${link}`, { waitUntil: 'commit' });
  await page.waitForSelector('#loading-bar', { state: 'attached' });
  await keep(page, '#loading-bar', 'aria-valuenow');
  await page.locator('#loading-base').waitFor();
  await page.waitForFunction(() => window.netfall?.ready === true);
  rises((await kept(page)).map(Number));
  expect(await page.locator('#branch').isVisible()).toBe(true);
});
