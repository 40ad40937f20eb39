/** What can be done by hand to a part at a moment: effects that make sense for its kind, and changes of the run that can be taken back. */
import type { Run } from '../load/run.ts';
import type { Thing } from './things.ts';

/** A patch of a scenario that only adds, as files write it. */
export type Patch = Readonly<Record<string, Readonly<Record<string, object>>>>;

export interface Act {
  /** The same for the same act: what a list of choices goes by. */
  readonly id: string;
  readonly says: string;
  /** `at`: a date-time; `name`: one that nothing in the scenario has. */
  readonly patch: (at: string, name: string) => Patch;
}

type Effect = string | Readonly<Record<string, string>>;
type To = string | readonly string[];

const idOf = (effect: Effect): string =>
  typeof effect === 'string'
    ? effect
    : Object.entries(effect)
        .map(([word, of]) => `${word} ${of}`)
        .join();

/** Something breaks. */
const fault = (says: string, to: To, effect: Effect): Act => ({
  id: `fault ${idOf(effect)}`,
  says,
  patch: (at, name) => ({ faults: { [name]: { at, to, effect } } }),
});
/** Somebody does it. */
const change = (says: string, to: To, effect: Effect): Act => ({
  id: `change ${idOf(effect)}`,
  says,
  patch: (at, name) => ({ changes: { [name]: { at, to, effect } } }),
});
const held = (says: string, up: string, holds: boolean): Act => ({
  id: `force ${holds ? 'up' : 'down'}`,
  says,
  patch: (at, name) => ({ forces: { [name]: { at, up, holds } } }),
});

/** Kinds that are places or people, and run in no sense that a hand could hold up. */
const NOT_HELD = new Set(['region', 'population', 'client', 'team', 'network']);
const PEOPLE = new Set(['population', 'client']);

export function actsOn(run: Run, thing: Thing): readonly Act[] {
  const { scene } = run;
  const { name, kind } = thing;
  if (kind === 'zone') return [change('Take it out of its parent zone', name, 'remove'), ...undone(run, [name])];
  if (kind === 'prefix') {
    const sites = scene.prefixes.find((prefix) => prefix.name === name)?.sites ?? [];
    if (sites.length === 0) return [];
    return [change('Withdraw it everywhere', sites.length === 1 ? sites[0]! : sites, { withdraw: name })];
  }
  if (PEOPLE.has(kind)) return [];
  const links = scene.links.filter(({ from, to }) => from === name || to === name);
  const layers = [...new Set(links.map(({ layer }) => layer))].filter((layer) => layer !== null).sort();
  const announced = scene.prefixes.filter(({ sites }) => sites.includes(name)).map((prefix) => prefix.name);
  const speaks = announced.length > 0 || links.some(({ bgp }) => bgp !== null);
  return [
    fault(kind === 'team' ? 'Nobody of it is there' : 'It breaks', name, 'down'),
    ...(kind === 'team' ? [] : [change('Switch it off', name, 'off')]),
    ...layers.flatMap((layer) => [
      change(`Drain ${layer}: it stays up, its links over ${layer} carry nothing`, name, { drain: layer }),
      change(`Cut ${layer} from it`, name, { cut: layer }),
    ]),
    ...announced.slice(0, 12).map((prefix) => change(`Withdraw ${prefix} here`, name, { withdraw: prefix })),
    ...(speaks ? [change('Stop its routing process: silent, but it forwards on', name, 'mute')] : []),
    ...(kind === 'resolver'
      ? scene.zones.slice(0, 12).map((zone) => change(`Flush ${zone.name} from its cache`, name, { flush: zone.name }))
      : []),
    ...(NOT_HELD.has(kind)
      ? []
      : [change('Start it by hand, once', name, 'start'), held('Hold it up by hand, whatever happens', name, true)]),
    ...undone(run, [name]),
  ];
}

/** What the scenario does to these and somebody could take back; of all, where none are given. */
export function undone({ scene }: Run, names: readonly string[] | null): readonly Act[] {
  return [...scene.changes, ...scene.faults]
    .filter(({ targets }) => names === null || targets.some((target) => names.includes(target)))
    .map(({ name: taken, targets, effect }): Act => {
      const node = scene.nodes.find((one) => targets.includes(one.name)) ?? scene.nodes[0];
      return {
        id: `undo ${taken}`,
        says: `Take back ${taken} (${effect}${targets.length > 1 ? ` on ${targets.length}` : ''})`,
        // Only a task takes something back, and only a change begins at a moment: the one calls for the other.
        patch: (at, name) => ({
          changes: { [name]: { at, to: node?.name ?? '', effect: { set: name } } },
          tasks: { [`${name}-${taken}`]: { after: { applied: name }, takes: '0s', does: { revert: taken } } },
        }),
      };
    });
}
