/** Every view and every dialog, in both themes and enlarged fourfold: axe finds nothing, nothing lies over another, all is seen that has the focus. */

import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { withBrowser, withServer } from '../support/browser.ts';
import { stopOf } from '../support/focus.ts';
import { drawn } from '../support/page.ts';

const open = withBrowser();
const address = withServer();

const click = (selector: string) => (page: Page) => page.locator(selector).click();
const press = (key: string) => (page: Page) => page.keyboard.press(key);
const more = (command: string) => async (page: Page) => {
  await page.locator('#more-open').click();
  await page.locator(`#more [data-do=${command}]`).click();
};
const dialog = (key: string) => async (page: Page) => {
  await page.keyboard.press(key);
  await page.locator('dialog[open]').waitFor();
};
const nothing = async () => undefined;

interface Scene {
  readonly name: string;
  /** What axe looks at: what is new on the page. */
  readonly of: string;
  readonly reach: (page: Page) => Promise<unknown>;
  readonly leave: (page: Page) => Promise<unknown>;
}
const scene = (name: string, of: string, reach: Scene['reach'], leave: Scene['leave'] = nothing): Scene => ({
  name,
  of,
  reach,
  leave,
});

/** One after the other on one page: each is left before the next is reached. */
const SCENES: readonly Scene[] = [
  scene('all', 'body', nothing),
  ...['story', 'causes', 'node', 'score', 'what-if', 'compare'].map((tab) =>
    scene(tab, '#reading', async (page) => {
      await page.locator(`#tab-${tab}`).click();
      // What each variant writes comes later, from the second thread.
      if (tab === 'what-if') await page.locator('.variant-writes:not(:empty)').first().waitFor();
    }),
  ),
  scene('map', '.picture', click('#view-map')),
  // Its rows are all alike, and there are hundreds.
  scene('table', '#table tr:nth-child(-n + 9)', click('#view-table'), click('#view-picture')),
  scene('legend', '#legend-panel', press('l'), press('l')),
  scene('menu', '#more', click('#more-open'), press('Escape')),
  scene('tour', '#tour', more('tour'), press('Escape')),
  scene('help', '#help', dialog('?'), press('Escape')),
  scene('save', '#save', dialog('e'), press('Escape')),
  scene('links', '#share-box', dialog('u'), press('Escape')),
  scene('open', '#open-box', dialog('o'), press('Escape')),
];

async function show(hash: string, options: Parameters<typeof open>[1]) {
  const { page, faults } = await open(`${address()}${hash}`, { reducedMotion: 'reduce', ...options });
  await page.waitForFunction(() => window.netfall?.ready === true);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  return { page, faults };
}
/** What depends on colours is looked at in each theme; all else does not depend on them. */
const faultsOfAxe = async (page: Page, of: string, rules: 'all' | 'colours' | 'others'): Promise<string[]> => {
  const axe = new AxeBuilder({ page }).include(of);
  if (rules === 'colours') axe.withRules(['color-contrast']);
  if (rules === 'others') axe.disableRules(['color-contrast']);
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
};

/** Runs in the page: what must be scrolled sideways, what is wider than the page, dialogs that do not fit, and what is too small to hit. */
function faultsOfRoom(): string[] {
  const faults: string[] = [];
  const named = (one: Element): string => `${one.localName}${one.id ? `#${one.id}` : `.${one.classList[0]}`}`;
  if (document.documentElement.scrollWidth > innerWidth) faults.push('the page must be scrolled sideways');
  for (const one of document.querySelectorAll('body *')) {
    if (!one.checkVisibility() || one.closest('.hidden, .skip-link, svg')) continue;
    const { overflowX } = getComputedStyle(one);
    if (/auto|scroll/.test(overflowX) && one.scrollWidth > one.clientWidth + 1)
      faults.push(`${named(one)} must be scrolled sideways`);
    const { left, right, width, height } = one.getBoundingClientRect();
    // Words in running text are as tall as it is; what a label covers is as large as that.
    const hit = one.matches('button:not(.term), select, input, summary, [role=slider]') && !one.closest('label, p, dd');
    if (hit && (width < 24 || height < 24) && getComputedStyle(one).position !== 'absolute')
      faults.push(`${named(one)} “${one.textContent?.trim().slice(0, 20)}” is ${width} × ${height}`);
    if (right > innerWidth + 1 || left < -1) faults.push(`${named(one)} is beside the page`);
  }
  for (const one of document.querySelectorAll('dialog[open], :popover-open, .tour:not([hidden])')) {
    const { top, bottom } = one.getBoundingClientRect();
    if (top < 0 || bottom > innerHeight) faults.push(`${named(one)} does not fit the page`);
  }
  return faults;
}

/** Tab, until it has been everywhere once. */
async function faultsOfStops(page: Page): Promise<string[]> {
  const faults: string[] = [];
  const first = await page.evaluateHandle(() => document.activeElement);
  for (let stops = 0; stops < 120; stops++) {
    await page.keyboard.press('Tab');
    const stop = await stopOf(page);
    if (!stop || (stops > 0 && (await first.evaluate((element) => element === document.activeElement)))) break;
    faults.push(...stop.faults.map((fault) => `${stop.name} ${fault}`));
  }
  return faults;
}

test.each([
  ['light', 1280, 800, 'all', true],
  ['dark', 1280, 800, 'colours', false],
  ['light', 390, 844, 'none', true],
  // 1280 × 1024 enlarged fourfold.
  ['light', 320, 256, 'others', true],
] as const)('%s, %d × %d', { timeout: 180_000 }, async (colorScheme, width, height, rules, walks) => {
  const { page, faults } = await show('#t=1500000&on=door', { colorScheme, viewport: { width, height } });
  const found: Record<string, readonly string[]> = {};
  for (const { name, of, reach, leave } of SCENES) {
    await reach(page);
    await drawn(page);
    const all = rules === 'none' ? [] : await faultsOfAxe(page, of, rules);
    all.push(...(await page.evaluate(faultsOfRoom)));
    // The legend lies over the picture until Esc.
    if (walks && name !== 'legend') all.push(...(await faultsOfStops(page)));
    if (all.length > 0) found[name] = all;
    await leave(page);
  }
  expect(found).toEqual({});
  expect(faults).toEqual([]);
});

test.each([
  ['light', 1280, 800, 'all'],
  ['dark', 1280, 800, 'colours'],
  ['light', 320, 256, 'others'],
] as const)('a question and what is told of it, %s, %d × %d', async (colorScheme, width, height, rules) => {
  const { page } = await show('', { asks: true, colorScheme, viewport: { width, height } });
  for (const phase of ['open', 'told']) {
    await page.waitForFunction((wanted) => window.netfall?.state().asked?.phase === wanted, phase);
    await drawn(page);
    const all = [...(await faultsOfAxe(page, '#question', rules)), ...(await page.evaluate(faultsOfRoom))];
    expect(all, phase).toEqual([]);
    if (phase === 'open') await page.locator('.option').first().click();
  }
});
