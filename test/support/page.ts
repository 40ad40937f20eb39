/** What tests ask of the page they look at: that it is drawn, and that it shows a moment. */
import type { Page } from 'playwright-core';

/** Two frames on: what was dispatched is drawn. */
export const drawn = (page: Page): Promise<void> =>
  page.evaluate(() => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))));

/** Shows a moment, in milliseconds after the start. */
export async function seek(page: Page, at: number): Promise<void> {
  await page.evaluate((time) => window.netfall!.seek(time), at);
  await drawn(page);
}
