/** What the viewer's server gives out: its own files, and nothing beside them, however it is asked. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerTo, HEADERS } from '../../sim/cli/serve/site.ts';

let top: string;
let page: string;
beforeAll(() => {
  top = mkdtempSync(join(tmpdir(), 'netfall-serve-'));
  page = join(top, 'page');
  mkdirSync(join(page, 'assets'), { recursive: true });
  mkdirSync(join(top, 'page-other'));
  writeFileSync(join(top, 'secret.txt'), 'secret');
  writeFileSync(join(top, 'page-other', 'secret.txt'), 'secret');
  writeFileSync(join(page, 'index.html'), '<html><head></head></html>');
  writeFileSync(join(page, 'assets', 'index.js'), '1');
  mkdirSync(join(page, 'scenarios', 'outages'), { recursive: true });
  writeFileSync(join(page, 'scenarios', 'outages', 'some-2021.yaml'), 'netfall: 1');
  writeFileSync(join(page, 'noext'), 'no type');
  symlinkSync(join(top, 'secret.txt'), join(page, 'link.txt'));
  symlinkSync(top, join(page, 'up'));
});
afterAll(() => rmSync(top, { recursive: true, force: true }));

test('its own files', () => {
  expect(answerTo('/', page, []).status).toBe(200);
  expect(answerTo('/assets/index.js?x=1', page, []).status).toBe(200);
  expect(answerTo('/scenarios/outages/some-2021.yaml', page, [])).toMatchObject({
    status: 200,
    type: 'application/yaml; charset=utf-8',
  });
});

test.each([
  '/../secret.txt',
  '/%2e%2e/secret.txt',
  '/%2E%2E%2Fsecret.txt',
  '/..%5csecret.txt',
  '/%252e%252e/secret.txt',
  '/assets/..%252f..%252fsecret.txt',
  '/assets/../../secret.txt',
  '/..%c0%afsecret.txt',
  '/../page-other/secret.txt',
  '//etc/passwd',
  '/etc/passwd',
  '/C:/Windows/win.ini',
  '/C:%5cWindows%5cwin.ini',
  '/%5c%5cserver%5cshare',
  '/file:///etc/passwd',
  '/index.html%00.txt',
  '/assets/index.js%00',
  '/link.txt',
  '/up/secret.txt',
  '/up/page/index.html/../../secret.txt',
  '/noext',
  '/assets',
  `/${'a'.repeat(10_000)}`,
])('nothing beside them: %s', (path) => {
  const { status, body } = answerTo(path, page, []);
  expect([400, 404]).toContain(status);
  expect(Buffer.concat([...body]).toString()).not.toMatch(/secret|root:/);
});

test('the page itself says the policy of the server, but for who may frame it', () => {
  const html = readFileSync(new URL('../../dist/page/index.html', import.meta.url), 'utf8');
  const [, inPage = ''] = /<meta http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html) ?? [];
  const ofServer = HEADERS['content-security-policy'] as string;
  expect(ofServer.split('; ').filter((part) => !part.startsWith('frame-ancestors'))).toEqual(inPage.split('; '));
  expect(ofServer).toContain("frame-ancestors 'none'");
  expect(inPage).not.toMatch(/unsafe|https?:|\*/);
  // What stands before the policy is not under it.
  expect(html.indexOf('Content-Security-Policy')).toBeLessThan(html.search(/<(script|link|style)\b/));
  expect(html).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\son\w+=/);
});
