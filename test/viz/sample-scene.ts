/** The place of the sample outage: sites, data centers, routers, names, tools, doors, teams, people; in two sizes. */
import type { Scene } from '../../sim/index.ts';
import { nodeOf, sceneOf } from '../support/sample-trace.ts';

/** How large the sample outage is; the second size makes some twenty thousand changes. */
export interface Size {
  readonly sites: number;
  readonly centers: number;
  readonly networks: number;
  readonly prefixes: readonly string[];
}
export const SMALL: Size = { sites: 12, centers: 3, networks: 8, prefixes: ['ns-a', 'ns-b', 'ns-c', 'ns-d'] };
export const LARGE: Size = {
  sites: 40,
  centers: 13,
  networks: 60,
  prefixes: ['ns-a', 'ns-b', 'ns-c', 'ns-d', ...Array.from({ length: 16 }, (_, i) => `ns-more-${i + 1}`)],
};

export const MINUTE = 60_000;
const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);
/** Even numbers in 0..1 that look drawn; the same for the same name. */
export function drawn(name: string): number {
  let h = 2166136261;
  for (let i = 0; i < name.length; i++) h = Math.imul(h ^ name.charCodeAt(i), 16777619);
  h = Math.imul(h ^ (h >>> 15), 2246822507);
  return ((h ^ (h >>> 13)) >>> 0) / 4294967296;
}

const ZONES = ['facebook.com', 'whatsapp.com', 'internal'];
export const JOURNEYS: readonly (readonly [
  name: string,
  population: string,
  people: number | null,
  zone: string,
  back: number,
])[] = [
  ['read-feed', 'users', 1.93e9, 'facebook.com', 60],
  ['send-message', 'users', 1.93e9, 'facebook.com', 55],
  ['see-stories', 'users', 1.93e9, 'facebook.com', 70],
  ['place-call', 'callers', 2e9, 'whatsapp.com', 40],
  ['send-photo', 'callers', 2e9, 'whatsapp.com', 45],
  ['log-in-elsewhere', 'sites', null, 'facebook.com', 35],
  ['show-advert', 'sites', null, 'facebook.com', 30],
  ['use-workplace', 'staff', 68000, 'internal', 20],
  ['open-ticket', 'staff', 68000, 'internal', 22],
];

export function outageScene(size: Size): Scene {
  const home = { network: 'meta' };
  const sites = range(size.sites).map((n) => `pop.${n}`);
  const servers = ['a', 'b', 'c', 'd'].flatMap((s) =>
    sites.map((site) => ({ group: `ns.${s}`, site, prefix: `ns-${s}` })),
  );
  const routers = range(size.centers).flatMap((d) => [1, 2].map((k) => ({ name: `bb.${d}.${k}`, place: `dc.${d}` })));
  const tool = (name: string, needs: readonly string[]) => nodeOf(name, 'tool', { needs, ...home });
  return sceneOf(
    'sample-outage',
    'A sample outage: the tools that mend the network need the network',
    '2021-10-04T15:30:00Z',
    8 * 60 * MINUTE,
    {
      nodes: [
        nodeOf('meta', 'network'),
        nodeOf('cloudflare', 'network'),
        ...range(4).map((n) => nodeOf(`transit.${n}`, 'network', { group: 'transit.*' })),
        ...range(size.networks).map((n) => nodeOf(`ris.${n}`, 'network', { group: 'ris.*' })),
        ...range(size.centers).map((n) => nodeOf(`dc.${n}`, 'datacenter', { group: 'dc.*', ...home })),
        ...routers.map(({ name, place }) => nodeOf(name, 'router', { role: 'backbone', group: 'bb.*.*', place })),
        ...sites.map((name) => nodeOf(name, 'pop', { group: 'pop.*', ...home })),
        ...servers.map(({ group, site, prefix }) =>
          nodeOf(`${group}@${site}`, 'nameserver', { group, place: site, needs: [prefix] }),
        ),
        nodeOf('public', 'resolver', { network: 'cloudflare' }),
        nodeOf('corp-dns', 'resolver'),
        nodeOf('facebook', 'service', { needs: ['dc.1', 'dc.2', 'dc.3'] }),
        nodeOf('whatsapp', 'service', { needs: ['dc.1', 'dc.2'] }),
        nodeOf('doors-central', 'service', { place: 'dc.2' }),
        tool('dashboards', ['internal', 'dc.1']),
        tool('sso', ['internal', 'dc.2']),
        tool('remote-access', ['sso', 'dc.1']),
        tool('out-of-band', ['internal']),
        tool('audit', []),
        nodeOf('phones', 'tool'),
        nodeOf('door', 'access', { place: 'dc.1', needs: ['doors-central'], title: 'Badge reader at the data center' }),
        nodeOf('netops', 'team', { needs: ['remote-access', 'dashboards'] }),
        nodeOf('field', 'team', { needs: ['door', 'phones'] }),
        nodeOf('users', 'population', { people: 1.93e9, needs: ['facebook', 'facebook.com'] }),
        nodeOf('callers', 'population', { people: 2e9, needs: ['whatsapp', 'whatsapp.com'] }),
        nodeOf('sites', 'population', { needs: ['facebook.com'] }),
        nodeOf('staff', 'population', { people: 68000, needs: ['internal', 'sso'] }),
      ],
      links: [
        ...routers.flatMap((a, i) =>
          routers.slice(i + 1).map((b) => ({
            name: `plane/${a.name}~${b.name}`,
            from: a.name,
            to: b.name,
            layer: 'backbone',
            bgp: null,
            implied: false,
          })),
        ),
        ...sites.flatMap((from) =>
          [1, 2].map((k) => {
            const to = `bb.${1 + Math.floor(drawn(from + k) * size.centers)}.${k}`;
            return { name: `haul/${from}~${to}`, from, to, layer: 'backbone', bgp: null, implied: false };
          }),
        ),
        ...sites.flatMap((from) =>
          [1, 2].map((k) => ({
            name: `up/${from}~${k}`,
            from,
            to: `transit.${1 + Math.floor(drawn(`${from}t${k}`) * 4)}`,
            layer: null,
            bgp: 'buys' as const,
            implied: false,
          })),
        ),
        ...range(size.networks).map((n) => ({
          name: `watch/ris.${n}`,
          from: `ris.${n}`,
          to: `transit.${1 + (n % 4)}`,
          layer: null,
          bgp: 'buys' as const,
          implied: false,
        })),
        {
          name: 'others/cloudflare',
          from: 'cloudflare',
          to: 'transit.1',
          layer: null,
          bgp: 'buys' as const,
          implied: false,
        },
        ...routers.map(({ name, place }) => ({
          name: `in/${name}`,
          from: name,
          to: place,
          layer: null,
          bgp: null,
          implied: true,
        })),
      ],
      prefixes: size.prefixes.map((name, i) => ({
        name,
        cidr:
          i < 4 ? (['129.134.30.0/24', '129.134.31.0/24', '185.89.218.0/24', '185.89.219.0/24'][i] as string) : null,
        sites,
      })),
      zones: ZONES.map((name) => ({
        name,
        nameservers: servers.map((s) => `${s.group}@${s.site}`),
        ttl: name === 'whatsapp.com' ? 60000 : 300000,
      })),
      changes: [{ name: 'drain-all', targets: routers.map((r) => r.name), effect: 'drain backbone', guard: 'audit' }],
      faults: [{ name: 'audit-bug', targets: ['audit'], effect: 'bug' }],
      tasks: [
        { name: 'know', parent: null, teams: ['netops'] },
        { name: 'drive', parent: null, teams: ['field'] },
        { name: 'enter', parent: null, teams: ['field'] },
        { name: 'enter.badge', parent: 'enter', teams: ['field'] },
        { name: 'enter.override', parent: 'enter', teams: ['field'] },
        { name: 'repair', parent: null, teams: ['netops', 'field'] },
        { name: 'repair.remote', parent: 'repair', teams: ['netops'] },
        { name: 'repair.by-hand', parent: 'repair', teams: ['field'] },
        { name: 'undrain', parent: null, teams: ['field'] },
      ],
      journeys: JOURNEYS.map(([name, population, people, zone]) => ({
        name,
        title: name.replaceAll('-', ' '),
        population,
        resolver: zone === 'internal' ? 'corp-dns' : 'public',
        people,
      })),
      rates: [{ name: 'complaints', unit: 'per minute' }],
      sources: [
        {
          name: 'META2',
          title: 'More details about the October 4 outage',
          basis: 'official',
          url: 'https://engineering.fb.com/2021/10/05/networking-traffic/outage-details/',
        },
        {
          name: 'CF1',
          title: 'How Facebook disappeared from the Internet',
          basis: 'measured',
          url: 'https://blog.cloudflare.com/october-2021-facebook-outage/',
        },
      ],
      parameters: [
        {
          name: 'health-check',
          value: '30s',
          range: '5s..3m',
          basis: 'inferred',
          source: null,
          because: 'loss 15:39, first lost path 15:42',
        },
      ],
      variants: [],
    },
  );
}
