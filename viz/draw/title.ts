/** Draws what does not change with the moment: title, date, seed, the choice of runs and of speeds. */
import { select } from 'd3';
import { dateText, speedText } from '../frame/time.ts';
import type { World } from '../frame/world.ts';
import { type Listed, usualTrace } from '../load/fetch.ts';
import { byId, show, write } from './dom.ts';

/** A branch is called by its name elsewhere on the page. */
export function drawTitle(
  { run, course, brief }: World,
  list: readonly Listed[],
  warning: string | null,
  branch: boolean,
): void {
  const { scene } = run;
  write('title', scene.title);
  document.title = `${scene.title} · netfall`;
  const isListed = drawChooser(list, scene.title);
  const variant = scene.variants?.find((one) => one.name === run.variant)?.title ?? run.variant;
  write(
    'facts',
    [
      brief ? '' : dateText(run.epoch),
      isListed || branch ? '' : (variant ?? (scene.variants?.length ? 'as it was' : '')),
      `seed ${run.seed}`,
    ]
      .filter(Boolean)
      .join(' · '),
  );
  select(byId<HTMLSelectElement>('speed'))
    .selectAll('option')
    .data(course.speeds)
    .join('option')
    .attr('value', (speed) => speed)
    .text(speedText);
  show('skip', course.gaps.length > 0);
  write('warning', warning ?? '');
  show('warning', warning !== null);
  show('loading', false);
  show('stage', true);
}

/** Runs of this server to choose from, while one of several is shown; whether it is. */
function drawChooser(list: readonly Listed[], title: string): boolean {
  const search = new URLSearchParams(location.search);
  const asked = search.has('scenario') ? null : (search.get('trace') ?? usualTrace(list));
  const absolute = (url: string): string => new URL(url, location.href).href;
  const here = asked === null ? undefined : list.find(({ url }) => absolute(url) === absolute(asked));
  const isListed = here !== undefined && list.length > 1;
  show('chooser-label', isListed);
  select(byId<HTMLSelectElement>('chooser'))
    .selectAll('option')
    .data(list)
    .join('option')
    .attr('value', (one) => one.url)
    .text((one) => (one.title === title ? 'As it was' : one.title || one.name))
    .property('selected', (one) => one === here);
  return isListed;
}
