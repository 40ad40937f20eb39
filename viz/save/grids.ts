/** What is shown as tables for other programs: the parts at the moment, the story, the score, the people hit, every change. */
import { changesGrid, type Grid } from '../../sim/index.ts';
import type { Frame } from '../frame/frame.ts';
import { tableOf } from '../frame/table.ts';
import { clockText } from '../frame/time.ts';
import type { World } from '../frame/world.ts';
import type { Session } from '../state/session.ts';
import { accountOfRun } from './account.ts';

export const GRIDS = {
  parts: 'Parts as they are now',
  story: 'The story',
  score: 'The score',
  people: 'People hit',
  changes: 'Every change',
} as const;
export type GridName = keyof typeof GRIDS;

/** Whether a grid is about the moment rather than the run. */
export const isOfMoment = (name: GridName): boolean => name === 'parts';

export function gridOf(
  name: GridName,
  world: World,
  { moment, selection }: Pick<Session, 'moment' | 'selection'>,
): Grid {
  switch (name) {
    case 'parts':
      return {
        columns: ['name', 'kind', 'lane', 'state', 'word', 'since', 'because', 'needs', 'needed-by'],
        rows: tableOf(world, world.boards.at(moment.step), selection.thing).map((row) => [
          row.name,
          row.kind,
          row.lane,
          row.state,
          row.word,
          row.since,
          row.because,
          row.needs,
          row.neededBy,
        ]),
      };
    case 'story':
      return storyGrid(world);
    case 'score':
      return {
        columns: ['id', 'says', 'observed', 'accept', 'simulated', 'held', 'fitted', 'not-modelled', 'source'],
        rows: (world.run.end?.checkpoints ?? []).map((one) => [
          one.id,
          one.says,
          one.observed,
          one.accept,
          one.simulated,
          one.held,
          one.fitted,
          one.notModelled ?? null,
          one.source,
        ]),
      };
    case 'people':
      return {
        columns: [
          'population',
          'journey',
          'people',
          'share-lost',
          'user-minutes-lost',
          'worst',
          'first-lost-ms',
          'last-back-ms',
        ],
        rows: (world.run.end?.impact ?? []).map((one) => [
          one.population,
          one.journey,
          one.people,
          one.shareLost,
          one.userMinutesLost,
          one.worst,
          one.firstLost,
          one.lastBack,
        ]),
      };
    case 'changes':
      return changesGrid(accountOfRun(world.run));
  }
}

function storyGrid({ run, story, brief }: World): Grid {
  const clock = (at: number) => clockText(run.epoch, at, brief);
  return {
    columns: ['ms', 'time', 'until', 'kind', 'says', 'times', 'because'],
    rows: Array.from({ length: story.lines.length }, (_, i) => {
      const { from, to, kind, text, rows, tone } = story.lines.at(i)!;
      const tipped = rows[0] === undefined ? -1 : run.changes.tipped[rows[0]]!;
      const what = kind === 'caption' ? 'caption' : tone === 'plain' ? 'change' : tone;
      return [
        from,
        clock(from),
        clock(to),
        what,
        text,
        Math.max(rows.length, 1),
        tipped < 0 ? null : run.changes.says(tipped),
      ];
    }),
  };
}

/** What a table is of, for the head of a JSON file. */
export const aboutGrid = ({ run }: World, name: GridName, frame: Frame): object => ({
  table: GRIDS[name],
  scenario: run.scene.id,
  title: run.scene.title,
  variant: run.variant,
  seed: run.seed,
  start: run.scene.start,
  ...(isOfMoment(name) ? { at: `${frame.now.clock.main}${frame.now.clock.rest}`, zone: frame.now.zone } : {}),
});
