/** The sample outage going down: drained backbone, withdrawn prefixes, lost names, and everything that stood on them. */
import type { TraceLine } from '../../sim/index.ts';
import { type Draft, Sample } from '../support/sample-trace.ts';
import { outageRepair } from './sample-repair.ts';
import { drawn, JOURNEYS, MINUTE, outageScene, type Size, SMALL } from './sample-scene.ts';

/** An outage in the manner of Facebook's: drained backbone, withdrawn prefixes, names gone, tools and doors with them, people driving. */
export function outage(size: Size = SMALL): TraceLine[] {
  const scene = outageScene(size);
  const sample = new Sample(scene);
  const names = (kind: string) => scene.nodes.filter((node) => node.kind === kind).map((node) => node.name);
  const [sites, centers, routers, servers] = [names('pop'), names('datacenter'), names('router'), names('nameserver')];
  const observers = [...names('network').filter((name) => name.startsWith('ris.')), 'cloudflare'];
  for (const node of scene.nodes)
    if (!['network', 'team', 'population'].includes(node.kind)) sample.fact('up', [node.name], true);
  sample.fact('config', ['audit', 'bug'], true);
  for (const site of sites) for (const dc of centers) sample.fact('reach', [site, dc, 'backbone'], true);
  for (const dc of centers) for (const to of centers) if (dc !== to) sample.fact('reach', [dc, to, 'backbone'], true);
  for (const site of sites) for (const p of size.prefixes) sample.fact('announces', [site, p], true);
  for (const net of observers) for (const p of size.prefixes) sample.fact('route', [net, p], true);
  const asks: Readonly<Record<string, readonly string[]>> = {
    public: ['facebook.com', 'whatsapp.com'],
    'corp-dns': ['internal'],
  };
  for (const [resolver, zones] of Object.entries(asks)) {
    for (const zone of zones) sample.fact('resolves', [resolver, zone], 'ok');
    for (const ns of servers) sample.fact('answers', [resolver, ns], true);
  }
  for (const [name, population, , zone] of JOURNEYS) {
    sample.fact('works', [population, name, zone === 'internal' ? 'corp-dns' : 'public'], 'ok');
    sample.fact('affected', [name], 0);
  }
  for (const task of scene.tasks)
    for (const kind of ['task', 'done'] as const) sample.fact(kind, [task.name], kind === 'task' ? 'idle' : false);

  const start = 9 * MINUTE;
  const guard = sample.change(start, 'guard', ['drain-all'], 'broken-open', 'schedule');
  const roll = sample.change(start, 'rollout', ['drain-all'], 'rolling', 'now', [guard]);
  const drained = routers.map((r, i) =>
    sample.change(
      start + 2000 + i * Math.round(24000 / routers.length),
      'config',
      [r, 'drain', 'backbone'],
      true,
      'work',
      [roll],
    ),
  );
  const last = drained[drained.length - 1]!;
  sample.change(last.at, 'rollout', ['drain-all'], 'complete', 'now', [last]);
  sample.caption(last.at, 'Every backbone router is drained. The data centers are islands now.');
  const lost = new Map(
    sites.map((site) => [
      site,
      centers.map((dc) =>
        sample.change(last.at, 'reach', [site, dc, 'backbone'], false, 'now', [last, ...drained.slice(-2, -1)]),
      ),
    ]),
  );
  const apart = centers.flatMap((dc) =>
    centers
      .filter((to) => to !== dc)
      .map((to) => sample.change(last.at, 'reach', [dc, to, 'backbone'], false, 'now', [last])),
  );
  for (const service of ['doors-central']) sample.change(last.at, 'serves', [service], false, 'now', [apart[0]!]);
  const door = sample.change(last.at + 1000, 'up', ['door'], false, 'hold', [apart[0]!]);

  const withdrawn = sites.flatMap((site) =>
    size.prefixes.map((p) => {
      const wait = 5000 + drawn(site) * 60000 + (drawn(`${site}slow`) > 0.6 ? drawn(`${site}late`) * 11 * MINUTE : 0);
      return sample.change(
        last.at + Math.round(wait + drawn(site + p) * 3000),
        'announces',
        [site, p],
        false,
        'hold',
        lost.get(site)!.slice(0, 3),
      );
    }),
  );
  const gone = new Map(
    size.prefixes.map((p) => [p, withdrawn.filter((d) => d.subjects[1] === p).sort((a, b) => a.at - b.at)]),
  );
  const unrouted = observers.flatMap((net) =>
    size.prefixes.map((p) => {
      const list = gone.get(p)!;
      const k = Math.max(Math.ceil(list.length * 0.5), Math.ceil(drawn(net + p) * list.length));
      return sample.change(
        list[k - 1]!.at + 2000 + Math.round(drawn(p + net) * 40000),
        'route',
        [net, p],
        false,
        'message',
        [list[k - 1]!, ...list.slice(k - 2, k - 1)],
      );
    }),
  );
  sample.caption(
    unrouted.reduce((a, b) => Math.min(a, b.at), Infinity),
    'The edge sites give up: without the data centers they think themselves ill, and withdraw.',
  );
  const unanswered = new Map<string, Draft[]>();
  for (const resolver of Object.keys(asks)) {
    unanswered.set(
      resolver,
      servers.map((ns) => {
        const p = `ns-${ns.slice(3, 4)}`;
        const via = unrouted.find(
          (d) =>
            d.subjects[1] === p && (resolver === 'public' ? d.subjects[0] === 'cloudflare' : d.subjects[0] === 'ris.1'),
        )!;
        const here = withdrawn.find((d) => d.subjects[1] === p && ns.endsWith(`@${d.subjects[0]}`))!;
        const cause = here.at < via.at ? here : via;
        return sample.change(cause.at + 500, 'answers', [resolver, ns], false, 'now', [cause]);
      }),
    );
  }
  const latest = (list: readonly Draft[]) => list.reduce((a, b) => (b.at > a.at ? b : a));
  const dark = new Map<string, Draft>();
  for (const [resolver, zones] of Object.entries(asks)) {
    const cause = latest(unanswered.get(resolver)!);
    for (const zone of zones) {
      const life = zone === 'whatsapp.com' ? 60000 : 300000;
      dark.set(
        zone,
        sample.change(cause.at + Math.round(drawn(zone) * life), 'resolves', [resolver, zone], 'servfail', 'expiry', [
          cause,
        ]),
      );
    }
  }
  sample.caption(
    dark.get('facebook.com')!.at,
    'facebook.com cannot be resolved any more. The nameservers run; nobody can reach them.',
  );
  for (const [name, population, people, zone] of JOURNEYS) {
    const cause = dark.get(zone)!;
    const broken = sample.change(
      cause.at,
      'works',
      [population, name, zone === 'internal' ? 'corp-dns' : 'public'],
      'name not resolved',
      'now',
      [cause],
    );
    if (people !== null) sample.change(cause.at, 'affected', [name], people, 'now', [broken]);
  }
  const first = dark.get('facebook.com')!;
  sample.change(first.at, 'rate', ['complaints'], 0, 'now', [first], 9000);
  const peak = sample.change(first.at + 40 * MINUTE, 'rate', ['complaints'], 360000, 'schedule', [first], -600);

  const inner = dark.get('internal')!;
  const tools = new Map(
    ['dashboards', 'sso', 'out-of-band'].map((name) => [
      name,
      sample.change(inner.at + 60000 + Math.round(drawn(name) * 240000), 'up', [name], false, 'hold', [
        inner,
        apart[0]!,
      ]),
    ]),
  );
  const remote = sample.change(tools.get('sso')!.at + 30000, 'up', ['remote-access'], false, 'hold', [
    tools.get('sso')!,
  ]);
  sample.caption(remote.at, 'The tools that would mend the network need the network.');
  return outageRepair(sample, {
    sites,
    centers,
    routers,
    servers,
    observers,
    asks,
    size,
    first,
    apart,
    door,
    remote,
    peak,
    tools,
  });
}
