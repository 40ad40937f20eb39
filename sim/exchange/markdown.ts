/** Text in Markdown: nothing in it is taken for markup, ends a cell, or turns the direction of writing. */

const OBEYED = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]+/gu;

/** One line of text, as it is. */
export const inline = (text: string): string =>
  text
    .replace(OBEYED, ' ')
    .replace(/&/g, '&amp;')
    .replace(/[\\|`*_<>[\]#~$!]/g, (character) => `\\${character}`)
    .replace(/^(\s*)([-+]|\d+[.)])(?=\s|$)/, '$1\\$2');

type Cell = string | { readonly strong: string };

const cell = (text: Cell): string => {
  if (typeof text === 'string') return inline(text);
  // Emphasis begins and ends at a letter.
  const inner = inline(text.strong.trim());
  return inner === '' ? '' : `**${inner}**`;
};

export function table(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`.replace(/ {2,}/g, ' ');
  return [line(head), line(head.map(() => ':--')), ...rows.map((row) => line(row.map(cell)))].join('\n');
}
