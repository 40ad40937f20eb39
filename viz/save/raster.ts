/** A standalone SVG as pixels. */

/** Browsers draw no larger canvas than this, in pixels a side. */
const LARGEST = 8192;

export interface Raster {
  readonly canvas: HTMLCanvasElement;
  draw(svg: string, width: number, height: number): Promise<void>;
}

/** The same canvas again and again; `scale` is made smaller where the whole would be too large. */
export function createRaster(width: number, height: number, scale: number): Raster {
  const fit = Math.min(scale, LARGEST / Math.max(width, height, 1));
  const canvas = document.createElement('canvas');
  // Encoders take even sizes only.
  canvas.width = Math.max(2, Math.round((width * fit) / 2) * 2);
  canvas.height = Math.max(2, Math.round((height * fit) / 2) * 2);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('this browser gives no canvas to draw on');
  return {
    canvas,
    async draw(svg, ofWidth, ofHeight) {
      const image = new Image();
      const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
      try {
        image.src = address;
        await image.decode();
        const by = Math.min(canvas.width / ofWidth, canvas.height / ofHeight);
        context.fillStyle = getComputedStyle(document.body).backgroundColor;
        context.fillRect(0, 0, canvas.width, canvas.height);
        context.drawImage(image, 0, 0, ofWidth * by, ofHeight * by);
      } finally {
        URL.revokeObjectURL(address);
      }
    },
  };
}

export async function pngOf(svg: string, width: number, height: number): Promise<Blob> {
  const { canvas, draw } = createRaster(width, height, 2);
  await draw(svg, width, height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the picture is too large'))), 'image/png'),
  );
}
