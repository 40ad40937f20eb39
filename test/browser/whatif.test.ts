/** What if, branches, compare and links in a real browser: a variant is run, shown and compared; a branch at a moment; back and reload. */

import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { withBrowser, withServer } from '../support/browser.ts';
import { drawn, seek } from '../support/page.ts';
import { realTrace } from '../support/real-trace.ts';
import { chain, textOf } from '../support/sample-trace.ts';
import { scenarioText } from '../viz/real-run.ts';
import { siteWith } from '../viz/site.ts';

const open = withBrowser();
const address = withServer(
  siteWith({
    'trace.jsonl': realTrace(scenarioText('patterns/tool-needs-what-it-repairs')),
    'unwritten.jsonl': textOf(chain()),
  }),
);
const MINUTE = 60_000;

async function show(query = '') {
  const opened = await open(`${address()}${query}`, {
    reducedMotion: 'reduce',
    viewport: { width: 1280, height: 900 },
  });
  await opened.page.waitForFunction(() => window.netfall?.ready === true);
  return opened;
}
const shownRun = (page: Page) => page.evaluate(() => window.netfall!.runs!.shown().difference);
const branches = (page: Page) => page.locator('#branches .branch-name').allInnerTexts();
const hashHas = (page: Page, text: string) => page.waitForFunction((part) => location.hash.includes(part), text);
const axe = async (page: Page, where: string) =>
  (await new AxeBuilder({ page }).include(where).analyze()).violations.map(
    ({ id, nodes }) => `${id} ${nodes[0]?.html}`,
  );
const choose = async (page: Page, title: string) => {
  await page.locator('#tab-what-if').click();
  await page.locator('label.variant', { hasText: title }).click();
};
const runAndShow = async (page: Page) => {
  await page.locator('.draft-go:enabled').click();
  await page.locator('#branch').waitFor({ state: 'visible' });
};

describe('a variant', () => {
  test('is chosen, run, shown and compared; the base and the branch stay', async () => {
    const { page, faults } = await show();
    await seek(page, 120 * MINUTE);
    expect(await page.locator('#branches').isVisible()).toBe(false);
    await choose(page, 'Somebody drives there');
    await page.locator('label.variant', { hasText: /Somebody drives there.*on-site\.team: ops/ }).waitFor();
    await runAndShow(page);
    expect(await page.locator('#branch-name').innerText()).toBe('Somebody drives there');
    expect(await branches(page)).toEqual(['As it was', 'Somebody drives there']);
    expect(
      await page
        .locator('#branch [data-do]')
        .evaluateAll((all) => all.map((one) => (one as HTMLElement).title.slice(-3))),
    ).toEqual(['(a)', '(z)']);
    // At the moment of before, with the run of before to compare with.
    expect((await page.evaluate(() => window.netfall!.state())).moment.at).toBe(120 * MINUTE);
    await hashHas(page, 'variant=on-site&with=base&v=1');
    expect(await page.locator('#picture .tag.d-better').count()).toBe(4);
    expect(await page.locator('#picture .tag').first().textContent()).toMatch(/better/);
    expect(await page.locator('#lanes .ghosts .ghost-bars').count()).toBeGreaterThan(0);
    expect(await axe(page, '#panel-what-if')).toEqual([]);

    await page.locator('#tab-compare').click();
    await drawn(page);
    const compared = await page.locator('#panel-compare').innerText();
    expect(compared).toMatch(/Parts: ▲ 4 better here/);
    expect(compared).toMatch(/last trouble over\s+▲ 10:25:00\s+not over/);
    expect(compared).toMatch(/▲ 3 eased/);
    expect(compared).toMatch(/here 09:10:00 to 10:25:00, 1 h 15 min: off\s+there 09:10:00 to the end, 7 h 50 min: off/);
    expect(await axe(page, '#panel-compare')).toEqual([]);
    // A line leads to its moment and its part.
    await page.locator('.became-line', { hasText: 'network' }).click();
    const { moment, selection } = await page.evaluate(() => window.netfall!.state());
    expect([moment.at, selection.thing]).toEqual([10 * MINUTE, 'network']);
    await seek(page, 120 * MINUTE);
    // The key takes the marks away, and puts them back.
    await page.keyboard.press('d');
    await drawn(page);
    expect(await page.locator('#picture .tag').count()).toBe(0);
    await page.keyboard.press('d');
    await drawn(page);
    expect(await page.locator('#picture .tag').count()).toBe(4);

    await page.keyboard.press('z');
    expect(await shownRun(page)).toMatchObject({ variant: null });
    await drawn(page);
    expect(await branches(page)).toHaveLength(2);
    await page.locator('#branches .branch').nth(1).press('Enter');
    expect(await shownRun(page)).toMatchObject({ variant: 'on-site' });
    expect(await axe(page, '#branches')).toEqual([]);
    expect(faults).toEqual([]);
  });

  test('can be run without being shown, and dropped', async () => {
    const { page } = await show();
    await choose(page, 'The log-in does without names');
    await page.locator('.draft-run:enabled').click();
    await page.locator('.run .compare:visible').waitFor();
    expect(await shownRun(page)).toMatchObject({ variant: null });
    await page.locator('.run .drop:visible').click();
    await drawn(page);
    expect(await page.locator('#branches').isVisible()).toBe(false);
  });
});

test('a number that makes no sense is told as the command line tells it, and cannot be run', async () => {
  const { page } = await show('#tab=what-if');
  await choose(page, 'Somebody drives there');
  await page.locator('.numbers summary').click();
  await page.locator('#number-drive').fill('soon');
  await page.locator('.draft-problems li').waitFor();
  expect(await page.locator('.draft-problems').innerText()).toMatch(
    /scenario\.yaml:\d+:\d+: .*expected a time span.*found "soon"/,
  );
  expect(await page.locator('.draft-go').isDisabled()).toBe(true);
  await page.locator('#number-drive').fill('20m');
  await page.locator('.draft-go:enabled').waitFor();
  expect(await page.locator('.draft-name').innerText()).toBe('Somebody drives there · drive 20m');
});

test('a branch at a moment: chosen, shown as YAML, run; back and reload lead to it and from it', async () => {
  const { page, faults } = await show();
  await seek(page, 30 * MINUTE);
  await page.locator('#query').fill('network');
  await page.locator('#query').press('Enter');
  await page.locator('#query').evaluate((input: HTMLElement) => input.blur());
  await page.keyboard.press('b');
  const choice = page.locator('#act-choice');
  await choice.waitFor();
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('act-choice');
  await choice.selectOption({ label: 'Take back wrong-setting (off)' });
  await page.locator('.deed-add').click();
  expect(await page.locator('.yaml').innerText()).toContain('at: 2026-03-02T09:30:00.000Z');
  await runAndShow(page);
  await hashHas(page, 'fork=');
  const forked = await shownRun(page);
  expect(forked.fork?.at).toBe(30 * MINUTE);
  expect(await page.locator('#branch-name').innerText()).toBe('09:30:00 wrong-setting taken back');
  await seek(page, 31 * MINUTE);
  expect(await page.locator('#works').innerText()).toMatch(/[34] of \d/);
  await page.keyboard.press('a');
  expect((await page.evaluate(() => window.netfall!.state())).moment.at).toBe(30 * MINUTE);

  const link = page.url();
  await page.reload();
  await page.waitForFunction(() => window.netfall?.ready === true);
  expect(await shownRun(page)).toEqual(forked);
  expect(await page.evaluate(() => window.netfall!.runs!.against()?.difference.fork)).toBeNull();
  expect(page.url()).toBe(link);
  expect((await page.evaluate(() => window.netfall!.state())).selection.thing).toBe('network');
  await page.goBack();
  await page.waitForFunction(() => window.netfall!.runs!.shown().difference.fork === null);
  await page.goForward();
  await page.waitForFunction(() => window.netfall!.runs!.shown().difference.fork !== null);
  expect(faults).toEqual([]);
});

describe('a link', () => {
  test.each([
    ['of another form', '#t=600000&v=9&variant=on-site', /written in form 9/],
    ['to a variant that is not there', '#t=600000&variant=nobody&v=1', /cannot be made .*there is no variant "nobody"/],
    ['with a part cut off', '#t=600000&fork=.AAAA&v=1', /cannot be read/],
    [
      'that would change the past',
      `#t=600000&fork=${encodeURIComponent('{"at":600000,"patch":{"nodes":{"network":null}}}')}&v=1`,
      /a branch cannot change "nodes"/,
    ],
  ])('%s says so, and opens what it can', async (_, hash, says) => {
    const { page, faults } = await show(hash);
    expect(await page.locator('#note-text').innerText()).toMatch(says);
    expect(await page.evaluate(() => window.netfall!.state().moment.at)).toBe(600_000);
    expect(await shownRun(page)).toMatchObject({ variant: null, fork: null });
    await page.locator('#note-close').click();
    expect(await page.locator('#note').isVisible()).toBe(false);
    expect(faults).toEqual([]);
  });

  test('to this run and to this moment stand in a box, with a word when they are long', async () => {
    const { page } = await show('?theme=dark#t=600000&tab=score&view=table&variant=on-site&v=1');
    await page.keyboard.press('u');
    expect(await page.locator('#share-run').inputValue()).toMatch(/\/\?theme=dark#variant=on-site&v=1$/);
    expect(await page.locator('#share-moment').inputValue()).toMatch(
      /#t=600000&tab=score&view=table&variant=on-site&v=1$/,
    );
    expect(await page.locator('#share-box .hint').innerText()).not.toMatch(/cut off/);
    expect(await axe(page, '#share-box')).toEqual([]);
    await page.keyboard.press('Escape');
    const many = Array.from(
      { length: 60 },
      (_, i) => `set=${encodeURIComponent(`nodes.network.title="a title of many ${i}"`)}`,
    );
    await page.goto(`${address()}?again#t=0&${many.join('&')}&v=1`);
    await page.waitForFunction(() => window.netfall?.ready === true);
    await page.keyboard.press('u');
    expect(await page.locator('#share-box .hint').innerText()).toMatch(/2,\d{3} characters long.*cut off/);
  });
});

test('a trace that does not hold its scenario says why nothing can be run', async () => {
  const { page } = await show('?trace=unwritten.jsonl#tab=what-if');
  expect(await page.locator('#panel-what-if').innerText()).toMatch(/does not hold all that its scenario was made of/);
  await page.keyboard.press('d');
  await drawn(page);
  expect(await page.locator('#panel-compare').innerText()).toMatch(/only one run here/);
});
