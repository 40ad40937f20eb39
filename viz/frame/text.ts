/** How wide a text will be: Inter's own widths, so that it can be laid out before it is drawn. */

/** Hundredths of an em for each letter from space to tilde, at the weight of names; as measured in a browser. */
const WIDTHS =
  '26 31 51 64 65 100 66 32 37 37 53 67 31 46 31 38 65 42 62 63 66 61 64 59 64 64 31 32 67 67 67 54 99 73 66 74 72 60 59 75 74 28 58 70 56 92 76 77 64 77 65 65 65 74 73 103 71 70 65 37 33 37 48 47 34 57 62 58 62 59 35 62 61 26 26 56 26 90 61 61 62 62 40 55 34 61 58 84 56 58 56 45 35 45 67';
const TABLE = WIDTHS.split(' ').map(Number);
/** Anything else: as wide as a wide letter. */
const OTHER = 95;

/** Width in pixels of `text` set in the page's face at `size` pixels. Errs on the wide side: people's fonts differ. */
export function textWidth(text: string, size: number): number {
  let em = 0;
  for (const letter of text) em += TABLE[letter.charCodeAt(0) - 32] ?? OTHER;
  return (em / 100) * size * 1.02;
}

/** The text, or as much of it as fits, with an ellipsis; empty when not even three letters fit. */
export function shorten(text: string, size: number, width: number): string {
  if (textWidth(text, size) <= width) return text;
  let [short, left] = ['', width - textWidth('…', size)];
  // Letter by letter and no farther: names may be as long as somebody likes.
  for (const letter of text) {
    left -= textWidth(letter, size);
    if (left < 0) break;
    short += letter;
  }
  return short.length < 3 ? '' : `${short.trimEnd()}…`;
}
