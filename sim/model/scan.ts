/** What can be refused about a text before it is parsed: its size, what it is made of, how deep and how busy it is. */
import type { Problem } from './problems.ts';
import { problemAt, rootOrigin, type Source } from './tree.ts';

/** A scenario in YAML may be this long (in UTF-16 units; a reader of files checks bytes first). */
export const MAX_YAML = 4 * 1024 * 1024;
/** JSON is read by a faster reader, so a generated network may be larger. */
export const MAX_JSON = 64 * 1024 * 1024;
/** Lines, brackets, commas, colons… in YAML: what its parser is slow at, up to 20 microseconds each. */
const MAX_MARKS = 60_000;
/** Nesting that no scenario needs, well below what a stack can hold. */
export const MAX_DEPTH = 64;
const MAX_INDENT = 400;
const MAX_OPEN = 400;

/** The first thing about the text that cannot be: null when it may be parsed as YAML. */
export function scanYaml(text: string, source: Source): Problem | null {
  const refuse = (offset: number, says: string, hint?: string) => problemAt(rootOrigin(source, offset), says, hint);
  const busy = (offset: number) =>
    refuse(
      offset,
      `the file is too busy: more than ${MAX_MARKS} lines, commas and brackets up to here`,
      'describe many like things by braces and globs, or write a generated file as JSON (.json)',
    );
  let marks = 0;
  let open = 0;
  let indent = 0;
  let leading = true;
  let compact = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 0x7d) continue;
    if (code === 10) {
      indent = compact = 0;
      leading = true;
      if (++marks > MAX_MARKS) return busy(i);
      continue;
    }
    if (code < 32 && code !== 9 && code !== 13)
      return refuse(i, `this is no text: it holds the control character ${code}`, 'is it a compressed or binary file?');
    if (leading && (code === 32 || code === 9)) {
      if (++indent > MAX_INDENT) return refuse(i, `a line is indented by more than ${MAX_INDENT} blanks`);
      continue;
    }
    const mark = MARK[code] as number;
    if (mark === 1) marks++;
    else if (mark === 2 && isBlank(text.charCodeAt(i + 1))) {
      // One line can nest by `- - -`, `? ? ?` or `a: b: c:`.
      marks++;
      if (++compact > MAX_OPEN && open === 0)
        return refuse(
          i,
          `a line holds more than ${MAX_OPEN} dashes, question marks or colons`,
          'give each entry a line of its own',
        );
    } else if (mark === 3) {
      marks++;
      if (++open > MAX_OPEN) return refuse(i, `brackets are nested more than ${MAX_OPEN} deep`);
    } else if (mark === 4) {
      marks++;
      if (open > 0) open--;
    }
    leading = leading && mark === 2;
    if (marks > MAX_MARKS) return busy(i);
  }
  return null;
}

/** 1 counts, 2 counts before a blank, 3 opens, 4 closes. */
const MARK = (() => {
  const table = new Uint8Array(128);
  for (const c of ',"\'&*!|>#@`%') table[c.charCodeAt(0)] = 1;
  for (const c of '-?:') table[c.charCodeAt(0)] = 2;
  for (const c of '[{') table[c.charCodeAt(0)] = 3;
  for (const c of ']}') table[c.charCodeAt(0)] = 4;
  return table;
})();

const isBlank = (code: number): boolean =>
  code === 32 || code === 10 || code === 9 || code === 13 || Number.isNaN(code);
