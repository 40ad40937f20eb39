/** Every action by name: the list of commands, and the menu of a part; both by keyboard, and both say why something would change nothing. */
import { AxeBuilder } from '@axe-core/playwright';
import { describe, expect, test } from 'vitest';
import { withBrowser, withServer } from '../support/browser.ts';
import { realTrace } from '../support/real-trace.ts';
import { textOf } from '../support/sample-trace.ts';
import { scenarioText } from '../viz/real-run.ts';
import { outage } from '../viz/sample-outage.ts';
import { siteWith } from '../viz/site.ts';

const open = withBrowser();
const address = withServer(
  siteWith({
    'trace.jsonl': textOf(outage()),
    'real.jsonl': realTrace(scenarioText('patterns/tool-needs-what-it-repairs')),
  }),
);

async function show(hash = '', width = 1280) {
  const opened = await open(`${address()}${hash}`, {
    reducedMotion: 'reduce',
    viewport: { width, height: 800 },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  await opened.page.waitForFunction(() => window.netfall?.ready === true);
  return opened;
}

const AXE = async (page: Awaited<ReturnType<typeof show>>['page'], within: string): Promise<readonly string[]> => {
  const { violations } = await new AxeBuilder({ page }).include(within).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
};

test('a command is found by typing and done by Enter; what would change nothing says why, and does nothing', async () => {
  const { page, faults } = await show('#t=0');
  await page.locator('#strip').focus();
  await page.keyboard.press('Control+Shift+P');
  const field = page.locator('#command-query');
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('command-query');
  const chosen = (): Promise<string> => page.locator('#command-list [aria-selected=true]').innerText();
  expect(await AXE(page, '#command-box')).toEqual([]);

  await field.fill('change back');
  expect(await chosen()).toMatch(/^One change back\s+This is the start\s+←$/);
  expect(await page.locator('#command-list [aria-selected=true]').getAttribute('aria-disabled')).toBe('true');
  await page.keyboard.press('Enter');
  expect(await page.locator('#command-box').isVisible()).toBe(true);

  await field.fill('cau');
  const first = await field.getAttribute('aria-activedescendant');
  await page.keyboard.press('ArrowDown');
  expect(await field.getAttribute('aria-activedescendant')).not.toBe(first);
  await page.keyboard.press('ArrowUp');
  expect(await chosen()).toMatch(/^Causes: /);
  await page.keyboard.press('Enter');
  expect(await page.locator('#command-box').isVisible()).toBe(false);
  expect(await page.evaluate(() => [window.netfall!.state().tab, document.activeElement?.id])).toEqual([
    'causes',
    'strip',
  ]);

  await page.keyboard.press(':');
  await field.fill('no such thing');
  expect(await page.locator('#command-none').isVisible()).toBe(true);
  expect(await field.getAttribute('aria-activedescendant')).toBeNull();
  await page.keyboard.press('Escape');
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('strip');

  // In a field as well, and a command that opens something else leads there.
  await page.locator('#query').focus();
  await page.keyboard.press('Control+Shift+P');
  await page.keyboard.type('links');
  await page.keyboard.press('Enter');
  await page.locator('#share-box').waitFor();
  await page.keyboard.press('Control+Shift+P');
  expect(await page.locator('#command-box').isVisible()).toBe(false);
  await page.keyboard.press('Escape');
  await page.locator('#commands-open').click();
  await page.locator('#command-list').getByText('To 50 % of the run').click();
  const { at, length } = await page.evaluate(() => ({
    at: window.netfall!.state().moment.at,
    length: window.netfall!.runs!.base().run!.length,
  }));
  expect(at).toBe(length / 2);
  expect(faults).toEqual([]);
});

test('a variant is run by its name', async () => {
  const { page, faults } = await show('?trace=real.jsonl#t=0');
  await page.keyboard.press(':');
  await page.keyboard.type('drives there');
  expect(await page.locator('#command-list [role=option]').allInnerTexts()).toEqual(['What if: Somebody drives there']);
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => window.netfall!.runs!.shown().difference.variant === 'on-site');
  expect(await page.evaluate(() => window.netfall!.runs!.against() === window.netfall!.runs!.base())).toBe(true);
  await page.keyboard.press(':');
  await page.keyboard.type('drives there');
  expect(await page.locator('#command-list [role=option]').innerText()).toMatch(/It is shown/);
  expect(faults).toEqual([]);
});

describe('the menu of a part', () => {
  const focused = (page: Awaited<ReturnType<typeof show>>['page']): Promise<string> =>
    page.evaluate(() => (document.activeElement as HTMLElement).innerText ?? '');

  test('opens by right click and by keyboard, is walked by arrows and letters, and gives the focus back', async () => {
    const { page, faults } = await show('?trace=real.jsonl#t=0');
    await page.locator('#picture [data-card="log-in"]').click({ button: 'right' });
    const menu = page.locator('#part-menu');
    expect(await menu.isVisible()).toBe(true);
    expect(await page.locator('#part-menu-items').getAttribute('aria-labelledby')).toBe('part-menu-name');
    expect(await page.locator('#part-menu-name').innerText()).toBe('log-in');
    expect(await focused(page)).toBe('All about it');
    expect(await AXE(page, '#part-menu')).toEqual([]);
    const why = page.locator('[data-choice=why]');
    expect(await why.getAttribute('aria-disabled')).toBe('true');
    expect(await why.innerText()).toMatch(/It is as it was at the start/);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await menu.isVisible()).toBe(true);
    await page.locator('#strip').dispatchEvent('pointerdown');
    expect(await menu.isVisible()).toBe(false);

    await page.locator('#picture .card[tabindex="0"]').focus();
    const card = await page.evaluate(() => (document.activeElement as SVGElement).dataset.card);
    await page.keyboard.press('Shift+F10');
    await page.keyboard.press('ArrowUp');
    expect(await focused(page)).toMatch(/^Copy a link/);
    await page.keyboard.press('k');
    expect(await focused(page)).toMatch(/^Keep its lane/);
    await page.keyboard.press('Enter');
    expect(
      await page.evaluate(() => [window.netfall!.state().pins, (document.activeElement as SVGElement).dataset.card]),
    ).toEqual([[card], card]);
    await page.keyboard.press('Shift+F10');
    await page.keyboard.press('Escape');
    expect(await menu.isVisible()).toBe(false);
    expect(await page.evaluate(() => (document.activeElement as SVGElement).dataset.card)).toBe(card);
    expect(faults).toEqual([]);
  });

  test('copies a link to it, and asks what if it failed now: the branch waits to be run', async () => {
    const { page, faults } = await show('?trace=real.jsonl#t=60000&on=names&tab=node');
    const more = page.locator('#panel-node .node-menu');
    await more.click();
    expect(await more.getAttribute('aria-expanded')).toBe('true');
    await more.click();
    expect(await page.locator('#part-menu').isVisible()).toBe(false);
    await more.press('Enter');
    await page.locator('[data-choice=link]').click();
    await page.locator('#toast').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/#t=60000&on=names&tab=node$/);
    await page.locator('#picture [data-card="log-in"]').click({ button: 'right' });
    await page.locator('[data-choice=fail]').click();
    await page.waitForFunction(() => document.activeElement?.classList.contains('draft-go'));
    expect(await page.locator('#panel-what-if .deed-list').innerText()).toMatch(/09:01.*\s+log-in: It breaks/);
    await page.keyboard.press('Enter');
    await page.waitForFunction(
      () => window.netfall!.runs!.list().length === 2 && window.netfall!.runs!.shown() !== window.netfall!.runs!.base(),
    );
    expect(faults).toEqual([]);
  });

  test('shows it elsewhere, and of many drawn as one lays these open', async () => {
    const { page, faults } = await show('#t=3600000');
    const many = page.locator('#picture .card.group').first();
    await many.click({ button: 'right' });
    expect(await page.locator('[data-choice=pin]').getAttribute('aria-describedby')).toBe('part-menu-note');
    expect(await page.locator('#part-menu-note').innerText()).toMatch(/^It stands for \d+ parts: lay it open first$/);
    expect(await AXE(page, '#part-menu')).toEqual([]);
    const before = await page.locator('#picture .card').count();
    await page.keyboard.press('Enter');
    await page.waitForFunction((count) => document.querySelectorAll('#picture .card').length > count, before);
    await page.locator('#picture .card[data-thing]').first().click({ button: 'right' });
    const name = await page.locator('#part-menu-name').innerText();
    await page.locator('[data-choice=timeline]').click();
    await page.locator('#lanes .row.thing').first().waitFor();
    expect(await page.evaluate(() => window.netfall!.state().selection.thing)).toBe(name);
    await page.keyboard.press('t');
    await page.locator('#table [data-thing]').first().click({ button: 'right' });
    await page.locator('[data-choice=picture]').click();
    expect(await page.evaluate(() => window.netfall!.state().view)).toBe('picture');
    expect(faults).toEqual([]);
  });
});

test('neither needs to be scrolled sideways at 320 pixels', async () => {
  const { page } = await show('#t=3600000&tab=node&on=door', 320);
  const beside = (): Promise<number> =>
    page.evaluate(() =>
      Math.max(
        document.documentElement.scrollWidth - innerWidth,
        ...[...document.querySelectorAll('#command-list, #command-box, #part-menu')].map(
          (element) => element.scrollWidth - element.clientWidth,
        ),
        ...[...document.querySelectorAll('#part-menu')].map(
          (element) => Math.ceil(element.getBoundingClientRect().right) - innerWidth,
        ),
      ),
    );
  await page.keyboard.press(':');
  expect(await beside()).toBeLessThanOrEqual(0);
  await page.keyboard.press('Escape');
  await page.locator('#panel-node .node-menu').click();
  expect(await beside()).toBeLessThanOrEqual(0);
});
