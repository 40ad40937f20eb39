/**
 * A run for the viewers of traces, Perfetto and chrome://tracing: JSON in the Trace Event Format. What is otherwise than at the start
 * is a slice, a number is a counter, a caption an instant, and from each change an arrow leads to those that it tipped.
 */
import { formatDateTime, MINUTE, type Ms } from '../model/units.ts';
import type { Account, AccountChange } from './account.ts';

/** Microseconds in a millisecond: room to tell the changes of one instant apart, so that arrows lead forward. */
const MICRO = 1000;
/** What these have come to stays so, and is told as a moment. */
const OVER = new Set(['done', 'failed', 'cancelled', 'idle']);
/** A number that moves steadily is drawn in so many steps at the most. */
const MOST_STEPS = 240;
/** Causes told with each change; the arrow leads to the one that tipped it. */
const CAUSES = 6;

interface TraceEvent {
  readonly ph: 'M' | 'X' | 'C' | 's' | 'f' | 'i';
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts?: number;
  readonly [key: string]: unknown;
}

/** Pieces of text; the whole is one JSON document. */
export function* perfettoLines(account: Account): Generator<string> {
  const { scene, seed, variant, netfall } = account;
  const about = {
    title: scene.title,
    scenario: scene.id,
    variant,
    seed,
    start: scene.start,
    netfall: `netfall ${netfall}`,
  };
  yield `{"displayTimeUnit":"ms","otherData":${JSON.stringify(about)},"traceEvents":[`;
  let first = true;
  for (const event of eventsOf(account)) {
    yield `${first ? '' : ','}\n${JSON.stringify(event)}`;
    first = false;
  }
  yield '\n]}\n';
}

function* eventsOf(account: Account): Generator<TraceEvent> {
  const { count, change, captions, end, scene } = account;
  const tracks = tracksOf(account);
  yield* tracks.names;
  const { moments, next, led } = orderOf(account);
  const last = Math.max(end.at * MICRO, (moments[count - 1] ?? 0) + 1);
  const start = Date.parse(scene.start);
  let shown = 0;
  function* captioned(until: number): Generator<TraceEvent> {
    for (let one = captions[shown]; one && one.at * MICRO <= until; one = captions[++shown])
      yield { ph: 'i', s: 'g', name: one.says, cat: 'caption', pid: CAPTIONS, tid: 0, ts: one.at * MICRO };
  }
  yield* beginnings(account, tracks.of);
  for (let place = 0; place < count; place++) {
    const one = change(place);
    const ts = moments[place] as number;
    yield* captioned(ts);
    const fact = account.facts[one.fact] as Account['facts'][number];
    const track = tracks.of(one.fact);
    const following = next[place] as number;
    const until = following < 0 ? last : (moments[following] as number);
    if (typeof one.to === 'number') yield* counted(one, fact.fact, track, ts, until);
    const spell = typeof one.to !== 'number' && one.to !== fact.value && !OVER.has(String(one.to));
    yield {
      ph: 'X',
      name: one.says,
      cat: fact.kind,
      ...track,
      ts,
      dur: spell ? Math.max(until - ts, 1) : 1,
      args: {
        time: formatDateTime(start + Math.floor(one.at)),
        change: place + 1,
        from: one.from,
        to: one.to,
        rule: one.rule,
        because: told(one.because, change),
      },
    };
    // An arrow belongs to the slice that is open where it begins or ends.
    const arrow = (id: number) => ({ name: 'tipped', cat: 'cause', id, ...track, ts });
    if (one.tipped !== null) yield { ph: 'f', bp: 'e', ...arrow(place + 1) };
    for (const effect of led(place)) yield { ph: 's', ...arrow(effect + 1) };
  }
  yield* captioned(Number.POSITIVE_INFINITY);
}

function told(because: readonly number[], change: Account['change']): readonly string[] {
  const says = because.slice(0, CAUSES).map((cause) => change(cause).says);
  return because.length > CAUSES ? [...says, `and ${because.length - CAUSES} more`] : says;
}

/** The number as it is from here on; where it moves steadily, in steps until it is something else. */
function* counted(
  { to, slope }: AccountChange,
  name: string,
  { pid, tid }: Track,
  ts: number,
  until: number,
): Generator<TraceEvent> {
  const steps = slope === 0 ? 0 : Math.min(MOST_STEPS, Math.floor((until - ts) / (MINUTE * MICRO)));
  for (let step = 0; step <= steps; step++) {
    const at = Math.floor(ts + ((until - ts) * step) / (steps + 1));
    const value = Number(to) + (slope * (at - ts)) / (MINUTE * MICRO);
    yield { ph: 'C', name, cat: 'number', pid, tid, ts: at, args: { value } };
  }
}

/** What numbers are at the start. */
function* beginnings({ facts }: Account, of: (fact: number) => Track): Generator<TraceEvent> {
  for (const [number, { fact, value }] of facts.entries()) {
    const track = of(number);
    if (typeof value !== 'number' || track.tid < 0) continue;
    yield { ph: 'C', name: fact, cat: 'number', ...track, ts: 0, args: { value } };
  }
}

interface Order {
  /** When each change is drawn, in microseconds: those of one instant one after the other, in the order in which they came about. */
  readonly moments: Float64Array;
  /** The next change of the same fact, or -1. */
  readonly next: Int32Array;
  readonly led: (place: number) => readonly number[];
}

function orderOf({ facts, count, change }: Account): Order {
  const moments = new Float64Array(count);
  const next = new Int32Array(count).fill(-1);
  const latest = new Int32Array(facts.length).fill(-1);
  const led = new Map<number, number[]>();
  let [instant, rank]: [Ms, number] = [-1, 0];
  for (let place = 0; place < count; place++) {
    const { at, fact, tipped } = change(place);
    rank = at === instant ? rank + 1 : 0;
    instant = at;
    moments[place] = at * MICRO + Math.min(rank, MICRO - 1);
    const before = latest[fact] as number;
    if (before >= 0) next[before] = place;
    latest[fact] = place;
    if (tipped === null) continue;
    const list = led.get(tipped);
    if (list) list.push(place);
    else led.set(tipped, [place]);
  }
  return { moments, next, led: (place) => led.get(place) ?? [] };
}

interface Track {
  readonly pid: number;
  readonly tid: number;
}

/** Captions stand in a group of their own, above all others. */
const CAPTIONS = 1;

/** A group for each kind of thing, and in it a track for each fact that changes: facts of one thing beside each other. */
function tracksOf(account: Account): { readonly names: readonly TraceEvent[]; readonly of: (fact: number) => Track } {
  const { scene, facts, count, change } = account;
  const kinds = new Map<string, string>([
    ...scene.nodes.map(({ name, kind }) => [name, kind] as const),
    ...scene.zones.map(({ name }) => [name, 'zone'] as const),
    ...scene.prefixes.map(({ name }) => [name, 'prefix'] as const),
    ...scene.links.map(({ name }) => [name, 'link'] as const),
  ]);
  const touched = new Set<number>();
  for (let place = 0; place < count; place++) touched.add(change(place).fact);
  const groups = new Map<string, number[]>();
  for (const fact of touched) {
    const { kind, subjects } = facts[fact] as Account['facts'][number];
    const group = kinds.get(subjects[0] ?? '') ?? kind;
    const members = groups.get(group);
    if (members) members.push(fact);
    else groups.set(group, [fact]);
  }
  const names: TraceEvent[] = [meta('process_name', CAPTIONS, 0, { name: 'captions' })];
  const tracks = new Map<number, Track>();
  const subject = (fact: number): string => facts[fact]?.subjects.join('\u0000') ?? '';
  for (const [group, members] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const pid = CAPTIONS + names.filter(({ name }) => name === 'process_name').length;
    names.push(meta('process_name', pid, 0, { name: group }), meta('process_sort_index', pid, 0, { sort_index: pid }));
    members.sort((a, b) => (subject(a) < subject(b) ? -1 : subject(a) > subject(b) ? 1 : a - b));
    members.forEach((fact, i) => {
      const [first = '', ...others] = facts[fact]?.subjects ?? [];
      const name = [first, facts[fact]?.kind ?? '', ...others].filter(Boolean).join(' · ');
      tracks.set(fact, { pid, tid: i + 1 });
      names.push(
        meta('thread_name', pid, i + 1, { name }),
        meta('thread_sort_index', pid, i + 1, { sort_index: i + 1 }),
      );
    });
  }
  return { names, of: (fact) => tracks.get(fact) ?? { pid: 0, tid: -1 } };
}

const meta = (name: string, pid: number, tid: number, args: object): TraceEvent => ({ ph: 'M', name, pid, tid, args });
