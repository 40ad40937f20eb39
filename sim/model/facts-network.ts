/** Kinds of fact about the network: links and paths, routes and packets. */
import { type FactRow, flag, on, words, yes } from './fact-row.ts';
import { FORWARDS } from './vocabulary.ts';

export const NETWORK_FACTS = {
  carries: {
    owner: 'connectivity',
    domain: flag,
    of: ['link'],
    support: 'persistent',
    arises: 'follows',
    says: ([l], v) => `the link ${l} ${yes(v, 'carries traffic', 'carries nothing')}`,
  },
  reach: {
    owner: 'connectivity',
    domain: flag,
    of: ['from', 'to', 'layer'],
    support: 'grounded',
    arises: 'follows',
    says: ([a, b, layer], v) => `${a} ${yes(v, 'reaches', 'cannot reach')} ${b}${on(layer)}`,
  },
  session: {
    owner: 'routing',
    domain: flag,
    of: ['link'],
    support: 'persistent',
    arises: 'follows',
    says: ([l], v) => `the session ${l} ${yes(v, 'stands', 'ends')}`,
  },
  limited: {
    owner: 'routing',
    domain: flag,
    of: ['link'],
    support: 'persistent',
    arises: 'follows',
    says: ([l], v) => `the session ${l} ${yes(v, 'brings more prefixes than its limit', 'is within its limit again')}`,
  },
  announces: {
    owner: 'routing',
    domain: flag,
    of: ['site', 'prefix'],
    support: 'persistent',
    arises: 'follows',
    says: ([x, p], v) => `${x} ${v === 'gone' ? 'no longer announces' : yes(v, 'announces', 'withdraws')} ${p}`,
  },
  route: {
    owner: 'routing',
    domain: flag,
    of: ['network', 'prefix'],
    support: 'grounded',
    arises: 'follows',
    says: ([n, p], v) => `${n} ${yes(v, 'has a route to', 'loses its last route to')} ${p}`,
  },
  path: {
    owner: 'routing',
    domain: { is: 'opaque' },
    of: ['network', 'prefix'],
    support: 'grounded',
    arises: 'follows',
    says: ([n, p], v) => (v === '' ? `${n} has no path to ${p}` : `${n} reaches ${p} by the path ${v}`),
  },
  lands: {
    owner: 'routing',
    domain: flag,
    of: ['network', 'prefix', 'site'],
    support: 'grounded',
    arises: 'follows',
    says: ([n, p, site], v) => `what ${n} sends to ${p} ${yes(v, 'lands at', 'no longer lands at')} ${site}`,
  },
  forwards: {
    owner: 'routing',
    domain: words(...FORWARDS),
    of: ['network', 'prefix or address'],
    support: 'grounded',
    arises: 'follows',
    says: ([n, p], v) =>
      ({
        delivered: `what ${n} sends to ${p} arrives`,
        'no route': `what ${n} sends to ${p} finds no route`,
        'black hole': `what ${n} sends to ${p} falls into a black hole`,
        loop: `what ${n} sends to ${p} goes round in a loop`,
        filtered: `what ${n} sends to ${p} is dropped on purpose`,
      })[v] as string,
  },
  passes: {
    owner: 'routing',
    domain: flag,
    of: ['network', 'prefix or address', 'through'],
    support: 'grounded',
    arises: 'follows',
    says: ([n, p, through], v) => `what ${n} sends to ${p} ${yes(v, 'passes', 'no longer passes')} through ${through}`,
  },
} as const satisfies Record<string, FactRow>;
