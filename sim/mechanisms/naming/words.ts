/** The words of cache entries: how an answer, a delegation and what is known of a DS record read as one another. */
import { ANSWERS, DS } from '../../model/facts.ts';
import type { PlannedEntry } from './planned.ts';

const OK = ANSWERS.indexOf('ok');
const NXDOMAIN = ANSWERS.indexOf('nxdomain');
const NODATA = ANSWERS.indexOf('nodata');
const SERVFAIL = ANSWERS.indexOf('servfail');
const [UNKNOWN, ABSENT, PRESENT] = [DS.indexOf('unknown'), DS.indexOf('absent'), DS.indexOf('present')];

/** What a server says, be it that there is nothing, lives for its TTL. */
export const isKept = (word: number): boolean => word === OK || word === NXDOMAIN || word === NODATA;

/** The value of a fact for an answer: a DS record, or its absence, is one as any other. */
export function rawOf(sort: PlannedEntry['sort'], word: number): number {
  if (sort === 'answer') return word;
  if (sort === 'delegation') return word === OK ? 1 : 0;
  return word === OK ? PRESENT : word === NXDOMAIN ? ABSENT : UNKNOWN;
}
export function wordOf(sort: PlannedEntry['sort'], raw: number): number {
  if (sort === 'answer') return raw;
  if (sort === 'delegation') return raw === 1 ? OK : SERVFAIL;
  return raw === PRESENT ? OK : raw === ABSENT ? NXDOMAIN : SERVFAIL;
}
