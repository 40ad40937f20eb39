/** Data files that a scenario names: read as bytes, and unpacked if they are packed. */
import { gunzipSync } from 'node:zlib';
import { type LoadOptions, packingOf } from '../index.ts';

type Taken = Exclude<ReturnType<NonNullable<LoadOptions['readBytes']>>, null>;

const MEGABYTE = 1024 * 1024;
/** A few bytes may unpack to any number of them. */
const MOST_UNPACKED = 256 * MEGABYTE;

/** The bytes as they were meant; or why they cannot be taken. */
export function unpacked(bytes: Uint8Array, path: string): Taken {
  const packing = packingOf(bytes, path);
  if (packing === 'none') return bytes;
  if (packing !== 'gzip') return packing;
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
