/** Address blocks: four or eight groups, a length, and no bit set behind it; and single addresses. */

interface Complaint {
  readonly says: string;
  readonly hint?: string;
}

export function checkCidr(text: string): Complaint | null {
  const [address, length, more] = text.split('/') as [string, string | undefined, string | undefined];
  const v6 = address.includes(':');
  const bits = v6 ? readV6(address) : readV4(address);
  if (
    !bits ||
    length === undefined ||
    more !== undefined ||
    !/^\d{1,3}$/.test(length) ||
    Number(length) > bits.length
  ) {
    return { says: `expected an address block such as 129.134.30.0/24 or 2001:db8::/32, found "${text.slice(0, 60)}"` };
  }
  if (!bits.slice(Number(length)).includes('1')) return null;
  const kept = bits.slice(0, Number(length)).padEnd(bits.length, '0');
  return {
    says: `${text} has bits set behind its length`,
    hint: `did you mean ${v6 ? writeV6(kept) : writeV4(kept)}/${length}?`,
  };
}

function readV4(text: string): string | null {
  const groups = text.split('.');
  if (groups.length !== 4 || !groups.every((group) => /^\d{1,3}$/.test(group) && Number(group) < 256)) return null;
  return groups.map((group) => Number(group).toString(2).padStart(8, '0')).join('');
}

function readV6(text: string): string | null {
  const halves = text.split('::');
  if (halves.length > 2 || text.length > 39) return null;
  const [left, right] = halves.map((half) => (half === '' ? [] : half.split(':'))) as [string[], string[] | undefined];
  const missing = 8 - left.length - (right?.length ?? 0);
  if (right ? missing < 1 : missing !== 0) return null;
  const groups = [...left, ...Array<string>(right ? missing : 0).fill('0'), ...(right ?? [])];
  if (!groups.every((group) => /^[\da-f]{1,4}$/i.test(group))) return null;
  return groups.map((group) => Number.parseInt(group, 16).toString(2).padStart(16, '0')).join('');
}

const groupsOf = (bits: string, size: number): number[] =>
  Array.from({ length: bits.length / size }, (_, i) => Number.parseInt(bits.slice(i * size, (i + 1) * size), 2));
const writeV4 = (bits: string): string => groupsOf(bits, 8).join('.');
/** The longest run of zeros is left out, and of several the first (RFC 5952 §4.2). */
function writeV6(bits: string): string {
  const text = groupsOf(bits, 16)
    .map((group) => group.toString(16))
    .join(':');
  const runs = [...text.matchAll(/(?<![\da-f])0(?::0)+(?![\da-f])/g)];
  const first = runs.reduce<RegExpExecArray | null>(
    (best, run) => (run[0].length > (best?.[0].length ?? 0) ? run : best),
    null,
  );
  if (!first) return text;
  const [before, after] = [text.slice(0, first.index), text.slice(first.index + first[0].length)];
  return `${before.replace(/:$/, '')}::${after.replace(/^:/, '')}`;
}

/** The bits that all addresses of a block begin with, after a mark for its family; null when the text is no block. */
export function bitsOf(text: string): string | null {
  if (checkCidr(text)) return null;
  const [address, length] = text.split('/') as [string, string];
  const v6 = address.includes(':');
  return (v6 ? '6:' : '4:') + ((v6 ? readV6(address) : readV4(address)) as string).slice(0, Number(length));
}

/** An address in the one way it is written (RFC 5952), with the block of that address alone; null when the text is no address. */
export function readAddress(text: string): { readonly address: string; readonly block: string } | null {
  const v6 = text.includes(':');
  const bits = v6 ? readV6(text) : readV4(text);
  if (bits === null) return null;
  const address = v6 ? writeV6(bits) : writeV4(bits);
  return { address, block: `${address}/${bits.length}` };
}

/** How long a block is, and how long one of its family can be; the text is a block. */
export function lengthsOf(cidr: string): { readonly own: number; readonly most: number } {
  return { own: Number(cidr.slice(cidr.indexOf('/') + 1)), most: cidr.includes(':') ? 128 : 32 };
}
