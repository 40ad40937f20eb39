/** A drawing of the page as an SVG that needs nothing of the page: looks as attributes, fonts within, no scripts, no names. */
import { facesFor } from './fonts.ts';

const SVG = 'http://www.w3.org/2000/svg';

/** What makes the look of a shape, and what each is when nothing is said. */
const LOOKS: Readonly<Record<string, string>> = {
  fill: 'rgb(0, 0, 0)',
  'fill-opacity': '1',
  stroke: 'none',
  'stroke-width': '1px',
  'stroke-opacity': '1',
  'stroke-dasharray': 'none',
  'stroke-linecap': 'butt',
  'stroke-linejoin': 'miter',
  'paint-order': 'normal',
  opacity: '1',
};
const WORDS: Readonly<Record<string, string>> = {
  'font-family': '',
  'font-size': '',
  'font-weight': '400',
  'text-anchor': 'start',
  'letter-spacing': 'normal',
};
/** What elements say of their place and form; all else belongs to the page. */
const KEPT = new Set(
  'x y x1 y1 x2 y2 cx cy r rx ry width height d points transform viewBox preserveAspectRatio dx dy'.split(' '),
);
const DRAWN = new Set([
  'svg',
  'g',
  'rect',
  'circle',
  'ellipse',
  'line',
  'path',
  'polyline',
  'polygon',
  'text',
  'tspan',
  'title',
]);

/** Reads the looks of elements; those that are alike to the style sheets are asked once. */
export function createWriter(): (svg: SVGSVGElement) => Promise<string> {
  const known = new Map<string, Readonly<Record<string, string>> | null>();
  return async (svg) => {
    const copy = copyOf(svg, '', known);
    if (!copy) return '';
    copy.setAttribute('xmlns', SVG);
    const faces = await facesFor(svg.textContent ?? '');
    if (faces !== '') {
      const style = document.createElementNS(SVG, 'style');
      style.textContent = faces;
      copy.prepend(style);
    }
    return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(copy)}\n`;
  };
}

type Known = Map<string, Readonly<Record<string, string>> | null>;

function copyOf(element: Element, above: string, known: Known): Element | null {
  const { localName } = element;
  if (!DRAWN.has(localName)) return null;
  const copy = document.createElementNS(SVG, localName);
  if (localName === 'title') {
    copy.textContent = legal(element.textContent ?? '');
    return copy;
  }
  const own = [
    element.getAttribute('class'),
    element.getAttribute('stroke-width'),
    element.getAttribute('font-size'),
    element.getAttribute('text-anchor'),
    element.getAttribute('visibility'),
  ];
  const path = `${above}/${localName}:${own.join('|')}`;
  let looks = known.get(path);
  if (looks === undefined) {
    looks = looksOf(element);
    known.set(path, looks);
  }
  if (looks === null) return null;
  for (const { name, value } of element.attributes) if (KEPT.has(name)) copy.setAttribute(name, value);
  for (const [name, value] of Object.entries(looks)) copy.setAttribute(name, value);
  for (const node of element.childNodes) {
    if (node.nodeType === Node.TEXT_NODE && (localName === 'text' || localName === 'tspan'))
      copy.append(legal(node.textContent ?? ''));
    else if (node instanceof Element) {
      const inner = copyOf(node, path, known);
      if (inner) copy.append(inner);
    }
  }
  return copy;
}

/** Null: it is not seen. */
function looksOf(element: Element): Readonly<Record<string, string>> | null {
  const style = getComputedStyle(element);
  if (style.display === 'none' || style.visibility === 'hidden') return null;
  const { localName } = element;
  if (localName === 'g' || localName === 'svg') return style.opacity === '1' ? {} : { opacity: style.opacity };
  const asked = localName === 'text' || localName === 'tspan' ? { ...LOOKS, ...WORDS } : LOOKS;
  const looks: Record<string, string> = {};
  for (const [name, usual] of Object.entries(asked)) {
    const value = style.getPropertyValue(name);
    if (value === usual || value === '') continue;
    if (name !== 'fill' && name !== 'stroke') looks[name] = value;
    else {
      const { color, opacity } = paintOf(value);
      looks[name] = color;
      if (opacity < 1) looks[`${name}-opacity`] = String(opacity);
    }
  }
  return looks;
}

/** As `#rrggbb`, which every program reads; browsers also say `color(srgb 0.9 0.8 0.7 / 0.5)`. */
export function paintOf(value: string): { readonly color: string; readonly opacity: number } {
  const numbers = value.match(/-?[\d.]+(e-?\d+)?/g)?.map(Number) ?? [];
  const scale = value.startsWith('rgb') ? 1 : value.startsWith('color(srgb ') ? 255 : 0;
  if (scale === 0 || numbers.length < 3) return { color: value.startsWith('url') ? 'none' : value, opacity: 1 };
  const [red, green, blue, opacity = 1] = numbers as [number, number, number, number?];
  if (opacity === 0) return { color: 'none', opacity: 1 };
  const hex = [red, green, blue].map((part) =>
    Math.round(Math.min(Math.max(part * scale, 0), 255))
      .toString(16)
      .padStart(2, '0'),
  );
  return { color: `#${hex.join('')}`, opacity };
}

/** XML cannot hold these, however they are written. */
const ILLEGAL = /[\p{Cs}\ufffe\uffff]|(?![\t\n\r])\p{Cc}/gu;

export const legal = (text: string): string => text.replace(ILLEGAL, '\ufffd');
