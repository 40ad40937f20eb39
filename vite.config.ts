/**
 * One config for everything that is built or run from source, by mode:
 * the page (any other mode), the page as one file (`single`), the command line (`cli`), the library (`lib`), the tests (`test`),
 * the oracles (`oracle`), the benchmarks (`bench`).
 *
 * The code files of `cli` and `lib` all lie flat in `dist/`, so that `new URL('./page/', import.meta.url)` and
 * `new URL('../scenarios/', import.meta.url)` mean the same from the entry and from any chunk split off it.
 */
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { viteSingleFile } from 'vite-plugin-singlefile';
import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { parseDocument } from 'yaml';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The entries that exist, by the name they get in `dist/`. */
function entries(candidates: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(candidates)
      .map(([name, path]) => [name, here(path)] as const)
      .filter(([, path]) => existsSync(path)),
  );
}

/** The page takes of the simulator only what it uses: none of its modules does anything by being loaded. */
const treeshake = { moduleSideEffects: [{ test: /[\\/]sim[\\/](?!cli)/, sideEffects: false }] };

/** The policy of the page wherever it is served from; `sim/cli/serve/site.ts` says it once more, and who may frame it, which only a server can. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self' blob:",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
];

const withPolicy = (html: string, policy: readonly string[]): string =>
  html.replace(
    '<meta charset="utf-8" />',
    (meta) => `${meta}\n    <meta http-equiv="Content-Security-Policy" content="${policy.join('; ')}" />`,
  );

/** The scenarios that ship, beside the page, and a list of them to choose from: wherever it is served, they can be run there. */
function scenarios(this: { emitFile(file: { type: 'asset'; fileName: string; source: string }): string }): void {
  const list = ['outages', 'patterns'].flatMap((folder) =>
    readdirSync(here(`scenarios/${folder}`))
      .filter((file) => file.endsWith('.yaml'))
      .sort()
      .map((file) => {
        const url = `scenarios/${folder}/${file}`;
        const source = readFileSync(here(url), 'utf8');
        this.emitFile({ type: 'asset', fileName: url, source });
        const name = `${folder}/${file.replace(/\.yaml$/, '')}`;
        return { name, title: String(parseDocument(source).get('title') ?? name), url };
      }),
  );
  this.emitFile({ type: 'asset', fileName: 'scenarios.json', source: `${JSON.stringify(list)}\n` });
}

const page: ViteUserConfig = {
  root: here('viz'),
  plugins: [
    { name: 'scenarios', apply: 'build', generateBundle: scenarios },
    { name: 'policy', apply: 'build', transformIndexHtml: (html) => withPolicy(html, POLICY) },
  ],
  base: './',
  // What the page imports from sim/ lies outside its root.
  server: { fs: { allow: [here('.')] } },
  build: {
    outDir: here('dist/page'),
    // Files are overwritten in place, so that a page that is being served stays whole while it is built anew.
    emptyOutDir: false,
    chunkSizeWarningLimit: 2000,
    rolldownOptions: {
      treeshake,
      output: {
        entryFileNames: 'assets/[name].js',
        // What is loaded only when it is asked for.
        chunkFileNames: 'assets/more-[name].js',
        assetFileNames: 'assets/[name][extname]',
      },
    },
  },
  worker: {
    format: 'es',
    rolldownOptions: { output: { entryFileNames: 'assets/[name].js', chunkFileNames: 'assets/[name].js' } },
  },
};

/**
 * The policy of a page that is one file: its own script and style, known by their hashes, and nothing from anywhere else. Marks say where
 * `netfall export --html` puts what belongs to a run.
 */
function seal(): void {
  const file = here('dist/single/index.html');
  const html = readFileSync(file, 'utf8');
  const hashes = (tag: string): string =>
    [...html.matchAll(new RegExp(`<${tag}\\b[^>]*>([\\s\\S]*?)</${tag}>`, 'g'))]
      .map(([, code = '']) => `'sha256-${createHash('sha256').update(code).digest('base64')}'`)
      .join(' ');
  const policy = [
    "default-src 'none'",
    `script-src ${hashes('script')}`,
    `style-src ${hashes('style')}`,
    'worker-src blob:',
    'img-src data: blob:',
    'font-src data:',
    'media-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ];
  const sealed = withPolicy(html, policy)
    .replace(/<title>.*?<\/title>/, '<!--netfall:title-->')
    .replace('<body>', (body) => `${body}\n    <!--netfall:story-->`)
    .replace(/<\/body>(?![\s\S]*<\/body>)/, (body) => `  <!--netfall:trace-->\n  ${body}`);
  writeFileSync(file, sealed);
}

const single: ViteUserConfig = {
  ...page,
  plugins: [viteSingleFile(), { name: 'seal', closeBundle: seal }],
  // The thread has no file of its own either.
  resolve: { alias: [{ find: /^\.\/start\.ts$/, replacement: here('viz/thread/start-inline.ts') }] },
  build: { outDir: here('dist/single'), emptyOutDir: true, copyPublicDir: false, rolldownOptions: { treeshake } },
  worker: { format: 'iife' },
};

/** npm links a package's command for those who install it, yet not in its own folder: here `npx netfall` shall work too. */
function linkCommand(): void {
  const link = here('node_modules/.bin/netfall');
  chmodSync(here('dist/netfall.js'), 0o755);
  if (process.platform === 'win32' || !existsSync(dirname(link))) return;
  rmSync(link, { force: true });
  symlinkSync('../../dist/netfall.js', link);
}

/** For Node: every dependency inside, what is imported dynamically in a chunk of its own, so that a verb loads what it needs. */
const cli: ViteUserConfig = {
  plugins: [{ name: 'link-command', writeBundle: linkCommand }],
  ssr: { noExternal: true, target: 'node' },
  // The module builds of packages that offer Node only CommonJS: smaller, and faster to start.
  resolve: { alias: [{ find: /^yaml$/, replacement: here('node_modules/yaml/browser/index.js') }] },
  build: {
    ssr: true,
    target: 'node20.19',
    outDir: here('dist'),
    emptyOutDir: false,
    copyPublicDir: false,
    minify: true,
    rolldownOptions: {
      input: entries({ netfall: 'sim/cli/main.ts', 'netfall-worker': 'sim/cli/worker.ts' }),
      output: {
        format: 'es',
        entryFileNames: '[name].js',
        chunkFileNames: 'netfall-[name].js',
        banner: (chunk) => (chunk.fileName === 'netfall.js' ? '#!/usr/bin/env node' : ''),
      },
    },
  },
};

/** For Node and browsers alike: plain modules with every dependency inside, so that a worker can load them by address. */
const lib: ViteUserConfig = {
  build: {
    target: 'es2023',
    outDir: here('dist'),
    emptyOutDir: false,
    copyPublicDir: false,
    minify: true,
    lib: {
      entry: entries({ index: 'sim/index.ts', worker: 'sim/worker.ts' }),
      formats: ['es'],
    },
    rolldownOptions: { output: { entryFileNames: '[name].js', chunkFileNames: 'index-[name].js' } },
  },
};

const test: ViteUserConfig = {
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/build.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: 'forks',
    // All cores: what is judged by time is judged by the processor's.
    maxWorkers: '100%',
    restoreMocks: true,
    unstubEnvs: true,
  },
};

/** One benchmark at a time, else they measure each other. */
const bench: ViteUserConfig = {
  test: { ...test.test, include: ['test/bench/**/*.bench.ts'], testTimeout: 600_000, fileParallelism: false },
};

/** All of the oracles, those that are real daemons with them (`*.live.ts`): these keep time by the clock, so one file after the other. */
const oracle: ViteUserConfig = {
  test: {
    ...test.test,
    include: ['test/oracle/**/*.{test,live}.ts'],
    globalSetup: ['test/support/last-words.ts'],
    testTimeout: 300_000,
    fileParallelism: false,
    // Daemons wait for each other most of the time.
    maxConcurrency: 8,
  },
};

const byMode: Readonly<Record<string, ViteUserConfig>> = { single, cli, lib, test, oracle, bench };

export default defineConfig(({ mode }) => byMode[mode] ?? page);
