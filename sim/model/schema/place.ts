/** How the place is written: nodes, links, prefixes, zones. */
import * as z from 'zod';
import { NODE_KINDS, RELATIONS } from '../scenario.ts';
import { ADDRESS_TYPES } from '../scenario-names.ts';
import { Condition, Needs } from './conditions.ts';
import { InternetSection } from './internet.ts';
import { Ends, speakerShape } from './routing.ts';
import { caches, calling, draw, growing, name, named, number, span, targets, text, word, yesNo } from './words.ts';

const provenance = {
  source: name('The source that says so.').optional(),
  because: text('Why this is assumed, where no source says so.').optional(),
};

const nodeShape = {
  title: text('A name for people.').optional(),
  role: text('backbone, core, edge…: for pictures.').optional(),
  network: name('The autonomous system it belongs to; that of its place if not said.').optional(),
  asn: number('network: its number, as paths show it.').optional(),
  prepend: number('How many times more than once it puts its own number into the paths it announces.').optional(),
  prefer: targets(
    'network: the only paths it takes, best first, each as names from the neighbour to the origin: "transit meta".',
  ).optional(),
  ...speakerShape,
  roles: yesNo(
    'Roles stand in its sessions, so that routes that leak are seen (RFC 9234); as in its network if not said.',
  ).optional(),
  ...growing({
    in: targets('Where it stands. Several places, or a glob, make one instance in each: api@pop.7.').optional(),
    needs: Needs.describe('What it needs to keep running, all of it.').optional(),
    starts: Needs.describe('What it needs to begin, besides its needs.').optional(),
    wants: Needs.describe('What it wishes for: without it, it is up but not well.').optional(),
    does: targets('population: the journeys these people make.').optional(),
    bears: targets('The journeys whose people are its load; several nodes share it evenly.').optional(),
    talks: targets(
      'team: what it talks to other teams over. Work that needs several teams needs one of these that all of them use and that is up; who stands in the same place needs none; a team that does not say is within reach of all.',
    ).optional(),
  }),
  downAfter: draw('How long its needs may be missing before it falls; at once if not said.').optional(),
  upAfter: draw('How long its needs must be back before it rises; at once if not said.').optional(),
  startTakes: draw('How long it takes to start once it may.').optional(),
  standby: yesNo('Off before the start; rises when it may.').optional(),
  prefix: targets(
    'nameserver: the prefix its address lies in, or those its addresses lie in, any of which will do.',
  ).optional(),
  failureCache: draw('resolver: how long a failed look-up is remembered.').optional(),
  serveStale: span('resolver: how long a dead answer may still be given.').optional(),
  timeout: span('resolver: how long it asks silent nameservers before it gives up; no time if not said.').optional(),
  retry: span('resolver: how long it waits for one nameserver before it asks the next; goes with timeout.').optional(),
  backoff: z
    .strictObject({
      first: span('How long it waits for a nameserver at first.').optional(),
      times: number('How many times as long after each time it waited in vain; 2 if not said.').optional(),
      each: number('How often it sends a query before it waits longer; once if not said.').optional(),
      most: span('From this long on it gives the nameserver up.').optional(),
      ...provenance,
    })
    .describe(
      'resolver: it waits longer and longer for each nameserver that keeps silent, until it gives it up; in place of timeout and retry.',
    )
    .optional(),
  avoids: span(
    'resolver: how long it leaves a nameserver alone that kept silent, while another answers; with backoff, though none does. Told then is each time it asks anew in vain; not told if not said.',
  ).optional(),
  rtt: z
    .record(z.string(), span('A time such as 12ms.'))
    .describe(
      'resolver: how long it takes to ask which nameserver and hear it. It then asks the quickest first, and a slower one when that keeps silent; in any order if not said.',
    )
    .optional(),
  band: span(
    'resolver: a nameserver slower than the quickest by no more than this is asked first as often; goes with rtt; only the quickest if not said.',
  ).optional(),
  patience: span(
    'resolver: how long its clients wait for an answer; what takes longer is a time-out for them. As long as it takes if not said.',
  ).optional(),
  tries: number('resolver: how many queries it sends for one question that nobody answers; 1 if not said.').optional(),
  prefetch: number('resolver: the last share of an answer’s life in which a question makes it ask anew.').optional(),
  load: number('resolver: questions a second on an ordinary day; very many if not said.').optional(),
  demand: z
    .record(z.string(), number('A share such as 5%.'))
    .describe('resolver: which zones it is asked for, by their share of all questions.')
    .optional(),
  clientRetry: z
    .strictObject({
      tries: number('How often a client asks, by itself and by hand, for one question that nobody answers.').optional(),
      over: span('How long until all of them do.').optional(),
      back: span('How long until they stop once there are answers.').optional(),
      ...provenance,
    })
    .describe('resolver: what its clients do without an answer.')
    .optional(),
  capacity: number('How many times the ordinary load is too much for it; nothing is if not said.').optional(),
  recovers: number('Below how many times it has caught up; the same as capacity if not said.').optional(),
  whenOver: word(
    ['slow', 'fail'],
    'resolver: what its clients get then: late answers, or not all of them. Others: up and not well, or down.',
  ).optional(),
  cold: number('How many times the usual those who come back cost it at first; 1 if not said.').optional(),
  warms: span('How long until they cost it as much as anybody.').optional(),
  caches: caches(
    'resolver: how many caches it is made of, each filled at a moment of its own; 1 if not said. many: so many that a loss reaches its clients share by share; then load is that of each of them. { many: 4000 }: the same, and how many those are, for what they ask the zone above.',
  ).optional(),
  validates: yesNo(
    'resolver: it checks answers against the chain of trust, and gives none where that is broken.',
  ).optional(),
  reuses: yesNo('resolver: it answers from denials it has checked, without asking again; needs validates.').optional(),
  first: word(ADDRESS_TYPES, 'resolver: which type of address its clients ask for first; a if not said.').optional(),
  watches: Condition.describe('monitor: what it raises the alarm about.').optional(),
  after: draw('monitor: how long that must hold before it does.').optional(),
  alone: draw(
    'access: how long it goes on by itself, by the list it has, once what it needs is out of reach: 8h; forever; or never, which is so if not said: it asks the centre every time, and is shut at once. Power is no list: without it, it falls at once. In place of downAfter.',
  ).optional(),
  size: number('team: how many hands; 1 if not said.').optional(),
  people: number('population: head count.').optional(),
  via: z
    .record(z.string(), number('A share such as 10%, or rest.'))
    .describe(
      'population: the resolvers they ask, by share; first > second: the second where the first does not answer.',
    )
    .optional(),
  spill: z
    .record(z.string(), number('A share such as 18%.'))
    .describe('population: where else they go while they are troubled, and how much more they ask of it then.')
    .optional(),
  ...provenance,
};

export const NodeEntry = z.strictObject({
  kind: word(
    NODE_KINDS,
    'What it is. An entry with a kind makes nodes; one without refines what its name matches.',
  ).optional(),
  ...nodeShape,
});
export type NodeKeys = z.infer<typeof NodeEntry>;

const sessionShape = {
  delay: draw('bgp: how long a message takes, one way; 10ms if not said, and never less than 1ms.').optional(),
  mrai: draw(
    'bgp: least time between two announcements of one prefix; 0s if not said. A plain time is shortened by up to a quarter at random (RFC 4271 §10), a draw is taken as it is: 30s..30s is exact.',
  ).optional(),
  hold: draw('bgp: how long after an end fell silent the other gives the session up; 90s if not said.').optional(),
  graceful: span(
    'bgp: how long both ends keep what they heard from the other and send on by it while its routing process starts anew (RFC 4724); not at all if not said.',
  ).optional(),
};
const SessionDefaults = z.strictObject(sessionShape);

const defaultsOf = z.strictObject(nodeShape).meta({ id: 'NodeDefaults' });
const kinds = Object.fromEntries(
  NODE_KINDS.map((kind) => [
    kind,
    defaultsOf.describe(`What every ${kind} has unless its entry says otherwise.`).optional(),
  ]),
);
const Defaults = z
  .strictObject({
    ...kinds,
    bgp: SessionDefaults.describe('What every session has unless its link says otherwise.').optional(),
  })
  .describe('What nodes of a kind have unless their entry says otherwise.');

export const LinkEntry = z.strictObject({
  ...growing({
    mesh: targets('These, each with each.').optional(),
    from: targets('One end.').optional(),
    to: targets('The other end: everyone with everyone, or like with like by $1.').optional(),
  }),
  pick: number('Each of `from` gets only this many of `to`, chosen by name.').optional(),
  layer: name('The layer it belongs to; open to every layer if not said.').optional(),
  bgp: z
    .enum(RELATIONS)
    .describe('A session over which networks tell each other of prefixes; buys: `from` is the customer of `to`.')
    .optional(),
  ...sessionShape,
  ends: Ends.optional(),
  title: text('A name for people.').optional(),
  ...provenance,
});
export type LinkKeys = z.infer<typeof LinkEntry>;

export const PrefixEntry = calling(
  z.strictObject({
    cidr: text('The address block, such as 129.134.30.0/24.').optional(),
    count: number('How many like prefixes it stands for; 1 if not said.').optional(),
    ...growing({
      from: targets('The sites that announce it.').optional(),
      tail: targets(
        'Networks put behind the site’s own in the path it tells, down to the origin it claims: a forged path.',
      ).optional(),
      communities: targets(
        'What it is announced with: 65001:100, backup; no-export, no-advertise and blackhole have a meaning, by name or number.',
      ).optional(),
    }),
    traffic: word(
      ['here', 'drop', 'on'],
      'What becomes of packets at the site: served here (if not said), dropped, or sent on by the next wider block.',
    ).optional(),
    while: Condition.describe('Each site announces it only while this holds there.').optional(),
    withdrawAfter: draw('How long that may be false before a site withdraws it.').optional(),
    announceAfter: draw('How long it must be true before a site announces it again.').optional(),
    withdrawLag: draw('How long until a network hears of a withdrawal.').optional(),
    announceLag: draw('How long until a network hears of an announcement.').optional(),
    capacity: number(
      'How many times its even share of an ordinary day’s questions is too much for a site; nothing is if not said.',
    ).optional(),
    recovers: number('Below how many times a site has caught up; needed with capacity.').optional(),
    title: text('A name for people.').optional(),
    ...provenance,
  }),
  {
    path: 'what stands in the path behind the site’s own network is `tail`',
    'as-path': 'what stands in the path behind the site’s own network is `tail`',
    prefix: 'the block is `cidr`',
    sites: 'the sites are `from`',
    origin: 'the sites are `from`; an origin that a site only claims stands at the end of `tail`',
  },
);
export type PrefixKeys = z.infer<typeof PrefixEntry>;

export const ZoneEntry = z.strictObject({
  ...growing({ nameservers: targets('Any of these can answer for it.').optional() }),
  ttl: span('How long resolvers keep an answer, or what it delegates.').optional(),
  negativeTtl: span('How long they keep the answer that there is no such name.').optional(),
  under: name('The zone that delegates it; nobody need be asked if not said.').optional(),
  serversIn: name(
    'The zone in which its nameservers have their names: the parent does not tell their addresses.',
  ).optional(),
  cname: name('The zone whose name this one is another name for: an answer needs both.').optional(),
  signed: yesNo('Its answers are signed from the start.').optional(),
  ds: span(
    'How long resolvers keep its DS record, which the zone above has from the start if this one is signed then.',
  ).optional(),
  ...growing({ records: targets('The types of address its name has: a, aaaa; both if not said.').optional() }),
  load: number('Queries a second to its nameservers on an ordinary day, from everybody.').optional(),
  title: text('A name for people.').optional(),
  ...provenance,
});
export type ZoneKeys = z.infer<typeof ZoneEntry>;

export const place = {
  defaults: Defaults.optional(),
  nodes: named(NodeEntry, 'What there is. Braces make many: pop.{1..4}.').optional(),
  links: named(LinkEntry, 'How it is joined, besides that what stands in a place is joined to it.').optional(),
  internet: InternetSection.optional(),
  prefixes: named(PrefixEntry, 'Address blocks and the sites that announce them.').optional(),
  zones: named(ZoneEntry, 'Names and the nameservers that answer for them.').optional(),
};
