/** What the device remembers between visits: the theme, whether silences are skipped, and whether single keys act. Works without storage too. */

export type Theme = 'light' | 'dark';

function recall(key: string): string | null {
  try {
    return localStorage.getItem(`netfall.${key}`);
  } catch {
    return null; // Storage may be forbidden; then nothing is remembered.
  }
}

function remember(key: string, value: string): void {
  try {
    localStorage.setItem(`netfall.${key}`, value);
  } catch {
    // As above.
  }
}

const asTheme = (text: string | null): Theme | null => (text === 'light' || text === 'dark' ? text : null);

/** The theme the address asks for, else the one chosen last, else none: then the system's holds. */
export const askedTheme = (search: string): Theme | null =>
  asTheme(new URLSearchParams(search).get('theme')) ?? asTheme(recall('theme'));
export const rememberTheme = (theme: Theme): void => remember('theme', theme);
export const recalledSkip = (): boolean => recall('skip') !== 'no';
export const recalledKeys = (): boolean => recall('keys') !== 'no';
export const rememberKeys = (keys: boolean): void => remember('keys', keys ? 'yes' : 'no');
export const rememberSkip = (skip: boolean): void => remember('skip', skip ? 'yes' : 'no');
