/** All commands by name, in a list that is narrowed by typing. Those that would change nothing say why. */

import { byId, write } from '../draw/dom.ts';
import { drawPalette } from '../draw/palette.ts';
import { type Entry, matching, stepIn } from '../frame/palette.ts';
import type { Runs } from '../runs/runs.ts';
import { COMMANDS, keyName } from './commands.ts';
import { IDLE, NOT_WRITTEN, type Now } from './idle.ts';
import type { Stage } from './stage.ts';

const TENTHS = '0123456789';
/** It stands for itself. */
const OWN = 'commands';

/** The scenario's own what-ifs. */
function variantsOf({ runs }: Now): readonly Entry[] {
  const run = runs.base().run;
  const shown = runs.shown().difference;
  return (run?.scene.variants ?? []).map(({ name, title }) => ({
    id: `variant ${name}`,
    says: `What if: ${title ?? name}`,
    keys: [],
    why: run?.written ? (shown.variant === name && shown.fork === null ? 'It is shown' : null) : NOT_WRITTEN,
  }));
}

/** One entry a command; where a digit says how far, one a digit; and one a variant. */
export function entriesOf(now: Now): readonly Entry[] {
  const commands = Object.entries(COMMANDS)
    .filter(([id]) => id !== OWN)
    .flatMap(([id, { says, keys }]): readonly Entry[] =>
      id === 'part'
        ? [...TENTHS]
            .slice(1)
            .map((key) => ({ id: `part ${key}`, says: `To ${key}0 % of the run`, keys: [key], why: null }))
        : [{ id, says, keys: keys.map(keyName), why: IDLE[id]?.(now) ?? null }],
    )
    .map((entry) => (now.session.keys || entry.id === 'escape' ? entry : { ...entry, keys: [] }));
  return [...commands, ...variantsOf(now)];
}

export function startPalette(stage: Stage, runs: Runs): void {
  const dialog = byId<HTMLDialogElement>('command-box');
  const input = byId<HTMLInputElement>('command-query');
  const list = byId('command-list');
  let all: readonly Entry[] = [];
  let found: readonly Entry[] = [];
  let at = -1;

  const draw = (): void => drawPalette(found, at);
  const find = (): void => {
    found = matching(all, input.value);
    at = found.length > 0 ? 0 : -1;
    write('command-count', `${found.length} ${found.length === 1 ? 'command' : 'commands'}`);
    draw();
  };
  const open = (): void => {
    if (dialog.open) return;
    // Another dialog is on top: what it is about comes first.
    if (document.querySelector('dialog[open]')) return;
    stage.dispatch({ do: 'pause' });
    all = entriesOf({
      world: stage.world(),
      session: stage.session(),
      runs,
      moreNumbers: stage.frame().moreNumbers,
      legendOpen: !byId('legend-panel').hidden,
    });
    input.value = '';
    dialog.showModal();
    find();
  };
  const perform = (entry: Entry | undefined): void => {
    if (!entry || entry.why !== null) return;
    // First the focus goes back to where it was; then the command may take it elsewhere.
    dialog.close();
    const [command = ''] = entry.id.split(' ');
    const of = entry.id.slice(command.length + 1);
    if (of === '') stage.perform(command);
    else if (command === 'variant') void runVariant(of);
    else stage.dispatch({ do: 'part', share: Number(of) / 10 });
  };
  /** It is shown when it is there, beside what was shown before, unless something else is by then. */
  const runVariant = async (variant: string): Promise<void> => {
    const before = runs.shown();
    stage.dispatch({ do: 'tab', tab: 'what-if' });
    const made = await runs.make({ ...runs.base().difference, variant });
    if (!made.run || runs.shown() !== before) return;
    runs.show(made.id);
    runs.compare(before.id);
  };

  input.addEventListener('input', find);
  input.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    const next = stepIn(found.length, at, event.key);
    if (next !== null) {
      event.preventDefault();
      at = next;
      draw();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      perform(found[at]);
    }
  });
  // The field keeps the focus, whatever is pressed.
  list.addEventListener('pointerdown', (event) => event.preventDefault());
  list.addEventListener('click', ({ target }) => {
    const id = (target as Element).closest<HTMLElement>('[data-command]')?.dataset.command;
    perform(found.find((entry) => entry.id === id));
  });
  dialog.addEventListener('click', ({ target }) => {
    if (target === dialog) dialog.close();
  });
  stage.on('commands', open);
  // Not a single key: it acts wherever somebody is, in a field too.
  document.addEventListener('keydown', (event) => {
    if (!(event.ctrlKey || event.metaKey) || !event.shiftKey || event.altKey || event.key.toLowerCase() !== 'p') return;
    event.preventDefault();
    if (dialog.open) dialog.close();
    else open();
  });
}
