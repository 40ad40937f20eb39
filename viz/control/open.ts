/** Opening a scenario or a trace: by dialog, by address, from a list, or dropped anywhere on the page. Until all of it is there, what is shown stays. */
import { byId, show, write } from '../draw/dom.ts';
import { drawFaults, drawLacks, drawServed } from '../draw/open.ts';
import { fetchScenarios, hereUrl, type Listed, openAsked } from '../load/fetch.ts';
import { areAwaited, isScenario, isWhole, nameOfPath, openFiles } from '../load/opened.ts';
import type { Parsed } from '../load/parse.ts';
import { Problem } from '../load/problem.ts';
import type { Opened } from '../load/scenario.ts';
import type { Tell } from '../load/stream.ts';
import type { Thread } from '../thread/thread.ts';
import type { Stage } from './stage.ts';

/** What is soon there is shown without a word; of what takes longer it is told that it is under way. */
const SOON = 300;

type Load = (tell: Tell, signal: AbortSignal) => Promise<Opened>;

/** The part of an address that asks for what lies at `url`; what else it says stays. */
export function searchFor(url: string, search: string): string {
  const parts = new URLSearchParams(search);
  parts.delete('trace');
  parts.delete('scenario');
  parts.set(isScenario(url.replace(/[?#].*/s, '')) ? 'scenario' : 'trace', url);
  return `?${parts.toString().replace(/%2F/g, '/')}`;
}

/** `begin` starts the page over with another run; `search` is what an address says of it, null that none can. Returns how to open an address. */
export function startOpen(
  stage: Stage,
  thread: Thread,
  list: readonly Listed[],
  begin: (parsed: Parsed, search: string | null) => void,
): (url: string) => void {
  const dialog = byId<HTMLDialogElement>('open-box');
  const input = byId<HTMLInputElement>('open-file');
  const field = byId<HTMLInputElement>('open-url');
  let stop: AbortController | null = null;
  let said = '';
  /** Files that are there while others of the same scenario are waited for, and the paths of these. */
  let held: { readonly files: readonly File[]; readonly lacks: readonly string[] } | null = null;
  let isListed = false;

  const open = (): void => {
    stage.dispatch({ do: 'pause' });
    if (!dialog.open) dialog.showModal();
    if (isListed) return;
    isListed = true;
    void fetchScenarios(location.href).then((scenarios) => drawServed(list, scenarios));
  };
  const clear = (): void => {
    drawFaults('open', []);
    drawLacks([]);
    write('open-told', '');
  };
  /** What is said stands above what may have been scrolled to. */
  const lead = (): void => {
    open();
    byId('open-body').scrollTop = 0;
  };
  const tell = (problem: string): void => {
    write('open-told', problem);
    lead();
  };
  /** Whether what was opened is shown; else it is told why not. */
  const attempt = async (name: string, load: Load, search: string | null): Promise<Opened | null> => {
    stop?.abort();
    const mine = new AbortController();
    stop = mine;
    mine.signal.addEventListener('abort', () => thread.stop(), { once: true });
    clear();
    write('open-told', `Reading ${name}…`);
    show('open-stop', true);
    const late = window.setTimeout(lead, SOON);
    try {
      const opened = await load(
        ({ changes }) => write('open-told', `${changes.toLocaleString('en')} changes were read…`),
        mine.signal,
      );
      if (mine.signal.aborted) return null;
      write('open-told', '');
      if (!('faults' in opened)) {
        begin(opened, search);
        dialog.close();
        return opened;
      }
      said = opened.faults.map(({ says }) => `${says}\n`).join('');
      drawFaults('open', opened.faults);
      lead();
      return opened;
    } catch (error) {
      if (mine.signal.aborted) return null;
      tell(error instanceof Problem ? `${error.title}. ${error.message} ${error.hint}` : String(error));
      return null;
    } finally {
      window.clearTimeout(late);
      if (stop === mine) {
        stop = null;
        show('open-stop', false);
        if (mine.signal.aborted) write('open-told', dialog.open ? 'Given up: the run that is shown stays.' : '');
      }
    }
  };
  const take = async (dropped: readonly File[]): Promise<void> => {
    if (dropped.length === 0) return;
    const before = held;
    const joins = before !== null && areAwaited(dropped, before.lacks);
    const names = dropped.map(({ name }) => name).join(', ');
    if (before && !joins && !dropped.some(({ name }) => isWhole(name)))
      return tell(`${names} is not what is waited for: ${before.lacks.map(nameOfPath).join(', ')}.`);
    const fresh = new Set(dropped.map(({ name }) => name));
    const files = joins ? [...before.files.filter(({ name }) => !fresh.has(name)), ...dropped] : dropped;
    open();
    const opened = await attempt(names, (progress, signal) => openFiles(files, thread, progress, signal), null);
    if (opened) held = 'lacks' in opened && opened.lacks.length > 0 ? { files, lacks: opened.lacks } : null;
    else held = joins ? before : null;
    drawLacks(held?.lacks.map(nameOfPath) ?? []);
  };
  const go = async (asked: string): Promise<void> => {
    held = null;
    let url: URL;
    try {
      url = hereUrl(asked, location.href);
    } catch (error) {
      clear();
      return tell(error instanceof Problem ? `${error.message} ${error.hint}` : String(error));
    }
    // A link to a run of this page is followed.
    if (url.pathname === location.pathname) return location.assign(url);
    const search = searchFor(asked, location.search);
    const page = new URL(search, location.href).href;
    await attempt(asked, (progress, signal) => openAsked(page, list, thread, progress, signal), search);
  };

  stage.on('open', open);
  input.addEventListener('change', () => {
    const files = [...(input.files ?? [])];
    // The same file may be chosen again, mended.
    input.value = '';
    void take(files);
  });
  byId('open-form').addEventListener('submit', (event) => {
    event.preventDefault();
    if (field.value.trim() === '') field.focus();
    else void go(field.value.trim());
  });
  byId('open-served').addEventListener('click', ({ target }) => {
    const url = (target as Element).closest<HTMLElement>('[data-open]')?.dataset.open;
    if (url !== undefined) void go(url);
  });
  byId('open-stop').addEventListener('click', () => stop?.abort());
  dialog.addEventListener('close', () => {
    stop?.abort();
    // Who closes it waits for nothing more.
    held = null;
    clear();
  });
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
  // A page of one file has nothing beside it, and may ask for nothing.
  show('open-here', import.meta.env.MODE !== 'single');
  return (url) => void go(url);
}
