/** What becomes of packets in one small internet, on the kernels that BIRD tells its routes and in the simulator, trouble by trouble. */
import { look } from '../../../sim/compile.ts';
import type { PacketsTold } from '../../../sim/model/looks.ts';
import { MINUTE, SECOND } from '../../support/scenario.ts';
import type { Block, Internet, Paths } from '../internet.ts';
import { runOf, scenarioOf, valueAt } from '../networks.ts';
import { Home } from './home.ts';
import { followed, type Outcome, sent } from './packets.ts';
import { Routers } from './routers.ts';
import { sketchOf } from './sketch.ts';

/** One trouble after the other, a few minutes apart; each lasts. */
const SPACING = 5;
interface Trouble {
  readonly title: string;
  /** The block that its sites no longer serve. */
  readonly withdraws?: string;
  readonly cuts?: string;
  /** Its box is dead; what is compared lies within the hold time. */
  readonly dies?: string;
}

export class Fates {
  private topologies = 0;
  private moments = 0;
  private readonly packets = new Map<Outcome, number>();
  private different = 0;
  private open = 0;

  summary(): string {
    const { topologies, moments, packets, different, open } = this;
    const fates = [...packets].map(([outcome, count]) => `${count} ${outcome}`).sort();
    const verdict = different + open === 0 ? 'all equal' : `${different} DIFFERENT, ${open} topologies NOT COMPARED`;
    return `packets: ${topologies} topologies, ${moments} moments, ${fates.join(', ')}, ${verdict}`;
  }

  /** Differences as sentences. */
  async compare(internet: Internet, seed: string): Promise<readonly string[]> {
    this.open++;
    const troubles = troublesOf(internet);
    const told = simulated(internet, troubles, seed);
    const home = new Home(
      internet.speakers.map(({ name }) => name),
      internet.blocks.map(addressIn),
    );
    const routers = new Routers(internet, home);
    const differences: string[] = [];
    try {
      await routers.start();
      await home.open(routers.lab);
      for (const [index, trouble] of troubles.entries()) {
        await happen(internet, routers, trouble);
        const rests = (block: string, paths: Paths): boolean =>
          Object.entries(paths).every(([name, path]) => told.path(index, name, block) === path);
        // Of a box that is dead nobody knows yet: nothing moves.
        if (!trouble.dies)
          await routers.settled((tables) => [...tables].every(([block, paths]) => rests(block, paths)));
        differences.push(
          ...(await this.look(internet, routers, home, trouble, (from, to) => told.packets(index, from, to))),
        );
      }
    } finally {
      routers.close();
    }
    this.open--;
    this.topologies++;
    this.different += differences.length;
    return differences;
  }

  private async look(
    internet: Internet,
    routers: Routers,
    home: Home,
    { title, dies }: Trouble,
    told: (from: string, to: string) => PacketsTold,
  ): Promise<readonly string[]> {
    this.moments++;
    const differences: string[] = [];
    const judge = async (from: string, to: string): Promise<void> => {
      const { outcome, hops } = told(from, to);
      const says = (what: string, theirs: string, ours: string): void => {
        if (theirs !== ours) differences.push(`${title}: ${what} of ${from} to ${to}: ${theirs} there, ${ours} here`);
      };
      this.packets.set(outcome, (this.packets.get(outcome) ?? 0) + 1);
      says('a packet', await sent(routers.lab, home, from, to), outcome);
      // Kernels do not know that somebody is dead.
      if (dies) return;
      const way = await followed(routers.lab, from, to, (space, device) => routers.beyond(space, device));
      says('the end of the way', way.outcome, outcome);
      says('the way', way.hops.join(' '), [...new Set([from, ...hops.map(({ at }) => at)])].join(' '));
    };
    // From each one after the other, so that the machine has not too many programs at once.
    const senders = internet.speakers.filter(({ name }) => name !== dies);
    await Promise.all(
      senders.map(async ({ name }) => {
        for (const to of internet.blocks.map(addressIn)) await judge(name, to);
      }),
    );
    return differences;
  }
}

/** What is withdrawn is a part of a block, and a whole with a part inside; then a session is cut, and then somebody in between dies. */
function troublesOf({ sessions, blocks }: Internet): readonly Trouble[] {
  const degree = (name: string): number => sessions.filter(({ from, to }) => from === name || to === name).length;
  const first = sessions[0] as { name: string; to: string };
  const ends = [...new Set(sessions.flatMap(({ from, to }) => [from, to]))];
  const busiest = ends.sort((a, b) => degree(b) - degree(a) || (a < b ? -1 : 1))[0] as string;
  return [
    { title: 'at the start' },
    { title: 'without a part of a block', withdraws: 'deep' },
    { title: 'without a whole block', withdraws: (blocks[0] as Block).name },
    { title: `when ${first.name} is cut`, cuts: first.name },
    { title: `when ${busiest} is dead`, dies: busiest },
  ];
}

function simulated(internet: Internet, troubles: readonly Trouble[], seed: string) {
  const changes: Record<string, object> = {};
  const faults: Record<string, object> = {};
  for (const [index, { withdraws, cuts, dies }] of troubles.entries()) {
    const at = `${index * SPACING}m`;
    const sites = internet.blocks.find(({ name }) => name === withdraws)?.sites ?? [];
    for (const to of sites) changes[`off.${withdraws}.${to}`] = { at, to, effect: { withdraw: withdraws } };
    if (cuts) faults.cut = { at, to: cuts };
    if (dies) faults.dies = { at, to: dies };
  }
  const scenario = scenarioOf({ ...sketchOf(internet), run: `${troubles.length * SPACING}m`, changes, faults });
  const pairs = internet.speakers.flatMap(({ name }) => internet.blocks.map((block) => [name, block] as const));
  const ran = runOf(
    scenario,
    pairs.map(([name, block]) => ['path', name, block.name] as const),
    seed,
  );
  // After all messages, and within the hold time.
  const moment = (index: number): number => index * SPACING * MINUTE + 30 * SECOND;
  const looks = troubles.map((_, index) => {
    const asked = pairs.map(([network, block]) => ({ ask: 'packets', network, to: addressIn(block) }) as const);
    const looked = look(scenario, { seed, at: moment(index) }, asked);
    if (!looked.ok) throw new Error(looked.problems.map(({ says }) => says).join('; '));
    return new Map(looked.value.told.map((told, k) => [`${pairs[k]?.[0]} ${asked[k]?.to}`, told as PacketsTold]));
  });
  return {
    path: (index: number, name: string, block: string): string =>
      String(valueAt(ran, `path/${name}/${block}`, moment(index))),
    packets: (index: number, from: string, to: string): PacketsTold =>
      looks[index]?.get(`${from} ${to}`) as PacketsTold,
  };
}

/** The first address of a block. */
const addressIn = ({ cidr }: Block): string => cidr.replace(/0\/\d+$/, '1');

async function happen(internet: Internet, routers: Routers, { withdraws, cuts, dies }: Trouble): Promise<void> {
  const block = internet.blocks.find(({ name }) => name === withdraws);
  for (const site of block?.sites ?? []) await routers.retire(block as Block, site);
  if (cuts) await routers.cut(cuts, true);
  if (dies) await routers.silence(dies, true);
}
