/** All checks of the killing suite, and the texts of all worlds they run. */
import type { Check } from './check.ts';
import { changesChecks } from './checks-changes.ts';
import { nodeChecks } from './checks-nodes.ts';
import { peopleChecks } from './checks-people.ts';
import { routeChecks } from './checks-routes.ts';
import { trafficChecks } from './checks-traffic.ts';
import { lawWorlds } from './laws.ts';

export const checks: readonly Check[] = [
  ...nodeChecks,
  ...changesChecks,
  ...trafficChecks,
  ...routeChecks,
  ...peopleChecks,
];
export const worldTexts: readonly string[] = [...checks.map(({ world }) => world), ...lawWorlds];
