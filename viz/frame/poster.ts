/** A picture that stands by itself: title, clock, what works, states and lines with their words, and where it comes from. */
import type { Frame } from './frame.ts';
import { textWidth } from './text.ts';
import { dateText } from './time.ts';
import { STATE_SHORT, type State } from './words.ts';
import type { World } from './world.ts';

/** What a poster shows below its head. */
export const BODIES = ['picture', 'timeline', 'both'] as const;
export type Body = (typeof BODIES)[number] | 'map';

export interface TextMark {
  readonly className: string;
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

/** A shape or a line, and the words beside it. */
export interface KeyMark {
  readonly x: number;
  readonly y: number;
  readonly state: State | null;
  /** How a line looks; null for the shape of a state. */
  readonly line: string | null;
  readonly text: string;
}

export interface Poster {
  readonly width: number;
  readonly height: number;
  readonly texts: readonly TextMark[];
  readonly keys: readonly KeyMark[];
  /** Where the parts stand, by their upper edge; null for those that are not shown. */
  readonly picture: number | null;
  readonly strip: number;
  readonly lanes: number | null;
}

export interface Room {
  readonly width: number;
  /** Heights of the picture or map, of the strip, and of an axis above the lanes; pixels. */
  readonly picture: number;
  readonly strip: number;
  readonly axis: number;
}

type Lines = readonly (readonly [look: string, means: string])[];

const SIDE = 18;
const TITLE = 17;
const SMALL = 12;
const CLOCK = 34;
const LINE = 18;

/** Words in as many lines as they need. */
function wrapped(text: string, size: number, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = lines.length === 0 ? word : `${lines[lines.length - 1]} ${word}`;
    if (lines.length > 0 && textWidth(longer, size) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** `lines`: what the lines of the picture mean, by how they look. What is `steady` has the same places at all moments. */
export function posterOf({ run }: World, frame: Frame, body: Body, room: Room, lines: Lines, steady: boolean): Poster {
  const { width } = room;
  const inner = width - SIDE * 2;
  const texts: TextMark[] = [];
  let y = 14;
  const write = (className: string, text: string, size: number, height: number, x = SIDE): void => {
    for (const line of wrapped(text, size, width - x - SIDE)) {
      y += height;
      texts.push({ className, x, y, text: line });
    }
  };
  write('poster-title', run.scene.title, TITLE, 20);
  const variant = run.scene.variants?.find((one) => one.name === run.variant)?.title ?? run.variant;
  const about = [dateText(run.epoch), variant === null ? 'as it was' : `what if: ${variant}`, `seed ${run.seed}`];
  write('poster-small', about.join(' · '), SMALL, LINE);
  const { now } = frame;
  y += 40;
  const clock = `${now.clock.main}${now.clock.rest}`;
  texts.push({ className: 'poster-clock', x: SIDE, y, text: clock });
  const beside = SIDE + textWidth(clock, CLOCK) + 14;
  const zone = [now.zone, now.clock.day, now.elapsed].filter(Boolean).join(' · ');
  const works = `${now.share} ${now.what}`;
  if (beside + Math.max(textWidth(zone, SMALL), textWidth(works, 15)) <= width - SIDE) {
    texts.push({ className: 'poster-small', x: beside, y: y - 18, text: zone });
    texts.push({ className: 'poster-works', x: beside, y, text: works });
  } else {
    write('poster-small', zone, SMALL, LINE);
    write('poster-works', works, 15, 20);
  }
  // Where there is something to tell at other moments, its line keeps its place.
  if (now.counted) write('poster-small', frame.more, SMALL, LINE);
  y += 8;
  const keys: KeyMark[] = [];
  const flow = (items: readonly Omit<KeyMark, 'x' | 'y'>[], lead: number): void => {
    let x = SIDE;
    if (items.length > 0) y += 20;
    for (const item of items) {
      const wide = lead + textWidth(item.text, SMALL) + 16;
      if (x > SIDE && x + wide > SIDE + inner) [x, y] = [SIDE, y + 20];
      keys.push({ ...item, x, y });
      x += wide;
    }
  };
  flow(
    frame.legend
      .filter(({ state, count }) => state !== 'unknown' && (count > 0 || steady))
      .map(({ state, count }) => ({ state, line: null, text: `${count.toLocaleString('en')} ${STATE_SHORT[state]}` })),
    20,
  );
  y += 14;
  const picture = body === 'timeline' ? null : y;
  if (picture !== null) y += room.picture + 6;
  if (picture !== null && body !== 'map')
    flow(
      lines.map(([line, text]) => ({ state: null, line, text })),
      36,
    );
  if (picture !== null) y += 10;
  const strip = y;
  y += room.strip + 4;
  const withLanes = body === 'timeline' || body === 'both';
  // Lanes of a stretch have an axis of their own.
  if (withLanes && frame.timeline.near) y += room.axis;
  const lanes = withLanes ? y : null;
  if (lanes !== null) y += frame.timeline.height + 6;
  write(
    'poster-small',
    `Simulated, not observed: netfall ${run.version}, ${run.scene.id}, seed ${run.seed}`,
    SMALL,
    LINE,
  );
  return { width, height: Math.ceil(y + 12), texts, keys, picture, strip, lanes };
}

/** Which of the lines that can be drawn a picture has: by kind, and by what has become of it. */
export function linesOf(ties: Frame['picture']['ties'], known: Lines, steady: boolean): Lines {
  return known.filter(([look]) => {
    const [, kind, harm] = look.split(' ');
    return ties.some(
      (tie) => tie.kind === kind && (kind === 'place' ? tie.near !== null : steady || tie.harm === (harm ?? null)),
    );
  });
}
