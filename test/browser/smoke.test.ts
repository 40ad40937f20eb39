/** The built page opens in a real browser and nothing breaks: true of any page we will ever ship. */
import { expect, test } from 'vitest';
import { withBrowser, withServer } from '../support/browser.ts';

const open = withBrowser();
const address = withServer();

test('the built page opens without a fault', async () => {
  const { page, faults } = await open(address());
  expect(await page.title()).toMatch(/netfall/i);
  expect(await page.locator('body').innerText()).not.toBe('');
  expect(faults).toEqual([]);
});
