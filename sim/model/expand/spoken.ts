/** What a document says in one place and asks for in another without declaring it: configuration words, and communities. */
import { didYouMean } from '../nearest.ts';
import { type Tree, under } from '../tree.ts';
import { listOf } from './values.ts';

/** Communities that have a meaning everywhere, by their numbers (RFC 1997, RFC 7999). */
export const NUMBERED: ReadonlyMap<string, string> = new Map([
  ['65535:65281', 'no-export'],
  ['65535:65282', 'no-advertise'],
  ['65535:65283', 'no-export-subconfed'],
  ['65535:666', 'blackhole'],
]);
/** They need not be put on a route by anybody here to be meant. */
export const WELL_KNOWN: readonly string[] = [...NUMBERED.values()];

const entriesOf = (tree: Tree | undefined): readonly Tree[] =>
  tree?.is === 'map' ? [...tree.entries.values()].map(({ value }) => value) : [];

/** Words that somebody says; a text that is not known until it is filled in may be any of them. */
class Words {
  readonly known: Set<string>;
  private open = false;

  constructor(known: readonly string[] = []) {
    this.known = new Set(known);
  }

  add(tree: Tree | undefined): void {
    for (const item of listOf(tree)) {
      if (item.is !== 'leaf' || item.value === null) continue;
      if (item.text.includes('$')) this.open = true;
      else this.known.add(item.text);
    }
  }

  has(word: string): boolean {
    return this.open || this.known.has(word);
  }

  hint(word: string, otherwise: string): string {
    return didYouMean(word, this.known) ?? otherwise;
  }
}

/**
 * Looked for in all that is written, patches of variants included: a variant that takes away who says a word makes what asks for it
 * no mistake.
 */
export class Spoken {
  /** Configuration words that a change or a fault sets, or that are pinned by hand. */
  readonly words = new Words();
  /** Communities that an announcement carries or a policy adds. */
  readonly communities = new Words(WELL_KNOWN);
  /** Communities that some policy asks for. */
  readonly asked = new Words();

  private readonly sections: ReadonlyMap<string, (entry: Tree) => void> = new Map([
    ['faults', (entry) => this.effect(entry)],
    ['changes', (entry) => this.effect(entry)],
    ['forces', (entry) => this.words.add(under(entry, 'set'))],
    ['prefixes', (entry) => this.announcement(entry)],
    ['policies', (entry) => this.policy(entry)],
  ]);

  /** The sections of a document, and of what its variants and claims merge into it. */
  document(root: Tree): void {
    if (root.is !== 'map') return;
    for (const [key, read] of this.sections) for (const entry of entriesOf(under(root, key))) read(entry);
    const patches = [
      ...entriesOf(under(root, 'variants')).map((variant) => under(variant, 'patch')),
      ...entriesOf(under(root, 'checkpoints')).map((claim) => under(claim, 'without')),
    ];
    for (const patch of patches) if (patch) this.document(patch);
  }

  effect(entry: Tree): void {
    this.words.add(under(under(entry, 'effect'), 'set'));
  }

  announcement(entry: Tree): void {
    for (const key of ['communities', 'communities+']) this.communities.add(under(entry, key));
  }

  policy(entry: Tree): void {
    for (const term of entriesOf(entry)) {
      for (const key of ['add', 'add+']) this.communities.add(under(term, key));
      for (const key of ['communities', 'communities+']) this.asked.add(under(term, key));
    }
  }
}
