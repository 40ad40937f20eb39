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

function eventsOf(text: string): { readonly whole: Record<string, unknown>; readonly events: readonly Event[] } {
  const whole = JSON.parse([...perfettoLines(accountOf(simulated(text)))].join('')) as Record<string, unknown>;
  return { whole, events: whole.traceEvents as Event[] };
}
const keyOf = ({ pid, tid }: Event): string => `${pid}/${tid}`;

describe.each(['outages/facebook-2021', 'patterns/chain-and-alternative', 'patterns/retry-storm'])('%s', (path) => {
  const { whole, events } = eventsOf(shipped(path));
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
