/** A world for commands under test: files in memory, streams that are texts, a terminal as wide as wished. */
import { type Io, Unreadable } from '../../sim/cli/io.ts';
import { program } from '../../sim/cli/program.ts';

export interface Heard {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface World extends Partial<Pick<Io, 'isTTY' | 'columns' | 'errIsTTY' | 'color'>> {
  readonly files?: Readonly<Record<string, string>>;
  readonly data?: Readonly<Record<string, Uint8Array>>;
  /** Interrupted from the start, or by whoever holds the controller. */
  readonly stop?: AbortSignal;
}

/** Runs a command line in that world. */
export async function netfall(argv: readonly string[], world: World = {}): Promise<Heard> {
  const { files = {}, data = {}, stop = new AbortController().signal, ...terminal } = world;
  let [out, err] = ['', ''];
  const io: Io = {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    drained: () => Promise.resolve(),
    readFile: (path) => {
      const text = files[path];
      if (text === undefined) throw new Unreadable(`${path}: there is no such file`, true);
      return text;
    },
    readData: (path) => {
      const bytes = data[path];
      if (bytes === undefined) throw new Unreadable(`${path}: there is no such file`, true);
      return bytes;
    },
    isTTY: false,
    columns: 80,
    errIsTTY: false,
    color: false,
    interruptible: () => stop,
    ...terminal,
  };
  const code = await program(argv, io);
  return { code, out, err };
}

/** Two services and an uplink: small enough to know by heart. */
export const UPLINK = `netfall: 1
id: uplink
title: The uplink breaks
clock: { start: 2025-03-01T09:00:00Z, run: 2h }
parameters:
  patience: { value: 10s, because: assumed }
nodes:
  uplink:   { kind: router }
  database: { kind: service, needs: [ uplink ], downAfter: 30s }
  shop:     { kind: service, needs: [ database ], downAfter: $patience }
  people:   { kind: population, people: 12000, does: [ buy ] }
faults:
  cut: { at: 09:10Z, to: uplink, for: 20m }
journeys:
  buy: [ { up: shop, else: refused } ]
variants:
  no-cut:
    title: Nothing breaks
    patch: { faults: { cut: null } }
    expect: { calm: { says: Nothing happens, never: { not: { up: shop } } } }
checkpoints:
  dark: { says: The shop goes down, first: { not: { up: shop } }, seen: 09:10Z, accept: ±1m, foil: no-cut }
`;
