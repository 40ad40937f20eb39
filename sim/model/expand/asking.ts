/** What is said of how a resolver asks nameservers that may keep silent: how long it waits for them, and what it learns of them. */
import type { Backoff, Resolver } from '../scenario.ts';
import type { NodeKeys } from '../schema/place.ts';
import { checkSource, Fields } from './fields.ts';
import { numberOf, spanOf } from './values.ts';

/** With less than that a wait would not grow, or not for a very long time. */
const LEAST_TIMES = 1.1;
const MOST_EACH = 100;

type Asking = Pick<Resolver, 'timeout' | 'retry' | 'backoff' | 'avoids'>;

export function readAsking(node: Fields<NodeKeys>): Asking {
  const { context } = node.world;
  const backoff = readBackoff(node);
  if (node.has('backoff'))
    for (const key of node.among('timeout', 'retry'))
      node.problem(key, `with "backoff" it follows from its tries how long it asks`, `leave "${key}" out`);
  else if (node.has('retry') && !node.has('timeout'))
    node.problem('retry', '"retry" is a part of the time it asks in all', 'say how long that is under `timeout`');
  if (node.has('backoff') && !node.has('avoids'))
    node.problem(
      'backoff',
      'nothing says how long it leaves a nameserver alone that it has given up',
      'say so under `avoids`',
    );
  if (node.has('avoids')) checkLearning(node);
  return {
    timeout: spanOf(context, node.get('timeout')),
    retry: backoff ? backoff.first * backoff.each : spanOf(context, node.get('retry')),
    backoff,
    avoids: node.has('avoids') ? spanOf(context, node.get('avoids')) : null,
  };
}

/** Who learns has asked in vain, and for some time; and he asks anew, but not at once. */
function checkLearning(node: Fields<NodeKeys>): void {
  if (!node.has('backoff') && !node.has('timeout'))
    node.problem(
      'avoids',
      'nothing says how long it waits for a nameserver that keeps silent',
      'say so under `timeout`, or `backoff`',
    );
  if (!node.has('failureCache'))
    node.problem(
      'avoids',
      'nothing says how long it remembers that it asked in vain, before it asks anew (RFC 9520)',
      'say so under `failureCache`',
    );
}

function readBackoff(node: Fields<NodeKeys>): Backoff | null {
  const { world } = node;
  const written = node.inner('backoff');
  if (!written) return null;
  const said = new Fields<NonNullable<NodeKeys['backoff']>>(world, written, node.place('backoff'));
  checkSource(world, said.get('source'));
  const first = spanOf(world.context, said.need('first', 'say how long it waits for a nameserver at first'), 1);
  const most = spanOf(
    world.context,
    said.need('most', 'say from how long a wait on it gives a nameserver up'),
    first + 1,
  );
  if (said.has('first') && first < 1) said.problem('first', 'it has to wait for some time, or it hears nobody');
  else if (most <= first)
    said.problem('most', 'it would give a nameserver up without asking: this must be longer than `first`');
  return {
    first: Math.max(1, first),
    times: numberOf(world.context, said.get('times'), 2, { least: LEAST_TIMES }),
    each: numberOf(world.context, said.get('each'), 1, { least: 1, most: MOST_EACH, whole: true }),
    most,
  };
}
