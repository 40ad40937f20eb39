/** Draws what is shown instead of a run that cannot be shown. */
import { Problem } from '../load/problem.ts';
import { show, write } from './dom.ts';
import { drawFaults } from './open.ts';

export function drawProblem(problem: unknown): void {
  const known = problem instanceof Problem;
  write('problem-title', known ? problem.title : 'This page has a fault');
  write('problem-message', known ? problem.message : 'Something went wrong while the run was being read.');
  write(
    'problem-hint',
    known ? problem.hint : `For those who mend it: ${problem instanceof Error ? problem.message : String(problem)}`,
  );
  drawFaults('problem', known ? problem.faults : []);
  show('loading', false);
  show('stage', false);
  for (const element of document.querySelectorAll<HTMLElement>('.segments, .search, .bar > .icon, #chooser-label'))
    element.hidden = true;
  show('problem', true);
}
