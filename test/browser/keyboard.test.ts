/** A whole visit by keyboard alone, as somebody makes it who has no pointer: nothing is clicked, and at every stop it is seen where the focus is. */

import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { withBrowser, withServer } from '../support/browser.ts';
import { stopOf } from '../support/focus.ts';
import { drawn } from '../support/page.ts';

const open = withBrowser();
/** As it is built: with the run it brings along. */
const address = withServer();

const state = (page: Page) => page.evaluate(() => window.netfall!.state());
const said = (page: Page) => page.locator('#said').innerText();
const focused = (page: Page, selector: string) =>
  page.evaluate((one) => document.activeElement?.matches(one) ?? false, selector);

/** Hands on a keyboard: every stop they come to is looked at. */
function hands(page: Page) {
  const look = async () => {
    await drawn(page);
    const stop = await stopOf(page);
    expect(stop?.faults ?? [], stop?.name).toEqual([]);
  };
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
    await look();
  };
  /** By Tab to the next place like this, in no more stops than a person has patience for. */
  const to = async (selector: string, key: 'Tab' | 'Shift+Tab' = 'Tab', most = 45) => {
    for (let stops = 1; stops <= most; stops++) {
      await press(key);
      if (await focused(page, selector)) return stops;
    }
    throw new Error(`${most} times ${key} do not lead to ${selector}, but to ${(await stopOf(page))?.name}`);
  };
  return { press, to };
}

test('question, tour, playing, a part, its causes, a variant, comparing, saving, and back', {
  timeout: 120_000,
}, async () => {
  const { page, faults } = await open(address(), {
    asks: true,
    reducedMotion: 'reduce',
    viewport: { width: 1280, height: 800 },
    acceptDownloads: true,
  });
  await page.waitForFunction(() => window.netfall?.ready === true);
  await drawn(page);
  const { press, to } = hands(page);

  // The question it opens with: one is answered, the next is passed by, and then there are no more.
  await to('.option');
  await press('ArrowDown', 'ArrowUp', 'Enter');
  await page.locator('.told').waitFor({ state: 'visible' });
  await expect.poll(() => focused(page, '.go-on')).toBe(true);
  await press('Enter');
  await page.waitForFunction(() => window.netfall!.state().asked?.phase === 'open');
  await drawn(page);
  await press('Escape');
  await page.waitForFunction(() => window.netfall!.state().asked?.phase === 'told');
  await press('Escape', 'q');
  expect(await state(page)).toMatchObject({ predict: false, asked: null });

  // The tour, from its menu.
  const before = await state(page);
  await to('#more-open', 'Shift+Tab');
  await press('Enter');
  await to('[data-do=tour]');
  await press('Enter');
  for (let step = 1; step <= 6; step++) {
    await expect.poll(() => page.locator('.tour-count').innerText()).toBe(`Tour · ${step} of 6`);
    await to('[data-tour=on]', 'Tab', 3);
    await press('Enter');
  }
  expect(await page.locator('#tour').isVisible()).toBe(false);
  expect((await state(page)).moment).toEqual(before.moment);
  expect(await focused(page, '#more-open')).toBe(true);

  // Play, pause, step; then the whole run to its end.
  await press('Home');
  await to('#play');
  await press('+', '+', '+', '+', '+', 'Space');
  expect((await state(page)).playing).toBe(true);
  await page.waitForFunction(() => window.netfall!.state().moment.at > 600_000);
  await press('k');
  const { moment } = await state(page);
  await expect.poll(() => said(page)).toMatch(/^\d\d:\d\d:\d\d.* things people do still work/);
  await press('ArrowRight');
  expect((await state(page)).moment.step).toBe(moment.step + 1);
  await press('Space');
  await page.waitForFunction(() => !window.netfall!.state().playing, null, { timeout: 60_000 });
  expect((await state(page)).moment.at).toBe(8 * 3_600_000);

  // A part by name, and where it stands in the picture, reached by Tab and walked with arrows.
  await press('4', '/');
  await page.keyboard.type('door');
  await press('Enter', 'Escape');
  expect((await state(page)).selection.thing).toBe('door');
  await to('#picture .card');
  expect(await focused(page, '[data-card=door]')).toBe(true);
  await press('ArrowDown');
  expect(await focused(page, '#picture .card:not([data-card=door])')).toBe(true);
  await press('ArrowUp');

  // Its panel; from a change of it to all that this goes back to.
  await to('#tab-node');
  await to('#panel-node [data-change]');
  // What was pressed goes with its panel; the focus is where its place is.
  await press('Enter');
  await expect.poll(() => focused(page, '#tab-causes')).toBe(true);
  await expect.poll(() => page.locator('#panel-causes .path .cause').count()).toBeGreaterThan(3);
  await to('#panel-causes .path > li:nth-last-child(2) > .entry');
  await press('Enter');

  // The table in place of the picture, and back.
  await to('#picture .card', 'Shift+Tab');
  await press('t');
  await expect.poll(() => focused(page, '#view-table')).toBe(true);
  await to('#table [data-item]');
  // A row tells the words of its cells.
  await press('ArrowDown', 'ArrowUp');
  await expect.poll(() => page.locator('#tip').innerText()).toMatch(/^Backbone: /);
  await press('ArrowDown', 't');
  await expect.poll(() => focused(page, '#view-picture')).toBe(true);

  // What if: another variant is chosen, run, shown, and compared with how it was.
  await press('w');
  const { moment: kept } = await state(page);
  await to('.skip-link', 'Shift+Tab');
  await press('Enter');
  expect(await state(page)).toMatchObject({ moment: kept, tab: 'what-if' });
  expect(await focused(page, '#tab-what-if')).toBe(true);
  await to('#panel-what-if input[name=variant]');
  await press('ArrowDown', 'ArrowDown');
  await page.locator('.draft-go:enabled').waitFor();
  await to('.draft-go');
  await press('Enter');
  await page.locator('#branch').waitFor({ state: 'visible' });
  await expect.poll(() => said(page)).toMatch(/^Shown: .*\. \d\d:\d\d:\d\d\. /);
  expect((await page.evaluate(() => window.netfall!.runs!.shown().difference.variant)) ?? '').not.toBe('');
  await to('#tab-what-if', 'Shift+Tab');
  await press('ArrowRight');
  await expect.poll(() => page.locator('#panel-compare .became-line').count()).toBeGreaterThan(0);
  await to('#panel-compare .became-line');
  await press('Enter');
  await press('d', 'd');

  // The table of what is shown, saved.
  await press('t', 'e');
  await page.locator('[data-offer=clip] button').first().waitFor();
  await to('#save-grid');
  await press('ArrowDown', 'ArrowUp');
  await to('[data-save="table:csv"]');
  const [download] = await Promise.all([page.waitForEvent('download'), press('Enter')]);
  expect(download.suggestedFilename()).toMatch(/^facebook-2021_.*parts\.csv$/);
  const rows = readFileSync(await download.path(), 'utf8').split('\r\n');
  expect(rows.length).toBeGreaterThan(400);
  expect(rows.find((row) => row.startsWith('door,way in,'))).toBeDefined();
  await press('Escape');
  expect(await page.locator('#save').isVisible()).toBe(false);

  // And back: to the picture, to the run as it was.
  await press('t', 'z');
  expect((await state(page)).view).toBe('picture');
  expect(await page.evaluate(() => window.netfall!.runs!.shown() === window.netfall!.runs!.base())).toBe(true);
  expect(faults).toEqual([]);
});
