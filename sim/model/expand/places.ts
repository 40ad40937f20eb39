/** Which nodes there are, of what kind, and where they stand: braces, refinements and instances, before anything is asked. */

import type { Context } from '../context.ts';
import { didYouMean } from '../nearest.ts';
import type { NodeKind } from '../scenario.ts';
import { aKind, type Dict, entryOf, type Origin, shorten, type Tree, under } from '../tree.ts';
import { byName } from '../units.ts';
import { type Base, makeBases, makes } from './bases.ts';
import { refined, refinementsFor, type Written, writtenIn } from './entries.ts';
import { isGlob } from './globs.ts';
import { Section } from './sections.ts';
import type { Texts } from './texts.ts';
import { listOf, textOf } from './values.ts';

/** A node with its entry merged, before its conditions are read. */
export interface Draft {
  readonly name: string;
  readonly kind: NodeKind;
  readonly tree: Dict;
  readonly at: Origin;
  readonly place: string | null;
  readonly group: string | null;
  /** Its own autonomous system, or that of its place; null: none. */
  readonly network: string | null;
}

/** While its network is not known yet. */
type Placed = { -readonly [K in keyof Draft]: Draft[K] };

/** All drafts by name, and the section that selectors look into. */
export function placeNodes(
  context: Context,
  texts: Texts,
  section: Dict | undefined,
  defaults: Tree | undefined,
): { drafts: Map<string, Draft>; nodes: Section } {
  const written = writtenIn(context, texts, section);
  const bases = makeBases(context, texts, written, defaults);
  const places = new Places(context, bases);
  const nodes = new Section('node', context);
  const drafts = new Map<string, Placed>();
  const refining = written.filter((one) => !makes(one) && one.key.includes('@'));
  for (const base of bases.values()) {
    const { stands, many } = places.of(base.name);
    const draft = (name: string, place: string | null, group: string | null): Placed => ({
      name,
      kind: base.kind,
      tree: base.tree,
      at: base.at,
      place,
      group,
      network: null,
    });
    if (many) {
      context.spend('things', stands.length, base.at);
      const names = stands.map((place) => `${base.name}@${place}`);
      names.forEach((name, i) => {
        drafts.set(name, draft(name, stands[i] as string, base.name));
      });
      nodes.addGroup(base.name, names);
    } else {
      drafts.set(base.name, draft(base.name, stands[0] ?? null, base.family));
      nodes.add(base.name);
    }
  }
  refineInstances(context, texts, refining, drafts);
  withNetworks(context, drafts, nodes);
  return { drafts, nodes };
}

function refineInstances(
  context: Context,
  texts: Texts,
  refining: readonly Written[],
  drafts: Map<string, Placed>,
): void {
  if (refining.length === 0) return;
  const names = [...drafts.keys()].filter((name) => name.includes('@'));
  for (const [name, layers] of refinementsFor(context, refining, names, 'instance')) {
    const draft = drafts.get(name) as Placed;
    draft.tree = refined(context, texts, draft.tree, layers, name);
    for (const { written } of layers) {
      const moved = entryOf(written.entry.value, 'in');
      if (moved) context.problem(moved.at, 'an instance stands where it stands', `say it under "${draft.group}"`);
    }
  }
}

/** Where things stand; a place may itself stand in several places, and then means all its instances. */
class Places {
  private readonly context: Context;
  private readonly bases: ReadonlyMap<string, Base>;
  private readonly known = new Map<string, { stands: readonly string[]; many: boolean }>();
  private readonly open: string[] = [];
  private readonly section: Section;

  constructor(context: Context, bases: ReadonlyMap<string, Base>) {
    this.context = context;
    this.bases = bases;
    this.section = new Section('node', context);
    for (const name of bases.keys()) this.section.add(name);
  }

  of(name: string): { stands: readonly string[]; many: boolean } {
    const known = this.known.get(name);
    if (known) return known;
    const base = this.bases.get(name) as Base;
    const written = under(base.tree, 'in');
    const nowhere = { stands: [], many: false };
    if (!written) return nowhere;
    if (this.open.includes(name) || this.open.length > 50) {
      const circle = [...this.open.slice(this.open.indexOf(name)), name];
      this.context.problem(
        written.at,
        this.open.includes(name)
          ? `a place stands in itself: ${shorten(circle.join(' in '))}`
          : 'places stand in each other more than 50 deep',
      );
      return nowhere;
    }
    this.open.push(name);
    const found = this.read(listOf(written));
    this.open.pop();
    this.known.set(name, found);
    return found;
  }

  private read(written: readonly Tree[]): { stands: readonly string[]; many: boolean } {
    const stands = new Set<string>();
    let many = written.length > 1;
    for (const item of written) {
      const text = textOf(item);
      if (text === null || (item.is === 'leaf' && item.broken)) continue;
      const at = text.indexOf('@');
      const bases = this.section.matching(at === -1 ? text : text.slice(0, at), item.at);
      if (isGlob(text) || text.includes('{')) many = true;
      this.context.spend('work', bases.length, item.at);
      const before = stands.size;
      for (const base of bases) {
        const place = this.of(base);
        if (!place.many) {
          if (at === -1) stands.add(base);
          continue;
        }
        many = true;
        this.context.spend('work', place.stands.length, item.at);
        const names = place.stands.map((one) => `${base}@${one}`);
        for (const name of at === -1 ? names : Section.filter(names, text)) stands.add(name);
      }
      if (stands.size === before)
        this.context.problem(item.at, `there is no place "${shorten(text)}"`, didYouMean(text, this.bases.keys()));
    }
    return { stands: [...stands].sort(byName), many };
  }
}

/** Each node's network: its own word, or that of the place around it. */
function withNetworks(context: Context, drafts: Map<string, Placed>, nodes: Section): void {
  const found = new Map<string, string | null>();
  const networkOf = (name: string): string | null => {
    const known = found.get(name);
    if (known !== undefined) return known;
    found.set(name, null);
    const draft = drafts.get(name) as Draft;
    const written = under(draft.tree, 'network');
    let network: string | null = draft.kind === 'network' ? name : null;
    if (written?.is === 'leaf' && !written.broken) {
      const kind = drafts.get(written.text)?.kind;
      if (kind === 'network') network = written.text;
      else
        context.problem(
          written.at,
          kind ? `${written.text} is ${aKind(kind)}, no network` : `there is no network "${shorten(written.text)}"`,
          kind ? undefined : didYouMean(written.text, nodes.names()),
        );
    } else if (draft.place !== null) network ??= networkOf(draft.place);
    found.set(name, network);
    return network;
  };
  for (const draft of drafts.values()) draft.network = networkOf(draft.name);
}
