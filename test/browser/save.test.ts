/** Saving what is shown: by keyboard alone, with names that mean harm, and given up half way. */

import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { describe, expect, test } from 'vitest';
import { withBrowser, withServer } from '../support/browser.ts';
import { chain, textOf } from '../support/sample-trace.ts';
import { outage } from '../viz/sample-outage.ts';
import { siteWith } from '../viz/site.ts';

const evil = `</svg><script>document.title=404</script><img src=x onerror="document.title=404">`;
const open = withBrowser();
const address = withServer(
  siteWith({
    'trace.jsonl': textOf(outage()),
    'evil.jsonl': textOf(chain())
      .replaceAll('"web"', JSON.stringify(evil))
      .replaceAll('up/web', JSON.stringify(`up/${evil}`).slice(1, -1))
      .replace('A chain, and', JSON.stringify(`=1+1 ${evil}`).slice(1, -1)),
  }),
);

async function show(query = '', options: Parameters<typeof open>[1] = {}) {
  const opened = await open(`${address()}${query}`, { reducedMotion: 'reduce', ...options });
  await opened.page.waitForFunction(() => window.netfall?.ready === true);
  return opened;
}

describe('the dialog', () => {
  test('is used by keyboard alone, and gives the focus back', async () => {
    const { page, faults } = await show();
    await page.locator('#play').focus();
    await page.keyboard.press('e');
    await page.locator('[data-offer=clip] button').first().waitFor();
    for (let i = 0; i < 20; i++) {
      await page.keyboard.press('Tab');
      if (await page.evaluate(() => document.activeElement?.matches('[data-save="picture:svg"]'))) break;
    }
    const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
    expect(download.suggestedFilename()).toMatch(/_picture\.svg$/);
    await expect.poll(() => page.locator('#save-told').innerText()).toMatch(/^Saved .*_picture\.svg \(\d+ kB\)\.$/);
    const { violations } = await new AxeBuilder({ page }).include('#save').analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`)).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('play');
    expect(faults).toEqual([]);
  });

  test('has room at 320 pixels', async () => {
    const { page } = await show('', { viewport: { width: 320, height: 640 } });
    await page.keyboard.press('e');
    await page.locator('[data-offer=clip] button').first().waitFor();
    const wide = await page
      .locator('#save')
      .evaluate((dialog) =>
        [...dialog.querySelectorAll('*')]
          .filter(
            (one) =>
              one.getBoundingClientRect().right > innerWidth ||
              (one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX === 'auto'),
          )
          .map(({ className }) => className),
      );
    expect(wide).toEqual([]);
    const small = await page
      .locator('#save :is(button, select):visible')
      .evaluateAll((all) => all.filter((one) => one.getBoundingClientRect().height < 24).length);
    expect(small).toBe(0);
  });

  test('a clip is given up when asked', async () => {
    const { page, faults } = await show();
    await page.keyboard.press('e');
    await page.locator('[data-offer=clip] button').first().waitFor();
    await page.selectOption('#save-lasts', '90');
    let downloads = 0;
    page.on('download', () => {
      downloads += 1;
    });
    await page.locator('[data-offer=clip] button').first().click();
    await page.waitForFunction(() => Number(document.querySelector('#save-bar')?.getAttribute('value')) > 0);
    await page.locator('#save-stop').click();
    await expect.poll(() => page.locator('#save-told').innerText()).toBe('Given up: nothing was saved.');
    expect(await page.locator('.save-progress').isVisible()).toBe(false);
    expect([downloads, await page.locator('.easel').count()]).toEqual([0, 0]);
    expect(faults).toEqual([]);
  });
});

test('whatever things are called, files hold it as text', async () => {
  const { page, faults } = await show('?trace=evil.jsonl');
  await page.keyboard.press('e');
  const save = async (form: string) => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.click(`[data-save="${form}"]`)]);
    return readFileSync(await download.path(), 'utf8');
  };
  const svg = await save('picture:svg');
  const found = await page.evaluate((text) => {
    const document = new DOMParser().parseFromString(text.replace(/<style>[^<]*<\/style>/, ''), 'image/svg+xml');
    return {
      bad: document.querySelectorAll('parsererror, script, img').length,
      titles: [...document.querySelectorAll('title')].map(({ textContent }) => textContent ?? ''),
    };
  }, svg);
  expect(found.bad).toBe(0);
  expect(found.titles.some((title) => title.includes('</svg><script>'))).toBe(true);
  expect(svg).not.toContain('<script');
  expect(await save('table:csv')).toContain(`"${evil.replaceAll('"', '""')}",`);
  expect(JSON.parse(await save('table:json')).title).toContain(evil);
  // The trace was made by hand and holds no scenario: what needs one says so.
  expect(await page.locator('[data-offer=scenario]').innerText()).toContain('does not hold');
  expect(await page.title()).not.toContain('404 ');
  expect(await page.evaluate(() => document.title === '404')).toBe(false);
  expect(faults).toEqual([]);
});
