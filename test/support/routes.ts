/** Routes of small scenarios: the paths that networks have, before the start or at a moment. */
import { simulate } from './scenario.ts';

export function pathsOf(text: string, prefix: string, networks: readonly string[], at = 0): Record<string, string> {
  const run = simulate(text, { asked: networks.map((network) => ['path', network, prefix] as const) });
  return Object.fromEntries(networks.map((network) => [network, String(run.at(`path/${network}/${prefix}`, at))]));
}
