/** How wide a text will be, near enough to lay it out before it is drawn. */

const NARROW = new Set([...'ijltfrI.,:;|!()[] \'"/-']);
const WIDE = new Set([...'mwMWQGO@%&—']);

/** Width in pixels of `text` set in the page's face at `size` pixels; errs on the wide side. */
export function textWidth(text: string, size: number): number {
  let em = 0;
  for (const letter of text)
    em += NARROW.has(letter) ? 0.36 : WIDE.has(letter) ? 0.9 : letter >= 'A' && letter <= 'Z' ? 0.7 : 0.59;
  return em * size;
}

/** The text, or as much of it as fits, with an ellipsis; empty when not even three letters fit. */
export function shorten(text: string, size: number, width: number): string {
  if (textWidth(text, size) <= width) return text;
  let short = text;
  while (short.length > 0 && textWidth(`${short}…`, size) > width) short = short.slice(0, -1);
  return short.length < 3 ? '' : `${short.trimEnd()}…`;
}
