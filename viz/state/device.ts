/** What the device remembers between visits: the theme, and what people switch on and off. Works without storage too. */
import { type Kept, USUAL } from './session.ts';

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

const SWITCHES = Object.keys(USUAL) as readonly (keyof Kept)[];

export const recalledSwitches = (): Kept =>
  Object.fromEntries(SWITCHES.map((key) => [key, recall(key) !== 'no'])) as unknown as Kept;

export function rememberSwitches(after: Kept, before: Kept): void {
  for (const key of SWITCHES) if (after[key] !== before[key]) remember(key, after[key] ? 'yes' : 'no');
}
