/** The closed vocabularies: the words that facts may have as their value. */

/** What people see when something fails; shared by engine, legend, colours, search, sentences and tests. */
export const SYMPTOMS = [
  'ok',
  'slow',
  'partly loaded',
  'stale content',
  'message not sent',
  'name not resolved',
  'no such name',
  'no route',
  'black hole',
  'refused',
  'server error',
  'overloaded',
  'login refused',
  'session expired',
  'locked out',
  'waiting for people',
  'unknown',
  'loop',
  'filtered',
  'wrong party',
] as const;

/**
 * How a resolver answers for a name: `servfail` no server answers (RFC 9520), `nxdomain` there is no such name (RFC 2308),
 * `stale` from an entry past its life (RFC 8767), `ok` fresh or cached, `nodata` the name has no address (RFC 2308 §2.2),
 * `timeout` nothing comes in time. The first word is what holds without support.
 */
export const ANSWERS = ['servfail', 'nxdomain', 'stale', 'ok', 'nodata', 'timeout'] as const;

/** What a resolver that validates has of the DS record of a zone: no way to learn of it, the proof that there is none, or the record. */
export const DS = ['unknown', 'absent', 'present'] as const;

/** What becomes of a packet, hop by hop by longest match (RFC 4632 §5.1); `filtered`: somebody drops it on purpose. */
export const FORWARDS = ['no route', 'black hole', 'loop', 'filtered', 'delivered'] as const;

/** How far a change has come. */
export const ROLLOUT = [
  'idle',
  'starting',
  'blocked',
  'rolling',
  'halted',
  'complete',
  'reverting',
  'reverted',
] as const;

/** What a guard said when it was asked (R13). */
export const VERDICTS = ['unasked', 'absent', 'passes', 'blocks', 'broken-open', 'broken-closed'] as const;

/** How far a task has come (R14). */
export const TASK = ['idle', 'waiting', 'working', 'paused', 'done', 'failed', 'cancelled'] as const;
