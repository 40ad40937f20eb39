/** A system of hundreds of parts in a real browser: seen at once, laid open step by step; and single keys that can be switched off. */

import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { withBrowser, withServer } from '../support/browser.ts';
import { drawn, seek } from '../support/page.ts';
import { largeTrace } from '../viz/large.ts';
import { siteWith } from '../viz/site.ts';

const open = withBrowser();
const address = withServer(siteWith({ 'trace.jsonl': largeTrace() }));
const MINUTE = 60_000;

async function show(viewport = { width: 1280, height: 800 }): Promise<Page> {
  const { page, faults } = await open(address(), { viewport, reducedMotion: 'reduce' });
  await page.waitForFunction(() => window.netfall?.ready === true);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  expect(faults).toEqual([]);
  return page;
}
const state = (page: Page) => page.evaluate(() => window.netfall!.state());
const card = (page: Page, id: string) => page.locator(`#picture [data-card="${id}"]`);

describe('many parts', () => {
  test('stand on the first screen, all of them, and count how they are', async () => {
    const page = await show();
    const whole = await page.locator('#canvas').evaluate((one) => one.scrollHeight - one.clientHeight);
    expect(whole).toBeLessThanOrEqual(4);
    await seek(page, 15 * MINUTE);
    expect(await card(page, 'group:bb.*.*.*').locator('.word').textContent()).toBe('48 drained');
    expect(await card(page, 'group:ns.*').getAttribute('aria-label')).toMatch(/^ns\.\*, 160 nameservers: 160 /);
    await seek(page, 11.5 * MINUTE);
    expect(await card(page, 'group:check').locator('.word').textContent()).toMatch(/^\d+ cut off · \d+ down$/);
    expect(await page.locator('#picture .tie').count()).toBeLessThan(60);
  });

  test('are told under the picture when somebody points at them', async () => {
    const page = await show();
    await seek(page, 15 * MINUTE);
    await card(page, 'group:bb.*.*.*').hover();
    await drawn(page);
    expect(await page.locator('#footer').innerText()).toBe(
      'bb.*, 48 routers: 48 drained; among them 264 links over backbone, none carries',
    );
  });

  test('are laid open by keys, one fold after the other, and folded again', async () => {
    const page = await show();
    await card(page, 'group:pop.*').focus();
    await page.keyboard.press('Enter');
    await drawn(page);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-card'))).toBe('group:pop.*');
    expect(await card(page, 'group:pop.3.*').count()).toBe(1);
    await card(page, 'group:pop.3.*').focus();
    await page.keyboard.press('Enter');
    await drawn(page);
    expect(await card(page, 'pop.3.12').count()).toBe(1);
    expect(await page.locator('.row.parts', { hasText: 'pop.3.*' }).count()).toBe(1);
    await card(page, 'group:pop.*').focus();
    await page.keyboard.press('Enter');
    await drawn(page);
    expect(await card(page, 'pop.3.12').count()).toBe(0);
    expect(await card(page, 'group:pop.*').getAttribute('aria-expanded')).toBe('false');
  });

  test('have numbers, with what each is now', async () => {
    const page = await show();
    await seek(page, 16 * MINUTE);
    const values = async () => (await page.locator('#lanes .values text').allTextContents()).filter(Boolean);
    const now = await values();
    expect(now[0]).toBe('800 thousand people');
    expect(now[1]).toMatch(/^[\d,]+ calls a minute$/);
    expect(now[2]).toMatch(/^\d+(\.\d)? × the usual$/);
    await seek(page, 0);
    expect((await values())[1]).toBe('0 calls a minute');
  });

  test('axe finds nothing', { timeout: 60_000 }, async () => {
    const page = await show();
    await card(page, 'group:pop.*').dispatchEvent('click');
    await seek(page, 15 * MINUTE);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([]);
  });
});

describe('single keys', () => {
  const off = async (page: Page) => {
    await page.locator('#help-open').click();
    await page.locator('#keys').click();
    await drawn(page);
    expect(await page.locator('#keys').getAttribute('aria-checked')).toBe('false');
    await page.keyboard.press('Escape');
  };

  test('do nothing when they are off, and that is remembered', async () => {
    const page = await show();
    await off(page);
    const deaf = async () => {
      const before = await state(page);
      for (const key of ['t', 'k', 's', 'n', '5', '.', '+', '/', 'ArrowRight', 'End']) {
        await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
        await page.keyboard.press(key);
      }
      await drawn(page);
      expect(await state(page)).toEqual(before);
    };
    await deaf();
    expect(await page.locator('#skip').getAttribute('title')).not.toContain('(s)');
    await page.reload();
    await page.waitForFunction(() => window.netfall?.ready === true);
    await deaf();
    await page.locator('#help-open').click();
    await page.locator('#keys').click();
    await page.keyboard.press('Escape');
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await page.keyboard.press('t');
    expect((await state(page)).view).toBe('table');
    expect(await page.locator('#skip').getAttribute('title')).toContain('(s)');
  });

  test('are not needed: what has the focus listens on', async () => {
    const page = await show();
    await off(page);
    await page.locator('#strip').focus();
    await page.keyboard.press('ArrowRight');
    expect((await state(page)).moment.step).toBe(1);
    await page.locator('#play').focus();
    await page.keyboard.press('Space');
    expect((await state(page)).playing).toBe(true);
    await page.keyboard.press('Enter');
    expect((await state(page)).playing).toBe(false);
    await card(page, 'door').focus();
    await page.keyboard.press('Space');
    expect((await state(page)).selection.thing).toBe('door');
    await page.keyboard.press('Escape');
    expect((await state(page)).selection.thing).toBeNull();
  });
});
