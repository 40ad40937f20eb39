/** Words that a reader of outages may not know: what each means, where it occurs, and where in a run it matters. */
import { type Run, slice, valueAs } from '../load/run.ts';
import { losses } from './turning.ts';
import type { World } from './world.ts';

export interface Term {
  readonly id: string;
  readonly term: string;
  readonly means: string;
  /** How it occurs in sentences; null: nowhere, or as a word of every day. */
  readonly occurs: RegExp | null;
  /** The change where it matters in this run; -1: nowhere. */
  readonly where: (world: World) => number;
}

type Test = (run: Run, row: number) => boolean;

function first({ run }: World, test: Test): number {
  for (let row = 0; row < run.changes.count; row++) if (test(run, row)) return row;
  return -1;
}
const kindOf = (run: Run, row: number): string => run.facts.kinds[run.changes.fact[row]!]!;
const of =
  (kind: string, more: Test = () => true): Test =>
  (run, row) =>
    kindOf(run, row) === kind && more(run, row);
const lost: Test = ({ changes }, row) => changes.to[row] === 0;
const turnsTo =
  (word: string): Test =>
  (run, row) =>
    valueAs(run, run.changes.fact[row]!, run.changes.to[row]!) === word;
const set =
  (setting: string): Test =>
  (run, row) =>
    run.facts.subjects[run.changes.fact[row]!]![1] === setting && run.changes.to[row] !== 0;
const says =
  (pattern: RegExp): Test =>
  ({ changes }, row) =>
    pattern.test(changes.says(row));

/** The prefix of an announcement, and from how many sites it is announced. */
function sites(run: Run, row: number): number {
  const prefix = run.facts.subjects[run.changes.fact[row]!]![1];
  return run.scene.prefixes.find(({ name }) => name === prefix)?.sites.length ?? 0;
}

export const TERMS: readonly Term[] = [
  {
    id: 'prefix',
    term: 'Prefix',
    means: 'a block of addresses that a network announces to its neighbours',
    occurs: /\bprefix(es)?\b/i,
    where: (world) => first(world, of('announces')),
  },
  {
    id: 'withdrawal',
    term: 'Withdrawal',
    means: 'a message that says: the prefix is not to be reached by me any more',
    occurs: /\bwithdr(awals?|aws?|ew|awn)\b/i,
    where: (world) => first(world, of('announces', lost)),
  },
  {
    id: 'anycast',
    term: 'Anycast',
    means: 'one prefix announced from many sites; each reader lands at the nearest',
    occurs: /\banycast\b/i,
    where: (world) =>
      first(
        world,
        of('announces', (run, row) => sites(run, row) > 1),
      ),
  },
  {
    id: 'route',
    term: 'Route',
    means: 'what a network knows of a way to a prefix; without one its packets go nowhere',
    occurs: /\b(last )?routes?\b(?! leak)/i,
    where: (world) => first(world, of('route', lost)),
  },
  {
    id: 'ttl',
    term: 'TTL',
    means: 'how long an answer may be remembered before it must be asked for again',
    occurs: /\bTTLs?\b/,
    where: (world) => first(world, ({ changes }, row) => changes.rule(row) === 'expiry'),
  },
  {
    id: 'servfail',
    term: 'SERVFAIL',
    means: 'what a resolver says when no nameserver gave it an answer it can use',
    occurs: /\bSERVFAIL\b/,
    where: (world) => first(world, of('resolves', turnsTo('servfail'))),
  },
  {
    id: 'nxdomain',
    term: 'NXDOMAIN',
    means: 'the answer that there is no such name; it is remembered as well',
    occurs: /\bNXDOMAIN\b|\bno such name\b/,
    where: (world) => first(world, of('resolves', turnsTo('nxdomain'))),
  },
  {
    id: 'resolver',
    term: 'Resolver',
    means: 'what looks names up for people, and remembers the answers for a while',
    occurs: /\bresolvers?\b/i,
    where: (world) => first(world, of('resolves')),
  },
  {
    id: 'nameserver',
    term: 'Nameserver',
    means: 'a server that knows the addresses of a zone and answers resolvers',
    occurs: /\bname ?servers?\b/i,
    where: (world) => first(world, of('answers')),
  },
  {
    id: 'health-check',
    term: 'Health check',
    means: 'a test that a part makes of itself; when it fails, the part takes itself out',
    occurs: /\bhealth[ -]checks?\b/i,
    where: (world) =>
      first(
        world,
        of('announces', (run, row) => lost(run, row) && kindOf(run, Math.max(run.changes.tipped[row]!, 0)) === 'up'),
      ),
  },
  {
    id: 'backbone',
    term: 'Backbone',
    means: 'the network that joins a company’s own sites, apart from the Internet',
    occurs: /\bbackbone\b/i,
    where: (world) => first(world, of('reach', lost)),
  },
  {
    id: 'drained',
    term: 'Drained',
    means: 'kept free of traffic on purpose; the router itself runs',
    occurs: /\bdrain(ed|s)\b/i,
    where: (world) => first(world, of('config', set('drain'))),
  },
  {
    id: 'out-of-band',
    term: 'Out-of-band',
    means: 'a second way in, for the day when the first is gone',
    occurs: /\bout-of-band\b/i,
    where: (world) => first(world, says(/out-of-band/i)),
  },
  {
    id: 'blast-radius',
    term: 'Blast radius',
    means: 'all that one change can take down',
    occurs: /\bblast radius\b/i,
    where: (world) => {
      const [largest] = losses(world);
      return largest ? first(world, ({ changes }, row) => changes.at[row] === largest.at) : -1;
    },
  },
  {
    id: 'cut-off',
    term: 'Running, cut off',
    means: 'it works, and nobody can reach it',
    occurs: /\b(running, )?cut off\b/i,
    where: (world) => {
      const served = first(world, of('serves', lost));
      return served >= 0 ? served : first(world, of('reach', lost));
    },
  },
  {
    id: 'tipped',
    term: 'Tipped',
    means: 'of all that a change needed, the last that came true',
    occurs: /\btipped\b/i,
    where: ({ run: { changes } }) => {
      let most = -1;
      let count = 1;
      for (let row = 0; row < changes.count; row++) {
        const length = slice(changes.because, row).length;
        if (length > count && changes.tipped[row]! >= 0) [most, count] = [row, length];
      }
      return most;
    },
  },
];

export const termById = new Map(TERMS.map((term) => [term.id, term]));

export interface TextPart {
  readonly text: string;
  readonly term: string | null;
}

/** A text with the words in it that have a gloss, each of them at its first place. */
export function glossed(text: string): readonly TextPart[] {
  const found = TERMS.flatMap(({ id, occurs }) => {
    const match = occurs?.exec(text);
    return match ? [{ from: match.index, to: match.index + match[0].length, id }] : [];
  }).sort((a, b) => a.from - b.from || b.to - a.to);
  const parts: TextPart[] = [];
  let at = 0;
  for (const { from, to, id } of found) {
    if (from < at) continue;
    if (from > at) parts.push({ text: text.slice(at, from), term: null });
    parts.push({ text: text.slice(from, to), term: id });
    at = to;
  }
  if (at < text.length) parts.push({ text: text.slice(at), term: null });
  return parts;
}
