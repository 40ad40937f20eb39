/** Every view in both themes and three widths looks as it did when somebody last looked at it: `npm run pictures` keeps it anew. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pixelmatch from 'pixelmatch';
import type { Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { describe, expect, test } from 'vitest';
import { withBrowser, withServer } from '../support/browser.ts';
import { realTrace } from '../support/real-trace.ts';
import { siteWith } from '../viz/site.ts';

const outage = join(import.meta.dirname, '../../scenarios/outages/facebook-2021.yaml');
const kept = join(import.meta.dirname, 'views');
const open = withBrowser();
const address = withServer(siteWith({ 'trace.jsonl': realTrace(readFileSync(outage, 'utf8')) }));

const NAMES_GONE = 't=1320000';
/** Each with what the address says, or with what is done to come to it. */
const VIEWS: Readonly<Record<string, string | ((page: Page) => Promise<void>)>> = {
  story: NAMES_GONE,
  map: `${NAMES_GONE}&view=map`,
  table: `${NAMES_GONE}&view=table`,
  causes: `${NAMES_GONE}&on=8.8.8.8&tab=causes`,
  node: `${NAMES_GONE}&on=door&tab=node`,
  score: `${NAMES_GONE}&tab=score`,
  'what-if': `${NAMES_GONE}&tab=what-if`,
  compare: async (page) => {
    await page.evaluate(async () => {
      const runs = window.netfall?.runs;
      const own = runs?.list()[0]?.difference;
      if (!runs || !own) throw new Error('no runs');
      const { id } = await runs.make({ ...own, variant: 'own-oob' });
      runs.compare(id);
    });
    await page.locator('#tab-compare').click();
  },
};
/** Half as many pixels each way: letters may be set a hair otherwise on another machine, boxes may not. */
const SCALE = 0.5;
const SHARE = 0.003;

const settled = (page: Page): Promise<void> =>
  page.evaluate(() => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))));

/** The share of points that differ; 1 when sizes do. */
function differing(before: Buffer, after: Buffer): number {
  const [one, other] = [PNG.sync.read(before), PNG.sync.read(after)];
  const { width, height } = one;
  if (width !== other.width || height !== other.height) return 1;
  return pixelmatch(one.data, other.data, undefined, width, height, { threshold: 0.15 }) / (width * height);
}

describe.each(['light', 'dark'])('%s', (theme) => {
  test.each([
    [390, 844],
    [1280, 800],
    [1920, 1080],
  ])(
    '%i wide',
    async (width, height) => {
      const { page, faults } = await open(`${address()}?theme=${theme}#${NAMES_GONE}`, {
        viewport: { width, height },
        deviceScaleFactor: SCALE,
        reducedMotion: 'reduce',
      });
      await page.waitForFunction(() => window.netfall?.ready === true);
      await page.evaluate(() => document.fonts.ready.then(() => undefined));
      const changed: string[] = [];
      for (const [name, way] of Object.entries(VIEWS)) {
        if (typeof way === 'function') await way(page);
        else
          await page.evaluate((hash) => {
            location.hash = hash;
          }, way);
        await page.waitForFunction(
          (tab) => document.querySelector('[role=tab][aria-selected=true]')?.id === `tab-${tab}`,
          name === 'map' || name === 'table' ? 'story' : name,
        );
        // What each variant writes comes from the second thread.
        if (name === 'what-if')
          await page.waitForFunction(() =>
            [...document.querySelectorAll('.variant-writes')].some(({ textContent }) => textContent !== ''),
          );
        await page.mouse.move(0, 0);
        await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
        await settled(page);
        // Where the page scrolls, all of it is looked at.
        const picture = await page.screenshot({ fullPage: width < 960 });
        const file = join(kept, `${name}-${theme}-${width}.png`);
        if (process.env.NETFALL_PICTURES === '1') {
          mkdirSync(kept, { recursive: true });
          writeFileSync(file, picture);
        } else if (!existsSync(file)) changed.push(`${name}: nobody has looked at it yet`);
        else {
          const share = differing(readFileSync(file), picture);
          if (share <= SHARE) continue;
          const now = join(mkdtempSync(join(tmpdir(), 'netfall-view-')), `${name}-${theme}-${width}.png`);
          writeFileSync(now, picture);
          changed.push(`${name}: ${(share * 100).toFixed(2)} % of it is otherwise; see ${now}`);
        }
      }
      expect(changed).toEqual([]);
      expect(faults).toEqual([]);
    },
    120_000,
  );
});

test('the look sees that a box has moved', () => {
  const file = readFileSync(join(kept, 'story-light-1280.png'));
  const moved = PNG.sync.read(file);
  for (let y = 100; y < 140; y++)
    for (let x = 100; x < 140; x++) moved.data.set([0, 0, 0, 255], (y * moved.width + x) * 4);
  expect(differing(file, file)).toBe(0);
  expect(differing(file, PNG.sync.write(moved))).toBeGreaterThan(SHARE);
});
