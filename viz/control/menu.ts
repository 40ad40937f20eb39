/** The menu of a part: by right click, by Shift+F10 or the menu key on it, or by the button in its panel. */
import { attribute, byId, show, write } from '../draw/dom.ts';
import { drawMenu, placeMenu } from '../draw/menu.ts';
import { type ItemId, type Menu, menuOf, menuOfMany, placeOf } from '../frame/menu.ts';
import type { Address } from './address.ts';
import type { Stage } from './stage.ts';

/** A sentence that nobody needs to answer stays so long. */
const STAYS = 4000;

const PARTS = '[data-thing], [data-fold], [data-lane], .node-head';
const OPENS = '.node-menu';

/** Does it when so many frames are drawn. */
function after(frames: number, act: () => void): void {
  if (frames === 0) act();
  else requestAnimationFrame(() => after(frames - 1, act));
}

/** The part, or the many drawn as one, that an element is about. */
interface Target {
  readonly thing: string | null;
  /** Id of the card of many. */
  readonly many: string | null;
}

export function startMenu(stage: Stage, links: Address['links'], isFile: () => boolean): void {
  const box = byId('part-menu');
  const list = byId('part-menu-items');
  let menu: Menu | null = null;
  let target: Target = { thing: null, many: null };
  let before: Element | null = null;
  let timer: number | undefined;

  const items = (): HTMLElement[] => [...list.querySelectorAll<HTMLElement>('[role=menuitem]')];
  const isOpen = (): boolean => box.matches(':popover-open');
  const expand = (open: boolean): void => {
    for (const button of document.querySelectorAll(OPENS)) attribute(button, 'aria-expanded', String(open));
  };
  /** `back`: the focus returns to where it was. */
  const close = (back: boolean): void => {
    if (!isOpen()) return;
    box.hidePopover();
    expand(false);
    if (back && before?.isConnected) (before as HTMLElement | SVGElement).focus({ preventScroll: true });
  };
  const targetOf = (element: Element): Target | null => {
    const found = element.closest<HTMLElement | SVGElement>(PARTS);
    if (!found) return null;
    const { thing, lane, fold, card } = found.dataset;
    if (fold !== undefined && card !== undefined) return { thing: null, many: card };
    const id = thing ?? lane ?? (found.matches('.node-head') ? stage.session().selection.thing : null);
    return id !== null && stage.world().things.byId.has(id) ? { thing: id, many: null } : null;
  };
  const made = ({ thing, many }: Target): Menu | null => {
    const world = stage.world();
    const situation = { session: stage.session(), isFile: isFile() };
    const one = world.things.byId.get(thing ?? '');
    if (one) return menuOf(world, one, situation);
    const card = stage.frame().layout.boxes.find((placed) => placed.card.id === many)?.card;
    return card ? menuOfMany(world, card, card.label, situation) : null;
  };
  const open = (of: Target, x: number, y: number): boolean => {
    menu = made(of);
    if (!menu) return false;
    target = of;
    stage.dispatch({ do: 'pause' });
    if (!isOpen()) {
      before = document.activeElement;
      box.showPopover();
    }
    drawMenu(menu, stage.session().keys);
    placeMenu(box, x, y);
    expand(true);
    items()[0]?.focus();
    return true;
  };
  const openAt = (of: Target, anchor: Element): boolean => {
    const { left, bottom } = anchor.getBoundingClientRect();
    return open(of, left, bottom + 2);
  };

  const say = (text: string): void => {
    window.clearTimeout(timer);
    write('toast', text);
    show('toast', true);
    timer = window.setTimeout(() => show('toast', false), STAYS);
  };
  const copy = async (thing: string): Promise<void> => {
    const { moment } = await links(thing);
    try {
      await navigator.clipboard.writeText(moment);
      say('The link is copied: to this part, at this moment.');
    } catch {
      // Not allowed here: the box of links shows it, to be copied by hand.
      stage.perform('share');
    }
  };
  const pick = (thing: string): void => {
    if (stage.session().selection.thing !== thing || stage.session().selection.change !== null)
      stage.dispatch({ do: 'thing', id: thing });
  };
  const acts: Readonly<Record<Exclude<ItemId, 'fold'>, (thing: string) => void>> = {
    about: (thing) => {
      pick(thing);
      stage.dispatch({ do: 'tab', tab: 'node' });
    },
    why: () => {
      if (menu && menu.row >= 0) stage.dispatch({ do: 'change', row: menu.row });
      stage.dispatch({ do: 'tab', tab: 'causes' });
    },
    causes: (thing) => {
      pick(thing);
      stage.dispatch({ do: 'tab', tab: 'causes' });
    },
    fit: (thing) => {
      pick(thing);
      stage.perform('fit');
    },
    timeline: (thing) => {
      pick(thing);
      // The lane of what is selected is drawn with the next frame.
      after(2, () =>
        document.querySelector(`#lanes [data-lane="${CSS.escape(thing)}"]`)?.scrollIntoView({ block: 'nearest' }),
      );
    },
    picture: (thing) => {
      pick(thing);
      stage.dispatch({ do: 'view', view: 'picture' });
      after(2, () => stage.perform('fit'));
    },
    map: (thing) => {
      pick(thing);
      stage.dispatch({ do: 'view', view: 'map' });
      // The map is drawn when it is known how large it is.
      after(3, () => stage.perform('map-fit'));
    },
    pin: (thing) => stage.dispatch({ do: 'pin', id: thing }),
    fail: (thing) => {
      pick(thing);
      stage.perform('fail');
    },
    link: (thing) => void copy(thing),
  };
  const perform = (item: HTMLElement): void => {
    if (item.getAttribute('aria-disabled') === 'true') return;
    const id = item.dataset.choice as ItemId;
    const { thing, many } = target;
    close(true);
    if (id === 'fold') {
      const fold = stage.frame().layout.boxes.find((placed) => placed.card.id === many)?.card.fold;
      if (fold) stage.dispatch({ do: 'fold', group: fold });
    } else if (thing !== null) acts[id](thing);
  };

  document.addEventListener('contextmenu', (event) => {
    const element = event.target as Element;
    if (box.contains(element)) return event.preventDefault();
    const of = targetOf(element);
    if (of && open(of, event.clientX, event.clientY)) event.preventDefault();
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'ContextMenu' && !(event.key === 'F10' && event.shiftKey)) return;
    const element = event.target as Element;
    if (document.querySelector('dialog[open]') || element.matches('input, textarea, select')) return;
    if (box.contains(element)) return event.preventDefault();
    const of = targetOf(element);
    if (of && openAt(of, element)) event.preventDefault();
  });
  list.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const all = items();
    const item = (event.target as Element).closest<HTMLElement>('[role=menuitem]');
    const at = item ? all.indexOf(item) : -1;
    if (event.key === 'Escape') close(true);
    // Tab goes on from where the menu was opened.
    else if (event.key === 'Tab') return close(true);
    else if ((event.key === 'Enter' || event.key === ' ') && item) perform(item);
    else {
      const next = placeOf(menu?.items ?? [], at, event.key);
      if (next !== null) all[next]?.focus();
    }
    event.preventDefault();
  });
  list.addEventListener('click', (event) => {
    event.stopPropagation();
    const item = (event.target as Element).closest<HTMLElement>('[role=menuitem]');
    if (item) perform(item);
  });
  document.addEventListener('pointerdown', (event) => {
    const element = event.target as Element;
    if (!box.contains(element) && !element.closest(OPENS)) close(false);
  });
  window.addEventListener('resize', () => close(true));
  window.addEventListener('blur', () => close(false));
  stage.onShow(() => close(true));
  stage.on('part-menu', () => {
    if (isOpen()) return close(true);
    const { thing } = stage.session().selection;
    if (thing === null) return;
    const panel = document.querySelector(OPENS);
    const card = document.querySelector(`#picture [data-thing="${CSS.escape(thing)}"]`);
    const anchor = panel?.checkVisibility() ? panel : (card ?? byId('canvas'));
    openAt({ thing, many: null }, anchor);
  });
}
