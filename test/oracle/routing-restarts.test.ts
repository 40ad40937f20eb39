/** Restarts, deaths, cuts and limits at random: every run keeps the laws of traces, and what is mended is as it was. */
import { describe, expect, test } from 'vitest';
import type { Asked } from '../../sim/compile.ts';
import { dice, hierarchy, networks, runOf, type Sketch, scenarioOf, valueAt } from './networks.ts';

const RUN = 3_600_000;
const COUNT = 8;

/** A hierarchy in which processes stop, boxes die and links are cut, often several at once, until half past; with what is asked of it. */
function troubled(seed: number): {
  readonly sketch: Sketch;
  readonly asked: readonly Asked[];
  readonly links: string[];
} {
  const roll = dice(seed);
  const { names, links } = hierarchy(seed, COUNT, '20ms');
  const all = Object.keys(links);
  for (const link of all) {
    const graceful = ['0s', '30s', '120s', '5m'][roll(4)] as string;
    const delay = ['20ms', '1ms..900ms', '1s..1s'][roll(3)] as string;
    const limit = { prefixes: 2 + roll(2), then: 'shut', restart: '40s' };
    const ends = roll(4) === 0 ? { ends: { [roll(2) === 0 ? 'from' : 'to']: { limit } } } : {};
    links[link] = { ...links[link], graceful, delay, hold: '15s', ...ends };
  }
  const faults: Record<string, object> = {};
  for (let i = 0; i < 6; i++) {
    const [at, lasts] = [`${10 + roll(600)}s`, `${1 + roll(400)}s`];
    const effects = [
      { to: names[roll(COUNT)], effect: 'mute' },
      { to: names[roll(COUNT)], effect: 'mute' },
      { to: names[roll(COUNT)] },
      { to: all[roll(all.length)] },
    ];
    faults[`f.${i}`] = { at, for: lasts, ...effects[roll(4)] };
  }
  // More than any limit allows, for a while.
  const more = Object.fromEntries(
    ['x', 'y', 'z'].map((name) => [name, { from: names[roll(COUNT)], while: { not: { up: 'lid' } } }]),
  );
  faults.slip = { at: '200s', to: 'lid', for: '90s' };
  const prefixes = { p: { from: names[COUNT - 1] }, q: { from: names[roll(COUNT)] }, ...more };
  const nodes = { ...networks(names), lid: { kind: 'service' } };
  const asked: Asked[] = names.flatMap((name): Asked[] => [
    ['path', name, 'p'],
    ['path', name, 'x'],
    ['forwards', name, 'p'],
    ['path', name, 'q'],
  ]);
  for (const link of all) asked.push(['session', link]);
  return { sketch: { nodes, links, prefixes, faults }, asked, links: all };
}

describe('what is mended is as it was', () => {
  test.each(Array.from({ length: 120 }, (_, seed) => seed))('network %i', (seed) => {
    const { sketch, asked, links } = troubled(seed);
    const ran = runOf(scenarioOf(sketch), asked, String(seed));
    expect(ran.trace.reason).toBe('quiet');
    for (const name of ran.trace.facts.names.filter((one) => /^(path|forwards|session)\//.test(one)))
      expect([name, valueAt(ran, name, RUN)]).toEqual([name, valueAt(ran, name, 0)]);
    for (const link of links) expect(valueAt(ran, `session/${link}`, RUN)).toBe(true);
  });
});
