/** Opening a scenario or a trace: by dialog, or dropped anywhere on the page. Until all of it is there, what is shown stays. */
import { byId, show, write } from '../draw/dom.ts';
import { drawFaults } from '../draw/open.ts';
import { type Opened, openFiles } from '../load/opened.ts';
import type { Parsed } from '../load/parse.ts';
import { Problem } from '../load/problem.ts';
import type { Thread } from '../thread/thread.ts';
import type { Stage } from './stage.ts';

/** `begin` starts the page over with another run. */
export function startOpen(stage: Stage, thread: Thread, begin: (parsed: Parsed) => void): void {
  const dialog = byId<HTMLDialogElement>('open-box');
  const input = byId<HTMLInputElement>('open-file');
  let stop: AbortController | null = null;
  let said = '';

  const open = (): void => {
    stage.dispatch({ do: 'pause' });
    if (!dialog.open) dialog.showModal();
  };
  const done = (opened: Opened): void => {
    if ('faults' in opened) {
      said = opened.faults.map(({ says }) => `${says}\n`).join('');
      write('open-told', '');
      return drawFaults(opened.faults);
    }
    begin(opened);
    write('open-told', '');
    dialog.close();
  };
  const take = async (files: readonly File[]): Promise<void> => {
    if (files.length === 0) return;
    open();
    stop?.abort();
    const mine = new AbortController();
    stop = mine;
    mine.signal.addEventListener('abort', () => thread.stop(), { once: true });
    drawFaults([]);
    write('open-told', `Reading ${files.map(({ name }) => name).join(', ')}…`);
    show('open-stop', true);
    try {
      const tell = ({ changes }: { readonly changes: number }): void =>
        write('open-told', `${changes.toLocaleString('en')} changes were read…`);
      const opened = await openFiles(files, thread, tell, mine.signal);
      if (!mine.signal.aborted) done(opened);
    } catch (error) {
      if (mine.signal.aborted) return;
      write('open-told', error instanceof Problem ? `${error.title}. ${error.message} ${error.hint}` : String(error));
    } finally {
      if (stop === mine) {
        stop = null;
        show('open-stop', false);
        if (mine.signal.aborted) write('open-told', 'Given up: the run that is shown stays.');
      }
      input.value = '';
    }
  };

  stage.on('open', open);
  input.addEventListener('change', () => void take([...(input.files ?? [])]));
  byId('open-stop').addEventListener('click', () => stop?.abort());
  dialog.addEventListener('close', () => stop?.abort());
  byId('open-copy').addEventListener('click', ({ target }) => {
    const button = target as HTMLElement;
    navigator.clipboard.writeText(said).then(
      () => button.replaceChildren('Copied'),
      () => window.getSelection()?.selectAllChildren(byId('open-list')),
    );
  });
  const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;
  document.addEventListener('dragover', (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    show('drop', true);
  });
  document.addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) show('drop', false);
  });
  document.addEventListener('drop', (event) => {
    show('drop', false);
    if (!hasFiles(event)) return;
    event.preventDefault();
    void take([...(event.dataTransfer?.files ?? [])]);
  });
}
