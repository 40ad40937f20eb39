/** A server for this machine alone: the page, its traces, and a stream that tells the page to reload. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Unreadable } from '../io.ts';
import type { Show } from './shows.ts';
import { type Answer, answerTo, FORBIDDEN, HEADERS, NOT_ALLOWED } from './site.ts';

const ADDRESS = '127.0.0.1';
/** Tried first, so that the address stays the same from day to day. */
const USUAL_PORT = 8421;

export interface Served {
  readonly url: string;
  /** Tells every page that is open to load again. */
  reload(): void;
  close(): Promise<void>;
}

/** Serves what `shows` returns at the time of the request. */
export async function serve(folder: string, shows: () => readonly Show[], port: number | undefined): Promise<Served> {
  // Loaded only here: every other verb is quicker without.
  const { createServer } = await import('node:http');
  const pages = new Set<ServerResponse>();
  let version = 1;
  const server = createServer((request, response) => {
    if (!isOurs(request, server)) return send(request, response, FORBIDDEN);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('allow', 'GET, HEAD');
      return send(request, response, NOT_ALLOWED);
    }
    if (request.url === '/events' && request.method === 'GET') return follow(request, response, pages, version);
    send(request, response, answerTo(request.url ?? '/', folder, shows()));
  });
  const at = await listen(server, port);
  return {
    url: `http://${ADDRESS}:${at}/`,
    reload: () => {
      version++;
      for (const page of pages) page.write(reloadEvent(version));
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Another name for this address may be a page elsewhere that tries to read from here (DNS rebinding). */
function isOurs({ headers }: IncomingMessage, server: Server): boolean {
  const { port } = server.address() as AddressInfo;
  const names = [`${ADDRESS}:${port}`, `localhost:${port}`, ...(port === 80 ? [ADDRESS, 'localhost'] : [])];
  return headers.host !== undefined && names.includes(headers.host.toLowerCase());
}

function send(request: IncomingMessage, response: ServerResponse, { status, type, body }: Answer): void {
  const length = body.reduce((sum, piece) => sum + piece.length, 0);
  response.writeHead(status, { ...HEADERS, 'content-type': type, 'content-length': length });
  if (request.method !== 'HEAD') for (const piece of body) response.write(piece);
  response.end();
}

const reloadEvent = (version: number): string => `id: ${version}\nevent: reload\ndata: ${version}\n\n`;

/** A page that comes back after a pause and missed a reload is told so at once. */
function follow(request: IncomingMessage, response: ServerResponse, pages: Set<ServerResponse>, version: number): void {
  response.writeHead(200, { ...HEADERS, 'content-type': 'text/event-stream; charset=utf-8' });
  const seen = request.headers['last-event-id'];
  response.write(`retry: 1000\nid: ${version}\nevent: hello\ndata: ${version}\n\n`);
  if (seen !== undefined && seen !== String(version)) response.write(reloadEvent(version));
  pages.add(response);
  response.on('close', () => pages.delete(response));
}

async function listen(server: Server, port: number | undefined): Promise<number> {
  if (port === undefined) {
    const usual = await tryPort(server, USUAL_PORT);
    if (usual === null) return USUAL_PORT;
    port = 0;
  }
  const error = await tryPort(server, port);
  if (error === null) return (server.address() as AddressInfo).port;
  const why =
    error.code === 'EADDRINUSE'
      ? 'something else is served there'
      : error.code === 'EACCES'
        ? 'this port is not for everyone'
        : (error.code ?? error.message);
  throw new Unreadable(`--port ${port}: ${why}; leave --port out to take one that is free`);
}

const tryPort = (server: Server, port: number): Promise<NodeJS.ErrnoException | null> =>
  new Promise((resolve) => {
    const fail = (error: NodeJS.ErrnoException): void => resolve(error);
    server.once('error', fail);
    server.listen(port, ADDRESS, () => {
      server.off('error', fail);
      resolve(null);
    });
  });
