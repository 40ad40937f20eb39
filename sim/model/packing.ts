/** How a data file is packed: what counts is how it begins, not how it is called. */

/** Why a file cannot be taken, in a sentence. */
interface Refused {
  readonly says: string;
  readonly hint: string;
}

/** What others begin with, and what unpacks them. */
const OTHERS: readonly (readonly [begins: string, called: string, by: string])[] = [
  ['425a68', 'bzip2', 'bunzip2'],
  ['fd377a585a00', 'xz', 'unxz'],
  ['28b52ffd', 'zstd', 'unzstd'],
  ['504b0304', 'zip', 'unzip'],
];
const GZIP = '1f8b';

/** `bytes`: the first six are enough. Gzip can be unpacked here; of others it is said what unpacks them. */
export function packingOf(bytes: Uint8Array, path: string): 'none' | 'gzip' | Refused {
  const begins = [...bytes.subarray(0, 6)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const other = OTHERS.find(([start]) => begins.startsWith(start));
  if (other) return { says: `"${path}" is packed by ${other[1]}`, hint: `unpack it first: ${other[2]} ${path}` };
  return begins.startsWith(GZIP) ? 'gzip' : 'none';
}
