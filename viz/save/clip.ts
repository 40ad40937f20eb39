/** A stretch of the run as a film: drawn picture by picture, by number and not by the clock, and encoded by the browser. */
import type { Raster } from './raster.ts';

export const FILMS = {
  webm: { type: 'video/webm', codecs: ['vp9', 'vp8', 'av1'] },
  mp4: { type: 'video/mp4', codecs: ['avc', 'hevc', 'av1'] },
} as const;
export type Film = keyof typeof FILMS;

export const RATE = 24;
const BITS = 4e6;

/** Which films this browser can make; none where it has no WebCodecs. */
export async function filmsHere(): Promise<readonly Film[]> {
  if (typeof VideoEncoder === 'undefined') return [];
  const { getFirstEncodableVideoCodec } = await import('mediabunny');
  const films: Film[] = [];
  for (const film of Object.keys(FILMS) as Film[])
    if (await getFirstEncodableVideoCodec([...FILMS[film].codecs], { width: 1280, height: 720 })) films.push(film);
  return films;
}

/** `paint` draws picture number `i` on the canvas. Null when `stop` came first. */
export async function makeFilm(
  film: Film,
  { canvas }: Pick<Raster, 'canvas'>,
  pictures: number,
  paint: (i: number) => Promise<void>,
  progress: (done: number) => void,
  stop: AbortSignal,
): Promise<Blob | null> {
  const { BufferTarget, CanvasSource, getFirstEncodableVideoCodec, Mp4OutputFormat, Output, WebMOutputFormat } =
    await import('mediabunny');
  const { width, height } = canvas;
  const codec = await getFirstEncodableVideoCodec([...FILMS[film].codecs], { width, height });
  if (!codec) throw new Error(`this browser cannot encode ${film} of ${width} × ${height}`);
  const target = new BufferTarget();
  const output = new Output({ format: film === 'webm' ? new WebMOutputFormat() : new Mp4OutputFormat(), target });
  const source = new CanvasSource(canvas, { codec, bitrate: BITS, keyFrameInterval: 2 });
  output.addVideoTrack(source, { frameRate: RATE });
  await output.start();
  for (let i = 0; i < pictures; i++) {
    if (stop.aborted) {
      await output.cancel();
      return null;
    }
    await paint(i);
    await source.add(i / RATE, 1 / RATE);
    progress(i + 1);
  }
  await output.finalize();
  return target.buffer ? new Blob([target.buffer], { type: FILMS[film].type }) : null;
}
