/** What the person at the page has chosen: the moment, what is selected, how it is shown. Everything else follows from it and the run. */

import type { Answers, Asked } from './asking.ts';
import type { Stop } from './course.ts';
import type { Span } from './span.ts';

/** A moment: the time, and how many changes have happened; inside an instant of many changes these walk one by one. */
export interface Moment {
  readonly at: number;
  readonly step: number;
}

export interface Selection {
  /** A node, zone or prefix, by the page's id for it. */
  readonly thing: string | null;
  /** Row of a change. */
  readonly change: number | null;
  readonly checkpoint: string | null;
}

export const TABS = ['story', 'causes', 'node', 'score', 'what-if', 'compare'] as const;
export type Tab = (typeof TABS)[number];
export const VIEWS = ['picture', 'map', 'table'] as const;
export type View = (typeof VIEWS)[number];

export interface Session {
  readonly moment: Moment;
  readonly playing: boolean;
  /** Where playing stops before the end. */
  readonly until: Stop | null;
  /** Milliseconds of the run to a second of the person's time; 0 is one change a second. */
  readonly speed: number;
  /** Long silences are passed over and drawn as stripes. */
  readonly skip: boolean;
  readonly selection: Selection;
  readonly hover: string | null;
  readonly tab: Tab;
  readonly view: View;
  /** The stretch of the run that the lanes show; null: all of it. */
  readonly span: Span | null;
  /** The axis tells the time of day; else what has passed since the start. */
  readonly wall: boolean;
  /** Things whose lanes stay in the timeline, whatever is selected. */
  readonly pins: readonly string[];
  /** Before the moments that matter the page asks what will come. */
  readonly predict: boolean;
  /** The question that is asked, watched or told at this moment. */
  readonly asked: Asked | null;
  readonly answers: Answers;
  /** The tour is on: it leads, so nothing else asks. */
  readonly touring: boolean;
  /** What moves on the page moves; else it jumps. The system's wish for less motion counts too. */
  readonly motion: boolean;
  /** Where a run is compared with, what differs is marked in the picture and the timeline. */
  readonly contrast: boolean;
  /** All numbers are drawn, not only those that move most. */
  readonly numbers: boolean;
  /** Single keys act; without them only Tab, Enter, Space, Escape and arrows in what has the focus. */
  readonly keys: boolean;
  /** Groups that are not as they are by themselves: folded if large, apart if small. */
  readonly toggled: readonly string[];
  /** The first row of the table that is shown, where it has more than one page; null: those about what is selected. */
  readonly rows: number | null;
}

/** Where each key lives on: in the address, on the device, or as long as the page. A new key without a row does not compile. */
const SCOPE = {
  moment: 'link',
  selection: 'link',
  tab: 'link',
  view: 'link',
  span: 'link',
  pins: 'link',
  predict: 'device',
  motion: 'device',
  skip: 'device',
  keys: 'device',
  wall: 'device',
  contrast: 'page',
  numbers: 'page',
  asked: 'page',
  answers: 'page',
  touring: 'page',
  playing: 'page',
  until: 'page',
  speed: 'page',
  hover: 'page',
  toggled: 'page',
  rows: 'page',
} as const satisfies Record<keyof Session, 'link' | 'device' | 'page'>;

/** What an address holds of a session. */
export type Linked = Pick<
  Session,
  { [Key in keyof Session]: (typeof SCOPE)[Key] extends 'link' ? Key : never }[keyof Session]
>;

export const NOTHING: Selection = { thing: null, change: null, checkpoint: null };

/** What the device remembers of a session. */
export type Kept = Pick<
  Session,
  { [Key in keyof Session]: (typeof SCOPE)[Key] extends 'device' ? Key : never }[keyof Session]
>;

export const USUAL: Kept = { skip: true, keys: true, predict: true, motion: true, wall: true };

export const opening = (speed: number, kept: Kept = USUAL): Session => ({
  moment: { at: 0, step: 0 },
  playing: false,
  until: null,
  speed,
  ...kept,
  selection: NOTHING,
  hover: null,
  tab: 'story',
  view: 'picture',
  span: null,
  pins: [],
  asked: null,
  answers: {},
  touring: false,
  contrast: true,
  numbers: false,
  toggled: [],
  rows: null,
});
