/** Long runs and very many parts in a real browser: told how far it is while it is read, stopped by who does not wait, and used. */

import { readFile } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withBrowser } from '../support/browser.ts';
import { drawn } from '../support/page.ts';
import { manyTrace } from '../viz/many.ts';

const PAGE = fileURLToPath(new URL('../../dist/page', import.meta.url));
const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };
const SIZE = { parts: 6000, changes: 60_000, group: 2000 };
const long = Buffer.from(manyTrace(SIZE));
const lines = long.toString().split('\n');
/** Cut off in the middle of a line; and with a line in its midst that is not whole. */
const files: Readonly<Record<string, Buffer>> = {
  cut: Buffer.from(`${lines.slice(0, 50_000).join('\n')}\n${lines[50_000]!.slice(0, 90)}`),
  marks: Buffer.from(manyTrace({ parts: 3200, changes: 3000, group: 160, links: 300 })),
  broken: Buffer.from(lines.with(50_000, '{"line":').join('\n')),
};

/** Sends a trace up to a share of it, and the rest when the test says so. */
let held: (() => void)[] = [];
const release = (): void => {
  for (const go of held) go();
  held = [];
};

function sendTrace(url: URL, response: ServerResponse): void {
  const body = files[[...url.searchParams.keys()][0] ?? ''] ?? long;
  const sized = !url.searchParams.has('endless');
  response.writeHead(200, {
    'content-type': 'application/x-ndjson',
    ...(sized ? { 'content-length': body.length } : {}),
  });
  if (!url.searchParams.has('held')) return void response.end(body);
  const part = Math.floor(body.length * 0.8);
  response.write(body.subarray(0, part));
  held.push(() => response.end(body.subarray(part)));
}

let server: Server;
beforeAll(async () => {
  server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (url.pathname === '/trace.jsonl') return sendTrace(url, response);
    try {
      const file = url.pathname === '/' ? 'index.html' : url.pathname;
      const body = url.pathname === '/traces.json' ? '[]' : await readFile(join(PAGE, file));
      response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const open = withBrowser();
async function visit(query: string): Promise<{ page: Page; faults: readonly string[] }> {
  const { port } = server.address() as AddressInfo;
  const trace = encodeURIComponent(`trace.jsonl?${query}`);
  return open(`http://127.0.0.1:${port}/?trace=${trace}`, {
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
  });
}
const ready = (page: Page) => page.waitForFunction(() => window.netfall?.ready === true);

describe('a long run', () => {
  test('tells how far it is, and opens when it is there', async () => {
    const { page, faults } = await visit('held');
    const bar = page.getByRole('progressbar');
    await page.waitForFunction(() => Number(document.getElementById('loading-bar')?.ariaValueNow) > 60);
    expect(Number(await bar.getAttribute('aria-valuenow'))).toBeLessThanOrEqual(80);
    expect(await page.locator('#loading-bytes').innerText()).toMatch(/^[\d.]+ of \d+ MB$/);
    expect(await page.locator('#loading-changes').innerText()).toMatch(/^\d\d,\d{3} changes$/);
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    release();
    await ready(page);
    expect(await bar.isVisible()).toBe(false);
    expect(await page.locator('#position').innerText()).toMatch(/^change [\d,]+ of 60,000$/);
    await page.keyboard.press('End');
    await drawn(page);
    expect(await page.locator('#position').innerText()).toBe('change 60,000 of 60,000');
    expect(faults).toEqual([]);
  });

  test('is stopped by who does not want to wait, and read anew by who does', async () => {
    const { page } = await visit('held&endless');
    await page.locator('#loading-changes', { hasText: 'changes' }).waitFor();
    expect(await page.getByRole('progressbar').getAttribute('aria-valuenow')).toBeNull();
    expect(await page.locator('#loading-bytes').innerText()).toMatch(/^[\d.]+ MB$/);
    await page.getByRole('button', { name: 'Stop' }).click();
    await ready(page);
    expect(await page.locator('#problem-title').innerText()).toBe('Reading was stopped');
    held = [];
    await page.locator('#retry').click();
    await page.locator('#loading-changes', { hasText: 'changes' }).waitFor();
    release();
    await ready(page);
    expect(await page.locator('#position').innerText()).toMatch(/^change [\d,]+ of 60,000$/);
  });

  test('that breaks off, or is none, is told as a short one is', async () => {
    const cut = await visit('cut');
    await ready(cut.page);
    expect(await cut.page.locator('#warning').innerText()).toBe(
      'The file breaks off in line 50001, so this is the run up to its 49999 changes; impact and score are missing.',
    );
    const none = await visit('broken');
    await ready(none.page);
    expect(await none.page.locator('#problem-message').innerText()).toBe('Line 50001 is not JSON.');
  });
});

describe('thousands of marks', () => {
  const dots = (page: Page) => page.locator('#dots');
  const pixels = (page: Page) => dots(page).evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
  /** Every kind that is folded is laid open, so that its groups stand beside each other. */
  const layOpen = async (page: Page) => {
    for (let turn = 0; turn < 12; turn++) {
      const folded = await page.evaluate(() => {
        const cards = [...document.querySelectorAll('#picture .card.group')];
        const kind = cards.find((card) => !/^[a-z]+-[a-z]\.\*,/.test(card.getAttribute('aria-label') ?? ''));
        kind?.dispatchEvent(new MouseEvent('click', { bubbles: true }));
        return kind !== undefined;
      });
      await drawn(page);
      if (!folded) return;
    }
  };

  test('are dots on a canvas, drawn one by one as at first, in either theme', async () => {
    const { page, faults } = await visit('marks');
    await ready(page);
    await layOpen(page);
    expect(await dots(page).isVisible()).toBe(true);
    expect(await page.locator('#picture .field .body-shape').count()).toBe(0);
    const seek = async (at: number) => {
      await page.evaluate((time) => window.netfall!.seek(time), at);
      await drawn(page);
    };
    for (const at of [1000, 1_800_000, 1_803_000, 1_850_000, 400, 3_000_000]) await seek(at);
    const walked = await pixels(page);
    const turn = async (theme: string) => {
      await page.evaluate((one) => document.documentElement.setAttribute('data-theme', one), theme);
      await drawn(page);
      return pixels(page);
    };
    expect(await turn('dark')).not.toBe(walked);
    expect(await turn('light')).toBe(walked);
    await seek(0);
    expect(await pixels(page)).not.toBe(walked);
    // Cards are still buttons that tell in words what the dots show.
    const card = page.locator('#picture .card.group').first();
    expect(await card.getAttribute('role')).toBe('button');
    expect(await card.getAttribute('aria-label')).toMatch(/: \d+ up/);
    expect(faults).toEqual([]);
  });
});

describe('thousands of parts', () => {
  test('are laid open range by range with keys, down to a single one', async () => {
    const { page, faults } = await visit('');
    await ready(page);
    // Few marks are shapes, not dots on a canvas.
    expect(await page.locator('#dots').isVisible()).toBe(false);
    const members = page.locator('#picture .card.member');
    await page.locator('#picture .card.group').first().focus();
    for (let depth = 0; depth < 5 && (await members.count()) === 0; depth++) {
      await page.keyboard.press('Enter');
      await drawn(page);
      // What was laid open has the focus; behind it stands what is in it.
      const range = page.locator('#picture .card.group[aria-label*=" … "]').first();
      if ((await range.count()) > 0) await range.focus();
    }
    const count = await members.count();
    expect(count).toBeGreaterThan(0);
    expect(count).toBeLessThanOrEqual(160);
    await members.last().focus();
    await page.keyboard.press('Enter');
    await drawn(page);
    expect(await page.locator('.node-name').innerText()).toMatch(/^\w+-\w\.\d+$/);
    expect(faults).toEqual([]);
  });

  test('are in the table page by page, each row with its number, and found by name', async () => {
    const { page } = await visit('');
    await ready(page);
    await page.keyboard.press('t');
    await drawn(page);
    const said = page.locator('.pages [role=status]');
    expect(await said.innerText()).toBe('Parts 1 to 500 of 6,004');
    expect(await page.locator('table.parts').getAttribute('aria-rowcount')).toBe('6005');
    await page.getByRole('button', { name: 'Next', exact: true }).click();
    await drawn(page);
    expect(await said.innerText()).toBe('Parts 501 to 1,000 of 6,004');
    expect(await page.locator('table.parts tbody tr').first().getAttribute('aria-rowindex')).toBe('502');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Next');
    await page.getByRole('button', { name: 'Last', exact: true }).click();
    await drawn(page);
    expect(await said.innerText()).toBe('Parts 6,001 to 6,004 of 6,004');
    await page.keyboard.press('/');
    await page.keyboard.type('cart-a.1777');
    expect(await page.locator('#hits').innerText()).toBe('1');
    await page.keyboard.press('Enter');
    await drawn(page);
    expect(await page.locator('table.parts .selected button').innerText()).toBe('cart-a.1777');
    expect((await new AxeBuilder({ page }).include('.pages').analyze()).violations).toEqual([]);
  });
});
