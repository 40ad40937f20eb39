/** Looks up what belongs to the selected thing while its panel is open, and draws it when it is found. */

import { byId } from '../draw/dom.ts';
import { drawLooks } from '../draw/looks.ts';
import { clockText } from '../frame/time.ts';
import { createAsker } from '../look/ask.ts';
import { looksAt, looksNow } from '../look/looks.ts';
import type { Session } from '../state/session.ts';
import type { Stage } from './stage.ts';

/** The answer is for the moment as it is asked for: while the run plays it is as old as the simulator takes to find it. */
export function lookOnDemand(stage: Stage): void {
  const asker = createAsker();
  const panel = byId('panel-node');
  let looks = new Map<string, ReturnType<typeof looksAt>>();
  const update = ({ tab, selection, moment }: Session): void => {
    const { run, boards, things, brief } = stage.world();
    const thing = selection.thing === null ? undefined : things.byId.get(selection.thing);
    if (tab !== 'node' || !thing) return;
    const asked = looks.get(thing.name) ?? looksAt(run, thing.name);
    looks.set(thing.name, asked);
    if (asked.length === 0) return drawLooks(panel, thing.id, null);
    if (run.written === null)
      return drawLooks(panel, thing.id, {
        problem:
          'This trace does not hold all that its scenario was made of. Where that is still there, `netfall route`, `path` and `dig` answer.',
      });
    const { written, variant, seed } = run;
    const at = Math.floor(moment.at);
    const { looks: now, more } = looksNow(run, asked, boards.at(moment.step));
    drawLooks(panel, thing.id, { waits: true });
    asker.ask(
      `${run.variant} ${run.seed} ${thing.id} ${at}`,
      { written, variant, seed, at, brief, looks: now },
      (found) => {
        const clock = clockText(run.epoch, at, brief);
        drawLooks(
          panel,
          thing.id,
          'sheets' in found
            ? { sheets: found.sheets, clock, more }
            : { problem: found.problems[0] ?? 'nothing was found' },
        );
      },
    );
  };
  stage.onShow(() => {
    looks = new Map();
    update(stage.session());
  });
  stage.subscribe((after, before) => {
    if (after.tab === before.tab && after.selection === before.selection && after.moment === before.moment) return;
    update(after);
  });
  update(stage.session());
}
