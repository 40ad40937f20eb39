/** Traceroutes on a terminal: a hop a line, and in words what became of the packet. */
import { blockOf, type LinksTold, type Ms, type PacketHop, type PacketsTold, type Scenario } from '../../index.ts';
import { hang, padEnd, widest, wrap } from './layout.ts';
import type { Palette } from './paint.ts';
import { systemName } from './route.ts';
import { clockAt } from './words.ts';

interface Page {
  readonly scenario: Scenario;
  readonly at: Ms;
  readonly width: number;
}

const OUTCOME: Readonly<Record<PacketsTold['outcome'], string>> = {
  delivered: 'delivered',
  'no route': 'no route',
  'black hole': 'lost in a black hole',
  loop: 'going round in a loop',
  filtered: 'dropped on purpose',
};

export function packetsLines({ scenario, at, width }: Page, told: PacketsTold, paint: Palette): string[] {
  const { network, outcome, hops } = told;
  const tone = outcome === 'delivered' ? paint.good : paint.bad;
  const head = `${systemName(scenario, network)} to ${targetOf(told)} at ${clockAt(scenario.start, at)}: `;
  // To whom is half of the answer: whoever announces a block has its packets, whether it is his or not.
  const to = outcome === 'delivered' ? ` to ${systemName(scenario, hops.at(-1)?.at ?? network)}` : '';
  const lines = wrap(`${head}${OUTCOME[outcome]}${to}.`, width).map(paint.title);
  const rows = hops.map((hop, k) => ({ name: hop.at, says: k < hops.length - 1 ? onTo(told, hop) : endOf(told, hop) }));
  if (hops.length === 0) rows.push({ name: network, says: NOWHERE });
  return [...lines, '', ...numbered(rows, width, tone)];
}

const NOWHERE = 'has no route to any block around it: dropped';

/** An address stands for itself; a prefix with its block. */
const targetOf = ({ to, cidr }: PacketsTold): string =>
  cidr === null ? to : isAddress(to) ? `${to}, in ${cidr}` : blockOf(cidr, to);
const isAddress = (text: string): boolean => text.includes(':') || /^\d+(\.\d+){3}$/.test(text);

/** By which block, where that is not the one asked for. */
const onTo = ({ cidr }: PacketsTold, hop: PacketHop): string => {
  const by = hop.cidr === cidr ? '' : `by ${blockOf(hop.cidr, hop.prefix ?? '')} `;
  return `${by}on to ${hop.next}, its ${hop.neighbour}`;
};

function endOf(told: PacketsTold, hop: PacketHop): string {
  const wider = hop.cidr !== told.cidr;
  const block = blockOf(hop.cidr, hop.prefix ?? '');
  switch (told.end) {
    case 'announced here':
      return `announces ${wider ? `${block} around it` : 'it'}: delivered`;
    case 'no route':
      return NOWHERE;
    case 'null route':
      return `announces ${wider ? block : 'it'} to drop what is sent there`;
    case 'blackhole community':
      return `drops it, as its route to ${block} says (blackhole)`;
    case 'dead session':
      return `${onTo(told, hop)}: nothing passes there, and the route is kept until the hold timer ends`;
    case 'wider block':
      return `announces ${wider ? `${block}, and nobody here announces ${targetOf(told)}` : 'it, and cannot serve it'}: lost`;
    case 'loop':
      return `${onTo(told, hop)}, where it has been: it goes round until its time to live is over`;
  }
}

export function linksLines({ scenario, at, width }: Page, told: LinksTold, paint: Palette): string[] {
  const { from, to, layer, reached, hops } = told;
  const over = layer === null ? '' : ` over ${layer}`;
  const head = `${from} to ${to}${over} at ${clockAt(scenario.start, at)}: ${reached ? 'reached' : 'no way'}.`;
  const lines = wrap(head, width).map(paint.title);
  const broken = reached ? [] : ['', ...wrap('No way is open. The shortest one there would be:', width)];
  const rows = hops.map(({ node, link, carries, up }, k) => ({
    name: node,
    says: [
      k === 0 || link === null ? 'from here' : `over ${link}${carries ? '' : ', which carries nothing'}`,
      ...(up || k === 0 ? [] : ['down']),
    ].join(': '),
  }));
  return [...lines, ...broken, '', ...numbered(rows, width, reached ? paint.good : paint.bad)];
}

/** The last line says what became of it, in its colour. */
function numbered(
  rows: readonly { readonly name: string; readonly says: string }[],
  width: number,
  tone: (text: string) => string,
): string[] {
  const name = widest(rows.map((row) => row.name));
  const number = String(rows.length).length;
  return rows.flatMap((row, k) => {
    const lines = hang(`  ${String(k + 1).padStart(number)}  ${padEnd(row.name, name)}  `, row.says, width);
    return k === rows.length - 1 ? lines.map(tone) : lines;
  });
}
