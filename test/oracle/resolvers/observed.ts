/** Lets all exchanges happen, at once, on the loopback addresses of this machine, and notes what the clients of real resolvers get. */
import type { Lab } from '../../support/lab.ts';
import { freeNetwork } from './addresses.ts';
import { Authority, serversOf, type ZoneText } from './authority.ts';
import { interview, type Reply, reach } from './client.ts';
import { MODES } from './daemon.ts';
import { DAEMONS } from './daemons.ts';
import { ABOVE, DS_TTL, EXCHANGES, type Exchange, isSigned, nameIn } from './exchanges.ts';

const recordOf = (exchange: Exchange): string => `${nameIn(exchange)}. ${exchange.ttl / 1000} A 192.0.2.1`;

/** The servers of one exchange's zone, and what can be done to them. */
class Stage {
  readonly text: ZoneText;
  readonly servers: readonly Authority[];
  /** What the zone above says of this one if it is signed. */
  private ds: readonly string[] = [];

  constructor(
    lab: Lab,
    readonly exchange: Exchange,
    network: string,
    private readonly above: () => void,
  ) {
    this.text = {
      name: exchange.zone,
      servers: Array.from({ length: exchange.servers }, (_, k) => `${network}.${k + 1}`),
      negativeTtl: exchange.negativeTtl / 1000,
      records: [recordOf(exchange)],
      signed: isSigned(exchange),
    };
    this.servers = this.text.servers.map((address) => new Authority(lab, address, this.text));
  }

  async makeKey(): Promise<void> {
    if (!this.text.signed) return;
    const { ds } = await (this.servers[0] as Authority).makeKey();
    this.ds = [`${this.text.name}. ${DS_TTL / 1000} DS ${ds}`];
  }
  /** As the zone above has it. */
  get delegation(): readonly string[] {
    return [...serversOf(this.text), ...this.ds];
  }

  async play(start: number): Promise<void> {
    for (const [at, does, number] of this.exchange.acts) {
      await reach(start + at);
      const server = this.servers[number - 1] as Authority;
      switch (does) {
        case 'silence':
          server.silence();
          break;
        case 'speak':
          server.speak();
          break;
        case 'kill':
          await server.kill();
          break;
        case 'start':
          await server.start();
          break;
        case 'disown':
          server.disown();
          break;
        case 'own':
        case 'restore':
          server.serve({ records: this.text.records });
          break;
        case 'remove':
          server.serve({ records: [] });
          break;
        case 'unsign':
          server.serve({ signed: false });
          break;
        case 'sign':
          server.serve({ signed: true });
          break;
        case 'abandon':
          server.serve({ signed: false });
          this.ds = [];
          this.above();
          break;
      }
    }
  }
}

/** By daemon and zone, what each question was answered. Each resolver is asked about all exchanges of its mode. */
export async function observe(lab: Lab): Promise<ReadonlyMap<string, readonly Reply[]>> {
  const network = await freeNetwork();
  const [rootAt, parentAt] = [`${network}.0.1`, `${network}.0.2`];
  const recordsAbove = (): readonly string[] =>
    stages.filter(({ text }) => text.signed).flatMap(({ delegation }) => delegation);
  const above = { name: ABOVE, servers: [parentAt], negativeTtl: 60, signed: true };
  const stages: readonly Stage[] = EXCHANGES.map(
    (exchange, k) => new Stage(lab, exchange, `${network}.${k + 1}`, () => parent.serve({ records: recordsAbove() })),
  );
  await Promise.all(stages.map((stage) => stage.makeKey()));
  const parent = new Authority(lab, parentAt, { ...above, records: recordsAbove() });
  const { key } = await parent.makeKey();
  const root = new Authority(lab, rootAt, {
    name: '',
    servers: [rootAt],
    negativeTtl: 60,
    records: [
      ...stages.filter(({ text }) => !text.signed).flatMap(({ delegation }) => delegation),
      ...serversOf(above),
    ],
    signed: false,
  });
  await Promise.all([root, parent, ...stages.flatMap(({ servers }) => servers)].map((server) => server.start()));
  const resolvers = await Promise.all(
    DAEMONS.flatMap((daemon) =>
      MODES.map(async (mode, k) => {
        const address = await daemon.start(lab, mode, {
          own: `${network}.255.${k + 1}`,
          root: rootAt,
          zone: ABOVE,
          key,
        });
        return { daemon, mode, address };
      }),
    ),
  );

  // Just after a whole second, by which resolvers count lives: so no question falls on the edge of one.
  const start = performance.now() + 1100 - (Date.now() % 1000);
  const observed = new Map<string, readonly Reply[]>();
  const interviews = stages.flatMap(({ exchange }) => {
    const { zone, mode, until, period, ttl } = exchange;
    return resolvers
      .filter((resolver) => resolver.mode === mode)
      .map(async ({ daemon, address }) => {
        const when = { start, until, period, ttl, patience: daemon.modes[mode].keys.patience };
        observed.set(`${daemon.name} ${zone}`, await interview(nameIn(exchange), address, when));
      });
  });
  await Promise.all([...stages.map((stage) => stage.play(start)), ...interviews]);
  return observed;
}
