/** Every action by name: the list of commands, and the menu of a part; both by keyboard, and both say why something would change nothing. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from 'vitest';
import { withBrowser, withServer } from '../support/browser.ts';
import { textOf } from '../support/sample-trace.ts';
import { outage } from '../viz/sample-outage.ts';
import { siteWith } from '../viz/site.ts';

const open = withBrowser();
const address = withServer(siteWith({ 'trace.jsonl': textOf(outage()) }));

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
