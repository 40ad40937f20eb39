/** Everything a person can ask the page to do, by name: the same for buttons, keys and help. */
import type { Action } from '../state/reduce.ts';

/** What only the page can do: it opens and closes things that are no part of the session. */
export type PageCommand = 'help' | 'legend' | 'search' | 'escape';

export interface Command {
  /** Keys as `KeyboardEvent.key` gives them, `Shift+` before those where it matters. */
  readonly keys: readonly string[];
  readonly says: string;
  readonly action: Action | PageCommand | null;
}

export const COMMANDS: Readonly<Record<string, Command>> = {
  toggle: { keys: [' ', 'k'], says: 'Play or pause', action: { do: 'toggle' } },
  step: { keys: ['ArrowRight'], says: 'One change on', action: { do: 'step', by: 1 } },
  'step-back': { keys: ['ArrowLeft'], says: 'One change back', action: { do: 'step', by: -1 } },
  marker: { keys: ['Shift+ArrowRight'], says: 'To the next caption or checkpoint', action: { do: 'marker', by: 1 } },
  'marker-back': {
    keys: ['Shift+ArrowLeft'],
    says: 'To the caption or checkpoint before',
    action: { do: 'marker', by: -1 },
  },
  near: { keys: ['.'], says: 'Next change of the selected part', action: { do: 'near', by: 1 } },
  'near-back': { keys: [','], says: 'Change before of the selected part', action: { do: 'near', by: -1 } },
  'cause-back': { keys: ['['], says: 'To the cause of the change', action: { do: 'cause', by: -1 } },
  cause: { keys: [']'], says: 'To the first consequence of the change', action: { do: 'cause', by: 1 } },
  start: { keys: ['Home'], says: 'To the start', action: { do: 'part', share: 0 } },
  end: { keys: ['End'], says: 'To the end', action: { do: 'part', share: 1 } },
  part: { keys: [...'0123456789'], says: 'To 0 % … 90 % of the run', action: null },
  slower: { keys: ['-'], says: 'Slower', action: { do: 'pace', by: -1 } },
  faster: { keys: ['+', '='], says: 'Faster', action: { do: 'pace', by: 1 } },
  skip: { keys: ['s'], says: 'Pass over long silences, or not', action: { do: 'skip' } },
  numbers: { keys: ['n'], says: 'All numbers as curves, or those that move most', action: { do: 'numbers' } },
  table: { keys: ['t'], says: 'Table or picture', action: null },
  search: { keys: ['/'], says: 'Find a part by name; Enter and Shift+Enter go through the hits', action: 'search' },
  legend: { keys: ['l'], says: 'What the marks mean', action: 'legend' },
  escape: { keys: ['Escape'], says: 'Clear the selection, then close what is open', action: 'escape' },
  help: { keys: ['?'], says: 'This help', action: 'help' },
};

const NAMES: Readonly<Record<string, string>> = {
  ' ': 'Space',
  ArrowRight: '→',
  ArrowLeft: '←',
  'Shift+ArrowRight': 'Shift →',
  'Shift+ArrowLeft': 'Shift ←',
  Escape: 'Esc',
};

/** How a key is called on a keyboard. */
export const keyName = (key: string): string => NAMES[key] ?? key;

/** The command of a key; null where the key means nothing here. */
export function commandOf(key: string, shift: boolean): string | null {
  const wanted = shift && key.startsWith('Arrow') ? `Shift+${key}` : key;
  return Object.keys(COMMANDS).find((name) => COMMANDS[name]?.keys.includes(wanted)) ?? null;
}
