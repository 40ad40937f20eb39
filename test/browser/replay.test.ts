/** The replay in a real browser: what people do with it, by pointer and by keyboard alone, and what they see when a trace is no good. */

import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../../viz/control/commands.ts';
import { withBrowser, withServer } from '../support/browser.ts';
import { drawn, seek } from '../support/page.ts';
import { chain, textOf } from '../support/sample-trace.ts';
import { outage } from '../viz/sample-outage.ts';
import { siteWith } from '../viz/site.ts';

const text = textOf(chain());
const lines = text.trimEnd().split('\n');
const evil = '<img src=x onerror=document.title=404>';
const open = withBrowser();
const address = withServer(
  siteWith({
    'trace.jsonl': text,
    'outage.jsonl': textOf(outage()),
    'cut.jsonl': lines.slice(0, 8).join('\n'),
    'later.jsonl': lines[0]!.replace('"format":1', '"format":2'),
    'evil.jsonl': text
      .replaceAll('"web"', JSON.stringify(evil))
      .replaceAll('web goes', `${evil} goes`)
      .replaceAll('up/web', `up/${evil}`),
    'traces.json': JSON.stringify([
      { name: 'chain', title: 'Chain', url: 'trace.jsonl' },
      { name: 'outage', title: 'Outage', url: 'outage.jsonl' },
      { name: 'elsewhere', title: 'Elsewhere', url: 'https://example.org/trace.jsonl' },
    ]),
  }),
);
const STILL = { reducedMotion: 'reduce' } as const;

async function show(query = '', options: Parameters<typeof open>[1] = STILL) {
  const opened = await open(`${address()}${query}`, options);
  await opened.page.waitForFunction(() => window.netfall?.ready === true);
  return opened;
}
const state = (page: Page) => page.evaluate(() => window.netfall!.state());
/** Everything that the moment decides. */
const seen = async (page: Page) => {
  await drawn(page);
  return page.evaluate(() =>
    ['picture', 'clock', 'works', 'legend', 'position']
      .map((id) => document.getElementById(id)?.innerHTML.replaceAll(/ tabindex="-?\d"/g, ''))
      .join('\n'),
  );
};
const press = async (page: Page, ...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key);
  await drawn(page);
};
const clock = async (page: Page) => {
  await drawn(page);
  return page.locator('#clock').innerText();
};

describe('a run', () => {
  test('opens paused at its start, and nothing moves', async () => {
    const { page, faults } = await show('', {});
    expect(await page.title()).toBe('A chain, and an alternative that is none · netfall');
    expect(await clock(page)).toBe('0.000 s');
    expect(await page.locator('#share').innerText()).toBe('6 of 6');
    const before = await page.screenshot();
    await page.waitForTimeout(1200);
    expect(before.equals(await page.screenshot())).toBe(true);
    expect(faults).toEqual([]);
  });

  test('plays, pauses, and says where it stands', async () => {
    const { page } = await show();
    await page.locator('#speed').selectOption({ label: '1 s = 200 ms' });
    await page.locator('#play').click();
    await page.waitForFunction(() => window.netfall!.state().moment.step >= 3);
    expect(await page.locator('#said').innerText()).toBe('');
    await page.locator('#play').click();
    const paused = await state(page);
    expect(paused.playing).toBe(false);
    await expect
      .poll(() => page.locator('#said').innerText())
      .toMatch(/^0\.\d{3} s\. \w+ goes down, because \w+ goes down\. .*\d of 6 parts are well\.$/);
    await page.waitForTimeout(300);
    expect((await state(page)).moment).toEqual(paused.moment);
  });

  test('plays to its end, stops there, and plays anew from the start', async () => {
    const { page } = await show();
    await seek(page, 1150);
    await page.locator('#play').click();
    await page.waitForFunction(() => !window.netfall!.state().playing);
    expect((await state(page)).moment).toEqual({ at: 1200, step: 26 });
    await page.locator('#play').click();
    expect((await state(page)).moment.at).toBeLessThan(400);
  });

  test('is the same at a moment, however it was reached', async () => {
    const { page } = await show();
    await seek(page, 181);
    const sought = await seen(page);
    await press(page, 'Home', ...Array(5).fill('ArrowRight'));
    expect(await seen(page)).toBe(sought);
    await press(page, 'End');
    // From the end, the first step leads to the last change.
    for (let step = 26; step >= 5; step--) await page.keyboard.press('ArrowLeft');
    expect(await seen(page)).toBe(sought);
    expect(await page.locator('#share').innerText()).toBe('2 of 6');
  });

  test('is scrubbed by pointer: dragging pauses, and letting go does not play on', async () => {
    const { page } = await show();
    await page.locator('#play').click();
    const strip = (await page.locator('#strip .trough').boundingBox())!;
    const x = (share: number) => strip.x + 4 + (strip.width - 8) * share;
    await page.mouse.move(x(0.1), strip.y + 20);
    await page.mouse.down();
    await page.mouse.move(x(0.5), strip.y + 20, { steps: 4 });
    await page.mouse.up();
    const { moment, playing } = await state(page);
    expect(playing).toBe(false);
    expect(Math.abs(moment.at - 600)).toBeLessThan(4);
  });

  test('tells why a change came, back to its root and on to what it led to', async () => {
    const { page } = await show();
    await page.locator('#panel-story button', { hasText: 'api goes down' }).first().click();
    expect(await clock(page)).toBe('0.181 s');
    await page.locator('#tab-causes').click();
    await drawn(page);
    expect(await page.locator('.path .cause > .entry .text').allInnerTexts()).toEqual([
      'bb breaks',
      'bb goes down',
      'auth goes down',
      'api goes down',
    ]);
    expect(await page.locator('.path .rule').allInnerTexts()).toEqual([
      'as planned',
      'at once',
      'after it had been so for 41 ms',
      'after it had been so for 40 ms',
    ]);
    expect(await page.locator('.path .cause:last-child .also .text').allInnerTexts()).toEqual(['dns goes down']);
    expect(await page.locator('.card.selected .name').textContent()).toBe('api');
    await page.locator('.led button', { hasText: 'web goes down' }).click();
    await drawn(page);
    expect(await page.locator('.path .cause > .entry .text').count()).toBe(5);
    expect(await clock(page)).toBe('0.223 s');
  });

  test('is chosen from a list of this server', async () => {
    const { page } = await show();
    expect(await page.locator('#chooser option').allInnerTexts()).toEqual(['Chain', 'Outage']);
    await page.locator('#chooser').selectOption('outage.jsonl');
    await page.waitForURL(/trace=outage\.jsonl/);
    await page.waitForFunction(() => window.netfall?.ready === true);
    expect(await page.locator('#title').innerText()).toMatch(/^A sample outage/);
  });

  test('shows what is in it as text only', async () => {
    const { page, faults } = await show('?trace=evil.jsonl');
    await press(page, 'End', 't', 't');
    for (const tab of ['causes', 'node', 'score']) await page.locator(`#tab-${tab}`).click();
    expect(await page.locator('#picture').textContent()).toContain('<img');
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.title()).not.toBe('404');
    expect(faults).toEqual([]);
  });
});

describe('by keyboard alone', () => {
  test('a whole visit', async () => {
    const { page, faults } = await show('?trace=outage.jsonl');
    await press(page, 'Shift+ArrowRight', 'Shift+ArrowRight');
    expect((await state(page)).moment.at).toBeGreaterThan(9 * 60_000);
    await press(page, '/');
    await page.keyboard.type('door');
    await press(page, 'Enter');
    expect((await state(page)).selection.thing).toBe('door');
    expect(await page.locator('#hits').innerText()).toBe('1 of 2');
    await press(page, 'Enter');
    expect((await state(page)).selection.thing).toBe('doors-central');
    await press(page, 'Shift+Enter', 'Escape', '.', '[');
    expect(await state(page)).toMatchObject({ tab: 'causes', playing: false });
    await press(page, ']', '5', '-', '+', 's', 'l', 't');
    expect(await page.locator('#legend-panel').isVisible()).toBe(true);
    expect(await page.locator('#table').isVisible()).toBe(true);
    await press(page, 'Escape', 'Escape', 't');
    expect((await state(page)).selection.thing).toBeNull();
    expect(await page.locator('#legend-panel').isVisible()).toBe(false);
    await press(page, '?');
    expect(await page.locator('#help').isVisible()).toBe(true);
    await press(page, 'Escape');
    await press(page, 'End', ' ', 'k');
    expect(await state(page)).toMatchObject({ playing: false });
    expect(faults).toEqual([]);
  });

  test('no key acts while somebody types', async () => {
    const { page } = await show();
    await page.locator('#query').focus();
    await page.keyboard.type('k5 .[]?lts');
    await drawn(page);
    expect(await state(page)).toMatchObject({ moment: { at: 0, step: 0 }, playing: false, view: 'picture' });
    expect(await page.locator('#help').isVisible()).toBe(false);
  });

  test('the picture is one stop; arrows walk along what needs what, Enter selects and lays open', async () => {
    const { page } = await show('?trace=outage.jsonl');
    expect(await page.locator('#picture [tabindex="0"]').count()).toBe(1);
    await page.locator('#picture [data-card="door"]').focus();
    await press(page, 'ArrowDown');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-card'))).toMatch(
      /^(doors-central|dc\.1|group:dc\.\*)$/,
    );
    const { moment } = await state(page);
    await page.locator('#picture [data-card="group:pop.*"]').focus();
    await press(page, 'Enter');
    expect(await page.locator('#picture [data-card="pop.7"]').count()).toBe(1);
    expect((await state(page)).moment).toEqual(moment);
  });

  test('every command has a button', async () => {
    const { page } = await show('?trace=outage.jsonl');
    await press(page, 'End');
    const have = new Set<string | null>();
    await page.locator('#more-open').click();
    for (const button of await page.locator('#more [data-do]:visible').all())
      have.add(await button.getAttribute('data-do'));
    await page.locator('#more-open').click();
    for (const tab of ['story', 'causes', 'node', 'score']) {
      await page.locator('#picture [data-card="door"]').dispatchEvent('click');
      await page.locator(`#tab-${tab}`).click();
      await drawn(page);
      for (const button of await page.locator('[data-do]:visible').all())
        have.add(await button.getAttribute('data-do'));
      await press(page, 'Escape');
    }
    // Search is a field, the parts of the run are the strip, Esc is the button that clears; ways back stand beside the name of a branch.
    const others = ['search', 'part', 'escape', 'what-if', 'compare', 'restart', 'base'];
    // Tabs, the choice of where playing stops, the menu of a part, and switches in the menu, the help and a comparison.
    others.push('story', 'causes', 'node', 'score', 'theme', 'keys', 'contrast');
    others.push('fail', 'map-in', 'map-out', 'map-all', 'until-end', 'until-decision', 'until-miss', 'until-silence');
    expect(Object.keys(COMMANDS).filter((name) => !have.has(name) && !others.includes(name))).toEqual([]);
    expect(have.has('clear')).toBe(true);
  });
});

describe('the address', () => {
  test('leads back to the moment, the selection and the tab', async () => {
    const { page } = await show();
    await page.locator('#panel-story button', { hasText: 'web goes down' }).first().click();
    await page.locator('#tab-causes').click();
    await expect.poll(() => page.url()).toMatch(/#t=223&on=web&change=223\/up\/web&tab=causes$/);
    const before = await seen(page);
    await page.reload();
    await page.waitForFunction(() => window.netfall?.ready === true);
    expect(await seen(page)).toBe(before);
    expect(await page.locator('.path .cause.selected .text').first().innerText()).toBe('web goes down');
  });

  test('back undoes a selection', async () => {
    const { page } = await show();
    await page.locator('#picture [data-card="dns"]').dispatchEvent('click');
    await page.locator('#picture [data-card="api"]').dispatchEvent('click');
    await page.goBack();
    await expect.poll(async () => (await state(page)).selection.thing).toBe('dns');
  });
});

describe('a trace that is no good', () => {
  test.each([
    [
      'missing',
      '?trace=nothing.jsonl',
      'There is nothing to show here',
      /nothing\.jsonl could not be fetched: the server says 404/,
    ],
    [
      'of a later format',
      '?trace=later.jsonl',
      'This trace is of another format',
      /It says format 2; this page reads format 1\./,
    ],
    [
      'something else',
      '?trace=traces.json',
      'This is not a trace',
      /Line 1 does not say which line of a trace it is\./,
    ],
    ['from elsewhere', '?trace=https://example.org/trace.jsonl', 'That is not from here', /lies on another server/],
  ])('%s: a sentence says so', async (_, query, title, message) => {
    const { page } = await show(query);
    expect(await page.locator('#problem-title').innerText()).toBe(title);
    expect(await page.locator('#problem-message').innerText()).toMatch(message);
    expect(await page.locator('#stage').isVisible()).toBe(false);
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  });

  test('cut off: the run up to there, and a warning', async () => {
    const { page } = await show('?trace=cut.jsonl');
    expect(await page.locator('#warning').innerText()).toMatch(/breaks off without its end line/);
    await press(page, 'End');
    expect(await page.locator('#share').innerText()).toBe('1 of 6');
  });
});

describe('for everybody', () => {
  test('the theme follows the system, the address and the button, and is remembered', async () => {
    const { page } = await show('', { ...STILL, colorScheme: 'dark' });
    const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const dark = await paper();
    await page.locator('#theme').click();
    expect(await paper()).not.toBe(dark);
    const light = await paper();
    await page.reload();
    await page.waitForFunction(() => window.netfall?.ready === true);
    expect(await paper()).toBe(light);
    await page.goto(`${address()}?theme=dark`);
    expect(await paper()).toBe(dark);
  });

  test('causes are seen on their way, but not by those who want no motion', async () => {
    for (const [reducedMotion, pulses] of [
      ['no-preference', true],
      ['reduce', false],
    ] as const) {
      const { page } = await show('', { reducedMotion });
      await seek(page, 100);
      await press(page, 'ArrowRight');
      expect((await page.locator('.pulse').count()) > 0).toBe(pulses);
      await expect.poll(() => page.locator('.pulse').count()).toBe(0);
    }
  });

  test.each([320, 390, 768])(
    'at %d pixels nothing must be scrolled sideways, and the player stays in reach',
    async (width) => {
      const { page } = await show('?trace=outage.jsonl', { ...STILL, viewport: { width, height: 740 } });
      await seek(page, 30 * 60_000);
      for (const tab of ['story', 'causes', 'node', 'score']) {
        await page.locator('#picture [data-card="door"]').dispatchEvent('click');
        await page.locator(`#tab-${tab}`).click();
        await drawn(page);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
        expect(
          await page.locator('#play').evaluate((button) => {
            const { top, bottom } = button.getBoundingClientRect();
            return top >= 0 && bottom <= innerHeight;
          }),
        ).toBe(true);
      }
    },
  );
});
