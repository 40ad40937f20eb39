/** The page's own fonts, as far as a text needs them, to be carried along inside of a picture. */

interface Face {
  readonly family: string;
  readonly weight: string;
  readonly address: string;
  /** First and last code point of each range. */
  readonly ranges: readonly (readonly [number, number])[];
}

let faces: readonly Face[] | null = null;
const written = new Map<string, Promise<string>>();

/** Style rules for the faces that hold a letter of this text; those that cannot be had are left out. */
export async function facesFor(text: string): Promise<string> {
  faces ??= facesOfPage();
  const letters = [...new Set(text)].map((letter) => letter.codePointAt(0) as number);
  const needed = faces.filter(({ ranges }) =>
    letters.some((letter) => ranges.some(([from, to]) => letter >= from && letter <= to)),
  );
  const rules = await Promise.all(
    needed.map((face) => {
      const known = written.get(face.address) ?? ruleOf(face).catch(() => '');
      written.set(face.address, known);
      return known;
    }),
  );
  return rules.join('');
}

function facesOfPage(): readonly Face[] {
  return [...document.styleSheets].flatMap((sheet) =>
    [...sheet.cssRules]
      .filter((rule) => rule instanceof CSSFontFaceRule)
      .flatMap(({ style }): Face[] => {
        const source = /url\("?([^")]+)"?\)/.exec(style.getPropertyValue('src'))?.[1];
        if (!source) return [];
        return [
          {
            family: style.getPropertyValue('font-family'),
            weight: style.getPropertyValue('font-weight'),
            address: new URL(source, sheet.href ?? location.href).href,
            ranges: rangesOf(style.getPropertyValue('unicode-range')),
          },
        ];
      }),
  );
}

/** `U+0-FF, U+131, U+4??`; without one it is for all. */
export function rangesOf(text: string): readonly (readonly [number, number])[] {
  if (text.trim() === '') return [[0, 0x10ffff]];
  return [...text.matchAll(/U\+([0-9a-f?]+)(?:-([0-9a-f]+))?/gi)].map(([, first = '', last]) => [
    Number.parseInt(first.replace(/\?/g, '0'), 16),
    Number.parseInt(last ?? first.replace(/\?/g, 'f'), 16),
  ]);
}

async function ruleOf({ family, weight, address }: Face): Promise<string> {
  const data = address.startsWith('data:') ? address : await asData(address);
  return `@font-face{font-family:${family};font-weight:${weight};src:url(${data}) format("woff2")}`;
}

async function asData(address: string): Promise<string> {
  const bytes = new Uint8Array(await (await fetch(address)).arrayBuffer());
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return `data:font/woff2;base64,${btoa(text)}`;
}
