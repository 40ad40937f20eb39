/** Files for the person at the page. */

/** Large texts are put together bit by bit, so that the page can be used meanwhile. */
const PIECE = 1 << 21;

export async function blobOf(pieces: Iterable<string>, type: string): Promise<Blob> {
  const parts: Blob[] = [];
  let part: string[] = [];
  let size = 0;
  for (const piece of pieces) {
    part.push(piece);
    size += piece.length;
    if (size < PIECE) continue;
    parts.push(new Blob(part));
    [part, size] = [[], 0];
    await new Promise((resolve) => setTimeout(resolve));
  }
  return new Blob([...parts, ...part], { type });
}

export function download(name: string, blob: Blob): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser reads it after this.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** `1.4 MB`; powers of ten, as folders show them. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1e6 ? `${(bytes / 1000).toFixed(0)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
