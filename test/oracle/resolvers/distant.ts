/** An authoritative server that answers as late as if it were far away, and counts what it is asked. */
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

const HEADER = 12;
const ANSWERS_WITH_AUTHORITY = 0x8400;
const TYPE_A = 1;
const CLASS_IN = 1;
/** A pointer to the name in the question (RFC 1035 §4.1.4). */
const SAME_NAME = 0xc000 | HEADER;
const TTL = 60;

export class Distant {
  /** How many questions for names that begin with `q` have come. */
  asked = 0;
  private readonly socket: Socket;

  private constructor(
    /** The addresses of all servers of the zone, which are called ns0, ns1, … */
    private readonly servers: readonly string[],
  ) {
    this.socket = createSocket('udp4');
  }

  /** `delay`: how much later it answers than it is asked, in milliseconds. */
  static async at(address: string, servers: readonly string[], delay: number): Promise<Distant> {
    const made = new Distant(servers);
    const { socket } = made;
    socket.on('message', (query, { address: host, port }) => {
      const reply = made.reply(query);
      setTimeout(() => socket.send(reply, port, host, () => undefined), delay);
    });
    socket.bind(53, address);
    await once(socket, 'listening');
    return made;
  }

  close(): void {
    this.socket.close();
  }

  private reply(query: Buffer): Buffer {
    let end = HEADER;
    while (query.readUInt8(end) !== 0) end += 1 + query.readUInt8(end);
    const type = query.readUInt16BE(end + 1);
    const label = query.toString('ascii', HEADER + 1, HEADER + 1 + query.readUInt8(HEADER)).toLowerCase();
    if (label.startsWith('q')) this.asked++;
    const [, number] = /^ns(\d+)$/.exec(label) ?? [];
    const address = number === undefined ? '192.0.2.1' : (this.servers[Number(number)] ?? '192.0.2.1');
    // A name has one address, and nothing else.
    const has = type === TYPE_A;
    const header = Buffer.alloc(HEADER);
    for (const [k, value] of [query.readUInt16BE(0), ANSWERS_WITH_AUTHORITY, 1, has ? 1 : 0, 0, 0].entries())
      header.writeUInt16BE(value, 2 * k);
    const answer = Buffer.alloc(16);
    answer.writeUInt16BE(SAME_NAME, 0);
    answer.writeUInt16BE(TYPE_A, 2);
    answer.writeUInt16BE(CLASS_IN, 4);
    answer.writeUInt32BE(TTL, 6);
    answer.writeUInt16BE(4, 10);
    for (const [k, part] of address.split('.').entries()) answer.writeUInt8(Number(part), 12 + k);
    return Buffer.concat([header, query.subarray(HEADER, end + 5), ...(has ? [answer] : [])]);
  }
}
