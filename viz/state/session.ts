/** What the person at the page has chosen: the moment, what is selected, how it is shown. Everything else follows from it and the run. */

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

export type Tab = 'story' | 'causes' | 'node' | 'score';
export type View = 'picture' | 'table';

export interface Session {
  readonly moment: Moment;
  readonly playing: boolean;
  /** Milliseconds of the run to a second of the person's time; 0 is one change a second. */
  readonly speed: number;
  /** Long silences are passed over and drawn as stripes. */
  readonly skip: boolean;
  readonly selection: Selection;
  readonly hover: string | null;
  readonly tab: Tab;
  readonly view: View;
  /** All numbers are drawn, not only those that move most. */
  readonly numbers: boolean;
  /** Single keys act; without them only Tab, Enter, Space, Escape and arrows in what has the focus. */
  readonly keys: boolean;
  /** Groups that are not as they are by themselves: folded if large, apart if small. */
  readonly toggled: readonly string[];
}

/** Where each key lives on: in the address, on the device, or as long as the page. A new key without a row does not compile. */
const SCOPE = {
  moment: 'link',
  selection: 'link',
  tab: 'link',
  skip: 'device',
  keys: 'device',
  numbers: 'page',
  playing: 'page',
  speed: 'page',
  hover: 'page',
  view: 'page',
  toggled: 'page',
} as const satisfies Record<keyof Session, 'link' | 'device' | 'page'>;

/** What an address holds of a session. */
export type Linked = Pick<
  Session,
  { [Key in keyof Session]: (typeof SCOPE)[Key] extends 'link' ? Key : never }[keyof Session]
>;

export const NOTHING: Selection = { thing: null, change: null, checkpoint: null };

export const opening = (speed: number, skip: boolean, keys = true): Session => ({
  moment: { at: 0, step: 0 },
  playing: false,
  speed,
  skip,
  selection: NOTHING,
  hover: null,
  tab: 'story',
  view: 'picture',
  numbers: false,
  keys,
  toggled: [],
});
