/** What there is to save, and in which forms. */
import type { Choice, Offer } from '../draw/save.ts';
import { BODIES, type Body } from '../frame/poster.ts';
import { clockText } from '../frame/time.ts';
import type { World } from '../frame/world.ts';
import type { Session } from '../state/session.ts';
import type { Film } from './clip.ts';
import { GRIDS } from './grids.ts';

const BODY_WORD: Readonly<Record<Body, string>> = {
  picture: 'The picture',
  timeline: 'The timeline',
  both: 'Picture and timeline',
  map: 'The map',
};
const FILM_WORD: Readonly<Record<Film, string>> = { webm: 'WebM', mp4: 'MP4' };

/** Seconds that a clip may last. */
const LASTS = [10, 5, 20, 40, 90];

const NOT_WRITTEN = 'This trace does not hold all that its scenario was made of.';

/** `films`: null while it is not known yet which this browser can make. */
export function offersOf(
  world: World,
  session: Session,
  hasMap: boolean,
  films: readonly Film[] | null,
): readonly Offer[] {
  const { run } = world;
  const written = run.written === null ? NOT_WRITTEN : '';
  const bodies: readonly Body[] = session.view === 'map' && hasMap ? ['map', ...BODIES] : BODIES;
  return [
    {
      id: 'picture',
      title: 'Picture',
      says: 'With title, clock, legend and where it comes from, in the colours of the page.',
      choices: [
        { id: 'save-body', label: 'What of it', options: bodies.map((value) => ({ value, label: BODY_WORD[value] })) },
      ],
      forms: [form('svg', 'SVG', 'Save the picture as SVG'), form('png', 'PNG', 'Save the picture as PNG')],
      not: '',
    },
    {
      id: 'clip',
      title: 'Clip',
      says:
        films === null ? 'Asking what this browser can make…' : 'The picture in motion; long silences pass quickly.',
      choices: [
        { id: 'save-stretch', label: 'From when to when', options: stretches(world, session) },
        {
          id: 'save-lasts',
          label: 'How long the clip lasts',
          options: LASTS.map((seconds) => ({ value: String(seconds), label: `${seconds} s` })),
        },
      ],
      forms: (films ?? []).map((film) => form(film, FILM_WORD[film], `Make a clip as ${FILM_WORD[film]}`)),
      not: films?.length === 0 ? 'This browser cannot encode films (it has no WebCodecs).' : '',
    },
    {
      id: 'table',
      title: 'Table',
      says: 'For a spreadsheet, or a program.',
      choices: [
        {
          id: 'save-grid',
          label: 'Which table',
          options: Object.entries(GRIDS).map(([value, label]) => ({ value, label })),
        },
      ],
      forms: [form('csv', 'CSV', 'Save the table as CSV'), form('json', 'JSON', 'Save the table as JSON')],
      not: '',
    },
    {
      id: 'review',
      title: 'Review',
      says: 'The draft of a review after an incident: summary, impact, timeline with causes, what held, open questions.',
      choices: [],
      forms: [form('md', 'Markdown', 'Save the draft of a review as Markdown')],
      not: written,
    },
    {
      id: 'trace',
      title: 'Trace',
      says: 'For ui.perfetto.dev: what is otherwise than at the start as slices, causes as arrows.',
      choices: [],
      forms: [form('json', 'Perfetto', 'Save the run as a trace for Perfetto')],
      not: '',
    },
    {
      id: 'scenario',
      title: 'Scenario',
      says: 'What is on screen as one file: variant, numbers and branches merged in. It runs as this did.',
      choices: [],
      forms: [form('yaml', 'YAML', 'Save the scenario as YAML')],
      not: written,
    },
  ];
}

const form = (id: string, label: string, title: string) => ({ id, label, title });

function stretches({ run, brief }: World, { span, moment }: Session): readonly Choice[] {
  const clock = (at: number) => clockText(run.epoch, at, brief);
  return [
    ...(span ? [{ value: `${span.from}-${span.to}`, label: `${clock(span.from)} to ${clock(span.to)}` }] : []),
    ...(moment.at > 0 && moment.at < run.length
      ? [{ value: `${moment.at}-${run.length}`, label: `${clock(moment.at)} to the end` }]
      : []),
    { value: `0-${run.length}`, label: 'The whole run' },
  ];
}
