/** Links to what is shown: to this run from its start, and to this moment of it; with a word when one is longer than people can send. */
import { byId } from '../draw/dom.ts';
import { drawShare, type ShareLink, sayCopied } from '../draw/share.ts';
import type { Address } from './address.ts';
import type { Stage } from './stage.ts';

/** For the HTML of another page; `netfall view` lets nobody frame it, so the page must be hosted. */
function frameOf(link: string): string {
  const url = new URL(link);
  url.searchParams.set('embed', '');
  return `<iframe src="${url.href.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}" width="900" height="640" title="A replay"></iframe>`;
}

export function startShare(stage: Stage, links: Address['links'], isFile: () => boolean): void {
  const dialog = byId<HTMLDialogElement>('share-box');
  stage.on('share', () => {
    stage.dispatch({ do: 'pause' });
    void links().then(({ run, moment }) => {
      const told: readonly ShareLink[] = [
        { id: 'run', says: 'This run', link: run },
        { id: 'moment', says: 'This moment', link: moment },
        { id: 'embed', says: 'This moment in a page that you host', link: frameOf(moment) },
      ];
      drawShare(dialog, isFile() ? [] : told);
      if (!dialog.open) dialog.showModal();
    });
  });
  dialog.addEventListener('click', ({ target }) => {
    const button = (target as Element).closest<HTMLElement>('[data-copy]');
    const field = button?.parentElement?.querySelector('input');
    if (!button || !field) return;
    field.select();
    navigator.clipboard.writeText(field.value).then(
      () => sayCopied(button, 'Copied'),
      () => sayCopied(button, 'Selected: press Ctrl+C'),
    );
  });
}
