/** Light or dark: as the system has it, until the address or a click says otherwise; the click is remembered. */
import { attribute, byId, icon } from '../draw/dom.ts';
import { askedTheme, rememberTheme, type Theme } from '../state/device.ts';

export function switchTheme(): void {
  const root = document.documentElement;
  const system = window.matchMedia('(prefers-color-scheme: dark)');
  const button = byId('theme');
  const item = byId('theme-switch');
  let chosen: Theme | null = askedTheme(location.search);
  const current = (): Theme => chosen ?? (system.matches ? 'dark' : 'light');
  const apply = (): void => {
    attribute(root, 'data-theme', chosen);
    const other = current() === 'dark' ? 'light' : 'dark';
    icon(button, other);
    attribute(button, 'aria-label', `Change to the ${other} theme`);
    attribute(button, 'title', `Change to the ${other} theme`);
    attribute(item, 'aria-checked', String(current() === 'dark'));
  };
  for (const one of [button, item])
    one.addEventListener('click', () => {
      chosen = current() === 'dark' ? 'light' : 'dark';
      rememberTheme(chosen);
      apply();
    });
  // Only the page around this one may ask, and only for a theme.
  window.addEventListener('message', ({ source, data }: MessageEvent<unknown>) => {
    if (window.parent === window || source !== window.parent) return;
    const theme = (data as { netfall?: { theme?: unknown } } | null)?.netfall?.theme;
    if (theme !== 'light' && theme !== 'dark') return;
    chosen = theme;
    apply();
  });
  system.addEventListener('change', apply);
  apply();
}
