/** The stage: the run that is shown, the session, and what the page can be asked to do. Every part of the page is started with it. */
import type { Frame } from '../frame/frame.ts';
import { type World, worldOf } from '../frame/world.ts';
import type { Run } from '../load/run.ts';
import { momentAt } from '../state/move.ts';
import { NOTHING, type Session } from '../state/session.ts';
import { fitted } from '../state/span.ts';
import { createStore, type Store } from '../state/store.ts';
import { COMMANDS } from './commands.ts';

export interface Stage extends Store {
  readonly world: () => World;
  /** The frame that was drawn last. */
  readonly frame: () => Frame;
  /** Shows another run at the same moment, with what is selected if it is there too. */
  readonly show: (run: Run) => void;
  /** Called after another run is shown. */
  readonly onShow: (listener: (world: World) => void) => void;
  /** Called after each frame is drawn, for what is drawn over it. */
  readonly onDraw: (listener: () => void) => void;
  readonly drew: () => void;
  /** Says what a command does that is no single action on the session, such as opening a dialog. */
  readonly on: (command: string, act: () => void) => void;
  /** Does what a command says; one that nobody has said anything of does nothing. */
  readonly perform: (command: string) => void;
}

export function createStage(first: World, session: Session, drawn: () => Frame): Stage {
  let world = first;
  const store = createStore(session, world.course);
  const listeners: ((world: World) => void)[] = [];
  const drawers: (() => void)[] = [];
  const acts = new Map<string, () => void>();
  return {
    ...store,
    world: () => world,
    frame: drawn,
    show(run) {
      world = worldOf(run);
      store.adopt(world.course, fitting(store.session(), world));
      for (const listener of listeners) listener(world);
    },
    onShow: (listener) => void listeners.push(listener),
    onDraw: (listener) => void drawers.push(listener),
    drew: () => {
      for (const listener of drawers) listener();
    },
    on: (command, act) => void acts.set(command, act),
    perform(command) {
      const action = COMMANDS[command]?.action ?? null;
      if (action) store.dispatch(action);
      else acts.get(command)?.();
    },
  };
}

/** What of a session makes sense in another run; it never plays on by itself. */
function fitting(session: Session, { course, things, run }: World): Session {
  const known = (id: string): boolean => things.byId.has(id);
  const { thing, checkpoint } = session.selection;
  return {
    ...session,
    playing: false,
    hover: null,
    asked: null,
    answers: {},
    touring: false,
    moment: momentAt(course, session.moment.at),
    speed: course.speeds.includes(session.speed) ? session.speed : (course.speeds[0] as number),
    span: session.span && fitted(session.span, course.length),
    pins: session.pins.filter(known),
    selection: {
      ...NOTHING,
      thing: thing !== null && known(thing) ? thing : null,
      checkpoint: run.end?.checkpoints.some((one) => one.id === checkpoint) ? checkpoint : null,
    },
  };
}
