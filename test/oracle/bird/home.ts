/** What lies behind the boxes of a small internet: clients that send packets into each of them, and servers that some send on to. */
import type { Lab, Wire } from '../../support/lab.ts';

const CLIENTS = 'clients';
const SERVERS = 'servers';
/** The servers answer the clients on a wire of their own, apart from all routes that are compared. */
const BACK = { clients: '172.29.0.1', servers: '172.29.0.2' } as const;

export class Home {
  readonly spaces: readonly string[] = [CLIENTS, SERVERS];

  /** `addresses`: those that the servers have. */
  constructor(
    private readonly names: readonly string[],
    private readonly addresses: readonly string[],
  ) {}

  wires(): readonly Wire[] {
    const behind = this.names.flatMap((space, index): Wire[] => [
      [
        { space, device: 'clients', addresses: [`172.31.${index}.2/24`] },
        { space: CLIENTS, device: `c${index}`, addresses: this.clientsOf(index).map((one) => `${one}/24`) },
      ],
      [
        { space, device: 'servers', addresses: [`172.30.${index}.2/24`] },
        { space: SERVERS, device: `s${index}`, addresses: [`172.30.${index}.1/24`] },
      ],
    ]);
    return [
      ...behind,
      [
        { space: CLIENTS, device: 'back', addresses: [`${BACK.clients}/30`] },
        { space: SERVERS, device: 'back', addresses: [`${BACK.servers}/30`] },
      ],
    ];
  }

  /** The gateway's own first; then a sender for each address, as kernels tell of errors to one sender only so often. */
  private clientsOf(index: number): readonly string[] {
    return ['', ...this.addresses].map((_, client) => `172.31.${index}.${client === 0 ? 1 : 10 + client}`);
  }

  /** Where a box sends what is served behind it. */
  serversOf(name: string): string {
    return `172.30.${this.names.indexOf(name)}.1`;
  }

  /** All boxes forward, take packets from anywhere, and tell of every one that they cannot send on. */
  async open(lab: Lab): Promise<void> {
    await Promise.all([...this.spaces, ...this.names].map((space) => lab.run(space, 'sh', ['-c', FORWARDS])));
    await lab.batch(
      this.addresses.map((address) => `address add ${address}/32 dev lo`),
      SERVERS,
    );
    await lab.batch([`route add 172.31.0.0/16 via ${BACK.clients}`], SERVERS);
    // Each client has a way of its own, by the address it sends from; what comes back may come by any.
    const ways = this.names.flatMap((_, index) => [
      `route add default via 172.31.${index}.2 table ${100 + index}`,
      `rule add from 172.31.${index}.0/24 table ${100 + index}`,
    ]);
    await lab.batch(ways, CLIENTS);
    for (const [index, space] of this.names.entries())
      await lab.batch([`route add 172.31.0.0/16 via 172.31.${index}.1`], space);
  }

  /** What `ping` says to a client behind a box. */
  ping(lab: Lab, name: string, address: string): Promise<string> {
    const from = this.clientsOf(this.names.indexOf(name))[1 + this.addresses.indexOf(address)] as string;
    return lab.hear(CLIENTS, 'ping', [...'-n -c 1 -W 1 -I'.split(' '), from, address]);
  }
}

const FORWARDS = `cd /proc/sys/net/ipv4
  echo 1 > ip_forward
  echo 0 > icmp_ratelimit
  echo 0 > icmp_ratemask
  for of in conf/*; do
    echo 0 > $of/rp_filter
    # Whoever is told of a shorter way is told of nothing else for a while.
    echo 0 > $of/send_redirects
  done`;
