/** As much of a DNS message as a stub resolver needs (RFC 1035 §4.1): a question for one address, and what came of it. */

const TYPE_A = 1;
const CLASS_IN = 1;
const HEADER = 12;
const RECURSION_DESIRED = 0x0100;
const RCODES = ['NOERROR', 'FORMERR', 'SERVFAIL', 'NXDOMAIN', 'NOTIMP', 'REFUSED'] as const;

/** What a reply says: its response code, and the time to live, in seconds, of the first address in it; null without one. */
export interface Message {
  readonly id: number;
  readonly rcode: string;
  readonly ttl: number | null;
}

/** A question for the address of `name`, to a resolver that shall ask on. */
export function question(id: number, name: string): Buffer {
  const labels = name.split('.').filter((label) => label !== '');
  const text = labels.map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label, 'ascii')]));
  return Buffer.concat([words(id, RECURSION_DESIRED, 1, 0, 0, 0), ...text, Buffer.from([0]), words(TYPE_A, CLASS_IN)]);
}

/** Reads a reply; it is an error when it is cut short. */
export function read(message: Buffer): Message {
  const rcode = message.readUInt8(3) & 15;
  const answers = message.readUInt16BE(6);
  let at = afterName(message, HEADER) + 4;
  let ttl: number | null = null;
  for (let k = 0; k < answers && ttl === null; k++) {
    at = afterName(message, at);
    if (message.readUInt16BE(at) === TYPE_A) ttl = message.readUInt32BE(at + 4);
    at += 10 + message.readUInt16BE(at + 8);
  }
  return { id: message.readUInt16BE(0), rcode: RCODES[rcode] ?? String(rcode), ttl };
}

/** Where a name ends: at its root label, or at the first pointer (RFC 1035 §4.1.4). */
function afterName(message: Buffer, start: number): number {
  let at = start;
  for (;;) {
    const length = message.readUInt8(at);
    if (length >= 0xc0) return at + 2;
    at += 1 + length;
    if (length === 0) return at;
  }
}

function words(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(2 * values.length);
  for (const [k, value] of values.entries()) bytes.writeUInt16BE(value, 2 * k);
  return bytes;
}
