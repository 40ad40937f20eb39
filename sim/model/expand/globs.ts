/** Globs: `*` stands for any text, also none. Matching is linear-ish for any pattern, and says what each star matched. */

export const isGlob = (text: string): boolean => text.includes('*');

/** What each star matched (the shortest text, from the left), or null. */
export function matchGlob(glob: string, name: string): readonly string[] | null {
  const pieces = glob.split('*');
  const first = pieces[0] as string;
  if (pieces.length === 1) return glob === name ? [] : null;
  const last = pieces.at(-1) as string;
  if (name.length < first.length + last.length || !name.startsWith(first) || !name.endsWith(last)) return null;
  const stars: string[] = [];
  const end = name.length - last.length;
  let at = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = name.indexOf(piece, at);
    if (found === -1 || found + piece.length > end) return null;
    stars.push(name.slice(at, found));
    at = found + piece.length;
  }
  if (at > end) return null;
  stars.push(name.slice(at, end));
  return stars;
}
