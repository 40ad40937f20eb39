/** The trace for viewers, held against what the Trace Event Format asks of one. */
import { describe, expect, test } from 'vitest';
import { accountOf, perfettoLines } from '../../sim/index.ts';
import { named, shipped, simulated } from './runs.ts';

interface Event {
  readonly ph: string;
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur: number;
  readonly id: number;
  readonly bp: string;
  readonly args: Record<string, unknown>;
}

function eventsOf(text: string) {
  const account = accountOf(simulated(text));
  const whole = JSON.parse([...perfettoLines(account)].join('')) as Record<string, unknown>;
  return { account, whole, events: whole.traceEvents as readonly Event[] };
}

/**
 * The slice that each arrow is bound to at either end, found as viewers find it: events by time, those of one time as they stand in the
 * file; on each track a stack of the slices that are open. Throws where a viewer would drop something.
 */
function boundOf(events: readonly Event[]): ReadonlyMap<number, { readonly from: Event; readonly to: Event }> {
  const stacks = new Map<string, Event[]>();
  const begun = new Map<number, Event>();
  const bound = new Map<number, { from: Event; to: Event }>();
  for (const event of events.filter(({ ph }) => 'Xsf'.includes(ph)).toSorted((a, b) => a.ts - b.ts)) {
    const { ph, id, ts, name } = event;
    const stack = stacks.get(keyOf(event)) ?? [];
    stacks.set(keyOf(event), stack);
    while (stack.length > 0 && stack.at(-1)!.ts + stack.at(-1)!.dur <= ts) stack.pop();
    const around = stack.at(-1);
    if (ph === 'X') {
      if (around && ts + event.dur > around.ts + around.dur) throw new Error(`${name} ends after ${around.name}`);
      stack.push(event);
    } else if (!around) throw new Error(`arrow ${id} hangs in the air at ${ts}`);
    else if (ph === 's') {
      if (begun.has(id)) throw new Error(`arrow ${id} begins twice`);
      begun.set(id, around);
    } else {
      const from = begun.get(id);
      if (!from) throw new Error(`arrow ${id} ends before it begins`);
      if (bound.has(id)) throw new Error(`arrow ${id} ends twice`);
      bound.set(id, { from, to: around });
    }
  }
  if (bound.size !== begun.size) throw new Error('an arrow does not end');
  return bound;
}
const keyOf = ({ pid, tid }: Event): string => `${pid}/${tid}`;

describe.each(['outages/facebook-2021', 'patterns/chain-and-alternative', 'patterns/retry-storm'])('%s', (path) => {
  const { account, whole, events } = eventsOf(shipped(path));
  const of = (...kinds: string[]) => events.filter(({ ph }) => kinds.includes(ph));

  test('every event has the keys of its kind, and a track with a name', () => {
    expect(whole).toMatchObject({ displayTimeUnit: 'ms', otherData: { seed: '1' } });
    const processes = new Set(
      of('M')
        .filter(({ name }) => name === 'process_name')
        .map(({ pid }) => pid),
    );
    const tracks = new Set(
      of('M')
        .filter(({ name }) => name === 'thread_name')
        .map(keyOf),
    );
    for (const event of events) {
      expect(typeof event.name).toBe('string');
      expect(Number.isInteger(event.pid) && Number.isInteger(event.tid) && event.tid >= 0).toBe(true);
      expect(processes.has(event.pid), event.name).toBe(true);
      if (event.ph === 'M') continue;
      expect(Number.isInteger(event.ts) && event.ts >= 0, event.name).toBe(true);
      if (event.ph === 'X') expect(event.dur).toBeGreaterThanOrEqual(1);
      if (event.ph === 'C') expect(Number.isFinite(event.args.value)).toBe(true);
      else if (event.ph !== 'i') expect(tracks.has(keyOf(event)), event.name).toBe(true);
    }
    expect(of('i', 'C', 'X', 's', 'f', 'M').length).toBe(events.length);
  });

  test('on each track slices come in order, and none begins in another and ends after it', () => {
    const last = new Map<string, Event>();
    for (const event of of('X')) {
      const before = last.get(keyOf(event));
      if (before) {
        expect(event.ts).toBeGreaterThanOrEqual(before.ts);
        expect(event.ts >= before.ts + before.dur || event.ts + event.dur <= before.ts + before.dur).toBe(true);
      }
      last.set(keyOf(event), event);
    }
    const counters = new Map<string, number>();
    for (const { name, pid, ts } of of('C')) {
      expect(ts).toBeGreaterThanOrEqual(counters.get(`${pid}/${name}`) ?? 0);
      counters.set(`${pid}/${name}`, ts);
    }
  });

  test('every arrow begins once and ends once, later, and lies in a slice at both ends', () => {
    const slices = new Set(of('X').map((event) => `${keyOf(event)}@${event.ts}`));
    const begins = new Map(of('s').map((event) => [event.id, event]));
    const ends = of('f');
    expect(begins.size).toBe(of('s').length);
    expect(new Set(ends.map(({ id }) => id))).toEqual(new Set(begins.keys()));
    expect(ends.length).toBe(begins.size);
    expect(ends.length).toBeGreaterThan(3);
    for (const end of ends) {
      const begin = begins.get(end.id) as Event;
      expect(begin.name).toBe(end.name);
      expect(end.bp).toBe('e');
      expect(end.ts).toBeGreaterThanOrEqual(begin.ts);
      for (const one of [begin, end]) expect(slices.has(`${keyOf(one)}@${one.ts}`)).toBe(true);
    }
  });

  test('bound as a viewer binds them, the arrows are the causes of the run, no more and no fewer', () => {
    const arrows = [...boundOf(events).values()].map(({ from, to }) => [from.args.change, to.args.change]);
    const causes = Array.from({ length: account.count }, (_, place) => [account.change(place).tipped, place] as const)
      .filter(([tipped]) => tipped !== null)
      .map(([tipped, place]) => [Number(tipped) + 1, place + 1]);
    expect(arrows.toSorted(([, a], [, b]) => Number(a) - Number(b))).toEqual(causes);
  });

  test('names of groups and tracks stand once, and instants and counters say what they must', () => {
    const named = of('M').map(({ name, ...event }) => `${name} ${keyOf({ name, ...event })}`);
    expect(new Set(named).size).toBe(named.length);
    for (const { name, args } of of('M'))
      expect(name.endsWith('_name') ? typeof args.name : Number.isInteger(args.sort_index)).toBe(
        name.endsWith('_name') ? 'string' : true,
      );
    // Viewers tell counters apart by group and name alone.
    const tracks = new Map<string, Set<string>>();
    for (const event of of('C'))
      tracks.set(
        `${event.pid} ${event.name}`,
        (tracks.get(`${event.pid} ${event.name}`) ?? new Set()).add(keyOf(event)),
      );
    for (const [name, on] of tracks) expect(on.size, name).toBe(1);
    for (const event of of('i')) expect(event).toMatchObject({ s: 'g' });
  });
});

test('a viewer would find what hangs in the air, overlaps, or ends before it begins', () => {
  const { events } = eventsOf(shipped('patterns/chain-and-alternative'));
  const spoilt = (change: (event: Event) => Partial<Event> | null) =>
    events.map((event) => ({ ...event, ...change(event) }));
  expect(() => boundOf(spoilt(({ ph, ts }) => (ph === 's' ? { ts: ts - 2 } : null)))).toThrow('hangs in the air');
  expect(() => boundOf(spoilt(({ ph }) => (ph === 'f' ? { ph: 's' } : ph === 's' ? { ph: 'f' } : null)))).toThrow(
    'before it begins',
  );
  expect(() => boundOf(spoilt(({ ph }) => ('sf'.includes(ph) ? { id: 1 } : null)))).toThrow('begins twice');
  expect(() => boundOf(spoilt(({ ph }) => (ph === 'X' ? { dur: 1e9, tid: 1, pid: 2 } : null)))).toThrow('ends after');
});

test('what is otherwise than at the start is a slice as long as it is so', () => {
  const { events } = eventsOf(named('web'));
  const slices = events.filter(({ ph }) => ph === 'X').map(({ name, ts, dur }) => [name, ts, dur]);
  const minute = 60_000_000;
  expect(slices).toContainEqual(['r goes down', expect.closeTo(10 * minute, -2), expect.closeTo(10 * minute, -2)]);
  // Back again is a moment: from then on nothing is amiss.
  expect(slices).toContainEqual(['r comes up', expect.closeTo(20 * minute, -2), 1]);
});

test('whatever things are called, it is JSON', () => {
  for (const name of ['</script>', '"\\', '\u2028', '\ud83d\ude00 "} ] }']) {
    const { events } = eventsOf(named(name));
    expect(events.find(({ ph }) => ph === 'i')?.name).toBe(name);
  }
});
