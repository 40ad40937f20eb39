/** How each thing is, looked at again only where something has changed since the moment that was asked for last. */
import type { Status, StatusOf } from './status.ts';
import type { Things } from './things.ts';
import type { Touch } from './touch.ts';

/** For the boards of one run. */
export function remembered(things: Things, statusOf: StatusOf, touch: Touch): StatusOf {
  const known: (Status | null)[] = things.list.map(() => null);
  let step = -1;
  return (board, thing) => {
    if (board.step !== step) {
      if (step >= 0)
        touch(step, board.step, (index) => {
          known[index] = null;
        });
      step = board.step;
    }
    const status = known[thing.index] ?? statusOf(board, thing);
    known[thing.index] = status;
    return status;
  };
}
