/** The map in a real browser: selecting there selects everywhere, it is walked by keys, and enlarged by buttons. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from 'vitest';
import { withBrowser, withServer } from '../support/browser.ts';
import { realTrace } from '../support/real-trace.ts';
import { chain, textOf } from '../support/sample-trace.ts';
import { siteWith } from '../viz/site.ts';

const outage = join(import.meta.dirname, '../../scenarios/outages/facebook-2021.yaml');
const open = withBrowser();
const address = withServer(
  siteWith({ 'trace.jsonl': realTrace(readFileSync(outage, 'utf8')), 'chain.jsonl': textOf(chain()) }),
);

test('the map is a view of the one selection', async () => {
  const { page, faults } = await open(`${address()}#t=1800000&view=map`, { reducedMotion: 'reduce' });
  await page.waitForFunction(() => document.querySelectorAll('#map .spot').length === 56);
  await page.locator('#map .spot[data-thing="dc.3.1"]').click();
  await page.waitForFunction(() => window.netfall!.state().selection.thing === 'dc.3.1');
  expect(await page.locator('#panel-node').innerText()).toContain('dc.3.1');
  await page.locator('#map .spot[data-thing="dc.3.1"]').focus();
  await page.keyboard.press('ArrowLeft');
  const next = await page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset.thing);
  expect(next).not.toBe('dc.3.1');
  await page.keyboard.press('Enter');
  await page.waitForFunction((id) => window.netfall!.state().selection.thing === id, next);
  const x = () => page.locator('#map .spot[data-thing="pop.2.7"]').getAttribute('transform');
  const before = await x();
  await page.locator('[data-do="map-in"]').click();
  await expect.poll(x).not.toBe(before);
  await page.locator('[data-do="map-all"]').click();
  await expect.poll(x).toBe(before);
  await page.keyboard.press('g');
  await page.waitForFunction(() => window.netfall!.state().view === 'picture');
  await page.keyboard.press('g');
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  expect(faults).toEqual([]);
});

test('without places it says so, and offers nothing to enlarge', async () => {
  const { page } = await open(`${address()}?trace=chain.jsonl#view=map`);
  await page.waitForFunction(() => document.getElementById('map-note')?.textContent !== '');
  expect(await page.locator('#map-note').innerText()).toMatch(/does not say where/);
  expect(await page.locator('#map-buttons').isVisible()).toBe(false);
});
