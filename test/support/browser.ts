/** A real Chromium for the tests, and a loopback server to feed it: both from npm packages alone, nothing to install beside. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import packed from '@sparticuz/chromium';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PAGE_FOLDER = join(ROOT, 'dist/page');

/** What Debian calls the libraries that Chromium links and that a slim machine may lack. */
const DEBIAN: Readonly<Record<string, string>> = {
  'libnss3.so': 'libnss3',
  'libnssutil3.so': 'libnss3',
  'libnspr4.so': 'libnspr4',
  'libplc4.so': 'libnspr4',
  'libplds4.so': 'libnspr4',
  'libexpat.so.1': 'libexpat1',
  'libgcc_s.so.1': 'libgcc-s1',
};

/**
 * Not wanted of the packed arguments: one process for everything (a crash of the page would take the browser along), and
 * everything that makes it laxer than the browsers people use.
 */
const DROPPED =
  /^--(single-process|headless|disable-web-security|allow-running-insecure-content|disable-site-isolation-trials)\b/;

const ADDED = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

interface Unpacked {
  readonly executable: string;
  readonly env: Record<string, string>;
}

/** The libraries that `executable` links and that are not found. */
function missingLibraries(executable: string, env: Record<string, string>): string[] {
  const { stdout } = spawnSync('ldd', [executable], { encoding: 'utf8', env });
  return [...(stdout ?? '').matchAll(/^\s*(\S+) => not found/gm)].map(([, name]) => name as string);
}

/** Unpacks the browser once for each version of its package. Safe when several test files do it at the same moment. */
async function unpack(): Promise<string> {
  const manifest = readFileSync(join(ROOT, 'node_modules/@sparticuz/chromium/package.json'), 'utf8');
  const cache = join(ROOT, 'node_modules/.cache');
  const folder = join(cache, `chromium-${(JSON.parse(manifest) as { version: string }).version}`);
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  const fresh = mkdtempSync(`${folder}-`);
  // The package unpacks into the temporary folder, and takes its own copies of nss and expat along only where it
  // believes to be on Amazon's Lambda.
  const { TMPDIR, AWS_EXECUTION_ENV } = process.env;
  try {
    Object.assign(process.env, { TMPDIR: fresh, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' });
    await packed.executablePath();
  } finally {
    for (const [name, value] of Object.entries({ TMPDIR, AWS_EXECUTION_ENV })) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
  writeFileSync(
    join(fresh, 'fonts.conf'),
    `<fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include><dir>${folder}/fonts</dir></fontconfig>\n`,
  );
  try {
    renameSync(fresh, folder);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    if (!existsSync(folder)) throw error; // Else another test file was faster, which is as good.
  }
  return folder;
}

/** The browser of NETFALL_CHROMIUM if that is set, else the one from npm, with its own libraries where the system has none. */
async function locate(): Promise<Unpacked> {
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  const given = process.env.NETFALL_CHROMIUM;
  if (given) return { executable: given, env: inherited };
  const folder = await unpack();
  const executable = join(folder, 'chromium');
  const env: Record<string, string> = { ...inherited, FONTCONFIG_FILE: join(folder, 'fonts.conf') };
  if (missingLibraries(executable, env).length === 0) return { executable, env };
  const helped = {
    ...env,
    LD_LIBRARY_PATH: [join(folder, 'al2023/lib'), env.LD_LIBRARY_PATH].filter(Boolean).join(':'),
  };
  const missing = missingLibraries(executable, helped);
  if (missing.length === 0) return { executable, env: helped };
  const packages = [...new Set(missing.map((name) => DEBIAN[name] ?? `the package that holds ${name}`))];
  throw new Error(
    `Chromium cannot start: this machine has no ${missing.join(', ')}. On Debian: apt-get install ${packages.join(' ')}. ` +
      'Or set NETFALL_CHROMIUM to a browser that starts.',
  );
}

/** Starts a browser; whoever starts it closes it. */
async function launch(): Promise<Browser> {
  const { executable, env } = await locate();
  const args = [...packed.args.filter((arg) => !DROPPED.test(arg)), ...ADDED];
  return chromium.launch({ executablePath: executable, args, env, headless: true });
}

/** A page, and everything that went wrong in it so far: errors on its console, exceptions, requests that failed. */
export interface Watched {
  readonly page: Page;
  readonly faults: readonly string[];
}

/** `asks`: the page asks before the moments that matter, as it does for people; else only where a test is about that. */
export type PageOptions = BrowserContextOptions & { readonly asks?: boolean };

/** One browser for all tests of a file. Returns how to open a page; pages are closed after each test. */
export function withBrowser(): (url: string, options?: PageOptions) => Promise<Watched> {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await launch();
  });
  afterEach(async () => {
    await Promise.all((browser?.contexts() ?? []).map((context) => context.close()));
  });
  afterAll(async () => {
    await browser?.close();
  });
  return async (url, { asks = false, ...options } = {}) => {
    if (!browser)
      throw new Error('The browser has not started: call withBrowser() at the top of a file or describe().');
    const context = await browser.newContext(options);
    if (!asks)
      await context.addInitScript(() => {
        if (localStorage.getItem('netfall.predict') === null) localStorage.setItem('netfall.predict', 'no');
      });
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text());
    });
    page.on('pageerror', (error) => faults.push(String(error.stack ?? error)));
    page.on('requestfailed', (request) => faults.push(`${request.url()}: ${request.failure()?.errorText ?? 'failed'}`));
    page.on('response', (response) => {
      if (response.status() >= 400) faults.push(`${response.url()}: ${response.status()}`);
    });
    await page.goto(url, { waitUntil: 'load' });
    return { page, faults };
  };
}

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.ndjson': 'application/x-ndjson; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.yaml': 'application/yaml; charset=utf-8',
};

/** Serves a folder on loopback for all tests of a file. Returns the address, which ends in a slash. */
export function withServer(folder: string = PAGE_FOLDER): () => string {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    const file = normalize(join(folder, path.endsWith('/') ? `${path}index.html` : path));
    try {
      if (!file.startsWith(normalize(folder) + sep)) throw new Error('outside of the folder');
      const body = await readFile(file);
      response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' }).end(body);
    } catch {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('not found\n');
    }
  });
  beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
  afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}
