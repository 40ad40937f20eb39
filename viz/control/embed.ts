/** The page within another (`?embed`): no bar, a way to the whole page, and nothing taken from the page around it until it is clicked. */
import { byId, show } from '../draw/dom.ts';

export const isEmbedded = (search: string): boolean => new URLSearchParams(search).has('embed');

/** The same moment of the same run, as a page of its own. */
function fullOf(link: string): string {
  const url = new URL(link);
  url.searchParams.delete('embed');
  return url.href;
}

/** Called before the page is drawn, so that it never has the bar. */
export function startEmbed(): void {
  if (!isEmbedded(location.search)) return;
  document.documentElement.classList.add('embed');
  const full = byId<HTMLAnchorElement>('embed-full');
  show('embed-full', true);
  const aim = (): void => void full.setAttribute('href', fullOf(location.href));
  aim();
  for (const event of ['pointerenter', 'focus', 'pointerdown', 'click']) full.addEventListener(event, aim);
  let clicked = false;
  document.addEventListener('pointerdown', () => {
    clicked = true;
  });
  // Until then a turn of the wheel is for the page around.
  window.addEventListener('wheel', (event) => clicked || event.stopImmediatePropagation(), { capture: true });
}
