/** What is opened, dropped, embedded, and what a hostile trace may do on the page: nothing but be read. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, describe, expect, test } from 'vitest';
import { withBrowser, withServer } from '../support/browser.ts';
import { chain, textOf } from '../support/sample-trace.ts';
import { scenarioText } from '../viz/real-run.ts';
import { siteWith } from '../viz/site.ts';

const EVIL = [
  '<script>window.hit=1</script></script><script>window.hit=1</script>',
  '<img src=x onerror="window.hit=1">',
  '</title><svg onload="window.hit=1"><use href="data:image/svg+xml,x"/><foreignObject><b>x</b></foreignObject></svg>',
  '"><a href="javascript:window.hit=1">x</a>',
  'x\u202egnp.exe',
  'n'.repeat(5000),
];
function hostile(): string {
  const lines = chain();
  const [start] = lines as unknown as [{ scenario: Record<string, unknown> & { nodes: { title: string | null }[] } }];
  start.scenario.title = EVIL.slice(0, 3).join(' ');
  for (const [i, node] of start.scenario.nodes.entries()) node.title = EVIL[i] ?? null;
  start.scenario.sources = [{ name: 'bad', title: EVIL[0], basis: 'public', url: 'javascript:window.hit=1' }];
  lines.splice(3, 0, { line: 'caption', at: 100, says: 'a line\n'.repeat(10_000) + EVIL[1] });
  const end = lines.at(-1) as { checkpoints: unknown };
  end.checkpoints = ['bad', 'none'].map((source) => ({
    id: source,
    says: EVIL[0],
    observed: EVIL[1],
    simulated: null,
    accept: null,
    held: true,
    fitted: false,
    foil: null,
    source,
  }));
  return textOf(lines)
    .replace(/\bweb\b/g, '__proto__')
    .replace(/\bapi\b/g, 'constructor')
    .replace(/\bcdn\b/g, '<svg onload=window.hit=1>')
    .replaceAll('goes down"', `goes down <img src=x onerror=window.hit=1>"`);
}

const open = withBrowser();
const address = withServer(siteWith({ 'trace.jsonl': textOf(chain()), 'hostile.jsonl': hostile() }));
const folder = mkdtempSync(join(tmpdir(), 'netfall-open-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
async function show(query = '') {
  const opened = await open(`${address()}${query}`, {
    reducedMotion: 'reduce',
    viewport: { width: 1280, height: 900 },
  });
  await opened.page.waitForFunction(() => window.netfall?.ready === true);
  return opened;
}

test('nothing in a hostile trace is run, and the page stays usable', async () => {
  const { page, faults } = await show('?trace=hostile.jsonl');
  for (const at of [100, 230, 1200]) {
    await page.evaluate((time) => window.netfall!.seek(time), at);
    for (const tab of ['causes', 'node', 'score', 'what-if', 'compare', 'story'])
      await page.locator(`#tab-${tab}`).click();
  }
  for (const view of ['table', 'map', 'picture']) await page.locator(`#view-${view}`).click();
  await page.locator('#tab-score').click();
  for (const key of ['u', 'e', '?']) {
    await page.keyboard.press(key);
    await page.keyboard.press('Escape');
  }
  const found = await page.evaluate(() => ({
    hit: (window as { hit?: number }).hit,
    bad: document.querySelectorAll('body script, [onerror], [onload], foreignObject, img').length,
    links: [...document.querySelectorAll('a[href]')].filter((a) => !/^(https?:|#|\.\/)/.test(a.getAttribute('href')!))
      .length,
    title: document.title.includes('<script>'),
  }));
  expect(found).toEqual({ hit: undefined, bad: 0, links: 0, title: true });
  await page.keyboard.press('Home');
  await page.locator('#play').click();
  await page.waitForFunction(() => window.netfall!.state().moment.at > 0);
  expect(faults).toEqual([]);
});

describe('a file', () => {
  test('that is sound is run and shown; one that is not is told by its places, and what was shown stays', async () => {
    const { page, faults } = await show();
    await page.keyboard.press('o');
    const sound = scenarioText('patterns/tool-needs-what-it-repairs');
    await page.setInputFiles('#open-file', file('bad.yaml', sound.replace(/^nodes:/m, 'nodse:')));
    await page.locator('#open-list li').first().waitFor();
    expect(await page.locator('#open-list').innerText()).toMatch(
      /bad\.yaml:\d+:\d+: .*nodse[\s\S]*\d+ \| nodse:\n\s+\^/,
    );
    expect(await page.locator('#title').innerText()).toContain('A chain');
    const { violations } = await new AxeBuilder({ page }).include('#open-box').analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    await page.setInputFiles('#open-file', file('good.yaml', sound));
    await page.locator('#open-box').waitFor({ state: 'hidden' });
    expect(await page.evaluate(() => window.netfall!.runs!.list().length)).toBe(1);
    expect(await page.locator('#title').innerText()).not.toContain('A chain');
    await page.keyboard.press('u');
    expect(await page.locator('#share-box').innerText()).toMatch(/opened from a file, and no link can hold it/);
    expect(await page.locator('#share-box input').count()).toBe(0);
    await page.keyboard.press('Escape');
    await page.locator('#tab-what-if').click();
    await page.locator('label.variant', { hasText: 'Somebody drives there' }).waitFor();
    await page.keyboard.press('o');
    await page.setInputFiles('#open-file', file('a.jsonl', textOf(chain())));
    await page.waitForFunction(() => document.getElementById('title')!.textContent!.includes('A chain'));
    expect(faults).toEqual([]);
  });
});

test('embedded there is no bar, only the picture, what plays it, and the way to the whole page', async () => {
  const { page, faults } = await show('?embed&theme=dark#t=230');
  expect(await page.locator('.bar').isVisible()).toBe(false);
  expect(await page.locator('#reading').isVisible()).toBe(false);
  expect(await page.locator('#play').isVisible()).toBe(true);
  expect(await page.locator('#embed-full').getAttribute('href')).toMatch(/\?theme=dark#t=230/);
  // A message from any but the page around is nobody's wish.
  await page.evaluate(() => window.postMessage({ netfall: { theme: 'light' } }));
  expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
  expect(faults).toEqual([]);
});
