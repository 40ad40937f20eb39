/** Draws a step of the tour: a note beside what it tells of, which is framed. */
import type { TourStep } from '../frame/tour.ts';
import { child } from './dom.ts';
import { set } from './story.ts';

const APART = 14;
const EDGE = 10;
const AROUND = 3;

export function drawTour(box: HTMLElement, step: TourStep, at: number, count: number): void {
  const head = child<HTMLParagraphElement>(box, 'p', 'tour-count').node()!;
  set(head, `Tour · ${at + 1} of ${count}`);
  const title = child<HTMLHeadingElement>(box, 'h2', 'tour-title').node()!;
  title.id = 'tour-title';
  set(title, step.title);
  set(child(box, 'p', 'tour-text').node()!, step.text);
  const acts = child<HTMLDivElement>(box, 'div', 'tour-acts').node()!;
  const button = (name: string, text: string, className: string): HTMLButtonElement => {
    const one = child<HTMLButtonElement>(acts, 'button', name).node()!;
    one.type = 'button';
    one.classList.add(className);
    one.dataset.tour = name;
    set(one, text);
    return one;
  };
  const last = at === count - 1;
  button('on', last ? 'Done' : 'Next', 'primary');
  button('back', 'Back', 'small').hidden = at === 0;
  const skip = button('skip', 'Leave the tour', 'small');
  skip.title = 'Leave the tour; all is as it was before (Esc)';
  skip.hidden = last;
}

/** Frames what the note tells of, and puts the note beside it: at the side with the most room, wholly on the page. */
export function placeTour(box: HTMLElement, ring: HTMLElement, target: Element | null): void {
  ring.hidden = target === null;
  if (target) {
    const around = target.getBoundingClientRect();
    const left = Math.max(around.left - AROUND, 0);
    Object.assign(ring.style, {
      left: `${left}px`,
      top: `${around.top - AROUND}px`,
      width: `${Math.min(around.right + AROUND, window.innerWidth) - left}px`,
      height: `${around.height + AROUND * 2}px`,
    });
  }
  if (!target || window.innerWidth < 720) {
    box.style.left = '';
    box.style.top = '';
    return;
  }
  const around = target.getBoundingClientRect();
  const { width, height } = box.getBoundingClientRect();
  const [w, h] = [window.innerWidth, window.innerHeight];
  const clamp = (x: number, most: number) => Math.min(Math.max(x, EDGE), Math.max(most - EDGE, EDGE));
  const sides = [
    { room: h - around.bottom - height, left: around.left, top: around.bottom + APART },
    { room: around.top - height, left: around.left, top: around.top - APART - height },
    { room: w - around.right - width, left: around.right + APART, top: around.top },
    { room: around.left - width, left: around.left - APART - width, top: around.top },
  ];
  const best = sides.find(({ room }) => room >= APART + EDGE) ?? sides.reduce((a, b) => (b.room > a.room ? b : a));
  box.style.left = `${clamp(best.left, w - width)}px`;
  box.style.top = `${clamp(best.top, h - height)}px`;
}
