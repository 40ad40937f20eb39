/** What a document says in one place and asks for in another without declaring it: configuration words, and communities. */
import { didYouMean } from '../nearest.ts';
import { type Tree, under } from '../tree.ts';
import { listOf } from './values.ts';

/** Communities that need not be put on a route by anybody here to be meant (RFC 1997, RFC 7999). */
const WELL_KNOWN = ['no-export', 'blackhole'];

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

  hint(word: string, else_: string): string {
    return didYouMean(word, this.known) ?? else_;
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

  /** Everything below this, whatever it is the patch of. */
  document(tree: Tree | undefined): void {
    if (tree?.is === 'list') for (const item of tree.items) this.document(item);
    if (tree?.is !== 'map') return;
    for (const [key, { value }] of tree.entries) {
      this.section(key, value);
      this.document(value);
    }
  }

  private section(key: string, value: Tree): void {
    const entries = value.is === 'map' ? [...value.entries.values()].map((entry) => entry.value) : [];
    if (key === 'faults' || key === 'changes') for (const entry of entries) this.effect(entry);
    if (key === 'forces') for (const entry of entries) this.words.add(under(entry, 'set'));
    if (key === 'prefixes') for (const entry of entries) this.announcement(entry);
    if (key === 'policies') for (const entry of entries) this.policy(entry);
  }

  effect(entry: Tree): void {
    this.words.add(under(under(entry, 'effect'), 'set'));
  }

  announcement(entry: Tree): void {
    for (const key of ['communities', 'communities+']) this.communities.add(under(entry, key));
  }

  policy(entry: Tree): void {
    if (entry.is !== 'map') return;
    for (const { value: term } of entry.entries.values())
      for (const key of ['add', 'add+']) this.communities.add(under(term, key));
  }
}
