/** No text lies on another, and none is cut off: looked at in a browser at many moments, sizes and both themes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { withBrowser, withServer } from '../support/browser.ts';
import { realTrace } from '../support/real-trace.ts';
import { textOf } from '../support/sample-trace.ts';
import { largeTrace } from '../viz/large.ts';
import { outage } from '../viz/sample-outage.ts';
import { siteWith } from '../viz/site.ts';

const open = withBrowser();
const flagship = readFileSync(join(import.meta.dirname, '../../scenarios/outages/facebook-2021.yaml'), 'utf8');
const address = withServer(
  siteWith({
    'trace.jsonl': textOf(outage()),
    'real.jsonl': realTrace(flagship),
    'large.jsonl': largeTrace(),
    'traces.json': JSON.stringify(
      [
        'As it was',
        'A variant with a title that is a good deal longer than there is room for beside the title of the run',
      ].map((title, i) => ({ name: title, title, url: `trace${i === 0 ? '' : i}.jsonl` })),
    ),
  }),
);
const HOUR = 3_600_000;
const MOMENTS = [0, 0.155, 0.17, 0.2, 0.26, 0.35, 2, 5.45, 5.6, 6.5].map((hours) => Math.round(hours * HOUR));
const TABS = ['story', 'causes', 'node', 'score', 'what-if'];

/** Runs in the page. Sentences on what is wrong: two texts on each other, a text cut off, a text beside its box. */
function faultsOfText(): string[] {
  const faults: string[] = [];
  const texts: { text: string; left: number; right: number; top: number; bottom: number }[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.textContent?.trim() ?? '';
    const element = node.parentElement as Element | null;
    if (!text || !element || /^(title|style|script|option|desc)$/.test(element.localName)) continue;
    if (
      !element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true }) ||
      element.closest('.hidden, .skip-link, [hidden]')
    )
      continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const rect of range.getClientRects()) {
      if (rect.width < 1 || rect.height < 1) continue;
      // Lines are taller than letters: what counts is the middle of the line.
      const inset = rect.height * 0.22;
      const box = { left: rect.left, right: rect.right, top: rect.top + inset, bottom: rect.bottom - inset };
      let scrolled = false;
      for (let around: Element | null = element; around && around !== document.body; around = around.parentElement) {
        const { overflowX, overflowY } = getComputedStyle(around);
        const outer = around.getBoundingClientRect();
        if (overflowY === 'auto' || overflowY === 'scroll') {
          scrolled = true;
          box.top = Math.max(box.top, outer.top);
          box.bottom = Math.min(box.bottom, outer.bottom);
        }
        const drawn = around.localName === 'svg' && around.clientWidth > 40;
        if (
          (drawn || overflowX === 'hidden' || overflowX === 'clip') &&
          (rect.left < outer.left - 1.5 || rect.right > outer.right + 1.5)
        )
          faults.push(`“${text}” is cut off at the side of ${around.localName}.${around.classList[0] ?? around.id}`);
        if (!scrolled && drawn && (rect.top < outer.top - 3 || rect.bottom > outer.bottom + 3))
          faults.push(`“${text}” is cut off above or below by ${around.localName}#${around.id}`);
        if (getComputedStyle(around).position === 'sticky' || getComputedStyle(around).position === 'absolute') break;
      }
      if (rect.right > innerWidth + 1 || rect.left < -1) faults.push(`“${text}” is beside the page`);
      const card = element.closest('.card')?.querySelector('.body')?.getBoundingClientRect();
      if (card && (rect.right > card.right + 0.5 || rect.left < card.left))
        faults.push(`“${text}” is wider than its card`);
      if (box.bottom - box.top > 2 && box.bottom > 0 && box.top < innerHeight && !covered(element, rect))
        texts.push({ text, ...box });
    }
  }
  for (const element of document.querySelectorAll('button, label, .state, td, th, p'))
    if (
      element.checkVisibility() &&
      element.clientWidth > 0 &&
      element.scrollWidth > element.clientWidth + 1 &&
      !element.closest('.hidden, .skip-link')
    )
      faults.push(`“${element.textContent?.trim().slice(0, 40)}” is wider than its ${element.localName}`);
  texts.forEach((a, i) => {
    for (const b of texts.slice(i + 1))
      if (
        Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1.5 &&
        Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1.5
      )
        faults.push(`“${a.text}” and “${b.text}” lie on each other`);
  });
  return [...new Set(faults)];

  /** Hidden behind something that stays in place while the page scrolls, such as the player on small screens. */
  function covered(element: Element, rect: DOMRect): boolean {
    const sticky = document.querySelector('.player');
    if (!sticky || sticky.contains(element) || getComputedStyle(sticky).position !== 'sticky') return false;
    const over = sticky.getBoundingClientRect();
    return rect.bottom > over.top && rect.top < over.bottom;
  }
}

describe.each(['light', 'dark'] as const)('%s', (colorScheme) => {
  test.each([
    [390, 844, 'a made-up outage', ''],
    [1280, 800, 'a made-up outage', ''],
    [390, 844, '4 October 2021', '?trace=real.jsonl'],
    [1280, 800, '4 October 2021', '?trace=real.jsonl'],
    // 1280 × 1024 enlarged fourfold.
    [320, 256, '4 October 2021', '?trace=real.jsonl'],
    [390, 844, 'a large system', '?trace=large.jsonl'],
    [768, 1024, 'a large system', '?trace=large.jsonl'],
    [1280, 800, 'a large system', '?trace=large.jsonl'],
    [1920, 1080, 'a large system', '?trace=large.jsonl'],
  ])('%d × %d, %s', async (width, height, _, query) => {
    const { page } = await open(`${address()}${query}`, {
      colorScheme,
      viewport: { width, height },
      reducedMotion: 'reduce',
    });
    await page.waitForFunction(() => window.netfall?.ready === true);
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
    const look = async () => {
      await page.evaluate(
        () => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))),
      );
      return page.evaluate(faultsOfText);
    };
    for (const [i, at] of MOMENTS.entries()) {
      await page.evaluate((time) => window.netfall!.seek(time), at);
      await page.locator(`#tab-${TABS[i % TABS.length]}`).click();
      if (i === 4) await page.locator('#picture [data-card="group:pop.*"]').dispatchEvent('click');
      // What is in an open fold opens in turn.
      const inside = page.locator('#picture [data-card="group:pop.3.*"]');
      if (i === 5 && (await inside.count()) > 0) await inside.dispatchEvent('click');
      if (i === 6) {
        await page.locator('#query').fill('door');
        await page.locator('#query').press('Enter');
      }
      // From here on a stretch around the playhead, last on an axis of time since the start.
      if (i === 8) for (const key of ['x', 'x', 'x', 'x']) await page.keyboard.press(key);
      if (i === 9) await page.keyboard.press('h');
      if (i === 7 && (await page.locator('#numbers').isVisible())) await page.locator('#numbers').click();
      expect(await look(), `at ${at}`).toEqual([]);
    }
    await page.locator('#view-table').click();
    expect(await look(), 'the table').toEqual([]);
  });
});

test.each([
  [390, 844],
  [1280, 800],
])('%d × %d, while the page asks', async (width, height) => {
  const { page } = await open(`${address()}?trace=real.jsonl`, {
    asks: true,
    viewport: { width, height },
    reducedMotion: 'reduce',
  });
  await page.waitForFunction(() => window.netfall?.ready === true);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  for (const phase of ['open', 'told', 'open']) {
    await page.waitForFunction((wanted) => window.netfall?.state().asked?.phase === wanted, phase);
    await page.evaluate(
      () => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))),
    );
    // On a small screen the card lies over the page, as a sheet does; what is under it is not read.
    const faults = (await page.evaluate(faultsOfText)).filter((fault) => width >= 960 || !fault.includes('each other'));
    expect(faults, phase).toEqual([]);
    await page.locator(phase === 'told' ? '.go-on' : '.option >> nth=1').click();
  }
});

test('the look finds what is wrong', async () => {
  const { page } = await open(address(), { viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
  await page.waitForFunction(() => window.netfall?.ready === true);
  const spoil = (): void => {
    const name = document.querySelector('#picture [data-card="netops"] .name')!;
    name.textContent = 'far too long a name for its card';
    const on = document.createElement('p');
    on.textContent = 'on another';
    on.style.cssText = 'position:absolute;left:120px;top:4px';
    document.body.append(on);
    const narrow = document.createElement('p');
    narrow.textContent = 'wider than its box';
    narrow.style.cssText = 'position:absolute;left:600px;top:80px;width:30px;white-space:nowrap;overflow:hidden';
    document.body.append(narrow);
  };
  // Spoilt and looked at in one go: the page may draw anew at any frame, and would mend it.
  const faults = (await page.evaluate(`(${spoil})(); (${faultsOfText})()`)) as string[];
  for (const fault of [
    /“far too long.* is wider than its card/,
    /“on another” lie on each other/,
    /“wider than its box” is wider than its p/,
  ])
    expect(faults).toContainEqual(expect.stringMatching(fault));
});
