/** Walking with the arrows: through a list, through the tabs, and through the picture along what needs what. */
import type { Frame } from '../frame/frame.ts';
import type { Box } from '../frame/lanes.ts';
import type { Stage } from './stage.ts';

/** Up and down in lists of buttons of which one can be reached with Tab. */
export function walkLists(): void {
  document.addEventListener('keydown', (event) => {
    const item = (event.target as Element).closest<HTMLElement>('[data-item]');
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (!item || by === 0) return;
    const list = item.closest('ol, ul, table');
    const items = [...(list?.querySelectorAll<HTMLElement>('[data-item]') ?? [])];
    const next = items[items.indexOf(item) + by];
    if (!next) return;
    event.preventDefault();
    for (const one of items) one.tabIndex = one === next ? 0 : -1;
    next.focus();
  });
}

export function walkTabs(tablist: Element): void {
  tablist.addEventListener('keydown', (event) => {
    const { key } = event as KeyboardEvent;
    const tabs = [...tablist.querySelectorAll<HTMLElement>('[role=tab]')];
    const at = tabs.indexOf(event.target as HTMLElement);
    const next =
      key === 'ArrowRight'
        ? tabs[(at + 1) % tabs.length]
        : key === 'ArrowLeft'
          ? tabs[(at + tabs.length - 1) % tabs.length]
          : key === 'Home'
            ? tabs[0]
            : key === 'End'
              ? tabs.at(-1)
              : undefined;
    if (at < 0 || !next) return;
    event.preventDefault();
    next.click();
    next.focus();
  });
}

/** The card to go to from `box` by an arrow: along a tie if there is one that way, else to the nearest that way. */
export function nextCard(frame: Pick<Frame, 'layout' | 'bundles'>, box: Box, key: string): Box | undefined {
  const { boxes } = frame.layout;
  const middle = (one: Box): [number, number] => [one.x + one.width / 2, one.y + one.card.height / 2];
  const [x, y] = middle(box);
  const near = (list: readonly Box[]): Box | undefined => {
    const cost = (one: Box) => Math.hypot(middle(one)[0] - x, (middle(one)[1] - y) * 2);
    return list.reduce<Box | undefined>((best, one) => (best && cost(best) <= cost(one) ? best : one), undefined);
  };
  if (key === 'ArrowLeft' || key === 'ArrowRight') {
    const side = key === 'ArrowRight' ? 1 : -1;
    return near(
      boxes.filter((one) => one !== box && Math.abs(middle(one)[1] - y) < 12 && (middle(one)[0] - x) * side > 0),
    );
  }
  const down = key === 'ArrowDown';
  const tied = frame.bundles
    .filter((bundle) => (down ? bundle.from : bundle.to) === box.card)
    .map((bundle) => (down ? bundle.to : bundle.from));
  return (
    near(boxes.filter((one) => tied.includes(one.card))) ??
    near(boxes.filter((one) => (middle(one)[1] - y) * (down ? 1 : -1) > 12))
  );
}

/** One stop for Tab; from there the arrows walk, Enter selects or lays open, Esc leaves. */
export function walkPicture(svg: SVGSVGElement, { session, frame }: Stage): void {
  const cards = () => [...svg.querySelectorAll<SVGGElement>('.card')];
  const boxOf = (element: Element | null) =>
    frame().layout.boxes.find((box) => box.card.id === element?.getAttribute('data-card'));
  /** The card that was opened or closed by key: what is drawn in its place has the focus after it. */
  let opened: string | null = null;
  svg.addEventListener('keydown', (event) => {
    const here = (event.target as Element).closest<SVGGElement>('.card');
    const box = boxOf(here);
    if (!here || !box) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      opened = here.dataset.fold === undefined ? null : (here.dataset.card ?? null);
      here.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    } else if (event.key.startsWith('Arrow') && !event.shiftKey) {
      event.preventDefault();
      const next = nextCard(frame(), box, event.key);
      cards()
        .find((card) => card.getAttribute('data-card') === next?.card.id)
        ?.focus();
    }
  });
  // Not on the drawing itself: Chromium makes one that listens for the focus a stop of its own.
  svg.parentElement?.addEventListener('focusin', ({ target }) => {
    const list = cards();
    if (!list.some((card) => card === target)) return;
    for (const card of list) card.setAttribute('tabindex', card === target ? '0' : '-1');
  });
  /** After each drawing some card must be the one that Tab reaches. */
  const keep = (): void => {
    // While it plays this is asked at every frame: mostly nothing is to be done.
    if (opened === null && svg.querySelector('.card[tabindex="0"]')) return;
    const list = cards();
    const same = opened !== null && list.find((card) => card.dataset.card === opened);
    if (same && !svg.contains(document.activeElement)) {
      opened = null;
      same.focus();
      return;
    }
    if (list.length === 0 || list.some((card) => card.getAttribute('tabindex') === '0')) return;
    (list.find((card) => card.getAttribute('data-card') === session().selection.thing) ?? list[0])?.setAttribute(
      'tabindex',
      '0',
    );
  };
  new MutationObserver(keep).observe(svg, { childList: true, subtree: true });
  keep();
}
