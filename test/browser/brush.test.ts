/** A stretch of the timeline in a real browser: brushed and zoomed into by pointer and by keys, its changes, its totals, its address. */

import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { withBrowser, withServer } from '../support/browser.ts';
import { drawn } from '../support/page.ts';
import { textOf } from '../support/sample-trace.ts';
import { outage } from '../viz/sample-outage.ts';
import { siteWith } from '../viz/site.ts';

const open = withBrowser();
const address = withServer(siteWith({ 'trace.jsonl': textOf(outage()) }));
const HOUR = 3_600_000;

async function show(query = '', options: Parameters<typeof open>[1] = {}) {
  const opened = await open(`${address()}${query}`, { reducedMotion: 'reduce', ...options });
  await opened.page.waitForFunction(() => window.netfall?.ready === true);
  await drawn(opened.page);
  return opened;
}
const state = (page: Page) => page.evaluate(() => window.netfall!.state());
const span = async (page: Page) => (await state(page)).span;
const press = async (page: Page, ...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key);
  await drawn(page);
};
const ends = async (page: Page) => {
  const labels = await page.locator('#stretch-axis .tick text').allTextContents();
  return [labels[0], labels.at(-1)];
};
/** The middle of an end of the brush, and where the axis lies under the strip. */
async function places(page: Page) {
  const strip = (await page.locator('#strip .trough').boundingBox())!;
  // A click tells whole pixels.
  const at = (share: number) => Math.round(strip.x + 4 + (strip.width - 8) * share);
  return { at, axis: strip.y + 48, density: strip.y + 20 };
}
const drag = async (page: Page, from: number, to: number, y: number) => {
  await page.mouse.move(from, y);
  await page.mouse.down();
  await page.mouse.move(to, y, { steps: 5 });
  await page.mouse.up();
  await drawn(page);
};

describe('by pointer', () => {
  test('a drag under the strip shows a stretch, its ends can be pulled, its middle moved; on the strip it still moves the playhead', async () => {
    const { page, faults } = await show();
    expect(await page.locator('#totals').isVisible()).toBe(false);
    const { moment } = await state(page);
    const before = await places(page);
    await page.mouse.move(before.at(0.2), before.axis);
    await page.mouse.down();
    await page.mouse.move(before.at(0.5), before.axis, { steps: 5 });
    await drawn(page);
    expect(await span(page)).not.toBeNull();
    // The strip stays under the hand; what is told of the stretch comes after.
    expect((await places(page)).axis).toBe(before.axis);
    await page.mouse.up();
    await drawn(page);
    const { at, axis, density } = await places(page);
    const first = (await span(page))!;
    expect(first.to).toBeGreaterThan(first.from);
    expect((await state(page)).moment).toEqual(moment);
    const [from, to] = await page
      .locator('.beside rect')
      .evaluateAll((rects) =>
        rects.map((rect) => rect.getBoundingClientRect()).map(({ left, right }) => [left, right]),
      );
    expect(Math.abs(from![1]! - at(0.2))).toBeLessThan(2);
    expect(Math.abs(to![0]! - at(0.5))).toBeLessThan(2);
    await drag(page, at(0.5), at(0.6), axis);
    const wider = (await span(page))!;
    expect(wider.from).toBe(first.from);
    expect(wider.to).toBeGreaterThan(first.to);
    await drag(page, at(0.4), at(0.45), axis);
    const moved = (await span(page))!;
    expect(moved.from).toBeGreaterThan(wider.from);
    expect(moved.to).toBeGreaterThan(wider.to);
    await drag(page, at(0.5), at(0.52), density);
    expect(await span(page)).toEqual(moved);
    expect((await state(page)).moment.at).toBeGreaterThan(moved.from);
    // The lanes and their axis have the scale of the stretch.
    const axisBox = (await page.locator('#stretch-axis').boundingBox())!;
    await page.mouse.click(at(0), axisBox.y + 10);
    expect(Math.abs((await state(page)).moment.at - moved.from)).toBeLessThan(1000);
    await page.mouse.dblclick(at(0.9), density);
    expect(await span(page)).toBeNull();
    expect(faults).toEqual([]);
  });

  test('a click under the strip goes to that moment, and chooses no stretch', async () => {
    const { page } = await show();
    const { at, axis, density } = await places(page);
    await page.mouse.click(at(0.37), axis);
    const there = (await state(page)).moment.at;
    await page.mouse.click(at(0.37), density);
    expect((await state(page)).moment.at).toBe(there);
    expect(await span(page)).toBeNull();
    // An end at rest can be pulled in.
    await drag(page, at(1) + 4, at(0.7), axis);
    expect((await span(page))!.from).toBe(0);
  });

  test('what the pointer is over is told by both clocks, with the nearest change and true silences', async () => {
    const { page } = await show();
    const { at, density } = await places(page);
    await page.mouse.move(at(0.05), density);
    const note = page.locator('#pointed');
    expect(await note.locator('b').innerText()).toMatch(/^15:\d\d:\d\d · \d+ min .*in$/);
    expect(await note.locator('span').innerText()).toMatch(/15:\d\d:\d\d /);
    const stripe = (await page.locator('#strip .stripe rect').first().boundingBox())!;
    await page.mouse.move(stripe.x + stripe.width / 2, density);
    expect(await note.locator('span').innerText()).toMatch(/^Nothing changes for .*; nearest: /);
    await page.mouse.move(at(0.5), 5);
    expect(await note.isVisible()).toBe(false);
  });

  test('a silence that the playhead stands in has a button to leave it, and is told to the ear', async () => {
    const { page } = await show('#t=7200000');
    const stripe = (await page.locator('#strip .stripe rect').first().boundingBox())!;
    await page.mouse.click(stripe.x + stripe.width / 2, stripe.y + 3);
    await drawn(page);
    const skip = page.locator('#silence');
    expect(await skip.getAttribute('aria-label')).toMatch(/^Nothing changes for .*, until .*: to the next change$/);
    expect(await page.locator('#strip').getAttribute('aria-valuetext')).toMatch(/, Nothing changes for /);
    await expect.poll(() => page.locator('#said').textContent()).toMatch(/Nothing changes for/);
    const before = (await state(page)).moment.step;
    await skip.click();
    await drawn(page);
    expect((await state(page)).moment.step).toBe(before + 1);
    expect(await skip.isVisible()).toBe(false);
  });
});

describe('by keys', () => {
  test('closer, wider, all; Escape clears the selection first', async () => {
    const { page } = await show('#t=600000');
    await press(page, 'x', 'x');
    const near = (await span(page))!;
    expect(near.to - near.from).toBe(2 * HOUR);
    await expect.poll(() => page.locator('#said').textContent()).toMatch(/ to .*2 h\.$/);
    await press(page, 'c');
    expect((await span(page))!.to - (await span(page))!.from).toBe(4 * HOUR);
    await page.locator('#picture [data-card="door"]').dispatchEvent('click');
    await press(page, 'Escape');
    expect((await state(page)).selection.thing).toBeNull();
    expect(await span(page)).not.toBeNull();
    await press(page, 'Escape');
    expect(await span(page)).toBeNull();
    await press(page, 'x', 'v');
    expect(await span(page)).toBeNull();
    await page.locator('[data-do=zoom-in]').click();
    expect(await span(page)).not.toBeNull();
  });

  test('both ends are sliders that say their time', async () => {
    const { page } = await show();
    const [from, to] = [page.locator('#span-from'), page.locator('#span-to')];
    expect(await to.getAttribute('aria-valuetext')).toMatch(/^23:30:00, 8 h in$/);
    await page.locator('#strip').focus();
    await press(page, 'Tab');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('span-from');
    expect(await from.evaluate((grip) => getComputedStyle(grip).outlineStyle)).toBe('solid');
    await press(page, 'ArrowRight');
    const one = (await span(page))!;
    await press(page, 'Shift+ArrowRight');
    const ten = (await span(page))!;
    expect(ten.from - one.from).toBeGreaterThan(one.from);
    expect(await from.getAttribute('aria-valuetext')).toMatch(/^15:\d\d:\d\d, .* in$/);
    await press(page, 'Tab', 'Home');
    expect((await span(page))!.to - (await span(page))!.from).toBe(10);
    // However short, an end moves on at each key.
    await press(page, 'ArrowRight', 'ArrowRight');
    expect((await span(page))!.to - (await span(page))!.from).toBeGreaterThan(11);
    await press(page, 'End');
    expect((await span(page))!.to).toBe(8 * HOUR);
    expect((await state(page)).moment.step).toBe(0);
    await press(page, 'Escape');
    expect(await span(page)).toBeNull();
  });

  test('the changes of the stretch are one stop; the arrows walk, Enter goes to the change, the focus stays', async () => {
    const { page } = await show('#t=600000&span=500000-2400000');
    const marks = page.locator('#events button');
    expect(await marks.count()).toBeGreaterThan(3);
    expect(await page.locator('#events button[tabindex="0"]').count()).toBe(1);
    await marks.first().focus();
    await press(page, 'ArrowDown', 'ArrowDown');
    expect(await page.evaluate(() => document.activeElement === document.querySelectorAll('#events button')[2])).toBe(
      true,
    );
    const row = Number(await marks.nth(2).getAttribute('data-change'));
    await press(page, 'Enter');
    expect((await state(page)).selection.change).toBe(row);
    expect(await marks.nth(2).getAttribute('aria-current')).toBe('true');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-change'))).toBe(String(row));
    await press(page, 'x');
    expect(await page.evaluate(() => document.activeElement?.closest('#events')?.id)).toBe('events');
  });
});

describe('a stretch', () => {
  test('is in the address, and comes back from it, with its totals', async () => {
    const { page, faults } = await show('#t=600000');
    await press(page, 'x', 'x', 'x');
    await expect.poll(() => page.url()).toMatch(/#t=600000&span=\d+-\d+$/);
    const before = [await ends(page), await page.locator('#totals').innerText()];
    await page.reload();
    await page.waitForFunction(() => window.netfall?.ready === true);
    await drawn(page);
    expect([await ends(page), await page.locator('#totals').innerText()]).toEqual(before);
    expect(before[1]).toMatch(/changes from .*user-minutes lost/s);
    await page.locator('#totals button').last().click();
    const { selection, moment } = await state(page);
    expect(selection.change).toBe(moment.step - 1);
    expect(faults).toEqual([]);
  });

  test('goes along while the run plays', async () => {
    const { page } = await show('#t=500000&span=480000-600000');
    const before = (await span(page))!;
    await page.locator('#play').click();
    await page.waitForFunction((from) => window.netfall!.state().span!.from > from, before.from);
    await page.locator('#play').click();
    await drawn(page);
    const { moment, span: after } = await state(page);
    expect(after!.to - after!.from).toBe(before.to - before.from);
    expect(moment.at).toBeGreaterThanOrEqual(after!.from);
    expect(await page.locator('#lanes .playhead').getAttribute('visibility')).toBeNull();
  });

  test('tells nothing of what is still asked', async () => {
    const { page } = await show('', { asks: true });
    await press(page, 'x', 'x');
    expect(await page.locator('#totals').innerText()).toMatch(/told when you have answered/);
    const shown = await page
      .locator('#events button')
      .evaluateAll((buttons) => buttons.map((button) => Number(button.getAttribute('data-change'))));
    const { step } = (await state(page)).moment;
    expect(shown.filter((row) => row >= step)).toEqual([]);
  });

  test.each([
    [390, 844],
    [1280, 800],
  ])('%d × %d: axe finds nothing, marks are as large as a finger, and nothing sticks out', async (width, height) => {
    const { page } = await show('#t=600000&span=480000-2400000', { viewport: { width, height } });
    const { violations } = await new AxeBuilder({ page }).include('.timeline').analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    const boxes = await page
      .locator('#events button')
      .evaluateAll((buttons) => buttons.map((button) => button.getBoundingClientRect().toJSON()));
    for (const box of boxes) expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(24);
    boxes.slice(1).forEach((box, i) => void expect(box.left).toBeGreaterThanOrEqual(boxes[i].right - 0.01));
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  });
});

test('the axis tells what has passed, where somebody asks for it, and the device remembers', async () => {
  const { page } = await show();
  await press(page, 'h');
  const labels = () => page.locator('#strip .tick text').allTextContents();
  expect((await labels()).at(-1)).toBe('8 h');
  await page.reload();
  await page.waitForFunction(() => window.netfall?.ready === true);
  await drawn(page);
  expect((await labels()).at(-1)).toBe('8 h');
  await page.locator('#more-open').click();
  expect(await page.locator('#wall').getAttribute('aria-checked')).toBe('true');
  await page.locator('#wall').click();
  await drawn(page);
  expect((await labels()).at(-1)).toBe('23:30');
});
