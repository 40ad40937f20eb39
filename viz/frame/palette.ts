/** The list of commands: what it holds for what was typed, and in which order. */

export interface Entry {
  readonly id: string;
  readonly says: string;
  /** As they are called on a keyboard; none while single keys are off. */
  readonly keys: readonly string[];
  /** Why it would change nothing now; null when it would change something. */
  readonly why: string | null;
}

const wordsOf = (text: string): readonly string[] => text.toLowerCase().split(/\s+/).filter(Boolean);

/** How well a text answers to words, all of which it must hold: 0 begins with the first of them, 1 has them where words begin, 2 within. */
function rankOf(text: string, words: readonly string[]): number | null {
  if (!words.every((word) => text.includes(word))) return null;
  if (text.startsWith(words[0] as string)) return 0;
  const begun = wordsOf(text.replace(/[^\p{L}\p{N}%]+/gu, ' '));
  return words.every((word) => begun.some((one) => one.startsWith(word))) ? 1 : 2;
}

/** Those that hold all that was typed, the likeliest first; a key by itself finds what it does. */
export function matching(entries: readonly Entry[], query: string): readonly Entry[] {
  const words = wordsOf(query);
  if (words.length === 0) return entries;
  const typed = query.trim();
  const ranked = entries.flatMap((entry) => {
    const rank = entry.keys.includes(typed) ? -1 : rankOf(entry.says.toLowerCase(), words);
    return rank === null ? [] : [{ entry, rank }];
  });
  return ranked.sort((a, b) => a.rank - b.rank).map(({ entry }) => entry);
}

/** The place in the list that an arrow leads to; the list is a ring. */
export function stepIn(count: number, at: number, key: string): number | null {
  if (count === 0) return null;
  if (key === 'ArrowDown') return (at + 1) % count;
  if (key === 'ArrowUp') return (Math.max(at, 0) + count - 1) % count;
  if (key === 'PageDown') return Math.min(at + 8, count - 1);
  if (key === 'PageUp') return Math.max(at - 8, 0);
  return null;
}
