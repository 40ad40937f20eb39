/** Keys that mean something for one kind of node only. */
import type { NodeKind } from '../scenario.ts';
import type { NodeKeys } from '../schema/place.ts';
import { aKind } from '../tree.ts';
import type { Fields } from './fields.ts';
import type { Draft } from './places.ts';

const ONLY: { readonly [K in keyof NodeKeys & string]?: readonly NodeKind[] } = {
  asn: ['network'],
  prefer: ['network'],
  prefix: ['nameserver'],
  failureCache: ['resolver'],
  serveStale: ['resolver'],
  timeout: ['resolver'],
  tries: ['resolver'],
  patience: ['resolver'],
  retry: ['resolver'],
  backoff: ['resolver'],
  avoids: ['resolver'],
  rtt: ['resolver'],
  band: ['resolver'],
  prefetch: ['resolver'],
  load: ['resolver'],
  demand: ['resolver'],
  clientRetry: ['resolver'],
  caches: ['resolver'],
  validates: ['resolver'],
  reuses: ['resolver'],
  first: ['resolver'],
  watches: ['monitor'],
  after: ['monitor'],
  alone: ['access'],
  talks: ['team'],
  size: ['team'],
  people: ['population'],
  via: ['population'],
  does: ['population'],
  spill: ['population'],
};

export function checkKeys(node: Fields<NodeKeys>, draft: Draft): void {
  for (const key of node.keys()) {
    const kinds = ONLY[key];
    if (kinds && !kinds.includes(draft.kind))
      node.problem(key, `"${key}" is for ${kinds.map(aKind).join(' or ')}, and this is ${aKind(draft.kind)}`);
  }
  if (node.has('after') && !node.has('watches'))
    node.problem('after', '"after" says how long what a monitor watches must hold, and this one watches nothing');
}
