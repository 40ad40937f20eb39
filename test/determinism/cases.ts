/** What is run again and again: the shipped outages and patterns, the exact micro-world, and a handful of the swarm. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { scenarioText } from '../swarm/scenarios.ts';
import type { Case } from './report.ts';

const SCENARIOS = fileURLToPath(new URL('../../scenarios', import.meta.url));

const MICRO_WORLD = `
netfall: 1
id: micro-world
title: Five nodes with delays
clock: { start: 2021-10-04T15:30:00Z, run: 10s }
nodes:
  bb:   { kind: router }
  dns:  { kind: service, needs: [ bb ], downAfter: 43ms, upAfter: 43ms }
  auth: { kind: service, needs: [ bb, dns ], downAfter: 41ms, upAfter: 41ms }
  api:  { kind: service, needs: [ auth, dns ], downAfter: 40ms, upAfter: 40ms }
  cdn:  { kind: service, needs: [ { any: [ bb, dns ] } ], downAfter: 49ms, upAfter: 49ms }
  web:  { kind: service, needs: [ api, cdn ], downAfter: 42ms, upAfter: 42ms }
faults:
  bb:   { at: 100ms, for: 300ms, to: bb }
  dns:  { at: 700ms, for: 150ms, to: dns }
  auth: { at: 720ms, for: 10ms, to: auth }
`;

const shipped = ['outages', 'patterns'].flatMap((folder) =>
  readdirSync(join(SCENARIOS, folder))
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => ({ name: file, text: readFileSync(join(SCENARIOS, folder, file), 'utf8') })),
);

export const microWorld: Case = { name: 'micro-world', text: MICRO_WORLD, seed: '1' };
export const flagship: Case = {
  name: 'facebook-2021.yaml',
  text: readFileSync(join(SCENARIOS, 'outages/facebook-2021.yaml'), 'utf8'),
  seed: '1',
};
export const cases: readonly Case[] = [
  microWorld,
  ...shipped.filter(({ text }) => !/^extends:/m.test(text)).map((file) => ({ ...file, seed: '1' })),
  ...Array.from({ length: 20 }, (_, i) => ({
    name: `swarm ${i}`,
    text: scenarioText(`determinism ${i}`, i % 2 === 1),
    seed: `${i}`,
  })),
];
