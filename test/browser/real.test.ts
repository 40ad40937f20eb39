/** The thin thread, whole: a scenario file, simulated, written as a trace, replayed in a browser, cause by cause. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { withBrowser, withServer } from '../support/browser.ts';
import { drawn } from '../support/page.ts';
import { realTrace } from '../support/real-trace.ts';
import { siteWith } from '../viz/site.ts';

const open = withBrowser();
const scenario = (path: string): string => readFileSync(join(import.meta.dirname, '../../scenarios', path), 'utf8');
const address = withServer(
  siteWith({
    'trace.jsonl': realTrace(scenario('patterns/chain-and-alternative.yaml')),
    'outage.jsonl': realTrace(scenario('outages/facebook-2021.yaml')),
  }),
);

async function show(query: string): Promise<Page> {
  const { page } = await open(`${address()}${query}`, {
    reducedMotion: 'reduce',
    viewport: { width: 1280, height: 800 },
  });
  await page.waitForFunction(() => window.netfall?.ready === true);
  return page;
}
const stateOf = (page: Page, name: string) => page.locator(`#picture [data-card="${name}"]`).textContent();

test('six nodes go down and come back as they must', async () => {
  const page = await show('');
  const down = async (at: number): Promise<string[]> => {
    await page.evaluate((ms) => window.netfall?.seek(ms), at);
    await drawn(page);
    const names = ['bb', 'dns', 'auth', 'api', 'cdn', 'web'];
    const states = await Promise.all(names.map((name) => stateOf(page, name)));
    return names.filter((_, k) => /down|broken/.test(states[k] as string));
  };
  expect(await down(99)).toEqual([]);
  expect(await down(150)).toEqual(['bb', 'dns', 'auth']);
  expect(await down(300)).toEqual(['bb', 'dns', 'auth', 'api', 'cdn', 'web']);
  expect(await down(745)).toEqual(['dns', 'auth', 'api']);
  expect(await down(1000)).toEqual([]);
  // However it is reached, a moment is the same.
  expect(await down(150)).toEqual(['bb', 'dns', 'auth']);
});

test('from a shut door back to the command', async () => {
  const page = await show('?trace=outage.jsonl');
  await page.evaluate(() => window.netfall?.seek(9 * 60_000 + 1000));
  await page.locator('#picture [data-card="door"]').dispatchEvent('click');
  await page.locator('#tab-causes').click();
  await drawn(page);
  const text = await page.locator('#panel-causes').innerText();
  for (const step of ['the check of drain-all is broken', 'is drained of backbone', 'over backbone', 'door goes down'])
    expect(text).toContain(step);
});
