/** Policies: terms in the order they are written, what each matches, sets and decides; shared by all who have one, unless it asks for itself. */
import { didYouMean } from '../nearest.ts';
import {
  LEARNT,
  type Policy,
  type PolicyTerm,
  type RouteMatch,
  type RouteSets,
  VALIDITIES,
} from '../scenario-routing.ts';
import { TERM_KEYS, type TermKeys } from '../schema/routing.ts';
import { type Entry, type Origin, shorten, type Tree } from '../tree.ts';
import { byName } from '../units.ts';
import { communitiesOf } from './communities.ts';
import type { Conditions } from './conditions.ts';
import { type Made, settled } from './entries.ts';
import { checkSource, Fields } from './fields.ts';
import { anyLength, pathsOf, withinOf } from './matches.ts';
import { targets } from './selectors.ts';
import { leafOf, listOf, numberOf, wordOf } from './values.ts';
import { ANYBODY, type Asker, askerOf, NOBODY, watched } from './world.ts';

/** The greatest local preference and multi-exit discriminator (RFC 4271 §4.3). */
const MOST = 4_294_967_295;

const THENS = ['accept', 'reject'] as const;

/** A term before anybody asks for it. */
interface Draft {
  readonly term: PolicyTerm;
  readonly while: Tree | undefined;
  /** It is there at all times, and for every route. */
  readonly always: boolean;
  readonly preference: Origin | null;
}

export class Policies {
  private readonly drafts = new Map<string, readonly Draft[]>();
  /** By name; those whose conditions differ with who asks as `name of node`. */
  private readonly read = new Map<string, Policy>();
  private readonly used = new Set<string>();

  constructor(
    private readonly conditions: Conditions,
    private readonly made: ReadonlyMap<string, Made>,
  ) {}

  /** The policy of this name at an end of the node's sessions; null after a problem. */
  at(tree: Tree, node: string, way: 'imports' | 'exports'): Policy | null {
    const { world } = this.conditions;
    const name = leafOf(world.context, tree, 'the name of a policy')?.text;
    if (name === undefined) return null;
    const made = this.made.get(name);
    if (!made) {
      world.context.problem(tree.at, `there is no policy "${shorten(name)}"`, didYouMean(name, this.made.keys()));
      return null;
    }
    this.used.add(name);
    if (way === 'exports') this.checkExports(made);
    return this.read.get(name) ?? this.read.get(ownName(name, node)) ?? this.build(made, askerOf(world, node), node);
  }

  /** The policy of this name for routes that those hear who are no nodes; null after a problem. */
  forOthers(name: string, at: Origin): Policy | null {
    const made = this.made.get(name);
    if (!made) {
      const hint = didYouMean(name, this.made.keys());
      this.conditions.world.context.problem(at, `there is no policy "${shorten(name)}"`, hint);
      return null;
    }
    this.used.add(name);
    return this.read.get(name) ?? this.build(made, NOBODY, null);
  }

  /** All that were asked for, and the rest too: the mistakes of a policy nobody has are mistakes. */
  all(): Map<string, Policy> {
    for (const made of this.made.values()) if (!this.used.has(made.name)) this.build(made, ANYBODY, null);
    return new Map([...this.read].sort(([a], [b]) => byName(a, b)));
  }

  private build(made: Made, asker: Asker, node: string | null): Policy {
    let looked = false;
    const asks = watched(asker, () => {
      looked = true;
    });
    const policy: Policy = {
      name: made.name,
      terms: this.termsOf(made).map((draft) =>
        draft.while ? { ...draft.term, while: this.conditions.read(draft.while, asks) } : draft.term,
      ),
    };
    this.read.set(looked && node !== null ? ownName(made.name, node) : made.name, policy);
    return policy;
  }

  private termsOf(made: Made): readonly Draft[] {
    const known = this.drafts.get(made.name);
    if (known) return known;
    const { tree } = made;
    const entries = tree.is === 'map' ? [...tree.entries] : [];
    const drafts = entries.map(([name, entry]) => this.term(name, entry));
    const last = drafts.findIndex((draft) => draft.always && draft.term.then !== null);
    const beyond = last === -1 ? undefined : entries[last + 1];
    if (beyond)
      this.conditions.world.context.problem(
        beyond[1].at,
        `this is never asked: "${entries[last]?.[0]}" before it ends with every route`,
        'write it before; what a patch adds stands at the end',
      );
    this.drafts.set(made.name, drafts);
    return drafts;
  }

  private term(name: string, entry: Entry): Draft {
    const { world } = this.conditions;
    const { context } = world;
    const tree = entry.value.is === 'map' ? settled(context, entry.value) : entry.value;
    const term = new Fields<TermKeys>(world, tree, entry.at);
    checkSource(world, term.get('source'));
    // A misspelt key is told of already: what it may have meant is not missed.
    const misspelt = [...term.keys()].some((key) => !TERM_KEYS.includes(key));
    const match = this.match(term);
    const then = term.get('then');
    const sets = term.among('preference', 'med', 'prepend', 'add', 'remove');
    if (!then && sets.length === 0 && !misspelt)
      context.problem(
        entry.at,
        'this term does nothing',
        'let it set preference, med, prepend, add or remove, or say `then`',
      );
    if (sets[0] && then?.is === 'leaf' && then.text === 'reject')
      term.problem(sets[0], `"${sets[0]}" changes a route that is then refused`);
    return {
      term: {
        name,
        while: null,
        match,
        set: this.set(term),
        then: then ? wordOf(context, then, THENS, 'accept') : null,
      },
      while: term.get('while'),
      always: !misspelt && !term.has('while') && Object.values(match).every((part) => part === null),
      preference: term.has('preference') ? term.place('preference') : null,
    };
  }

  private match(term: Fields<TermKeys>): RouteMatch {
    const { world } = term;
    const { context } = world;
    const prefixes = term.get('prefixes');
    for (const key of term.among('prefixes', 'within', 'communities', 'path', 'validity', 'learnt'))
      if (term.get(key)?.is === 'list' && listOf(term.get(key)).length === 0)
        term.problem(key, `"${key}" lists nothing, so that no route is meant`, 'take it out: then every route is');
    const words = <W extends string>(key: 'validity' | 'learnt', known: readonly W[]): readonly W[] | null => {
      const written = term.get(key);
      return written ? listOf(written).map((item) => wordOf(context, item, known, known[0] as W)) : null;
    };
    return {
      prefixes: prefixes ? targets(world, [world.sections.prefixes], prefixes) : null,
      within: withinOf(world, term.get('within')),
      communities: term.has('communities') ? communitiesOf(world, term.get('communities'), true) : null,
      paths: pathsOf(world, term.get('path')),
      length: anyLength(world, term.get('length')),
      validity: words('validity', VALIDITIES),
      learnt: words('learnt', LEARNT),
    };
  }

  private set(term: Fields<TermKeys>): RouteSets {
    const { world } = term;
    const { context } = world;
    const number = (key: 'preference' | 'med'): number | null => {
      const written = term.get(key);
      return written ? numberOf(context, written, 0, { least: 0, most: MOST, whole: true }) : null;
    };
    return {
      preference: number('preference'),
      med: number('med'),
      prepend: numberOf(context, term.get('prepend'), 0, { least: 0, most: 100, whole: true }),
      add: communitiesOf(world, term.get('add'), false),
      remove: communitiesOf(world, term.get('remove'), false),
    };
  }

  /** A preference is one's own: no neighbour is told of it (RFC 4271 §5.1.5). */
  private checkExports(made: Made): void {
    for (const { preference } of this.termsOf(made))
      if (preference)
        this.conditions.world.context.problem(
          preference,
          `"${made.name}" is a policy for exports too, and no other network is told of a preference`,
          'prepend makes a route less liked elsewhere',
        );
  }
}

/** No name holds a blank. */
const ownName = (policy: string, node: string): string => `${policy} of ${node}`;
