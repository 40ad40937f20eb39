/** The sample outage coming back: people find out, drive, wait at a door, repair by hand; then all returns in the order of its needs. */
import type { CheckpointResult, Impact, Rule, TraceLine } from '../../sim/index.ts';
import type { Draft, Sample } from '../support/sample-trace.ts';
import { drawn, JOURNEYS, MINUTE, type Size } from './sample-scene.ts';

interface Dark {
  readonly sites: readonly string[];
  readonly centers: readonly string[];
  readonly routers: readonly string[];
  readonly servers: readonly string[];
  readonly observers: readonly string[];
  readonly asks: Readonly<Record<string, readonly string[]>>;
  readonly size: Size;
  readonly first: Draft;
  readonly apart: readonly Draft[];
  readonly door: Draft;
  readonly remote: Draft;
  readonly peak: Draft;
  readonly tools: ReadonlyMap<string, Draft>;
}

/** People find out, drive, wait at a door, repair by hand; then everything returns in the order of what it needs. */
export function outageRepair(sample: Sample, dark: Dark): TraceLine[] {
  const { sites, centers, routers, servers, observers, asks, size, first, remote, door } = dark;
  const task = (at: number, name: string, to: string, rule: Rule, because: readonly Draft[]) =>
    sample.change(at, 'task', [name], to, rule, because);
  const finish = (at: number, name: string, because: readonly Draft[]) => {
    const work = task(at, name, 'done', 'work', because);
    return sample.change(at, 'done', [name], true, 'now', [work]);
  };
  const knowing = task(first.at + 120000, 'know', 'working', 'now', [first]);
  sample.change(knowing.at, 'busy', ['netops'], true, 'now', [knowing]);
  const known = finish(knowing.at + 35 * MINUTE, 'know', [knowing]);
  const stuck = task(known.at, 'repair.remote', 'waiting', 'now', [known, remote]);
  task(known.at, 'repair', 'waiting', 'now', [known]);
  const driving = task(stuck.at + 35 * MINUTE, 'drive', 'working', 'hold', [stuck]);
  sample.change(driving.at, 'busy', ['field'], true, 'now', [driving]);
  const there = finish(driving.at + 40 * MINUTE, 'drive', [driving]);
  sample.caption(there.at, 'A team stands at the door. The badge reader needs the network too.');
  const locked = task(there.at, 'enter.badge', 'waiting', 'now', [there, door]);
  const forcing = task(there.at, 'enter.override', 'working', 'now', [there]);
  task(there.at, 'enter', 'working', 'now', [there]);
  const inside = finish(there.at + 100 * MINUTE, 'enter', [
    finish(there.at + 100 * MINUTE, 'enter.override', [forcing]),
  ]);
  task(inside.at, 'enter.badge', 'cancelled', 'now', [inside, locked]);
  const fixing = task(inside.at, 'repair.by-hand', 'working', 'now', [inside]);
  task(inside.at, 'repair', 'working', 'now', [inside]);
  const fixed = finish(inside.at + 75 * MINUTE, 'repair.by-hand', [fixing]);
  finish(fixed.at, 'repair', [fixed]);
  task(fixed.at, 'repair.remote', 'cancelled', 'now', [fixed]);
  const undraining = task(fixed.at, 'undrain', 'working', 'now', [fixed]);
  const done = finish(fixed.at + 25 * MINUTE, 'undrain', [undraining]);
  sample.change(done.at, 'busy', ['field'], false, 'now', [done]);
  sample.change(done.at, 'busy', ['netops'], false, 'now', [done]);
  sample.caption(done.at, 'By hand, router by router, the backbone is given its traffic back.');

  const rolling = sample.change(done.at, 'rollout', ['drain-all'], 'reverting', 'now', [done]);
  const back = routers.map((r, i) =>
    sample.change(
      done.at + Math.floor((i * 4) / routers.length) * 6 * MINUTE,
      'config',
      [r, 'drain', 'backbone'],
      false,
      'schedule',
      [rolling],
    ),
  );
  sample.change(back[back.length - 1]!.at, 'rollout', ['drain-all'], 'reverted', 'now', [back[back.length - 1]!]);
  const healed = new Map(
    sites.map((site) => [
      site,
      centers.map((dc) => sample.change(back[0]!.at, 'reach', [site, dc, 'backbone'], true, 'now', [back[0]!])),
    ]),
  );
  const joined = centers.flatMap((dc) =>
    centers
      .filter((to) => to !== dc)
      .map((to) => sample.change(back[0]!.at, 'reach', [dc, to, 'backbone'], true, 'now', [back[0]!])),
  );
  sample.change(back[0]!.at, 'serves', ['doors-central'], true, 'now', [joined[0]!]);
  sample.change(back[0]!.at + 1000, 'up', ['door'], true, 'hold', [joined[0]!]);
  const announced = sites.flatMap((site) =>
    size.prefixes.map((p) =>
      sample.change(
        back[0]!.at + 5 * MINUTE + Math.round(drawn(`${site}${p}back`) * 60000),
        'announces',
        [site, p],
        true,
        'hold',
        healed.get(site)!.slice(0, 2),
      ),
    ),
  );
  const routed = observers.flatMap((net) =>
    size.prefixes.map((p) => {
      const soonest = announced.filter((d) => d.subjects[1] === p).reduce((a, b) => (b.at < a.at ? b : a));
      return sample.change(
        soonest.at + 800 + Math.round(drawn(`${net}${p}back`) * 20000),
        'route',
        [net, p],
        true,
        'message',
        [soonest],
      );
    }),
  );
  const heard = routed.reduce((a, b) => (b.at < a.at ? b : a));
  sample.caption(heard.at, 'The first network has a route again.');
  const light = new Map<string, Draft>();
  for (const [resolver, zones] of Object.entries(asks)) {
    const answering = servers.map((ns) =>
      sample.change(
        heard.at + 30000 + Math.round(drawn(ns + resolver) * 120000),
        'answers',
        [resolver, ns],
        true,
        'now',
        [heard],
      ),
    );
    const soonest = answering.reduce((a, b) => (b.at < a.at ? b : a));
    for (const zone of zones)
      light.set(
        zone,
        sample.change(
          soonest.at + 9 * MINUTE + Math.round(drawn(`${zone}ok`) * 300000),
          'resolves',
          [resolver, zone],
          'ok',
          'expiry',
          [soonest],
        ),
      );
  }
  sample.caption(
    light.get('facebook.com')!.at,
    'The name resolves. Billions of people come back at once, so load is let in by degrees.',
  );
  for (const [name, failing] of dark.tools)
    sample.change(
      light.get('internal')!.at + 30000 + Math.round(drawn(`${name}on`) * 60000),
      'up',
      [name],
      true,
      'hold',
      [light.get('internal')!, failing],
    );
  sample.change(light.get('internal')!.at + 120000, 'up', ['remote-access'], true, 'hold', [light.get('internal')!]);
  const named = light.get('facebook.com')!;
  for (const service of ['facebook', 'whatsapp']) {
    const cold = sample.change(named.at, 'well', [service], false, 'now', [named]);
    sample.change(named.at + 70 * MINUTE, 'well', [service], true, 'work', [cold]);
  }
  for (const [name, population, people, zone, minutes] of JOURNEYS) {
    const cause = light.get(zone)!;
    const of = [population, name, zone === 'internal' ? 'corp-dns' : 'public'];
    const refused = sample.change(cause.at, 'works', of, zone === 'internal' ? 'slow' : 'overloaded', 'now', [cause]);
    sample.change(cause.at + minutes * MINUTE, 'works', of, 'ok', 'now', [refused]);
    if (people !== null) sample.change(cause.at + minutes * MINUTE, 'affected', [name], 0, 'now', [refused]);
  }
  sample.change(named.at + 60 * MINUTE, 'rate', ['complaints'], 20000, 'now', [named], 0);
  return sample.lines(outageClaims(first.at, named.at, heard.at), outageImpact(first.at, named.at));
}

const clock = (at: number): string =>
  `${new Date(Date.parse('2021-10-04T15:30:00Z') + at).toISOString().slice(11, 19)}Z`;

function outageClaims(dark: number, light: number, heard: number): CheckpointResult[] {
  const at = (text: string): number => Date.parse(`2021-10-04T${text}Z`) - Date.parse('2021-10-04T15:30:00Z');
  const claim = (
    id: string,
    says: string,
    seen: number | null,
    spread: number,
    simulated: number | null,
    more: Partial<CheckpointResult> = {},
  ): CheckpointResult => ({
    id,
    says,
    observed: seen === null ? null : clock(seen),
    simulated: simulated === null ? null : clock(simulated),
    accept: spread === 0 ? null : `±${spread / MINUTE}m`,
    held: seen === null ? simulated === null : simulated !== null && Math.abs(simulated - seen) <= spread,
    fitted: false,
    foil: 'drain refused',
    source: 'CF1',
    ...(seen === null ? {} : { moment: { seen, from: seen - spread, to: seen + spread, simulated } }),
    ...more,
  });
  return [
    claim('K01', 'Traffic of all services collapses', at('15:39:00'), 2 * MINUTE, at('15:39:22')),
    claim('K04', 'Last path in the main view lost', at('15:53:47'), 3 * MINUTE, at('15:52:10')),
    claim('K06', 'facebook.com stops resolving at 1.1.1.1', at('15:50:00'), 5 * MINUTE, dark),
    claim('K08', 'Nameserver processes stay up', null, 0, null, {
      observed: 'always',
      simulated: 'always',
      source: 'META2',
    }),
    claim('K11', 'Queries at a public resolver', null, 0, null, {
      observed: '30x',
      simulated: null,
      held: false,
      notModelled: 'load is not simulated yet',
    }),
    claim('K16', 'First route returns', at('21:00:40'), 3 * MINUTE, heard, { fitted: true }),
    claim('K18', 'facebook.com resolves again', at('21:20:00'), 5 * MINUTE, light + 9 * MINUTE, { held: false }),
    claim('K19', 'Apps generally available', at('22:45:00'), 15 * MINUTE, light + 70 * MINUTE),
  ];
}

const outageImpact = (dark: number, light: number): Impact[] =>
  JOURNEYS.map(([journey, population, people, , minutes]) => ({
    journey,
    population,
    people,
    shareLost: (light + minutes * MINUTE - dark) / (8 * 60 * MINUTE),
    userMinutesLost: people === null ? null : (people * (light + minutes * MINUTE - dark)) / MINUTE,
    worst: 'name not resolved',
    firstLost: dark,
    lastBack: light + minutes * MINUTE,
  }));
