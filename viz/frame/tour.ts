/** The tour: at most six steps on the page as it is, each of which does what it tells of; found for the run at hand. */
import type { Action } from '../state/reduce.ts';
import { asksOf } from './asks.ts';
import { clockText } from './time.ts';
import { losses, recovery } from './turning.ts';
import type { World } from './world.ts';

export interface TourStep {
  readonly title: string;
  readonly text: string;
  /** What on the page it is about: the first of these selectors that is there. */
  readonly at: readonly string[];
  /** Done when the step begins, one after the other. */
  readonly does: readonly Action[];
  /** Then the run plays up to this time. */
  readonly playTo: number | null;
}

/** Groups of up to so many are seen to unfold; larger ones fill the picture. */
const UNFOLDS = 24;

/** A group that stands in the picture as one mark. */
export interface Group {
  readonly id: string;
  readonly label: string;
  readonly count: number;
}

export function tourOf(world: World, groups: readonly Group[]): readonly TourStep[] {
  const { run, turning, brief } = world;
  const clock = (at: number) => clockText(run.epoch, at, brief);
  const asks = new Map(asksOf(world).map((ask) => [ask.id, ask]));
  const [largest] = losses(world);
  const why = asks.get('route') ?? asks.get('door') ?? asks.get('refused') ?? asks.get('began');
  const lost = Math.max(why?.at ?? 0, largest?.at ?? 0);
  const back = recovery(run);
  const fold = unfolding(groups);
  const start: TourStep = {
    title: 'The clock, and what works',
    text: 'The large clock is the time in the run. Beside it stands what still works for people, and how many parts are in which state.',
    at: ['.present'],
    does: [
      { do: 'clear' },
      { do: 'view', view: 'picture' },
      { do: 'tab', tab: 'story' },
      { do: 'span', span: null },
      { do: 'restore', session: { moment: turning.opening } },
    ],
    playTo: null,
  };
  const steps: (TourStep | null)[] = [
    start,
    lost > turning.opening.at
      ? {
          title: 'Play to where it is lost',
          text: `It plays to ${clock(lost)}. Space plays and pauses; → goes on by one change, Shift and → to the next caption.`,
          at: ['#play'],
          does: [],
          playTo: lost,
        }
      : null,
    fold && {
      title: 'Many as one',
      text: `Like parts are folded into one mark, in which each has its shape. A click lays ${fold.label} open, another folds it again.`,
      at: [`#picture [data-fold="${quoted(fold.id)}"]`, '#canvas'],
      does: [{ do: 'fold', group: fold.id }],
      playTo: null,
    },
    why
      ? {
          title: 'Why it came',
          text: 'Any line, mark or part leads to its causes: from what set it off, down to this change, step by step with how long each took. Read it from the top.',
          at: ['#reading'],
          does:
            why.row >= 0
              ? [
                  { do: 'change', row: why.row },
                  { do: 'tab', tab: 'causes' },
                ]
              : [],
          playTo: null,
        }
      : null,
    {
      title: 'The whole run',
      text: 'Drag on the timeline, or use the arrows, Home, End and the digits: any moment is as you left it. A drag under it shows a stretch in detail. Hatched is silence that is passed over.',
      at: ['#strip'],
      does: [
        { do: 'clear' },
        { do: 'tab', tab: 'story' },
        { do: 'seek', at: back ? run.changes.at[back.first]! : run.length / 2 },
      ],
      playTo: null,
    },
    {
      title: 'What if',
      text: 'Here the run is made anew with something changed: a variant, a number, another seed, or a change at this moment. Then two runs can be compared.',
      at: ['#tab-what-if'],
      does: [{ do: 'tab', tab: 'what-if' }],
      playTo: null,
    },
  ];
  return steps.filter((step) => step !== null);
}

/** Quotes and backslashes would end the text of a selector. */
const quoted = (text: string): string => text.replace(/["\\]/g, '\\$&');

/** The group to lay open: the largest that is seen to unfold, else the smallest there is. */
function unfolding(groups: readonly Group[]): Group | null {
  const bySize = [...groups].sort((a, b) => b.count - a.count);
  return bySize.find(({ count }) => count <= UNFOLDS) ?? bySize[bySize.length - 1] ?? null;
}
