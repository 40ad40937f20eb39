/** What people ask of the flagship: each is answered by one view, in at most three actions from the opening. `npm run pictures` keeps what is seen. */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { withBrowser, withServer } from '../support/browser.ts';

const folder = join(resolve(import.meta.dirname, '../..'), 'viz/pictures/questions');
const keeps = process.env.NETFALL_PICTURES === '1';
const open = withBrowser();
const address = withServer();

/** The view that answers, and words that must be read in it. */
const QUESTIONS = [
  [
    'route',
    'Who withdrew the route to ns-*?',
    'causes',
    [/check@pop\.\d\.\d+ goes down/, /pop\.\d\.\d+ withdraws ns-/, /drained of backbone/],
  ],
  ['servers', 'Were the nameservers ns.* down?', 'node', [/^No\. All of them run/m, /cut off/, /It runs/]],
  ['refused', 'Why did “log in at work” fail for staff?', 'causes', [/login refused/, /sso goes down/]],
  ['door', 'Why did the data-center door not open?', 'causes', [/door goes down/, /cannot reach badges/]],
  ['back', 'What brought it back?', 'causes', [/undrain is done/, /carries backbone/]],
] as const;

describe('in at most three actions', () => {
  test.each(QUESTIONS)('%s', async (name, text, tab, words) => {
    const { page, faults } = await open(address(), {
      asks: true,
      reducedMotion: 'reduce',
      viewport: { width: 1280, height: 800 },
    });
    await page.waitForFunction(() => window.netfall?.ready === true);
    // The page opens with a question of its own; then what one may ask is one line.
    let actions = 1;
    await page.locator('#asks summary').click();
    actions++;
    await page.locator('#asks button', { hasText: text }).click();
    expect(actions).toBeLessThanOrEqual(3);
    await page.waitForFunction((wanted) => window.netfall?.state().tab === wanted, tab);
    await page.evaluate(
      () => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))),
    );
    const read = await page.locator('#reading').innerText();
    for (const word of words) expect(read).toMatch(word);
    expect(await page.locator('#answer').isVisible()).toBe(true);
    expect(faults).toEqual([]);
    if (!keeps) return;
    mkdirSync(folder, { recursive: true });
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
    await page.screenshot({ path: join(folder, `${name}.png`) });
  });
});
