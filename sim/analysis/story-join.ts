/** Joining: sentences of one instant that are one piece of news become one sentence. */
import type { Scenario } from '../model/scenario.ts';
import type { Line } from './story-fold.ts';

/** A line with its sentence. */
export interface Told {
  readonly line: Line;
  readonly says: string;
  readonly weight: number;
}

/** Work changes hands in an instant: told in this order, a few at a time. */
const HANDOVER = [
  'sees yes',
  'stuck yes',
  'task done',
  'task failed',
  'task working',
  'task waiting',
  'task paused',
  'task cancelled',
];
const HANDS = 4;

const rank = ({ kind, value }: Line): number => HANDOVER.indexOf(`${kind} ${value}`);

export function join(scenario: Scenario, told: readonly Told[]): readonly Told[] {
  return handovers(effects(scenario, told));
}

/** A change and what it did in that instant: `the change drain-all is in force: all 8 routers are drained of backbone`. */
function effects(scenario: Scenario, told: readonly Told[]): readonly Told[] {
  const headings = told.filter(
    ({ line: { kind, value } }) => kind === 'applied' || (kind === 'rollout' && value === 'reverting'),
  );
  const taken = new Map<Told, Told[]>();
  const isEffect = ({ line }: Told, heading: Line): boolean => {
    const changes = (heading.subjects[0] as readonly string[]).flatMap((name) => scenario.changes.get(name) ?? []);
    const [targets = [], [setting] = [], [of] = []] = line.subjects;
    const forth = heading.kind === 'applied' && heading.value === 'yes';
    return (
      line.kind === 'config' &&
      line.at === heading.at &&
      (line.value === 'yes') === forth &&
      changes.every(({ effect }) => effect.setting === setting && effect.of === (of ?? null)) &&
      targets.every((name) => changes.some((change) => change.targets.includes(name)))
    );
  };
  for (const one of told) {
    const heading = headings.find(({ line }) => isEffect(one, line));
    if (heading) taken.set(heading, [...(taken.get(heading) ?? []), one]);
  }
  const gone = new Set([...taken.values()].flat());
  return told
    .filter((one) => !gone.has(one))
    .map((one) => {
      const did = taken.get(one);
      return did ? merged([one, ...did], `${one.says}: ${did.map(({ says }) => says).join('; ')}`) : one;
    });
}

/** Who finds out, who is done, who begins and who cannot. */
function handovers(told: readonly Told[]): readonly Told[] {
  const instants = new Map<number, Told[]>();
  const joined: Told[] = [];
  for (const one of told) {
    if (rank(one.line) < 0 || one.line.at !== one.line.to) joined.push(one);
    else instants.set(one.line.at, [...(instants.get(one.line.at) ?? []), one]);
  }
  for (const together of instants.values()) {
    const sorted = together.sort((a, b) => rank(a.line) - rank(b.line));
    for (let k = 0; k < sorted.length; k += HANDS) {
      const few = sorted.slice(k, k + HANDS);
      const one = merged(few, few.map(({ says }) => says).join('; '));
      // Who hands over to whom tells more than either end of it.
      joined.push({ ...one, weight: one.weight + 2 * (few.length - 1) });
    }
  }
  return joined;
}

function merged(all: readonly Told[], says: string): Told {
  const { line } = all[0] as Told;
  return {
    says,
    weight: Math.max(...all.map(({ weight }) => weight)),
    line: {
      ...line,
      to: Math.max(...all.map((one) => one.line.to)),
      changes: all.flatMap((one) => one.line.changes),
    },
  };
}
