/** The pictures of the README, made by the program itself: `npm run pictures`. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, test } from 'vitest';
import { withBrowser, withServer } from '../support/browser.ts';
import { realTrace } from '../support/real-trace.ts';
import { siteWith } from '../viz/site.ts';

const root = resolve(import.meta.dirname, '../..');
const MINUTE = 60_000;

// Made on request, so that a test run leaves the tree as it was.
describe.runIf(process.env.NETFALL_PICTURES === '1')('pictures', () => {
  const open = withBrowser();
  const outage = join(root, 'scenarios/outages/facebook-2021.yaml');
  const address = withServer(siteWith({ 'trace.jsonl': realTrace(readFileSync(outage, 'utf8')) }));

  test.each([
    ['replay-light.png', 'light', 'picture'],
    ['replay-dark.png', 'dark', 'picture'],
    ['map-dark.png', 'dark', 'map'],
  ])('%s', async (name, theme, view) => {
    const { page } = await open(`${address()}?theme=${theme}#view=${view}`, {
      viewport: { width: 1280, height: 800 },
      reducedMotion: 'reduce',
    });
    await page.waitForFunction(() => window.netfall?.ready === true);
    await page.evaluate((at) => window.netfall?.seek(at), 22 * MINUTE);
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
    mkdirSync(join(root, 'viz/pictures'), { recursive: true });
    await page.screenshot({ path: join(root, `viz/pictures/${name}`) });
  });
});
