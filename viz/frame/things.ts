/** What the picture can show: the scene's nodes, zones and prefixes as things in lanes, and the facts that speak of each. */

import { lookupOf } from '../load/lookup.ts';
import type { Run } from '../load/run.ts';
import { titlesOf } from './named.ts';
import { type Lane, laneOf } from './words.ts';

export interface Thing {
  readonly index: number;
  readonly id: string;
  readonly name: string;
  readonly title: string | null;
  readonly kind: string;
  readonly lane: Lane;
  readonly group: string | null;
  readonly place: string | null;
  readonly people: number | null;
  /** Nothing in the run speaks of it. */
  readonly silent: boolean;
}

export interface Things {
  readonly list: readonly Thing[];
  readonly byId: ReadonlyMap<string, Thing>;
  /** Facts that speak of a thing, as its subject or as the other end. */
  readonly facts: readonly (readonly number[])[];
  /** The thing a fact is drawn at; null for what has no place in the picture, such as a rate. */
  readonly ofFact: readonly (Thing | null)[];
  /** Members of each group, in order of name. */
  readonly groups: ReadonlyMap<string, readonly Thing[]>;
  /** What a name stands for among nodes, zones and prefixes; null for tasks and others. */
  readonly named: (name: string) => Thing | null;
}

/** What each subject of a kind of fact names. The first that has a place in the picture is where the fact is drawn. */
const ROLES = lookupOf<readonly Role[]>({
  fault: ['thing'],
  config: ['thing', 'none', 'none'],
  applied: ['change'],
  rollout: ['change'],
  guard: ['change'],
  up: ['node'],
  starting: ['node'],
  well: ['node'],
  serves: ['node'],
  carries: ['link'],
  session: ['link'],
  limited: ['link'],
  reach: ['node', 'node'],
  announces: ['node', 'prefix'],
  route: ['node', 'prefix'],
  answers: ['far', 'node'],
  resolves: ['node', 'zone'],
  delegated: ['node', 'zone'],
  queries: ['thing'],
  over: ['thing'],
  task: ['task'],
  done: ['task'],
  stuck: ['task'],
  busy: ['node'],
  sees: ['node'],
  alone: ['node'],
  works: ['node', 'none', 'far'],
  affected: ['journey'],
  stopped: ['node', 'none', 'far'],
  sessions: ['node', 'none', 'none', 'far'],
  troubled: ['node'],
  load: ['node'],
  overloaded: ['node'],
});
/** `far`: named by the fact, but not where it is drawn. */
type Role = 'node' | 'thing' | 'far' | 'zone' | 'prefix' | 'link' | 'change' | 'task' | 'journey' | 'none';

const naturally = new Intl.Collator('en', { numeric: true }).compare;

export function thingsOf(run: Run): Things {
  const { scene } = run;
  const list: Thing[] = [];
  const add = (id: string, name: string, kind: string, more: Partial<Thing> = {}) => {
    list.push({
      index: list.length,
      id,
      name,
      title: null,
      kind,
      lane: laneOf(kind, null),
      group: null,
      place: null,
      people: null,
      silent: false,
      ...more,
    });
  };
  for (const node of scene.nodes)
    add(node.name, node.name, node.kind, {
      title: node.title,
      lane: laneOf(node.kind, node.role),
      group: node.group,
      place: node.place,
      people: node.people,
    });
  const titles = titlesOf(run);
  for (const { name } of scene.zones) add(`zone:${name}`, name, 'zone', { title: titles.get(name) ?? null });
  for (const { name, cidr } of scene.prefixes)
    add(`prefix:${name}`, name, 'prefix', {
      title: [titles.get(name), cidr].filter((one) => one !== undefined && one !== null).join(', ') || null,
    });

  groupByName(list);
  const byId = new Map(list.map((thing) => [thing.id, thing]));
  const named = (name: string): Thing | null =>
    byId.get(name) ?? byId.get(`zone:${name}`) ?? byId.get(`prefix:${name}`) ?? null;
  const first = (names: readonly string[] | undefined): Thing | null =>
    names?.[0] === undefined ? null : named(names[0]);
  const links = new Map(scene.links.map((link) => [link.name, link]));
  const plans = new Map([...scene.faults, ...scene.changes].map((plan) => [plan.name, plan]));
  const tasks = new Map(scene.tasks.map((task) => [task.name, task]));
  const journeys = new Map(scene.journeys.map((journey) => [journey.name, journey]));

  const placesOf = (role: Role, subject: string): readonly (Thing | null)[] => {
    switch (role) {
      case 'node':
      case 'far':
        return [byId.get(subject) ?? null];
      case 'thing':
        return [named(subject) ?? byId.get(links.get(subject)?.from ?? '') ?? null];
      case 'zone':
      case 'prefix':
        return [byId.get(`${role}:${subject}`) ?? null];
      case 'link':
        return [byId.get(links.get(subject)?.from ?? '') ?? null, byId.get(links.get(subject)?.to ?? '') ?? null];
      case 'change':
        return [first(plans.get(subject)?.targets)];
      case 'task':
        return (tasks.get(subject)?.teams ?? []).map((team) => byId.get(team) ?? null);
      case 'journey':
        return [byId.get(journeys.get(subject)?.population ?? '') ?? null];
      case 'none':
        return [];
    }
  };

  const facts: number[][] = list.map(() => []);
  const ofFact: (Thing | null)[] = [];
  for (let fact = 0; fact < run.facts.count; fact++) {
    const roles = ROLES[run.facts.kinds[fact] as string] ?? [];
    let anchor: Thing | null = null;
    roles.forEach((role, i) => {
      for (const place of placesOf(role, run.facts.subjects[fact]?.[i] ?? '')) {
        if (!place) continue;
        if (role !== 'far') anchor ??= place;
        const about = facts[place.index]!;
        if (about[about.length - 1] !== fact) about.push(fact);
      }
    });
    ofFact.push(anchor);
  }
  for (const thing of list) if (facts[thing.index]!.length === 0) Object.assign(thing, { silent: true });
  return { list, byId, facts, ofFact, groups: groupsOf(list), named };
}

/** Things that the scenario names alike but for their numbers are many of a kind, even where it does not say so. */
function groupByName(list: Thing[]): void {
  const alike = new Map<string, Thing[]>();
  for (const thing of list) {
    if (thing.group !== null || !/\d/.test(thing.name) || !/[a-z]/i.test(thing.name)) continue;
    const pattern = `${thing.kind} ${thing.name.replace(/\d+/g, '*')}`;
    const members = alike.get(pattern);
    if (members) members.push(thing);
    else alike.set(pattern, [thing]);
  }
  for (const [pattern, members] of alike)
    if (members.length > 1)
      for (const { index } of members)
        list[index] = { ...list[index]!, group: pattern.slice(pattern.indexOf(' ') + 1) };
}

/** Groups of one are no groups. */
function groupsOf(list: readonly Thing[]): Map<string, Thing[]> {
  const groups = new Map<string, Thing[]>();
  for (const thing of list) {
    if (thing.group === null) continue;
    const members = groups.get(thing.group);
    if (members) members.push(thing);
    else groups.set(thing.group, [thing]);
  }
  for (const [name, members] of groups) {
    if (members.length < 2) groups.delete(name);
    else members.sort((a, b) => naturally(a.name, b.name));
  }
  return groups;
}

/** What tells a member from the others of its group: `3` of `pop.*`, `pop.3` of `ns.a`. */
export function shortName(thing: Thing): string {
  const group = thing.group ?? '';
  const stem = group.replace(/[*].*$/, '');
  if (thing.name.startsWith(`${group}@`)) return thing.name.slice(group.length + 1);
  return stem && thing.name.startsWith(stem) && thing.name.length > stem.length
    ? thing.name.slice(stem.length)
    : thing.name;
}
