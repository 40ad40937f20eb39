/** Data files that a scenario names: read as bytes, and unpacked if they are packed; what counts is how they begin, not how they are called. */
import { gunzipSync } from 'node:zlib';
import type { LoadOptions } from '../index.ts';

type Taken = Exclude<ReturnType<NonNullable<LoadOptions['readBytes']>>, null>;

const MEGABYTE = 1024 * 1024;
/** A few bytes may unpack to any number of them. */
const MOST_UNPACKED = 256 * MEGABYTE;

/** What others begin with, and what unpacks them. */
const OTHERS: readonly (readonly [begins: string, called: string, by: string])[] = [
  ['425a68', 'bzip2', 'bunzip2'],
  ['fd377a585a00', 'xz', 'unxz'],
  ['28b52ffd', 'zstd', 'unzstd'],
  ['504b0304', 'zip', 'unzip'],
];
const GZIP = '1f8b';

/** The bytes as they were meant; or why they cannot be taken. */
export function unpacked(bytes: Uint8Array, path: string): Taken {
  const begins = Buffer.from(bytes.subarray(0, 6)).toString('hex');
  const other = OTHERS.find(([start]) => begins.startsWith(start));
  if (other) return { says: `"${path}" is packed by ${other[1]}`, hint: `unpack it first: ${other[2]} ${path}` };
  if (!begins.startsWith(GZIP)) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: MOST_UNPACKED });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'Z_BUF_ERROR')
      return { says: `"${path}" is packed by gzip and ends too early`, hint: 'fetch it again' };
    if (code === 'ERR_BUFFER_TOO_LARGE')
      return { says: `"${path}" unpacks to more than ${MOST_UNPACKED / MEGABYTE} MB` };
    return { says: `"${path}" is packed by gzip and damaged` };
  }
}

let latest: { readonly bytes: Uint8Array; readonly path: string; readonly taken: Taken } | null = null;

/** The same again where the bytes are the same: a scenario is read anew with each of its variants. */
export function unpackedOnce(bytes: Uint8Array, path: string): Taken {
  if (latest?.path !== path || Buffer.compare(latest.bytes, bytes) !== 0)
    latest = { bytes, path, taken: unpacked(bytes, path) };
  return latest.taken;
}
