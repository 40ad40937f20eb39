/** Comparing the run that is shown with another: the tab, marks in the picture, ghosts in the timeline. */
import { drawCompare } from '../draw/compare.ts';
import { drawContrast, drawGhosts } from '../draw/contrast.ts';
import { byId } from '../draw/dom.ts';
import { drawTableTags } from '../draw/table-tags.ts';
import { type CompareText, type Comparison, compareText } from '../frame/compare.ts';
import { ghostsOf } from '../frame/ghosts.ts';
import { latest } from '../frame/memo.ts';
import { clockText } from '../frame/time.ts';
import { nameOf } from '../frame/whatif.ts';
import type { Branch, Runs } from '../runs/runs.ts';
import type { Stage } from './stage.ts';
import type { Versus } from './versus.ts';

export function startCompare(stage: Stage, runs: Runs, versus: Versus): void {
  const panel = byId('panel-compare');
  const lanes = byId('lanes').querySelector('svg') as SVGSVGElement;
  const picture = byId<SVGSVGElement>('picture');
  const textOf = latest(
    (comparison: Comparison, mine: string, other: string): CompareText => compareText(comparison, [mine, other]),
  );
  const ghosts = latest(ghostsOf);
  const name = (branch: Branch): string => {
    const base = runs.base();
    return base.run ? nameOf(branch.difference, base.difference, base.run) : '';
  };
  const draw = (): void => {
    const session = stage.session();
    const [ours, other] = [stage.world(), versus.other()];
    const { layout, timeline } = stage.frame();
    const marks = session.contrast || session.tab === 'compare' ? versus.now() : null;
    if (session.view === 'table') drawTableTags(byId('table'), versus.tags());
    drawContrast(picture, layout, session.contrast && session.view === 'picture' ? marks : null);
    drawGhosts(lanes, timeline, other && session.contrast ? ghosts(ours, other, timeline) : []);
    if (session.tab !== 'compare') return;
    const [shown, against, comparison] = [runs.shown(), runs.against(), versus.comparison()];
    drawCompare(panel, {
      runs: runs
        .list()
        .filter(({ run, id }) => run && id !== shown.id)
        .map((branch) => ({ id: branch.id, name: name(branch), chosen: branch === against })),
      name: name(shown),
      contrast: session.contrast,
      text: comparison && against ? textOf(comparison, name(shown), name(against)) : null,
      now: marks,
      clock: clockText(ours.run.epoch, session.moment.at, ours.brief),
      ended: other ? clockText(other.run.epoch, other.run.length, other.brief) : '',
    });
  };
  panel.addEventListener('change', ({ target }) => {
    const choice = target as HTMLSelectElement;
    if (choice.name === 'against') runs.compare(choice.value === '' ? null : choice.value);
  });
  panel.addEventListener('click', ({ target }) => {
    const button = (target as Element).closest<HTMLElement>('[data-compare]');
    if (!button) return;
    const { compare: what, at = '0', subject = '' } = button.dataset;
    if (what === 'contrast') stage.dispatch({ do: 'contrast' });
    else if (what === 'swap') {
      const [shown, against] = [runs.shown(), runs.against()];
      if (!against) return;
      runs.show(against.id);
      runs.compare(shown.id);
    } else {
      stage.dispatch({ do: 'seek', at: Number(at) });
      if (stage.world().things.byId.has(subject)) stage.dispatch({ do: 'thing', id: subject });
    }
  });
  stage.on('compare', () => {
    const [shown, base] = [runs.shown(), runs.base()];
    if (runs.against()) {
      stage.dispatch({ do: 'contrast' });
      return;
    }
    const other = shown === base ? runs.list().findLast(({ run, id }) => run && id !== shown.id) : base;
    if (other) runs.compare(other.id);
    if (!stage.session().contrast) stage.dispatch({ do: 'contrast' });
    stage.dispatch({ do: 'tab', tab: 'compare' });
  });
  stage.onDraw(draw);
  runs.subscribe(draw);
  draw();
}
