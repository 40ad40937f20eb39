/** Links to what is shown: to this run from its start, and to this moment of it; with a word when one is longer than people can send. */
import { byId } from '../draw/dom.ts';
import { drawShare, type ShareLink, sayCopied } from '../draw/share.ts';
import type { Stage } from './stage.ts';

/** The parts of an address that are about a moment and how it is looked at. */
const MOMENT = ['t', 'on', 'change', 'check', 'tab', 'view', 'span', 'pin'];

/** The same run, from its start. */
export function withoutMoment(link: string): string {
  const url = new URL(link);
  const parts = url.hash.replace(/^#/, '').split('&');
  const kept = parts.filter((part) => part !== '' && !MOMENT.includes(part.slice(0, part.indexOf('='))));
  url.hash = kept.join('&');
  return url.href;
}

/** For the HTML of another page; `netfall view` lets nobody frame it, so the page must be hosted. */
function frameOf(link: string): string {
  const url = new URL(link);
  url.searchParams.set('embed', '');
  return `<iframe src="${url.href.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}" width="900" height="640" title="A replay"></iframe>`;
}

export function startShare(stage: Stage, link: () => Promise<string>, isFile: () => boolean): void {
  const dialog = byId<HTMLDialogElement>('share-box');
  stage.on('share', () => {
    stage.dispatch({ do: 'pause' });
    void link().then((moment) => {
      const links: readonly ShareLink[] = [
        { id: 'run', says: 'This run', link: withoutMoment(moment) },
        { id: 'moment', says: 'This moment', link: moment },
        { id: 'embed', says: 'This moment in a page that you host', link: frameOf(moment) },
      ];
      drawShare(dialog, isFile() ? [] : links);
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
