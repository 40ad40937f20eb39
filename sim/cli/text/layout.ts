/** Text in columns: how wide it is, where it breaks, and nothing in it that a terminal would obey. */

/** What a terminal would obey, or what turns the direction of writing. */
const OBEYED = /[\p{Cc}\p{Bidi_Control}]/gu;

/** Without anything that moves a cursor, sets a colour or hides text; a dot stands where it was. */
export const clean = (text: string): string => text.replace(OBEYED, '·');

const NARROW = /^[ -~]*$/;
const ZERO = /^[\p{M}\p{Cf}]$/u;
const WIDE =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]$/u;

/** Columns that a text without colours takes. */
export function widthOf(text: string): number {
  if (NARROW.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += ZERO.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return width;
}

/** The width of the widest; however many there are. */
export const widest = (texts: Iterable<string>): number => {
  let width = 0;
  for (const text of texts) width = Math.max(width, widthOf(text));
  return width;
};

export const padEnd = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - widthOf(text)));

/** Lines no wider than `width`, broken at blanks; a word that is wider stands alone, and is broken only where `hard`. */
export function wrap(text: string, width: number, hard = false): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of clean(text).split(/ +/)) {
    if (line !== '' && widthOf(line) + 1 + widthOf(word) > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
    while (hard && widthOf(line) > width) {
      const [head, rest] = split(line, width);
      lines.push(head);
      line = rest;
    }
  }
  return line === '' && lines.length > 0 ? lines : [...lines, line];
}

/** Where a word may be broken: between two ends of a range, after a slash, and after a dash or a point that is not inside a number or a date. */
const SEAM = /\.\.|\/|[-.](?!\d)|(?<!\d)[-.]/g;
const isClock = (text: string): boolean => /\d:\d/.test(text);

/** The widest moment in a text, with what clings to it: nobody reads half of one. */
export const widestClock = (text: string): number =>
  widest(
    text
      .split(' ')
      .flatMap((word) => (isClock(word) ? pieces(word) : []))
      .filter(isClock),
  );

const pieces = (word: string): string[] => {
  const ends = [...word.matchAll(SEAM)].map((seam) => seam.index + seam[0].length);
  return [...ends, word.length].map((end, k) => word.slice(ends[k - 1] ?? 0, end));
};

/** As much of the text as fits, and the rest; at a seam where there is one. */
function split(text: string, width: number): [head: string, rest: string] {
  const characters = [...text];
  let taken = 0;
  for (let used = 0; taken < characters.length; taken++) {
    used += widthOf(characters[taken] as string);
    if (used > width) break;
  }
  const head = characters.slice(0, Math.max(1, taken)).join('');
  const fits = [...text.matchAll(SEAM)].map((seam) => seam.index + seam[0].length).filter((end) => end <= head.length);
  const seam = Math.max(0, ...fits);
  const end = seam > (isClock(text) ? 0 : head.length / 2) ? seam : head.length;
  return [text.slice(0, end), text.slice(end)];
}

/** A paragraph that hangs beside what is written in front of its first line. */
export function hang(front: string, text: string, width: number): string[] {
  const indent = widthOf(front);
  return wrap(text, Math.max(20, width - indent)).map((line, i) => (i === 0 ? front : ' '.repeat(indent)) + line);
}

/** Prose is not wider than this, however wide the terminal. */
export const textWidth = (columns: number): number => Math.max(40, Math.min(columns, 110));

export const indent = (lines: readonly string[]): string[] => lines.map((line) => (line === '' ? '' : `  ${line}`));
