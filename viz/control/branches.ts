/** Runs as rows under the axis, where there are several; a click or Enter shows one. And the ways back: to where it begins, to the base. */
import { drawBranches } from '../draw/branches.ts';
import { attribute, byId, show, write } from '../draw/dom.ts';
import { branchRows, sketchOf } from '../frame/branches.ts';
import { latest } from '../frame/memo.ts';
import type { Scale } from '../frame/scale.ts';
import { nameOf } from '../frame/whatif.ts';
import type { Branch, Runs } from '../runs/runs.ts';
import type { Stage } from './stage.ts';

/** `say`: has something said ahead of where the run stands. */
export function startBranches(stage: Stage, runs: Runs, say: (ahead: string) => void): void {
  const element = byId('branches');
  const rowsOf = latest((list: readonly Branch[], shown: string, against: string | null, scale: Scale) =>
    branchRows(list, shown, against, scale),
  );
  let drawn: ReturnType<typeof branchRows> | null = null;
  const draw = (): void => {
    const list = runs.list();
    const [shown, base] = [runs.shown(), runs.base()];
    show('branches', list.length > 1);
    show('branch', shown !== base);
    const name = shown === base || !base.run ? '' : nameOf(shown.difference, base.difference, base.run);
    write('branch-name', name);
    attribute(byId('branch-name'), 'title', name);
    if (list.length < 2) return;
    const { timeline } = stage.frame();
    const rows = rowsOf(list, shown.id, runs.against()?.id ?? null, timeline.overview.scale);
    if (rows === drawn) return;
    drawBranches(element, rows, timeline);
    drawn = rows;
  };
  element.addEventListener('click', (event) => {
    const id = (event.target as Element).closest<HTMLElement>('[data-branch]')?.dataset.branch;
    if (id !== undefined) runs.show(id);
  });
  stage.on('base', () => runs.show(runs.base().id));
  stage.on('restart', () => stage.dispatch({ do: 'seek', at: runs.shown().difference.fork?.at ?? 0 }));
  /** For the ear: that a run is there, or cannot be, and that another is shown. */
  let told = new Map<string, string>();
  const speak = (): void => {
    const [shown, base] = [runs.shown(), runs.base()];
    const now = new Map(runs.list().map(({ id, state }) => [id, id === shown.id ? 'shown' : state]));
    for (const { id, difference, state, run, problems } of runs.list()) {
      if (now.get(id) === told.get(id) || !base.run) continue;
      const name = nameOf(difference, base.difference, base.run);
      if (now.get(id) === 'shown' && told.size > 0) say(`Shown: ${name}.`);
      else if (told.get(id) === 'waits')
        write(
          'said',
          run
            ? `${name} is there: ${sketchOf(run).outcome}.`
            : state === 'failed'
              ? `${name} cannot be run: ${problems[0] ?? ''}.`
              : '',
        );
    }
    told = now;
  };
  speak();
  runs.subscribe(speak);
  stage.onDraw(draw);
  runs.subscribe(draw);
  draw();
}
