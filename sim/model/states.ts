/** Facts as they stand, read aloud: `door is down`, where the table of facts says how they change: `door goes down`. */
import { type FactKind, rowOf } from './facts.ts';

type Says = (subjects: readonly string[], value: string) => string;

const either =
  (so: (subjects: readonly string[]) => string, not: (subjects: readonly string[]) => string): Says =>
  (subjects, value) =>
    value === 'yes' ? so(subjects) : not(subjects);
/** `x is …` and `x is not …`. */
const is = (what: string): Says =>
  either(
    ([x]) => `${x} is ${what}`,
    ([x]) => `${x} is not ${what}`,
  );

const SETTINGS: Readonly<Record<string, readonly [so: string, not: string]>> = {
  down: ['is broken', 'is not broken'],
  off: ['is switched off', 'is not switched off'],
  bug: ['has a bug', 'has no bug'],
  start: ['is started by hand', 'is not started by hand'],
  mute: ['is silent to its neighbours', 'speaks to its neighbours'],
  drain: ['is drained of', 'is not drained of'],
  cut: ['is cut from', 'is not cut from'],
  withdraw: ['is told to withdraw', 'is not told to withdraw'],
  remove: ['is removed', 'is not removed'],
  sign: ['has its signing switched', 'does not have its signing switched'],
  ds: ['has its DS record', 'does not have its DS record'],
  deny: ['leaves out of its denials the type', 'does not leave out of its denials the type'],
  flush: ['was made to forget all it kept of', 'was not made to forget all it kept of'],
};

/** Kinds whose sentence for a change does not do for a state. */
const STATES: Partial<Readonly<Record<FactKind, Says>>> = {
  fault: is('broken'),
  config: ([x, setting, of], value) =>
    `${x} ${SETTINGS[setting as string]?.[value === 'yes' ? 0 : 1]}${of ? ` ${of}` : ''}`,
  applied: either(
    ([c]) => `the change ${c} is in force`,
    ([c]) => `the change ${c} is not in force`,
  ),
  up: either(
    ([x]) => `${x} is up`,
    ([x]) => `${x} is down`,
  ),
  starting: is('starting'),
  well: either(
    ([x]) => `${x} is well`,
    ([x]) => `${x} is degraded`,
  ),
  announces: either(
    ([x, p]) => `${x} announces ${p}`,
    ([x, p]) => `${x} does not announce ${p}`,
  ),
  route: either(
    ([n, p]) => `${n} has a route to ${p}`,
    ([n, p]) => `${n} has no route to ${p}`,
  ),
  session: either(
    ([l]) => `the session ${l} stands`,
    ([l]) => `the session ${l} does not stand`,
  ),
  lands: either(
    ([n, p, site]) => `what ${n} sends to ${p} lands at ${site}`,
    ([n, p, site]) => `what ${n} sends to ${p} does not land at ${site}`,
  ),
  resolves: ([r, z], value) =>
    value === 'servfail'
      ? `${r} cannot resolve ${z} (SERVFAIL)`
      : rowOf('resolves').says([r as string, z as string], value),
  delegated: either(
    ([r, z]) => `${r} knows whom to ask for ${z}`,
    ([r, z]) => `${r} does not know whom to ask for ${z}`,
  ),
  over: either(
    ([r]) => `${r} is asked more than it can answer`,
    ([r]) => `${r} keeps up with its questions`,
  ),
  task: ([t], value) =>
    ({
      working: `work on ${t} is under way`,
      paused: `work on ${t} stands still`,
      failed: `${t} has failed`,
      cancelled: `${t} has been called off`,
    })[value] ?? rowOf('task').says([t as string], value),
  done: is('done'),
  stuck: either(
    ([t, d]) => `${t} has been stuck for ${d}`,
    ([t, d]) => `${t} has not been stuck for ${d}`,
  ),
};

/** A fact with this value, flags as 'yes' and 'no', without clock and full stop. */
export const sayState = (kind: FactKind, subjects: readonly string[], value: string): string =>
  (STATES[kind] ?? rowOf(kind).says)(subjects, value);
