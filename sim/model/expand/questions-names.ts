/** The questions about names: what a resolver answers, who answers it, what it has of a chain of trust, how late it is. */
import { ANSWERS, DS } from '../facts.ts';
import type { Condition, Test } from '../scenario.ts';
import type { Tree } from '../tree.ts';
import type { Asked } from './asked.ts';
import { limitsOf } from './questions-rate.ts';
import { type Selected, select } from './selectors.ts';
import { firstOf, someAnswers, stubOf } from './stubs.ts';
import { wordOf } from './values.ts';

/** The resolver that is asked: as said, else that of the people in a journey. */
function resolver({ world, get, asker, conditions, at }: Asked): Selected | null {
  const said = get('via');
  if (said) return select(world, [world.sections.nodes], said, asker, ['resolver']);
  const self = asker.node !== null && world.drafts.get(asker.node)?.kind === 'resolver' ? asker.node : null;
  const name = asker.resolver ?? self;
  if (name !== null) return { how: 'one', count: 1, names: [name], at, section: world.sections.nodes };
  if (asker.unknown) return null;
  conditions.wrong(
    at,
    asker.population === null
      ? 'this asks no resolver: say which under `via`'
      : `${asker.population} asks no resolver: say which under \`via\` there or here`,
  );
  return null;
}

export function askResolves(asked: Asked): Condition | null {
  const { world, conditions, get, asker } = asked;
  const target = get('resolves') as Tree;
  const zone = select(world, [world.sections.zones], target, asker);
  const via = resolver(asked);
  const as = get('as');
  const word = as ? wordOf(world.context, as, ANSWERS, 'ok') : null;
  return (
    zone &&
    via &&
    conditions.quantified(via, (label) =>
      conditions.quantified(zone, (z) => {
        const ask = (r: string, test: Test) => conditions.ask('resolves', [r, z], target.at, test);
        const stub = stubOf(label);
        // What one of them says: of several, the first.
        if (word !== null) return ask(firstOf(label), { word: [word] });
        return someAnswers(world, stub, ask, (r) => conditions.ask('over', [r], target.at));
      }),
    )
  );
}

export function askDs(asked: Asked): Condition | null {
  const { world, conditions, get, asker } = asked;
  const target = get('ds') as Tree;
  const zone = select(world, [world.sections.zones], target, asker);
  const via = resolver(asked);
  const test = { word: [wordOf(world.context, get('as'), DS, 'present')] };
  return (
    zone &&
    via &&
    conditions.quantified(via, (r) =>
      conditions.quantified(zone, (z) => conditions.ask('ds', [firstOf(r), z], target.at, test)),
    )
  );
}

export function askAnswers(asked: Asked): Condition | null {
  const { world, conditions, get, asker } = asked;
  const target = get('answers') as Tree;
  const server = select(world, [world.sections.nodes], target, asker, ['nameserver']);
  const via = resolver(asked);
  return (
    server &&
    via &&
    conditions.quantified(via, (r) =>
      conditions.quantified(server, (ns) => conditions.ask('answers', [firstOf(r), ns], target.at)),
    )
  );
}

/** How many seconds late an answer comes that has to be asked for. */
export const askDelay = (asked: Asked): Condition | null => askNumber(asked, 'delay', 'a delay');

/** Which share of the caches of a resolver that is made of many do not resolve a zone. */
export const askUnresolved = (asked: Asked): Condition | null => askNumber(asked, 'unresolved', 'a share');

function askNumber(asked: Asked, kind: 'delay' | 'unresolved', what: string): Condition | null {
  const { world, conditions, get, asker } = asked;
  const target = get(kind) as Tree;
  const limits = limitsOf(asked, what);
  const zone = limits && select(world, [world.sections.zones], target, asker);
  const via = zone && resolver(asked);
  return (
    via &&
    conditions.quantified(via, (r) =>
      conditions.quantified(zone, (z) => conditions.ask(kind, [firstOf(r), z], target.at, limits)),
    )
  );
}
