/** What the server answers to a request: a file of the page, a trace, the list of traces; or why not. */
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { extname, join, sep } from 'node:path';
import type { Show } from './shows.ts';

/** The page loads nothing from elsewhere, and nobody may frame it. */
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
  "frame-ancestors 'none'",
].join('; ');

export const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-cache',
};

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.jsonl': 'application/x-ndjson; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.woff2': 'font/woff2',
  '.yaml': 'application/yaml; charset=utf-8',
};

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: readonly Buffer[];
}

const text = (status: number, says: string): Answer => ({
  status,
  type: TYPES['.txt'] as string,
  body: [Buffer.from(`${says}\n`)],
});
const NOT_FOUND = text(404, 'There is no such page here.');
export const FORBIDDEN = text(403, 'This server answers only as 127.0.0.1 or localhost.');
export const NOT_ALLOWED = text(405, 'This server can only be read: GET and HEAD.');

/** Reloads the page when the server says so; the address keeps what was on screen. */
const RELOADER = "new EventSource('events').addEventListener('reload', () => location.reload());\n";

const traceUrl = (index: number): string => (index === 0 ? 'trace.jsonl' : `trace-${index + 1}.jsonl`);

/** The answer to a path such as `/assets/index.js`. */
export function answerTo(target: string, folder: string, shows: readonly Show[]): Answer {
  const path = pathOf(target);
  if (path === null) return text(400, 'This is no address.');
  if (path === '/reload.js') return { status: 200, type: TYPES['.js'] as string, body: [Buffer.from(RELOADER)] };
  if (path === '/traces.json') {
    const list = shows.map(({ name, title }, i) => ({ name, title, url: traceUrl(i) }));
    return { status: 200, type: TYPES['.json'] as string, body: [Buffer.from(`${JSON.stringify(list)}\n`)] };
  }
  const show = shows.find((_, i) => path === `/${traceUrl(i)}`);
  if (show) {
    const trace = show.trace();
    return Array.isArray(trace)
      ? { status: 200, type: TYPES['.jsonl'] as string, body: trace }
      : text(500, String(trace));
  }
  return fileOf(path === '/' ? '/index.html' : path, folder);
}

function pathOf(target: string): string | null {
  if (!target.startsWith('/')) return null;
  try {
    return decodeURIComponent(target.split(/[?#]/)[0] as string);
  } catch {
    return null;
  }
}

/** A file inside the folder, by its real path: no name and no link leads out of it. */
function fileOf(path: string, folder: string): Answer {
  if (!/^(\/[\w-][\w .-]*)+$/.test(path)) return NOT_FOUND;
  try {
    const file = realpathSync(join(folder, path));
    const type = TYPES[extname(file)];
    if (!file.startsWith(realpathSync(folder) + sep) || !type || !statSync(file).isFile()) return NOT_FOUND;
    const body = readFileSync(file);
    return { status: 200, type, body: [path === '/index.html' ? withReloader(body) : body] };
  } catch {
    return NOT_FOUND;
  }
}

const withReloader = (html: Buffer): Buffer =>
  Buffer.from(html.toString('utf8').replace('</head>', '<script type="module" src="./reload.js"></script></head>'));
