/** Routes that hang on more than sites and sessions, read off a scenario again: rivals for a block, policies, roles. */
import { factName } from '../../sim/model/facts.ts';
import type { Condition, Prefix, Scenario, SessionEnd } from '../../sim/model/scenario.ts';

const endsOf = ({ links }: Scenario): readonly SessionEnd[] =>
  [...links.values()].flatMap(({ ends: { from, to } }) => [from, to]);

export function isContested(scenario: Scenario, prefix: string): boolean {
  const { nodes, prefixes } = scenario;
  const { cidr, communities, tail } = prefixes.get(prefix) as Prefix;
  const block = [...prefixes.values()].filter((other) => cidr !== null && other.cidr === cidr);
  return (
    block.length > 1 ||
    communities.length + tail.length > 0 ||
    [...nodes.values()].some(({ roles }) => roles) ||
    endsOf(scenario).some((end) => end.imports ?? end.exports)
  );
}

/** Whether the condition of some policy's term asks for this fact. */
export function isCondition(scenario: Scenario, fact: string): boolean {
  const asks = (condition: Condition): boolean => {
    if ('ask' in condition) return factName(condition.ask.kind, condition.ask.subjects) === fact;
    if ('not' in condition) return asks(condition.not);
    return ('all' in condition ? condition.all : 'any' in condition ? condition.any : condition.of).some(asks);
  };
  return endsOf(scenario)
    .flatMap(({ imports, exports }) => [...(imports?.terms ?? []), ...(exports?.terms ?? [])])
    .some((term) => term.while !== null && asks(term.while));
}
