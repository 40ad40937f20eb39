/** The colours of both themes against what they stand on: text 4.5 to 1, shapes and lines that carry meaning 3 to 1. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const css = readFileSync(fileURLToPath(new URL('../../viz/style/tokens.css', import.meta.url)), 'utf8');
const colours = (block: string): Record<string, string> =>
  Object.fromEntries(
    [...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6}|transparent);/g)].map(([, name, value]) => [name, value] as const),
  );
const light = colours(css.slice(0, css.indexOf('@media')));
const dark = { ...light, ...colours(css.slice(css.indexOf(":root[data-theme='dark']"))) };
const byMedia = { ...light, ...colours(css.slice(css.indexOf('@media'), css.indexOf(":root[data-theme='dark']"))) };

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((i) => {
    const c = Number.parseInt(hex.slice(i, i + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

const GROUNDS = ['paper', 'panel', 'trough', 'mark-soft'];
const SHAPES = ['up', 'degraded', 'cut', 'down', 'starting', 'names', 'paths', 'service', 'login', 'line-2'];
/** Too pale for a light ground by themselves: these are drawn with an outline there. */
const OUTLINED = ['degraded', 'starting'];

test.each([
  ['light', light],
  ['dark', dark],
])('%s', (_, theme) => {
  for (const ground of GROUNDS)
    for (const text of ['ink', 'ink-2'])
      expect([text, ground, contrast(theme[text]!, theme[ground]!) >= 4.5]).toEqual([text, ground, true]);
  expect(contrast(theme['on-ink']!, theme.ink!)).toBeGreaterThanOrEqual(4.5);
  for (const ground of ['paper', 'panel'])
    for (const shape of SHAPES) {
      const drawn = OUTLINED.includes(shape) && theme.outline !== 'transparent' ? theme.outline! : theme[shape]!;
      expect([shape, ground, contrast(drawn, theme[ground]!) >= 3]).toEqual([shape, ground, true]);
    }
});

test('the dark theme of the system and the chosen one are the same', () => {
  expect(byMedia).toEqual(dark);
});
