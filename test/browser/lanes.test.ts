/** The lanes of the timeline in a real browser: pins, bringing into view, how a part was, what tasks and checkpoints tell, marks everywhere. */

import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { jsonLines } from '../../sim/index.ts';
import { withBrowser, withServer } from '../support/browser.ts';
import { drawn, seek } from '../support/page.ts';
import { textOf } from '../support/sample-trace.ts';
import { scenarioText, simulated } from '../viz/real-run.ts';
import { outage } from '../viz/sample-outage.ts';
import { siteWith } from '../viz/site.ts';

const open = withBrowser();
const address = withServer(
  siteWith({
    'trace.jsonl': [
      ...jsonLines(simulated(scenarioText('patterns/tool-needs-what-it-repairs'), { variant: 'on-site' })),
    ].join(''),
    'outage.jsonl': textOf(outage()),
  }),
);

async function show(query = '', width = 1280, asks = false) {
  const opened = await open(`${address()}${query}`, {
    asks,
    reducedMotion: 'reduce',
    viewport: { width, height: 900 },
  });
  await opened.page.waitForFunction(() => window.netfall?.ready === true);
  return opened;
}
const press = async (page: Page, ...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key);
  await drawn(page);
};
const MINUTE = 60_000;
/** The words of a part's lane, stretch by stretch. */
const lane = (page: Page, id: string) =>
  page
    .locator(`#lanes [data-lane="${id}"].thing .span`)
    .evaluateAll((list) => list.map((span) => /\) (.*)$/.exec(span.getAttribute('data-tells') ?? '')?.[1]));
const told = (page: Page) => page.locator('#tip').innerText();

test('a selected part has a lane that tells how it was; pinned, it stays, in the address too; its button lets it go', async () => {
  const { page, faults } = await show();
  await page.locator('#picture [data-thing="names"]').click();
  await drawn(page);
  expect(await lane(page, 'names')).toEqual(['up', 'down, because network goes down', 'up, because network comes up']);
  await press(page, 'p');
  expect(await page.locator('#pin').getAttribute('aria-pressed')).toBe('true');
  await press(page, 'Escape', 'Escape');
  expect((await page.evaluate(() => window.netfall!.state())).selection.thing).toBeNull();
  expect(await page.locator('#lanes .row.pinned .row-label').allTextContents()).toEqual(['names']);
  await page.waitForFunction(() => location.hash.includes('names'));
  await page.reload();
  await page.waitForFunction(() => window.netfall?.ready === true);
  expect(await page.locator('#lanes .row.pinned .row-label').allTextContents()).toEqual(['names']);
  await page.getByRole('button', { name: 'Let the lane of name service go' }).click();
  await drawn(page);
  expect(await page.locator('#lanes .row.pinned').count()).toBe(0);
  expect(faults).toEqual([]);
});

test('the key f lays open what is folded around the part, and brings its lane into view', async () => {
  const { page, faults } = await show('?trace=outage.jsonl');
  const { picture, lanes } = { picture: page.locator('#picture [data-thing="pop.7"]'), lanes: page.locator('#lanes') };
  await page.locator('#query').fill('pop.7');
  await page.keyboard.press('Enter');
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await lanes.evaluate((element) => element.scrollTo({ top: 10_000 }));
  if (await picture.count()) throw new Error('pop.7 is not folded: the test needs one that is');
  await press(page, 'f');
  await picture.waitFor();
  await page.waitForFunction(() => {
    const row = document.querySelector('#lanes [data-lane="pop.7"]')?.getBoundingClientRect();
    const box = document.getElementById('lanes')!.getBoundingClientRect();
    return row !== undefined && row.top >= box.top && row.bottom <= box.bottom;
  });
  expect(faults).toEqual([]);
});

test('by keyboard: a task says what it waited for, and Enter leads to what ended the wait', async () => {
  const { page, faults } = await show();
  const waits = page.locator('.row.task .l-waiting').last();
  await waits.focus();
  await press(page, 'ArrowLeft');
  await page.locator('#lanes [tabindex="0"]').first().waitFor({ state: 'attached' });
  expect(await page.locator('#lanes svg [tabindex="0"]').count()).toBe(1);
  await waits.focus();
  expect(await told(page)).toMatch(/^repair\.from-afar: .* waits for log-in; then repair\.from-afar is called off/);
  await press(page, 'Enter');
  const { selection } = await page.evaluate(() => window.netfall!.state());
  expect(selection.change).not.toBeNull();
  expect(await page.locator('#panel-story .line.selected').textContent()).toContain('repair.from-afar is called off');
  const { violations } = await new AxeBuilder({ page }).include('#lanes').analyze();
  expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([]);
  expect(faults).toEqual([]);
});

test('by keyboard: a checkpoint says what was seen, accepted and simulated, and who says so; its shape is told beside the lane', async () => {
  const { page, faults } = await show('?trace=outage.jsonl#t=1000000');
  const claim = page.locator('.claim').first();
  await claim.focus();
  await press(page, 'ArrowUp', 'ArrowDown');
  await claim.focus();
  expect(await claim.getAttribute('aria-label')).toMatch(/: (held|fitted|missed).*\. Observed .*; simulated /);
  expect(await told(page)).toBe(await claim.getAttribute('aria-label'));
  const notes = await page.locator('#lanes .row.claims .row-note').allTextContents();
  expect(notes.join(' · ')).toMatch(/^◆ \d+ held · ◇ \d+ fitted · ✕ \d+ missed/);
  await press(page, 'Enter');
  expect(await page.evaluate(() => window.netfall!.state().selection.checkpoint)).not.toBeNull();
  expect(faults).toEqual([]);
});

test('while it is asked what comes, no mark tells it', async () => {
  const { page, faults } = await show('?trace=outage.jsonl', 1280, true);
  expect(await page.locator('#question').isVisible()).toBe(true);
  await page.locator('#lanes .span[data-untold]').first().waitFor({ state: 'attached' });
  expect(await page.locator('#lanes svg [tabindex="0"]').count()).toBe(0);
  expect(await page.locator('#lanes .claim:not([aria-hidden])').count()).toBe(0);
  await page.locator('#predict').click();
  await drawn(page);
  expect(await page.locator('#lanes [data-untold]').count()).toBe(0);
  expect(await page.locator('#lanes svg [tabindex="0"]').count()).toBe(1);
  expect(faults).toEqual([]);
});

test('what is pointed at is marked in picture, lanes, story and table, and let go with the pointer', async () => {
  const { page, faults } = await show();
  await seek(page, 120 * MINUTE);
  await page.locator('#picture [data-thing="ops"]').hover();
  await drawn(page);
  expect(await page.locator('#lanes [data-pointed] .row-label').allTextContents()).toEqual(
    expect.arrayContaining(['↳ from-afar', '↳ on-site']),
  );
  await page.locator('#lanes .row.task .row-label', { hasText: 'from-afar' }).hover();
  await drawn(page);
  expect(
    await page
      .locator('#picture .card:not(.dim)')
      .evaluateAll((list) => list.map((one) => one.getAttribute('data-card'))),
  ).toEqual(['ops']);
  await page.locator('#panel-story button', { hasText: 'log-in goes down' }).first().hover();
  await drawn(page);
  expect(await page.locator('#picture [data-card="log-in"]').getAttribute('class')).not.toContain('dim');
  expect(await page.locator('#panel-story [data-pointed]').count()).toBeGreaterThan(0);
  await press(page, 't');
  await page.locator('#table tr', { hasText: 'log-in' }).first().hover();
  await drawn(page);
  expect(await page.locator('#table [data-pointed] [data-thing]').innerText()).toBe('log-in');
  await page.locator('#clock').hover();
  await drawn(page);
  expect(await page.locator('[data-pointed], [data-pointing]').count()).toBe(0);
  expect(faults).toEqual([]);
});

test('the picture shows what a selected change came from and what it led to, in words', async () => {
  const { page, faults } = await show();
  await seek(page, 120 * MINUTE);
  await page
    .locator('#panel-story button', { hasText: 'name service goes down' })
    .or(page.locator('#panel-story button', { hasText: 'names goes down' }))
    .first()
    .click();
  await drawn(page);
  expect((await page.locator('#picture .end text').allTextContents()).sort()).toEqual(['← because', '→ so']);
  await press(page, 'Escape', 'Escape');
  expect(await page.locator('#picture .end').count()).toBe(0);
  expect(faults).toEqual([]);
});

for (const width of [390, 1280])
  test(`map and table tell what became of each trouble beside another run, at ${width}`, async () => {
    const { page, faults } = await show('', width);
    await seek(page, 120 * MINUTE);
    await page.evaluate(async () => {
      const runs = window.netfall!.runs!;
      const made = await runs.make({ ...runs.list()[0]!.difference, variant: null });
      runs.compare(made.id);
    });
    await page.locator('#view-table').click();
    await drawn(page);
    const row = page.locator('#table tr', { hasText: 'log-in' }).first();
    expect(await row.locator('.part-tag').innerText()).toMatch(/▲ better, there down\s+over the run ▲ eased/);
    const { scrollWidth, clientWidth } = await page.evaluate(() => document.documentElement);
    expect(scrollWidth).toBe(clientWidth);
    await page.evaluate(() => window.netfall!.runs!.compare(null));
    await drawn(page);
    expect(await page.locator('.part-tag:visible').count()).toBe(0);
    expect(faults).toEqual([]);
  });
