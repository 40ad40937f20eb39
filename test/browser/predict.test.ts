/** The first minute in a real browser: the question the page opens with, by keyboard alone; the tour; and what words mean. */

import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { withBrowser, withServer } from '../support/browser.ts';
import { drawn } from '../support/page.ts';

const open = withBrowser();
/** As it is built: with the run it brings along. */
const address = withServer();

async function show(hash = '', options: Parameters<typeof open>[1] = {}) {
  const opened = await open(`${address()}${hash}`, {
    asks: true,
    reducedMotion: 'reduce',
    viewport: { width: 1280, height: 800 },
    ...options,
  });
  await opened.page.waitForFunction(() => window.netfall?.ready === true);
  await drawn(opened.page);
  return opened;
}
const state = (page: Page) => page.evaluate(() => window.netfall!.state());
const press = async (page: Page, ...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key);
  await drawn(page);
};
const phase = (page: Page, wanted: string) =>
  page.waitForFunction((word) => window.netfall!.state().asked?.phase === word, wanted);
const inCard = (page: Page) => page.evaluate(() => document.activeElement?.closest('#question') !== null);
const clean = async (page: Page) => {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([]);
};

describe('a question before the command', () => {
  test('is asked and answered by keyboard alone; the run plays to the answer, and goes on', {
    timeout: 90_000,
  }, async () => {
    const { page, faults } = await show();
    expect(await state(page)).toMatchObject({ playing: false, asked: { phase: 'open' } });
    expect(await page.locator('#question').innerText()).toMatch(/how many still work/);
    // What is asked is not given away beside it.
    expect(await page.locator('#panel-story .line').count()).toBe(0);
    expect(await page.locator('#strip .cover').getAttribute('visibility')).toBe('visible');
    await clean(page);

    const { moment } = await state(page);
    await page.locator('#play').focus();
    await press(page, ' ');
    expect(await inCard(page)).toBe(true);
    await press(page, 'ArrowRight', 'k');
    expect((await state(page)).moment).toEqual(moment);
    // The button that is focused stays reachable, and says why it does nothing.
    expect(await page.locator('#play').getAttribute('aria-disabled')).toBe('true');
    while (!(await page.evaluate(() => document.activeElement?.classList.contains('option')))) await press(page, 'Tab');
    await press(page, 'ArrowDown', 'Enter');
    await phase(page, 'told');
    await drawn(page);
    expect(await page.locator('.told').innerText()).toMatch(/You expected\s+11 of 14\s+What happened\s+4 of 14/);
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Play on');
    await expect
      .poll(() => page.locator('#said').innerText())
      .toMatch(/You expected: 11 of 14\. What happened: 4 of 14/);
    await clean(page);

    // The next question stands where the first is answered; Esc lets it play without a guess.
    await press(page, 'Enter');
    await phase(page, 'open');
    await drawn(page);
    expect(await inCard(page)).toBe(true);
    await press(page, 'Escape');
    await phase(page, 'told');
    await drawn(page);
    expect(await page.locator('.told').innerText()).toMatch(/They run on, but nobody can reach them/);
    await page.locator('.told button', { hasText: 'Why' }).click();
    await drawn(page);
    expect(await page.locator('#panel-causes').innerText()).toContain('goes down');
    expect(await page.locator('#question').isVisible()).toBe(true);
    await press(page, 'Escape');
    expect(await page.locator('#question').isVisible()).toBe(false);
    expect(faults).toEqual([]);
  });

  test('never locks scrubbing, gives way to an address, and is off by one key, for good', async () => {
    const { page } = await show();
    await press(page, '5');
    expect(await state(page)).toMatchObject({ asked: null });
    await page.goto(`${address()}#t=600000`);
    await page.reload();
    await page.waitForFunction(() => window.netfall?.ready === true);
    expect(await state(page)).toMatchObject({ moment: { at: 600_000 }, asked: null });
    await press(page, 'q');
    await page.goto(address());
    await page.waitForFunction(() => window.netfall?.ready === true);
    expect(await state(page)).toMatchObject({ predict: false, asked: null });
    expect((await state(page)).moment.at).toBeGreaterThan(0);
  });

  test.each([320, 390])('at %d pixels it lies within reach, and nothing must be scrolled sideways', async (width) => {
    const { page } = await show('', { viewport: { width, height: 740 } });
    for (const wanted of ['open', 'told']) {
      await phase(page, wanted);
      await drawn(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      const [card, play] = await Promise.all(['#question', '#play'].map((id) => page.locator(id).boundingBox()));
      expect(card!.y).toBeGreaterThanOrEqual(0);
      expect(card!.y + card!.height).toBeLessThanOrEqual(play!.y);
      if (wanted === 'open') await page.locator('.question-none').click();
    }
  });
});

describe('the tour', () => {
  test('acts on the page in six steps, and puts everything back', { timeout: 60_000 }, async () => {
    const { page, faults } = await show('#t=1200000&on=door&tab=node');
    const before = await state(page);
    await page.locator('#more-open').click();
    await page.locator('[data-do=tour]').click();
    const seen = [];
    for (let step = 1; step <= 6; step++) {
      await expect.poll(() => page.locator('.tour-count').innerText()).toBe(`Tour · ${step} of 6`);
      await drawn(page);
      expect(await page.locator('#tour-ring').isVisible()).toBe(true);
      const box = (await page.locator('#tour').boundingBox())!;
      expect(box.y + box.height).toBeLessThanOrEqual(800);
      seen.push(await state(page));
      if (step === 3) await clean(page);
      await page.locator('[data-tour=on]').click();
    }
    expect(seen.map(({ tab }) => tab)).toEqual(['story', 'story', 'story', 'causes', 'story', 'what-if']);
    expect(seen[1]!.moment.at).toBeGreaterThan(seen[0]!.moment.at);
    expect(seen[2]!.toggled).toHaveLength(1);
    expect(await state(page)).toEqual(before);
    expect(await page.locator('#tour').isVisible()).toBe(false);
    // Left in the middle, it loses nothing either.
    await page.locator('#more-open').click();
    await page.locator('[data-do=tour]').click();
    await page.locator('[data-tour=on]').click();
    await press(page, 'Escape');
    expect(await state(page)).toEqual(before);
    expect(faults).toEqual([]);
  });
});

describe('words', () => {
  test('are explained on hover and on focus, until Esc; and the help leads to where they matter', async () => {
    const { page } = await show('#t=660000');
    const tip = page.locator('#tip');
    const word = page.locator('#panel-story .line.past .term', { hasText: 'drained' }).last();
    await word.scrollIntoViewIfNeeded();
    await word.hover();
    await expect.poll(() => tip.isVisible()).toBe(true);
    expect(await tip.innerText()).toBe('Drained: kept free of traffic on purpose; the router itself runs.');
    await tip.hover();
    await drawn(page);
    expect(await tip.isVisible()).toBe(true);
    await press(page, 'Escape');
    expect(await tip.isVisible()).toBe(false);
    await page.locator('#panel-story .line.now button').focus();
    await press(page, 'ArrowUp');
    for (let i = 0; i < 40 && !(await tip.isVisible()); i++) await press(page, 'ArrowUp');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-describedby'))).toBe('tip');
    await press(page, 'Escape', '?');
    await page.locator('.glossary [data-of=servfail] button').click();
    await drawn(page);
    expect(await page.locator('#help').isVisible()).toBe(false);
    expect(await page.locator('.path .cause.selected').innerText()).toContain('SERVFAIL');
  });
});
