/** Globs: `*` stands for any text, also none. Matching never looks back, whatever the pattern, and says what each star matched. */

export const isGlob = (text: string): boolean => text.includes('*');

/** A matcher that gives what each star matched (the shortest text, from the left), or null. */
export function globMatcher(glob: string): (name: string) => readonly string[] | null {
  const pieces = glob.split('*');
  const first = pieces[0] as string;
  if (pieces.length === 1) return (name) => (glob === name ? [] : null);
  const last = pieces.at(-1) as string;
  const middle = pieces.slice(1, -1);
  const least = first.length + last.length;
  return (name) => {
    if (name.length < least || !name.startsWith(first) || !name.endsWith(last)) return null;
    const stars: string[] = [];
    const end = name.length - last.length;
    let at = first.length;
    for (const piece of middle) {
      const found = name.indexOf(piece, at);
      if (found === -1 || found + piece.length > end) return null;
      stars.push(name.slice(at, found));
      at = found + piece.length;
    }
    stars.push(name.slice(at, end));
    return stars;
  };
}

export const matchGlob = (glob: string, name: string): readonly string[] | null => globMatcher(glob)(name);
