/** What comes in: by address, from a list, dropped, in parts; and the way back to what was there before. */
import { gzipSync } from 'node:zlib';
import { AxeBuilder } from '@axe-core/playwright';
import { describe, expect, test } from 'vitest';
import { withBrowser, withServer } from '../support/browser.ts';
import { chain, textOf } from '../support/sample-trace.ts';
import { scenarioText } from '../viz/real-run.ts';
import { outage } from '../viz/sample-outage.ts';
import { siteWith } from '../viz/site.ts';

const SOUND = scenarioText('patterns/tool-needs-what-it-repairs');
const FORK = `netfall: 1
extends: ./base.yaml
title: Somebody breaks it again
at: 12:00Z
faults: { again: { at: 12:30Z, to: names, effect: down } }
`;
const open = withBrowser();
const address = withServer(
  siteWith({
    'trace.jsonl': textOf(chain()),
    'other.jsonl': textOf(outage()),
    'traces.json': JSON.stringify([
      { name: 'chain', title: 'The chain', url: 'trace.jsonl' },
      { name: 'outage', title: 'The outage', url: 'other.jsonl' },
    ]),
    'base.yaml': SOUND,
    'fork.yaml': FORK,
    'bad.yaml': SOUND.replace(/^nodes:/m, 'nodse:'),
  }),
);
async function show(query = '', width = 1280) {
  const opened = await open(`${address()}${query}`, { reducedMotion: 'reduce', viewport: { width, height: 900 } });
  await opened.page.waitForFunction(() => window.netfall?.ready === true);
  return opened;
}
type Page = Awaited<ReturnType<typeof show>>['page'];
const titleHas = (page: Page, text: string): Promise<unknown> =>
  page.waitForFunction((part) => document.getElementById('title')!.textContent!.includes(part), text);

interface Dropped {
  readonly name: string;
  readonly body: string | readonly number[];
}
/** As a hand does: held above the page, then let go. */
async function drop(page: Page, files: readonly Dropped[]): Promise<boolean> {
  return page.evaluate((list) => {
    const data = new DataTransfer();
    for (const { name, body } of list)
      data.items.add(new File([typeof body === 'string' ? body : new Uint8Array(body)], name));
    const send = (type: string): boolean =>
      document.body.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
    const taken = !send('dragover');
    const told = !document.getElementById('drop')!.hidden;
    send('drop');
    return taken && told && document.getElementById('drop')!.hidden === true;
  }, files);
}

describe('an address', () => {
  test('asks for a scenario, which is run with what it extends beside it; a link to it is a link to the run', async () => {
    const { page, faults } = await show('?scenario=fork.yaml#tab=score');
    expect(await page.locator('#title').innerText()).toBe('Somebody breaks it again');
    expect(await page.locator('#tab-score').getAttribute('aria-selected')).toBe('true');
    expect(await page.locator('#chooser-label').isVisible()).toBe(false);
    await page.keyboard.press('u');
    expect(await page.locator('#share-box input').first().inputValue()).toMatch(/\?scenario=fork\.yaml/);
    expect(faults).toEqual([]);
  });

  test('of a scenario that is not sound is answered as the command line answers', async () => {
    const { page } = await show('?scenario=bad.yaml', 320);
    expect(await page.locator('#problem-title').innerText()).toBe('This scenario cannot be run');
    expect(await page.locator('#problem-list').innerText()).toMatch(
      /bad\.yaml:\d+:\d+: .*nodse[\s\S]*\d+ \| nodse:\n\s+\^/,
    );
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    expect(await page.locator('#problem a').getAttribute('href')).toBe('./');
  });

  test.each([
    ['?scenario=https://example.com/a.yaml', 'That is not from here'],
    ['?scenario=data:text/yaml,netfall:%201', 'That is not from here'],
    ['?scenario=none.yaml', 'There is nothing to show here'],
  ])('of nothing that can be had is answered by a sentence: %s', async (query, says) => {
    const { page } = await show(query);
    expect(await page.locator('#problem-title').innerText()).toBe(says);
  });

  test('is typed, or chosen from what lies here; Back returns to what was shown before', async () => {
    const { page, faults } = await show('#t=223&on=web');
    await page.keyboard.press('o');
    await page.locator('#open-served [data-open]').nth(3).waitFor();
    expect(await page.locator('#open-served h3').allInnerTexts()).toEqual([
      'Runs of this server',
      'Outages',
      'Patterns',
    ]);
    const { violations } = await new AxeBuilder({ page }).include('#open-box').analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    await page.locator('#open-url').fill('https://example.com/x.yaml');
    await page.keyboard.press('Enter');
    expect(await page.locator('#open-told').innerText()).toMatch(/another server.* only from its own/);
    await page.locator('#open-url').fill('base.yaml');
    await page.keyboard.press('Enter');
    await page.locator('#open-box').waitFor({ state: 'hidden' });
    expect(new URL(page.url()).search).toBe('?scenario=base.yaml');
    const second = await page.locator('#title').innerText();
    await page.locator('#picture [data-thing]').first().dispatchEvent('click');
    await page.keyboard.press('o');
    await page.locator('#open-served').getByText('A monitor that goes blind').click();
    await titleHas(page, 'A monitor that goes blind');
    await page.goBack();
    await titleHas(page, second);
    await page.goBack();
    expect(await page.locator('#title').innerText()).toBe(second);
    await page.goBack();
    await titleHas(page, 'A chain');
    await page.waitForFunction(() => window.netfall!.state().selection.thing === 'web');
    expect(await page.evaluate(() => window.netfall!.state().moment.at)).toBe(223);
    expect(new URL(page.url()).search).toBe('');
    await page.goForward();
    await titleHas(page, second);
    expect(faults).toEqual([]);
  });

  test('is that of another run of this server, which is shown without loading the page anew', async () => {
    const { page, faults } = await show();
    await page.evaluate(() => Object.assign(window, { same: true }));
    await page.locator('#chooser').selectOption('other.jsonl');
    await titleHas(page, 'A sample outage');
    expect(new URL(page.url()).search).toBe('?trace=other.jsonl');
    await page.goBack();
    await titleHas(page, 'A chain');
    expect(await page.locator('#chooser').inputValue()).toBe('trace.jsonl');
    expect(await page.evaluate(() => (window as { same?: boolean }).same)).toBe(true);
    expect(faults).toEqual([]);
  });
});

test('what is opened begins with its question, as a page does', async () => {
  const { page, faults } = await open(address(), { asks: true, reducedMotion: 'reduce' });
  await page.waitForFunction(() => window.netfall?.ready === true);
  await page.keyboard.press('o');
  await page.locator('#open-served [data-open*="facebook-2021"]').click();
  await titleHas(page, 'Facebook');
  expect(await page.evaluate(() => window.netfall!.state().asked?.phase)).toBe('open');
  expect(faults).toEqual([]);
});

describe('what is dropped', () => {
  test('is run; Back leads to what was there, and forward to the file again', async () => {
    const { page, faults } = await show('#t=223');
    expect(await drop(page, [{ name: 'mine.yaml', body: SOUND }])).toBe(true);
    await page.locator('#open-box').waitFor({ state: 'hidden' });
    await page.waitForFunction(() => !document.getElementById('title')!.textContent!.includes('A chain'));
    const title = await page.locator('#title').innerText();
    expect(await page.locator('#chooser-label').isVisible()).toBe(false);
    await page.goBack();
    await titleHas(page, 'A chain');
    await page.waitForFunction(() => window.netfall!.state().moment.at === 223);
    await page.keyboard.press('u');
    expect(await page.locator('#share-box input').count()).toBe(3);
    await page.keyboard.press('Escape');
    await page.goForward();
    await titleHas(page, title);
    // An address typed by hand is of what is shown.
    await page.evaluate(() => Object.assign(location, { hash: '#tab=score' }));
    await page.waitForFunction(() => window.netfall?.state().tab === 'score');
    expect(await page.locator('#title').innerText()).toBe(title);
    await page.keyboard.press('u');
    expect(await page.locator('#share-box input').count()).toBe(0);
    await page.keyboard.press('Escape');
    // Loaded anew, nothing holds the file any more: what is usual is shown, and Back leads to what was before it.
    await page.reload();
    await titleHas(page, 'A chain');
    await page.goBack({ waitUntil: 'load' });
    await page.waitForFunction(() => window.netfall?.ready === true);
    await titleHas(page, 'A chain');
    expect(faults).toEqual([]);
  });

  test('without what it extends asks for that by name, and takes it when it comes', async () => {
    const { page, faults } = await show();
    await drop(page, [{ name: 'fork.yaml', body: FORK }]);
    await page.locator('#open-lacks').waitFor();
    expect(await page.locator('#open-lacks').innerText()).toMatch(/^It needs base\.yaml too: drop it here as well/);
    expect(await page.locator('#open-list').innerText()).toMatch(/fork\.yaml:2:10: extends: there is no file/);
    await drop(page, [{ name: 'notes.txt', body: 'x' }]);
    expect(await page.locator('#open-told').innerText()).toBe('notes.txt is not what is waited for: base.yaml.');
    expect(await page.locator('#open-lacks').isVisible()).toBe(true);
    // Who closes the dialog waits no longer: the base by itself is a scenario like any other.
    await page.keyboard.press('Escape');
    await drop(page, [{ name: 'base.yaml', body: SOUND }]);
    await titleHas(page, 'The tool that needs what it repairs');
    await drop(page, [{ name: 'fork.yaml', body: FORK }]);
    await page.locator('#open-lacks').waitFor();
    await drop(page, [{ name: 'base.yaml', body: SOUND }]);
    await titleHas(page, 'Somebody breaks it again');
    expect(await page.locator('#open-box').isVisible()).toBe(false);
    await page.locator('#tab-what-if').click();
    await page.locator('label.variant').first().waitFor();
    expect(faults).toEqual([]);
  });

  test('names data: these are asked for likewise, packed or not', async () => {
    const world = scenarioText('patterns/hijack-at-large');
    const needs = world.replace(/^internet:[\s\S]*?(?=^\S)/m, 'internet: { caida: ./data/rel.txt.gz }\n');
    expect(needs).not.toBe(world);
    const { page, faults } = await show();
    await drop(page, [{ name: 'mine.yaml', body: needs }]);
    await page.locator('#open-lacks').waitFor();
    expect(await page.locator('#open-lacks').innerText()).toMatch(/rel\.txt\.gz/);
    await drop(page, [{ name: 'rel.txt.gz', body: [...gzipSync('# not what CAIDA writes\nx|y\n')] }]);
    await page.locator('#open-list', { hasText: './data/rel.txt.gz:2:' }).waitFor();
    expect(await page.locator('#open-lacks').isVisible()).toBe(false);
    expect(faults).toEqual([]);
  });
});

test('reading can be given up, by the button or by closing the dialog; what is shown stays', async () => {
  const { page, faults } = await show();
  // A server that does not answer for now.
  const held: (() => void)[] = [];
  await page.route('**/slow.jsonl', (route) => void held.push(() => void route.abort()));
  for (const way of ['button', 'Escape'] as const) {
    await page.keyboard.press('o');
    expect(await page.locator('#open-told').innerText()).toBe('');
    await page.locator('#open-url').fill('slow.jsonl');
    await page.keyboard.press('Enter');
    await page.locator('#open-stop').waitFor();
    if (way === 'button') {
      await page.locator('#open-stop').click();
      await page.locator('#open-told', { hasText: 'Given up' }).waitFor();
    }
    await page.keyboard.press('Escape');
    await page.locator('#open-stop').waitFor({ state: 'hidden' });
  }
  await page.waitForFunction(() => document.getElementById('open-told')!.textContent === '');
  expect(await page.locator('#title').innerText()).toContain('A chain');
  expect(faults.filter((fault) => !fault.includes('slow.jsonl'))).toEqual([]);
  for (const letGo of held) letGo();
});

test.each([320, 390])('the dialog has room at %d pixels', async (width) => {
  const { page } = await show('', width);
  await page.keyboard.press('o');
  await page.locator('#open-served [data-open]').nth(3).waitFor();
  const beside = await page.evaluate(() => {
    const box = document.querySelector('#open-box .help-body')!;
    return [document.documentElement.scrollWidth - innerWidth, box.scrollWidth - box.clientWidth];
  });
  expect(beside).toEqual([0, 0]);
});
