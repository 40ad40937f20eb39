/** Everything a name in a condition may speak of, known before the first condition is read. */

import type { Context } from '../context.ts';
import type { NodeKind } from '../scenario.ts';
import type { Tree } from '../tree.ts';
import type { Ms } from '../units.ts';
import type { Made } from './entries.ts';
import type { Draft } from './places.ts';
import type { Section } from './sections.ts';
import type { Spoken } from './spoken.ts';
import type { Texts } from './texts.ts';

/** People who ask one resolver, or all of a population where resolvers are not told apart. */
export interface Cohort {
  /** Of several resolvers the list, as `stubs.ts` writes it. */
  readonly resolver: string | null;
  readonly share: number;
}

export interface People {
  readonly name: string;
  readonly people: number | null;
  readonly cohorts: readonly Cohort[];
  readonly does: ReadonlySet<string>;
  /** Where else they go while they are troubled, by node. */
  readonly spill: readonly { readonly node: string; readonly share: number }[];
}

export interface World {
  readonly context: Context;
  readonly texts: Texts;
  /** Epoch milliseconds of time zero. */
  readonly start: number;
  readonly run: Ms;
  readonly drafts: ReadonlyMap<string, Draft>;
  readonly sections: {
    readonly nodes: Section;
    readonly links: Section;
    readonly prefixes: Section;
    readonly zones: Section;
    readonly faults: Section;
    readonly changes: Section;
    readonly tasks: Section;
    readonly journeys: Section;
    readonly rates: Section;
  };
  readonly layers: ReadonlySet<string>;
  readonly sites: ReadonlyMap<string, ReadonlySet<string>>;
  /** Ends of sessions; and with the sites that announce something, all that may be a system of its own. */
  readonly ends: ReadonlySet<string>;
  readonly speakers: ReadonlySet<string>;
  /** Address blocks by prefix, as written. */
  readonly blocks: ReadonlyMap<string, string>;
  /** Configuration words and communities that somebody says. */
  readonly spoken: Spoken;
  /** How many like prefixes each stands for. */
  readonly counts: ReadonlyMap<string, number>;
  readonly people: ReadonlyMap<string, People>;
  readonly journeys: ReadonlyMap<string, Made>;
  readonly rates: ReadonlyMap<string, Made>;
  readonly conditions: ReadonlyMap<string, Tree>;
  /** Patterns by the name of the view. */
  readonly views: ReadonlyMap<string, readonly string[]>;
  /** Whether anything takes a name away: else nobody is ever told that there is none. */
  readonly removes: boolean;
  readonly sources: ReadonlySet<string>;
  readonly parameters: ReadonlySet<string>;
  readonly variants: ReadonlySet<string>;
}

/** Who asks: what is left unsaid in a question is filled in from here. */
export interface Asker {
  readonly node: string | null;
  /** Where it stands, for `@here`. */
  readonly here: string | null;
  readonly network: string | null;
  /** The resolver these people ask, in journeys. */
  readonly resolver: string | null;
  /** The population, in journeys. */
  readonly population: string | null;
  /** Nobody knows yet who will ask: what only they could say is no mistake. */
  readonly unknown: boolean;
}

export const NOBODY: Asker = {
  node: null,
  here: null,
  network: null,
  resolver: null,
  population: null,
  unknown: false,
};
export const ANYBODY: Asker = { ...NOBODY, unknown: true };

/** The asker, who reports every look at it: what is read without one is the same for all. */
export function watched(asker: Asker, looked: () => void): Asker {
  const see = <T>(value: T): T => {
    looked();
    return value;
  };
  return {
    get node() {
      return see(asker.node);
    },
    get here() {
      return see(asker.here);
    },
    get network() {
      return see(asker.network);
    },
    get resolver() {
      return see(asker.resolver);
    },
    get population() {
      return see(asker.population);
    },
    get unknown() {
      return see(asker.unknown);
    },
  };
}

/** A node asks from where it stands. */
export function askerOf(world: World, node: string): Asker {
  const draft = world.drafts.get(node);
  return { ...NOBODY, node, here: draft?.place ?? null, network: draft?.network ?? null };
}

/** For a prefix, each site asks, and here is the site itself. */
export const siteAsks = (world: World, site: string): Asker => ({ ...askerOf(world, site), here: site });

export const kindOf = (world: World, name: string): NodeKind | undefined => world.drafts.get(name)?.kind;
