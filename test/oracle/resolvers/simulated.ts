/** The same exchange in netfall: its scenario as a file, and what its resolver answers. */
import { simulate } from '../../support/scenario.ts';
import type { Word } from './client.ts';
import { joined, type Phase } from './compare.ts';
import type { Daemon, Learns } from './daemon.ts';
import { ABOVE, type Act, type Exchange, isSigned } from './exchanges.ts';

/** What makes good again what was done. */
const UNDOES: Readonly<Partial<Record<Act, Act>>> = {
  silence: 'speak',
  kill: 'start',
  disown: 'own',
  remove: 'restore',
  unsign: 'sign',
};

/** The exchange as a scenario. Each server stands on a host: a host that is down keeps silent, one whose server is down refuses. */
function scenarioOf(exchange: Exchange, daemon: Daemon): string {
  const { zone, servers, ttl, negativeTtl, acts, until, mode } = exchange;
  const { timeout, failureCache, serveStale, prefetch, patience, learns } = daemon.modes[mode].keys;
  // A resolver that has just begun has an empty cache, and fills it with the first question.
  const faults = ['begins: { at: 0s, to: r, for: 1ms }'];
  const changes: string[] = [];
  const tasks: string[] = [];
  for (const [k, [at, does, server]] of acts.entries()) {
    const [undone = until] =
      acts.find(([, then, who], later) => later > k && then === UNDOES[does] && who === server) ?? [];
    const lose = (node: string): number =>
      faults.push(`f${k}: { at: ${at}ms, to: ${node}.${server}, for: ${undone - at}ms }`);
    const change = (effect: string): void => {
      changes.push(`c${changes.length}: { at: ${at}ms, to: ${zone}, effect: ${effect} }`);
    };
    if (does === 'silence') lose('host');
    if (does === 'kill') lose(daemon.hearsRefusals ? 'ns' : 'host');
    if (does === 'disown') lose('ns');
    if (does === 'remove') change('remove');
    if (does === 'unsign' || does === 'abandon') change('{ sign: off }');
    if (does === 'abandon') change('{ ds: withdrawn }');
    if (does === 'remove' || does === 'unsign')
      tasks.push(`undo: { after: { applied: c0 }, takes: ${undone - at}ms, does: { revert: c0 } }`);
  }
  const chain = isSigned(exchange) ? `, under: ${ABOVE}, signed: true, ds: ${daemon.chain}ms` : '';
  return `netfall: 1
id: exchange
title: An exchange with a resolver
clock: { start: 2021-10-04T15:30:00Z, run: ${until}ms }
nodes:
  above: { kind: nameserver }
  "host.{1..${servers}}": { kind: datacenter }
  "ns.{1..${servers}}": { kind: nameserver, in: host.$1 }
  r: { kind: resolver${asking(timeout, learns)}, patience: ${patience}ms, failureCache: ${failureCache}ms, serveStale: ${serveStale}ms, prefetch: ${prefetch}, validates: ${mode === 'validating'} }
  client: { kind: tool, standby: true, needs: [ { resolves: ${zone}, via: r }${learns ? `, { not: { delay: ${zone}, via: r, above: 60 } }` : ''} ] }
zones:
  ${ABOVE}: { nameservers: above, ttl: 1d, signed: true }
  ${zone}: { nameservers: ns.*, ttl: ${ttl}ms, negativeTtl: ${negativeTtl}ms${chain} }
faults: { ${faults.join(', ')} }
changes: { ${changes.join(', ')} }
tasks: { ${tasks.join(', ')} }
`;
}

/** How it asks servers that keep silent. */
function asking(timeout: number, learns: Learns | null): string {
  if (learns === null) return `, timeout: ${timeout}ms`;
  const { avoids, retry, backoff } = learns;
  if (backoff === null) return `, timeout: ${timeout}ms, retry: ${retry}ms, avoids: ${avoids}ms`;
  const { first, each, most } = backoff;
  return `, backoff: { first: ${first}ms, each: ${each}, most: ${most}ms }, avoids: ${avoids}ms`;
}

/** When the mean delay of an answer that is asked for changes, and to how many milliseconds. */
export const delays = (exchange: Exchange, daemon: Daemon): readonly (readonly [at: number, late: number])[] =>
  simulate(scenarioOf(exchange, daemon), { until: exchange.until })
    .changes(`delay/r/${exchange.zone}`)
    .map(([at, , seconds]) => [at, 1000 * (seconds as number)]);

/** From the first question on, which comes when the resolver has begun. */
export function simulated(exchange: Exchange, daemon: Daemon): readonly Phase[] {
  const { zone, mode, unanswered, failures } = exchange;
  // What is drawn may come late: how long each failure takes counts, and not when it comes.
  const until = exchange.until * (failures > 0 ? 2 : 1);
  const run = simulate(scenarioOf({ ...exchange, until }, daemon), { until });
  const fact = `resolves/r/${zone}`;
  const phases = [
    { word: run.at(fact, 1) as Word, from: 0 },
    ...run
      .changes(fact)
      .filter(([at]) => at > 1)
      .map(([from, , word]) => ({ word: word as Word, from })),
  ];
  if (!unanswered) return phases;
  const { patience } = daemon.modes[mode].keys;
  return joined(
    phases.map(({ word, from }) => (word === 'timeout' ? { word: 'servfail', from: from - patience } : { word, from })),
  );
}
