/** The page's words: lanes, kinds, states, rules and symptoms, each with the sentence that explains it. */
import { lookupOf } from '../load/lookup.ts';

export const LANES = ['people', 'tools', 'users', 'services', 'names', 'routes', 'backbone', 'centers'] as const;
export type Lane = (typeof LANES)[number];

export const LANE_TITLE: Readonly<Record<Lane, string>> = {
  people: 'People & doors',
  tools: 'Tools',
  users: 'Users',
  services: 'Services',
  names: 'Names',
  routes: 'Routes & edge',
  backbone: 'Backbone',
  centers: 'Data centers',
};

const LANE_OF = lookupOf<Lane>({
  access: 'people',
  team: 'people',
  tool: 'tools',
  monitor: 'tools',
  population: 'users',
  client: 'users',
  region: 'users',
  service: 'services',
  nameserver: 'names',
  resolver: 'names',
  zone: 'names',
  prefix: 'routes',
  network: 'routes',
  pop: 'routes',
  router: 'backbone',
  datacenter: 'centers',
  power: 'centers',
});

export const laneOf = (kind: string, role: string | null): Lane =>
  kind === 'router' && role === 'edge' ? 'routes' : (LANE_OF[kind] ?? 'services');

export const KIND_WORD = lookupOf<string>({
  access: 'way in',
  team: 'team',
  tool: 'internal tool',
  monitor: 'monitor',
  population: 'people',
  client: 'client',
  region: 'region',
  service: 'service',
  nameserver: 'nameserver',
  resolver: 'resolver',
  zone: 'zone',
  prefix: 'prefix',
  network: 'network',
  pop: 'edge site',
  router: 'router',
  datacenter: 'data center',
  power: 'power supply',
});

/** What many of a kind are called. */
export const KIND_WORDS = lookupOf<string>({
  access: 'ways in',
  team: 'teams',
  tool: 'internal tools',
  monitor: 'monitors',
  population: 'users',
  client: 'clients',
  region: 'regions',
  service: 'services',
  nameserver: 'nameservers',
  resolver: 'resolvers',
  zone: 'zones',
  prefix: 'prefixes',
  network: 'networks',
  pop: 'edge sites',
  router: 'routers',
  datacenter: 'data centers',
  power: 'power supplies',
});

/** What facts that are numbers are counted in; a rate says so itself. */
export const NUMBER_UNIT = lookupOf<string>({
  queries: '× the usual',
  load: '× the usual',
  affected: 'people',
  troubled: 'people',
  stopped: 'of them',
  unresolved: 'of its caches',
  told: 'of its caches',
  keeps: 'of its caches',
  rate: 'per minute',
  delay: 's',
});

/** From worst to best, as they are counted and listed. */
export const STATES = ['down', 'unreachable', 'degraded', 'starting', 'off', 'unknown', 'up'] as const;
export type State = (typeof STATES)[number];

export const STATE_WORD: Readonly<Record<State, string>> = {
  up: 'up',
  degraded: 'degraded',
  unreachable: 'running, cut off',
  starting: 'starting',
  down: 'down',
  off: 'off',
  unknown: 'not asked about',
};

/** As short as a count allows. */
export const STATE_SHORT: Readonly<Record<State, string>> = {
  ...STATE_WORD,
  unreachable: 'cut off',
  unknown: 'not asked',
};

export const STATE_GLOSS: Readonly<Record<State, string>> = {
  up: 'It runs, and everything this run knows about it is as at the start.',
  degraded: 'It runs, but a part of it is missing: some paths, some answers, or it is drained.',
  unreachable: 'It runs, and every way to it or from it is lost.',
  starting: 'It has what it needs and is on its way up.',
  down: 'It does not run, or does nothing of what it is for.',
  off: 'It is switched off on purpose, or not there as at the start.',
  unknown: 'Nothing in this run asks about it.',
};

/** What a rule word means between a cause and its effect. `{}` is how long it took. */
export const RULE_PHRASE = lookupOf<string>({
  now: 'at once',
  hold: 'after it had been so for {}',
  lag: 'the news took {}',
  expiry: 'what was remembered ran out after {}',
  work: 'it took {} of work',
  message: 'the message took {}',
  schedule: 'as planned',
  luck: 'by chance',
  forced: 'set by hand',
  released: 'no longer set by hand',
});

export const RULE_GLOSS = lookupOf<string>({
  now: 'a consequence without delay',
  hold: 'it had to be so without a break for a while, as with health checks and hold timers',
  lag: 'every change arrives later, in order',
  expiry: 'what was remembered lived on until it ran out, as with TTLs and leases',
  work: 'time that counts only while its condition holds',
  message: 'a message between networks had to arrive',
  schedule: 'planned by the scenario',
  luck: 'drawn from the seed',
  forced: 'pinned by hand',
  released: 'no longer pinned',
});

/** Symptoms in families that share a colour; the word always stands beside it. */
export type Family = 'ok' | 'mild' | 'names' | 'paths' | 'service' | 'login' | 'waiting' | 'unknown';

const FAMILY = lookupOf<Family>({
  ok: 'ok',
  slow: 'mild',
  'partly loaded': 'mild',
  'stale content': 'mild',
  'message not sent': 'service',
  'name not resolved': 'names',
  'no such name': 'names',
  'no route': 'paths',
  'black hole': 'paths',
  loop: 'paths',
  filtered: 'paths',
  'wrong party': 'paths',
  refused: 'service',
  'server error': 'service',
  overloaded: 'service',
  'login refused': 'login',
  'session expired': 'login',
  'locked out': 'login',
  'waiting for people': 'waiting',
  unknown: 'unknown',
});
export const familyOf = (symptom: string): Family => FAMILY[symptom] ?? 'unknown';

/** 0 fine, 1 people still get through, 2 they do not. */
export const severity = (symptom: string): 0 | 1 | 2 =>
  familyOf(symptom) === 'ok' ? 0 : familyOf(symptom) === 'mild' ? 1 : 2;

/** People still get through: slowly, in part, or with old content. */
export const passes = (symptom: string): boolean => familyOf(symptom) === 'ok' || familyOf(symptom) === 'mild';

const ORDER = Object.keys(FAMILY);
/** How bad a symptom is beside others: the later in the list of symptoms, the worse. */
export const badness = (symptom: string): number => (ORDER.includes(symptom) ? ORDER.indexOf(symptom) : ORDER.length);
