/** The trace that a page of one file carries within itself: packed by gzip, written in base64, so that nothing in it can end its element. */

/** What the command line writes it into. */
const SELECTOR = 'script#trace[type="application/gzip"]';

/** The text of the trace; null in a page that has none within. */
export async function embeddedTrace(): Promise<string | null> {
  const holder = document.querySelector(SELECTOR);
  if (!holder) return null;
  const packed = Uint8Array.from(atob((holder.textContent ?? '').trim()), (letter) => letter.charCodeAt(0));
  // What was read is not needed again, and may be large.
  holder.remove();
  return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'))).text();
}
