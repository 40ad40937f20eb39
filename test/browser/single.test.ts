/** The page that is one file, opened from disk without a network: it looks, plays, runs a variant, and gives out what is shown. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Download, Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withBrowser } from '../support/browser.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const open = withBrowser();
const OFFLINE = { offline: true, reducedMotion: 'reduce' } as const;

let folder: string;
const pageOf = (name: string): string => join(folder, `the page of ${name}.html`);
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'netfall a page '));
  for (const [name, path] of [
    ['facebook', 'outages/facebook-2021.yaml'],
    ['a chain', 'patterns/chain-and-alternative.yaml'],
  ] as const) {
    const scenario = join(folder, `the ${name}.yaml`);
    copyFileSync(join(ROOT, 'scenarios', path), scenario);
    const args = [join(ROOT, 'dist/netfall.js'), 'export', scenario, '--html', '--out', pageOf(name)];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    expect([status, stdout]).toEqual([0, '']);
    expect(stderr).toContain(`the page of ${name}.html: `);
    expect(stderr).toMatch(/\d\.\d MB\. It opens in any browser, from disk, with no network\.\n$/);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function show(name: string) {
  const opened = await open(pathToFileURL(pageOf(name)).href, OFFLINE);
  const asked: string[] = [];
  opened.page.on('request', (request) => asked.push(request.url()));
  await opened.page.waitForFunction(() => window.netfall?.ready === true);
  return { ...opened, asked };
}

const contentOf = async (download: Download): Promise<Buffer> => readFileSync(await download.path());

async function saved(page: Page, form: string): Promise<{ readonly name: string; readonly content: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.click(`[data-save="${form}"]`)]);
  return { name: download.suggestedFilename(), content: await contentOf(download) };
}

describe('the flagship', () => {
  test('opens, moves, looks up, and runs a variant in its own thread, asking nobody for anything', async () => {
    const { page, faults, asked } = await show('facebook');
    expect(await page.title()).toContain('Facebook, 4 October 2021');
    await page.evaluate(() => window.netfall?.seek(22 * 60_000));
    await expect.poll(() => page.locator('#share').innerText()).toBe('4 of 14');
    expect(await page.evaluate(() => document.fonts.check('13px "Inter Variable"'))).toBe(true);
    await page.locator('#play').click();
    await page.waitForFunction(() => (window.netfall?.state().moment.at ?? 0) > 22.2 * 60_000);
    await page.locator('#play').click();
    const state = await page.evaluate(async () => {
      const runs = window.netfall?.runs;
      const first = runs?.list()[0];
      if (!runs || !first) return 'no runs';
      const branch = await runs.make({ ...first.difference, variant: 'own-oob' });
      runs.show(branch.id);
      return branch.state + branch.problems.join();
    });
    expect(state).toBe('here');
    await expect.poll(() => page.locator('#branches').innerText()).toContain('out-of-band network');
    expect(asked.filter((url) => !/^(blob:|data:|file:.*#)/.test(url))).toEqual([]);
    expect(faults).toEqual([]);
  });

  test('gives out pictures, tables, texts and films', async () => {
    const { page, faults } = await show('facebook');
    await page.evaluate(() => window.netfall?.seek(22 * 60_000));
    await page.keyboard.press('e');
    await page.locator('[data-offer=clip] button').first().waitFor();

    const svg = await saved(page, 'picture:svg');
    expect(svg.name).toBe('facebook-2021_155200_picture.svg');
    const found = await page.evaluate((text) => {
      // The page's own policy would hold for the style of what is parsed here.
      const svg = new DOMParser().parseFromString(text.replace(/<style[\s\S]*?<\/style>/, ''), 'image/svg+xml');
      const all = [...svg.querySelectorAll('*')];
      return {
        root: svg.documentElement.localName,
        bad: svg.querySelectorAll('parsererror, script, foreignObject, image, use, a').length,
        names: [...new Set(all.flatMap(({ attributes }) => [...attributes].map(({ name }) => name)))],
        addresses: text.match(/url\([^)]{0,20}/g),
        words: all.filter(({ localName }) => localName === 'text').map(({ textContent }) => textContent),
      };
    }, svg.content.toString());
    expect(found).toMatchObject({ root: 'svg', bad: 0 });
    expect(found.names.filter((name) => /^on|href|^id$|^class$|^style$|^data-/.test(name))).toEqual([]);
    expect(found.addresses?.every((address) => address.startsWith('url(data:font'))).toBe(true);
    for (const word of [
      '15:52:00',
      '4 of 14 things people do still work',
      '268 cut off',
      'door',
      'Simulated, not observed: netfall 0.1.0, facebook-2021, seed 1',
    ])
      expect(found.words).toContain(word);

    const png = PNG.sync.read((await saved(page, 'picture:png')).content);
    expect(png.width).toBeGreaterThan(1700);
    expect(png.height).toBeGreaterThan(1000);
    expect(new Set(Array.from({ length: 5000 }, (_, i) => png.data.readUInt32BE(i * 4 * 97))).size).toBeGreaterThan(5);

    expect((await saved(page, 'table:csv')).content.toString()).toMatch(
      /\r\ndoor,way in,People & doors,down,does not open,15:39:/,
    );
    expect(JSON.parse((await saved(page, 'table:json')).content.toString())).toMatchObject({
      scenario: 'facebook-2021',
      at: '15:52:00',
    });
    const trace = await saved(page, 'trace:json');
    expect(trace.name).toBe('facebook-2021_perfetto.json');
    expect(JSON.parse(trace.content.toString()).traceEvents.length).toBeGreaterThan(10_000);
    expect((await saved(page, 'review:md')).content.toString()).toContain('## Open questions');
    expect((await saved(page, 'scenario:yaml')).content.toString()).toBe(
      readFileSync(join(ROOT, 'scenarios/outages/facebook-2021.yaml'), 'utf8'),
    );
    await expect.poll(() => page.locator('#save-told').innerText()).toMatch(/^Saved facebook-2021\.yaml \(\d+ kB\)\.$/);

    await page.selectOption('#save-lasts', '5');
    const films = await page
      .locator('[data-offer=clip] button')
      .evaluateAll((buttons) => buttons.map(({ dataset }) => dataset.save ?? ''));
    expect(films).toContain('clip:webm');
    const film = await saved(page, 'clip:webm');
    expect(film.name).toBe('facebook-2021_155200_clip.webm');
    expect(film.content.subarray(0, 4).toString('hex')).toBe('1a45dfa3');
    const shown = await page.evaluate(async (data) => {
      const video = document.createElement('video');
      video.src = URL.createObjectURL(
        await new Response(Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0))).blob(),
      );
      await new Promise((done, failed) => {
        video.onloadedmetadata = done;
        video.onerror = () => failed(new Error(video.error?.message));
      });
      return { seconds: video.duration, width: video.videoWidth };
    }, film.content.toString('base64'));
    expect(shown).toEqual({ seconds: 5, width: 1280 });
    expect(faults).toEqual([]);
  });

  test('without scripts tells the story', async () => {
    const { page } = await open(pathToFileURL(pageOf('facebook')).href, { ...OFFLINE, javaScriptEnabled: false });
    const text = await page.locator('body').innerText();
    expect(text).toMatch(/^Facebook, 4 October 2021/);
    expect(text).toContain('15:39:00 The badge readers ask a computer that nobody can reach.');
    expect(text).not.toContain('Reading the run');
  });
});

test('a pattern opens too, and the address holds the moment', async () => {
  const { page, faults } = await show('a chain');
  await page.evaluate(() => window.netfall?.seek(600_000));
  await page.waitForFunction(() => location.hash.includes('t='));
  await page.reload();
  await page.waitForFunction(() => window.netfall?.ready === true);
  expect(await page.evaluate(() => window.netfall?.state().moment.at)).toBeGreaterThan(0);
  expect(faults).toEqual([]);
});
