/** How each thing is at a moment, and which fact says so. */

import type { Board } from '../load/board.ts';
import { lookupOf } from '../load/lookup.ts';
import type { Run } from '../load/run.ts';
import type { Thing, Things } from './things.ts';
import { badness, passes, type State } from './words.ts';

export interface Status {
  readonly state: State;
  /** The state in a word or two, more exact than its name. */
  readonly word: string;
  /** The fact that decided it; -1 when nothing was lost. */
  readonly fact: number;
}

/** Facts about a thing as a whole that are so or not. */
const FLAGS = ['up', 'starting', 'well', 'serves', 'fault', 'busy', 'over', 'overloaded'] as const;

/** Facts about a thing, sorted by what they say of it; worked out once. */
interface About {
  readonly thing: Thing;
  readonly flags: Readonly<Partial<Record<(typeof FLAGS)[number], number>>>;
  /** Settings of changes and faults: drained, cut, off, a bug. */
  readonly settings: readonly { readonly fact: number; readonly setting: string }[];
  /** Paths, routes and answers that held at the start: what it can lose and still run. */
  readonly ties: readonly number[];
  readonly resolves: readonly number[];
  readonly routes: readonly number[];
  /** A prefix that nobody has a route to at the start, as one that is to be stolen: without routes nothing is lost. */
  readonly isLater: boolean;
  readonly works: readonly number[];
  readonly tasks: readonly number[];
}

export type StatusOf = (board: Board, thing: Thing) => Status;

const SETTING_WORD = lookupOf<string>({
  drain: 'drained',
  cut: 'cut',
  withdraw: 'withdrawing',
  bug: 'has a bug',
});

/** Most things have nothing of most sorts. */
const NONE: readonly never[] = [];

function aboutOf(run: Run, things: Things, thing: Thing, needs: ReadonlyMap<string, readonly string[]>): About {
  const { kinds, subjects, initial } = run.facts;
  const byKind = new Map<string, number[]>();
  for (const fact of things.facts[thing.index]!) {
    const known = byKind.get(kinds[fact]!);
    if (known) known.push(fact);
    else byKind.set(kinds[fact]!, [fact]);
  }
  const of = (kind: string): readonly number[] => byKind.get(kind) ?? NONE;
  const isOwn = (fact: number): boolean => subjects[fact]?.[0] === thing.name;
  const flags: Partial<Record<(typeof FLAGS)[number], number>> = {};
  for (const kind of FLAGS) {
    const fact = byKind.get(kind)?.find(isOwn);
    if (fact !== undefined) flags[kind] = fact;
  }
  const server = thing.kind === 'nameserver';
  const ties = [
    of('reach'),
    of('announces'),
    of('route'),
    ...(server ? [of('answers'), homes(run, thing, needs.get(thing.name) ?? [])] : []),
  ].filter((list) => list.length > 0);
  const routes = of('route');
  const works = of('works');
  return {
    thing,
    flags,
    settings:
      of('config').length === 0 ? NONE : of('config').map((fact) => ({ fact, setting: subjects[fact]?.[1] ?? '' })),
    ties: ties.length === 0 ? NONE : ties.flat().filter((fact) => initial[fact] !== 0),
    resolves: of('resolves'),
    routes,
    isLater: routes.length > 0 && routes.every((fact) => initial[fact] === 0),
    works: works.length === 0 ? NONE : works.filter(isOwn),
    tasks: of('task'),
  };
}

/** A nameserver is reached by the prefixes it needs, where its place announces them. */
function homes(run: Run, thing: Thing, needs: readonly string[]): number[] {
  return needs
    .map((need) => run.facts.index.get(`announces/${thing.place}/${need}`))
    .filter((fact) => fact !== undefined);
}

/** Reads the state of any thing off the board. */
export function statuses(run: Run, things: Things): StatusOf {
  const needs = new Map(run.scene.nodes.map((node) => [node.name, node.needs]));
  const about = things.list.map((thing) => aboutOf(run, things, thing, needs));
  const read: Reader = {
    holds: (board, fact) => board.value[fact] !== 0,
    word: (board, fact) => run.words[board.value[fact]!] ?? 'unknown',
    kind: (fact) => run.facts.kinds[fact] ?? '',
  };
  /** What runs inside of something that is cut off is cut off with it. */
  const of: StatusOf = (board, thing) => {
    const own = statusOf(about[thing.index]!, board, read);
    const place = own.state === 'up' && thing.place !== null ? things.byId.get(thing.place) : undefined;
    if (!place || place.place === thing.name) return own;
    const around = of(board, place);
    return around.state === 'unreachable' ? is('unreachable', `cut off with ${place.name}`, around.fact) : own;
  };
  return of;
}

interface Reader {
  readonly holds: (board: Board, fact: number) => boolean;
  readonly word: (board: Board, fact: number) => string;
  readonly kind: (fact: number) => string;
}

const is = (state: State, word: string, fact = -1): Status => ({ state, word, fact });

function statusOf(about: About, board: Board, read: Reader): Status {
  switch (about.thing.kind) {
    case 'population':
      return population(about, board, read);
    case 'team':
      return team(about, board, read);
    case 'zone':
      return share(
        about.resolves,
        board,
        (fact) => read.word(board, fact) === 'ok',
        'resolves',
        (lost) => answerWord(read.word(board, lost)),
      );
    case 'prefix': {
      const routes = about.routes.length > 0;
      if (about.isLater && !about.routes.some((fact) => read.holds(board, fact))) return is('off', 'not announced');
      return share(
        routes ? about.routes : about.ties,
        board,
        (fact) => read.holds(board, fact),
        routes ? 'routed' : 'announced',
        () => (routes ? 'no route left' : 'withdrawn'),
      );
    }
    default:
      return machine(about, board, read);
  }
}

const answerWord = (word: string): string =>
  ({ servfail: 'SERVFAIL', nxdomain: 'NXDOMAIN', nodata: 'no address', timeout: 'no answer', stale: 'stale answers' })[
    word
  ] ?? word;

/** Something judged by how many of its facts still hold. */
function share(
  facts: readonly number[],
  board: Board,
  good: (fact: number) => boolean,
  fine: string,
  gone: (fact: number) => string,
): Status {
  if (facts.length === 0) return is('unknown', 'not asked');
  const lost = facts.filter((fact) => !good(fact));
  if (lost.length === 0) return is('up', fine);
  const latest = newest(lost, board);
  if (lost.length === facts.length) return is('down', gone(latest), latest);
  return is('degraded', `${facts.length - lost.length} of ${facts.length}`, latest);
}

const newest = (facts: readonly number[], board: Board): number =>
  facts.reduce((a, b) => (board.last[b]! > board.last[a]! ? b : a));

function population(about: About, board: Board, read: Reader): Status {
  if (about.works.length === 0) return is('unknown', 'not asked');
  const failing = about.works.filter((fact) => !passes(read.word(board, fact)));
  const limping = about.works.filter((fact) => read.word(board, fact) !== 'ok');
  if (limping.length === 0) return is('up', 'all works');
  const bad = failing.length > 0 ? failing : limping;
  const worst = bad.reduce((a, b) => (badness(read.word(board, b)) > badness(read.word(board, a)) ? b : a));
  return is(failing.length === about.works.length ? 'down' : 'degraded', read.word(board, worst), worst);
}

function team(about: About, board: Board, read: Reader): Status {
  const doing = (word: string) => about.tasks.find((fact) => read.word(board, fact) === word);
  const waiting = doing('waiting') ?? doing('paused');
  const working = doing('working');
  if (working !== undefined) return is('up', 'at work', working);
  if (waiting !== undefined) return is('degraded', 'waiting', waiting);
  const { busy } = about.flags;
  return busy !== undefined && read.holds(board, busy) ? is('up', 'at work', busy) : is('up', 'free');
}

/** What is lost of the ways, the routes and the announcements of something that has others left. */
function partly(ties: readonly number[], lost: readonly number[], { kind }: Reader): string {
  const count = (facts: readonly number[], one: string) => facts.filter((fact) => kind(fact) === one).length;
  if (count(lost, 'announces') > 0) return 'partly withdrawn';
  const [ways, gone] = [count(ties, 'reach'), count(lost, 'reach')];
  if (gone > 0 && gone === ways) return 'isolated';
  return gone > 0
    ? `${ways - gone} of ${ways} paths`
    : `${ties.length - lost.length} of ${ties.length} ${count(lost, 'route') > 0 ? 'routes' : 'paths'}`;
}

function machine(about: About, board: Board, read: Reader): Status {
  const { up, starting, well, serves, fault, over, overloaded } = about.flags;
  const on = (fact: number | undefined): fact is number => fact !== undefined && read.holds(board, fact);
  const not = (fact: number | undefined): fact is number => fact !== undefined && !read.holds(board, fact);
  const set = about.settings.filter(({ fact }) => read.holds(board, fact));
  const off = set.find(({ setting }) => setting === 'off');
  if (off) return is('off', 'off', off.fact);
  if (not(up)) {
    if (on(starting)) return is('starting', 'starting', starting);
    return is('down', on(fault) ? 'broken' : about.thing.kind === 'access' ? 'does not open' : 'down', up);
  }
  if (on(fault)) return is('down', 'broken', fault);
  const lost = about.ties.filter((fact) => !read.holds(board, fact));
  if (not(serves)) return is('unreachable', 'cut off', serves);
  if (lost.length > 0 && lost.length === about.ties.length)
    return is('unreachable', about.thing.kind === 'network' ? 'no route' : 'cut off', newest(lost, board));
  const unresolved = about.resolves.filter((fact) => read.word(board, fact) !== 'ok');
  if (unresolved.length > 0) {
    const latest = newest(unresolved, board);
    return is('degraded', answerWord(read.word(board, latest)), latest);
  }
  for (const burden of [overloaded, over]) if (on(burden)) return is('degraded', 'overloaded', burden);
  if (not(well)) return is('degraded', 'degraded', well);
  const setting = set.find(({ setting: word }) => word in SETTING_WORD);
  if (setting) return is('degraded', SETTING_WORD[setting.setting] as string, setting.fact);
  if (lost.length > 0) return is('degraded', partly(about.ties, lost, read), newest(lost, board));
  const known = up ?? well ?? serves ?? fault ?? about.ties[0] ?? about.resolves[0] ?? about.settings[0]?.fact;
  return known === undefined ? is('unknown', 'not asked') : is('up', 'up', known);
}
