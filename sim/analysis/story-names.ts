/** Names for people: titles where there are any, and what a set of names is called: `all 12 pops`, `vpn, door and 3 more tools`. */
import type { Node, Scenario } from '../model/scenario.ts';
import { byName } from '../model/units.ts';

/** A part of a sentence, and whether it takes a verb in the plural. */
export interface Phrase {
  readonly text: string;
  readonly many: boolean;
}

/** Longer lists are counted rather than read out, after so many examples. */
const READ_OUT = 4;
const EXAMPLES = 2;
/** Nodes written one by one are called by their common pattern from this many on. */
const FAMILY = 3;
/** So large a part of a kind is nearly all of it. */
const NEARLY = 0.9;

const PLURAL: Readonly<Record<string, string>> = {
  datacenter: 'data centers',
  access: 'ways in',
  power: 'power supplies',
  population: 'groups of people',
};
const SINGULAR: Readonly<Record<string, string>> = {
  datacenter: 'data center',
  access: 'way in',
  power: 'power supply',
  population: 'group of people',
};

/** `a`, `a and b`, `a, b and c`. */
export function listed(texts: readonly string[]): string {
  if (texts.length <= 1) return texts[0] ?? 'nothing';
  return `${texts.slice(0, -1).join(', ')} and ${texts.at(-1)}`;
}

/** As people count: pop.2 before pop.10. */
function byCount(a: string, b: string): number {
  const [left, right] = [a.split(/(\d+)/), b.split(/(\d+)/)];
  for (let k = 0; k < Math.min(left.length, right.length); k++) {
    const [x, y] = [left[k] as string, right[k] as string];
    // Every other part is a run of digits.
    const order = k % 2 === 1 ? Number(x) - Number(y) : byName(x, y);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

export class Names {
  /** The pattern of each node's family, `pop.*`; what instances are instances of. */
  private readonly families = new Map<string, string>();
  /** How many there are, by the keys of `groupOf` and `kindOf`, and of each role. */
  private readonly counts = new Map<string, number>();
  private readonly titles = new Map<string, number>();
  /** The title that all of a group have. */
  private readonly shared = new Map<string, string | null>();
  private readonly journeys = new Map<string, string>();

  constructor(private readonly scenario: Scenario) {
    const count = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);
    const nodes = [...scenario.nodes.values()];
    const alike = new Map<string, number>();
    for (const node of nodes) count(alike, patternOf(node));
    for (const node of nodes) {
      const pattern = (alike.get(patternOf(node)) as number) >= FAMILY ? node.name.replace(/\d+/g, '*') : node.name;
      const family = node.group ?? (pattern === node.name ? null : pattern);
      if (family !== null) this.families.set(node.name, family);
    }
    for (const { name, kind, role, place, title } of nodes) {
      const group = this.groupOf(name);
      count(this.counts, group);
      count(this.counts, `kind ${kind}`);
      if (role !== null) count(this.counts, `role ${role} ${kind}`);
      if (title !== null) count(this.titles, title);
      if (title !== null) count(this.titles, JSON.stringify([title, place]));
      this.shared.set(group, (this.shared.get(group) ?? title) === title ? title : null);
    }
    const changes = [...scenario.changes.keys()].filter((name) => !scenario.nodes.has(name));
    for (const name of changes) count(alike, seriesOf(name));
    for (const name of changes) {
      if ((alike.get(seriesOf(name)) as number) >= FAMILY) this.families.set(name, name.replace(/\d+/g, '*'));
      count(this.counts, this.groupOf(name));
      count(this.counts, CHANGES);
    }
    for (const { name, implied } of scenario.links.values()) if (!implied) count(this.counts, this.groupOf(name));
    for (const name of scenario.tasks.keys()) count(this.counts, this.groupOf(name));
    for (const { name, title } of scenario.journeys) if (title !== null) this.journeys.set(name, title);
  }

  /** What a thing is one of: the same for all that were written as one. */
  groupOf(name: string): string {
    const family = this.families.get(name);
    if (family !== undefined) return `family ${family}`;
    if (this.scenario.nodes.has(name)) return `one ${name}`;
    const link = this.scenario.links.get(name);
    if (link) return `links ${link.layer ?? ''}`;
    const at = name.indexOf('@');
    return at < 0 ? `one ${name}` : `tasks ${name.slice(0, at)}`;
  }
  /** What is called alike but for its numbers. */
  seriesOf(name: string): string {
    return name.replace(/\d+/g, '*');
  }
  kindOf(name: string): string {
    const node = this.scenario.nodes.get(name);
    if (node) return `kind ${node.kind}`;
    return this.scenario.changes.has(name) ? CHANGES : this.groupOf(name);
  }

  /** The kind of these nodes when all of them belong to groups that were written apart, else null. */
  kindOfGroups(names: readonly string[]): string | null {
    const kinds = new Set(names.map((name) => (this.isOneOfMany(name) ? this.kindOf(name) : '')));
    const [kind] = kinds;
    return kinds.size === 1 && kind ? kind : null;
  }
  private isOneOfMany(name: string): boolean {
    return !name.includes('@') && this.families.has(name) && (this.counts.get(this.groupOf(name)) ?? 1) > 1;
  }
  /** Whether these are all of several groups that make up their kind, or nearly all. */
  isNearlyAll(names: readonly string[]): boolean {
    return this.kindOfGroups(names) !== null && names.length >= NEARLY * this.sizeOfKind(names[0] as string);
  }
  private sizeOfKind(name: string): number {
    return this.counts.get(this.kindOf(name)) ?? 1;
  }

  /** One thing, by its title if it has one; titles that several share are told apart by place or name. */
  one(name: string): string {
    const node = this.scenario.nodes.get(name);
    if (!node) return this.journeys.get(name) ?? this.scenario.titles.get(name) ?? name;
    if (node.place !== null && name.includes('@')) {
      return `${node.title ?? name.slice(0, name.indexOf('@'))} at ${this.one(node.place)}`;
    }
    const title = node.title ?? name;
    if ((this.titles.get(title) ?? 1) === 1) return title;
    const isOnlyOneThere = node.place !== null && this.titles.get(JSON.stringify([title, node.place])) === 1;
    return isOnlyOneThere ? `${title} at ${this.one(node.place as string)}` : `${title} (${name})`;
  }
  /** All of one group: by the title they share, else by what was written for them. */
  group(name: string): string {
    return this.shared.get(this.groupOf(name)) ?? this.families.get(name) ?? this.one(name);
  }

  /** Any of those alike, as something that can be out of reach: `any data center`, `any dc.*`, or the one there is. */
  any(name: string): string {
    const group = this.groupOf(name);
    if ((this.counts.get(group) ?? 1) === 1) return this.one(name);
    const kind = this.scenario.nodes.get(name)?.kind ?? '';
    if (this.isAllOf(this.kindOf(name), group)) return `any ${SINGULAR[kind] ?? kind}`;
    const title = this.shared.get(group) ?? null;
    return title === null ? `any ${this.families.get(name)}` : `any ${SINGULAR[kind] ?? kind} (${title})`;
  }

  /**
   * What a set of names is called, when this was asked of all in `asked`; `last`: now it is so of all of them; `known`: the reader
   * has heard of them, and needs no examples.
   */
  phrase(names: readonly string[], asked: readonly string[], last: boolean, known = false): Phrase {
    const [first] = names;
    if (first === undefined || names.length === 1) {
      return { text: first === undefined ? 'nothing' : this.one(first), many: false };
    }
    if (names.length > READ_OUT && names.every((name) => this.scenario.prefixes.has(name))) {
      return this.prefixes(names, known);
    }
    const groups = new Map<string, string[]>();
    for (const name of [...names].sort(byCount)) {
      const list = groups.get(this.groupOf(name));
      if (list) list.push(name);
      else groups.set(this.groupOf(name), [name]);
    }
    if (groups.size === 1) return this.alike(names, asked, last);
    const size = this.sizeOfKind(first);
    if (names.length > READ_OUT && names.length === size) {
      return { text: `all ${names.length} ${this.kinds(first)}`, many: true };
    }
    if (names.length > READ_OUT && this.isNearlyAll(names)) {
      return { text: `${names.length} of ${size} ${this.kinds(first)}`, many: true };
    }
    const parts = [...groups].map(([group, part]) => {
      const others = asked.filter((name) => this.groupOf(name) === group);
      // Lists within a list are hard to read.
      return this.alike(part, others, false, 2).text;
    });
    if (parts.length <= READ_OUT) return { text: listed(parts), many: true };
    const rest = names.length - EXAMPLES;
    const examples = [...groups.values()].slice(0, EXAMPLES).map(([name]) => this.one(name as string));
    return { text: `${examples.join(', ')} and ${rest} more ${this.kinds(first)}`, many: true };
  }

  /** Names of one group. Of how many is said only where all of the group were asked. */
  private alike(names: readonly string[], asked: readonly string[], last: boolean, readOut = READ_OUT): Phrase {
    const first = names[0] as string;
    if (names.length === 1) return { text: this.one(first), many: false };
    const node = this.scenario.nodes.get(first);
    if (node?.place && first.includes('@')) {
      // Like things in many places: the thing is one, its places are many.
      const placesOf = (list: readonly string[]) => list.map((name) => this.scenario.nodes.get(name)?.place as string);
      const at = this.phrase(placesOf(names), placesOf(asked), last).text;
      return { text: `${node.title ?? first.slice(0, first.indexOf('@'))} at ${at}`, many: false };
    }
    const everybody = asked.length === this.counts.get(this.groupOf(first));
    const whole = everybody && names.length === asked.length;
    if (names.length === 2 || (names.length <= readOut && !whole && !(everybody && last))) {
      return { text: listed([...names].sort(byCount).map((name) => this.one(name))), many: true };
    }
    const count = whole
      ? `all ${names.length}`
      : everybody
        ? `${last ? 'the last ' : ''}${names.length} of ${asked.length}`
        : `${names.length}`;
    return { text: `${count} ${this.plural(first)}`, many: true };
  }

  /** What those of a group are called: by role or kind if they are all there are of it, else with what was written for them. */
  private plural(name: string): string {
    const node = this.scenario.nodes.get(name);
    const group = this.groupOf(name);
    const kinds = this.kinds(name);
    if (!node)
      return this.isAllOf(this.kindOf(name), group) ? kinds : `${this.families.get(name) ?? ''} ${kinds}`.trim();
    if (node.role !== null && this.isAllOf(`role ${node.role} ${node.kind}`, group)) return `${node.role} ${kinds}`;
    if (this.isAllOf(this.kindOf(name), group)) return kinds;
    const title = this.shared.get(group) ?? null;
    return title === null ? `${this.families.get(name)} ${kinds}` : `${kinds} (${title})`;
  }
  private kinds(name: string): string {
    const { nodes, links, prefixes, zones, tasks, changes } = this.scenario;
    const kind = nodes.get(name)?.kind;
    if (kind !== undefined) return PLURAL[kind] ?? `${kind}s`;
    const layer = links.get(name)?.layer;
    if (layer !== undefined) return layer === null ? 'links' : `${layer} links`;
    if (prefixes.has(name)) return 'prefixes';
    if (zones.has(name)) return 'names';
    if (tasks.has(name)) return 'tasks';
    return changes.has(name) ? 'changes' : 'things';
  }

  /** Some stand for several. */
  private prefixes(names: readonly string[], known: boolean): Phrase {
    const size = names.reduce((sum, name) => sum + (this.scenario.prefixes.get(name)?.count ?? 1), 0);
    const all = names.length === this.scenario.prefixes.size ? 'all ' : '';
    const examples = [...names]
      .sort(byCount)
      .slice(0, EXAMPLES)
      .map((name) => this.one(name));
    return { text: `${all}${size} prefixes${known ? '' : ` (${examples.join(', ')}, …)`}`, many: true };
  }
  private isAllOf(larger: string, group: string): boolean {
    return this.counts.get(larger) === this.counts.get(group);
  }
}

/** All changes together, as a kind of thing; and those of a series, by what they are all called but for their numbers. */
const CHANGES = 'changes';
const seriesOf = (name: string): string => JSON.stringify([name.replace(/\d+/g, '*'), CHANGES]);

const patternOf = ({ name, kind, group }: Node): string =>
  group === null ? JSON.stringify([name.replace(/\d+/g, '*'), kind]) : JSON.stringify([name]);
