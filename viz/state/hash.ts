/** The address of a moment: what the part after # says, and how it is read back. A change is named by its time and its fact. */
import { type Run, slice } from '../load/run.ts';
import { type Course, countUntil } from './course.ts';
import { momentAt } from './move.ts';
import { type Linked, type Moment, type Selection, TABS, VIEWS } from './session.ts';
import { fitted, type Span } from './span.ts';

/** How many changes lie before the instant; times of changes are whole milliseconds. */
const before = (course: Course, at: number): number => countUntil(course.times, at - 0.5);

/** `544000`, or `544000~3` when only three changes of that instant have happened. */
function momentText(course: Course, moment: Moment): string {
  const whole = momentAt(course, moment.at);
  if (whole.step === moment.step) return String(Math.floor(moment.at));
  return `${moment.at}~${moment.step - before(course, moment.at)}`;
}

function readMoment(course: Course, text: string): Moment | null {
  const match = /^(\d{1,15})(?:~(\d{1,9}))?$/.exec(text);
  if (!match) return null;
  const whole = momentAt(course, Number(match[1]));
  if (match[2] === undefined) return whole;
  return { at: whole.at, step: Math.min(before(course, whole.at) + Number(match[2]), whole.step) };
}

function changeText(run: Run, row: number): string {
  const fact = run.changes.fact[row]!;
  const at = run.changes.at[row]!;
  const same = [...slice(run.changes.ofFact, fact)].filter((other) => run.changes.at[other] === at);
  return `${at}/${run.facts.names[fact]}${same.indexOf(row) > 0 ? `~${same.indexOf(row) + 1}` : ''}`;
}

function readChange(run: Run, text: string): number | null {
  const match = /^(\d{1,15})\/(.+?)(?:~(\d+))?$/.exec(text);
  const fact = match && run.facts.index.get(match[2] as string);
  if (fact === undefined || fact === null) return null;
  const same = [...slice(run.changes.ofFact, fact)].filter((row) => run.changes.at[row] === Number(match?.[1]));
  return same[Number(match?.[3] ?? 1) - 1] ?? null;
}

export function hashOf(session: Linked, run: Run, course: Course): string {
  const { thing, change, checkpoint } = session.selection;
  const parts = new URLSearchParams({ t: momentText(course, session.moment) });
  if (thing !== null) parts.set('on', thing);
  if (change !== null) parts.set('change', changeText(run, change));
  if (checkpoint !== null) parts.set('check', checkpoint);
  if (session.tab !== 'story') parts.set('tab', session.tab);
  if (session.view !== 'picture') parts.set('view', session.view);
  if (session.span !== null) parts.set('span', `${session.span.from}-${session.span.to}`);
  for (const pin of session.pins) parts.append('pin', pin);
  // Slashes, colons and at signs may stand in this part of an address, and read better as they are.
  return `#${parts.toString().replace(/%2F/g, '/').replace(/%3A/g, ':').replace(/%40/g, '@')}`;
}

function readSpan(text: string, course: Course): Span | null {
  const [, from, to] = (/^(\d{1,15})-(\d{1,15})$/.exec(text) ?? []).map(Number);
  if (from === undefined || to === undefined || !(from < to) || from >= course.length) return null;
  return fitted({ from, to: Math.min(to, course.length) }, course.length);
}

/** What the address says, as far as it fits this run; what does not is left out. */
export function readHash(hash: string, run: Run, course: Course, known: (thing: string) => boolean): Linked {
  const parts = new URLSearchParams(hash.replace(/^#/, ''));
  const thing = parts.get('on');
  const check = parts.get('check');
  const selection: Selection = {
    thing: thing !== null && known(thing) ? thing : null,
    change: readChange(run, parts.get('change') ?? ''),
    checkpoint: run.end?.checkpoints.some((one) => one.id === check) ? check : null,
  };
  return {
    moment: readMoment(course, parts.get('t') ?? '') ?? course.opening,
    selection,
    tab: TABS.find((tab) => tab === parts.get('tab')) ?? 'story',
    view: VIEWS.find((view) => view === parts.get('view')) ?? 'picture',
    span: readSpan(parts.get('span') ?? '', course),
    pins: parts.getAll('pin').filter(known),
  };
}
