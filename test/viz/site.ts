/** A folder with the built page and some traces beside it, for tests in a browser. */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';

const PAGE = fileURLToPath(new URL('../../dist/page', import.meta.url));

/** Made at once, taken away after the tests of the file. */
export function siteWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'netfall-site-'));
  cpSync(PAGE, folder, { recursive: true });
  // Its own traces, not those that ship with the page.
  writeFileSync(join(folder, 'traces.json'), '[]');
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
