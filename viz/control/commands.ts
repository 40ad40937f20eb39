/** Everything a person can ask the page to do, by name: the same for buttons, keys, help and the list of commands. */
import type { Action } from '../state/reduce.ts';

export interface Command {
  /** Keys as `KeyboardEvent.key` gives them, `Shift+` before arrows where it matters; none: by button or by name. */
  readonly keys: readonly string[];
  readonly says: string;
  /** Null: more than one action; the part of the page that does it says so to the stage. */
  readonly action: Action | null;
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
  'zoom-in': { keys: ['x'], says: 'A shorter stretch of the run, around the playhead', action: { do: 'zoom', by: 1 } },
  'zoom-out': { keys: ['c'], says: 'A longer stretch of the run', action: { do: 'zoom', by: -1 } },
  'zoom-all': { keys: ['v'], says: 'All of the run', action: { do: 'span', span: null } },
  wall: {
    keys: ['h'],
    says: 'On the axis the time of day, or what has passed since the start',
    action: { do: 'wall' },
  },
  skip: { keys: ['s'], says: 'Pass over long silences, or not', action: { do: 'skip' } },
  numbers: { keys: ['n'], says: 'All numbers as curves, or those that move most', action: { do: 'numbers' } },
  table: { keys: ['t'], says: 'Table or picture', action: null },
  map: { keys: ['g'], says: 'Map or picture', action: null },
  'map-in': { keys: [], says: 'Enlarge the map', action: null },
  'map-out': { keys: [], says: 'Reduce the map', action: null },
  'map-all': { keys: [], says: 'The whole world', action: null },
  story: { keys: [], says: 'Story: the run in sentences', action: { do: 'tab', tab: 'story' } },
  causes: {
    keys: [],
    says: 'Causes: what led to the change, and what it led to',
    action: { do: 'tab', tab: 'causes' },
  },
  node: { keys: [], says: 'Node: all about the selected part', action: { do: 'tab', tab: 'node' } },
  score: { keys: [], says: 'Score: what it cost, and which checkpoints held', action: { do: 'tab', tab: 'score' } },
  'what-if': { keys: ['w'], says: 'What if: variants and numbers to change', action: { do: 'tab', tab: 'what-if' } },
  fork: { keys: ['b'], says: 'Branch here: change something at this moment', action: null },
  fail: { keys: [], says: 'What if the selected part failed now', action: null },
  compare: { keys: ['d'], says: 'Compare with another run; then mark what differs, or not', action: null },
  contrast: { keys: [], says: 'Mark what differs from the run compared with, or not', action: { do: 'contrast' } },
  restart: { keys: ['a'], says: 'To where this branch begins', action: null },
  base: { keys: ['z'], says: 'Back to the base; the branches stay', action: null },
  pin: { keys: ['p'], says: 'Keep the lane of the selected part, or not', action: null },
  'part-menu': { keys: [], says: 'What can be done with the selected part', action: null },
  repeat: { keys: ['r'], says: 'The last change once more', action: null },
  fit: { keys: ['f'], says: 'Bring the selected part into view', action: null },
  predict: { keys: ['q'], says: 'Ask what comes next before it comes, or not', action: { do: 'predict' } },
  'until-end': { keys: [], says: 'Play to the end', action: { do: 'until', stop: null } },
  'until-decision': { keys: [], says: 'Play to the next decision', action: { do: 'until', stop: 'decision' } },
  'until-miss': { keys: [], says: 'Play to the next missed checkpoint', action: { do: 'until', stop: 'miss' } },
  'until-silence': { keys: [], says: 'Play to the next silence', action: { do: 'until', stop: 'silence' } },
  tour: { keys: [], says: 'The tour: six steps through the page', action: null },
  share: { keys: ['u'], says: 'Links to this run and this moment', action: null },
  export: { keys: ['e'], says: 'Save what is shown: picture, tables, trace, text, clip, scenario', action: null },
  open: { keys: ['o'], says: 'Open a scenario or a trace', action: null },
  search: { keys: ['/'], says: 'Find a part by name; Enter and Shift+Enter go through the hits', action: null },
  legend: { keys: ['l'], says: 'What the marks mean', action: null },
  describe: { keys: ['y'], says: 'Say once more where the run stands', action: null },
  theme: { keys: [], says: 'Light or dark theme', action: null },
  motion: { keys: [], says: 'What moves on the page moves, or jumps', action: { do: 'motion' } },
  keys: { keys: [], says: 'Single keys act, or not', action: { do: 'keys' } },
  commands: { keys: ['Ctrl+Shift+P', ':'], says: 'All commands by name, with what each would change', action: null },
  escape: {
    keys: ['Escape'],
    says: 'Clear the selection, then close what is open, then show all of the run',
    action: null,
  },
  help: { keys: ['?'], says: 'This help', action: null },
};

const NAMES: Readonly<Record<string, string>> = {
  ' ': 'Space',
  ArrowRight: '→',
  ArrowLeft: '←',
  'Shift+ArrowRight': 'Shift →',
  'Shift+ArrowLeft': 'Shift ←',
  Escape: 'Esc',
  'Ctrl+Shift+P': 'Ctrl Shift P',
};

/** How a key is called on a keyboard. */
export const keyName = (key: string): string => NAMES[key] ?? key;

/** The command of a key; null where the key means nothing here. */
export function commandOf(key: string, shift: boolean): string | null {
  const wanted = shift && key.startsWith('Arrow') ? `Shift+${key}` : key;
  return Object.keys(COMMANDS).find((name) => COMMANDS[name]?.keys.includes(wanted)) ?? null;
}
