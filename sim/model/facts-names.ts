/** Kinds of fact about names: who answers, what is answered, and how much is asked. */
import { type FactRow, flag, words, yes } from './fact-row.ts';
import { ANSWERS, DS } from './vocabulary.ts';

export const NAME_FACTS = {
  answers: {
    owner: 'naming',
    domain: flag,
    of: ['resolver', 'nameserver'],
    support: 'grounded',
    arises: 'follows',
    says: ([r, ns], v) => `${ns} ${yes(v, 'answers', 'is out of reach for')} ${r}`,
  },
  resolves: {
    owner: 'naming',
    domain: words(...ANSWERS),
    of: ['resolver', 'zone'],
    support: 'grounded',
    arises: 'follows',
    says: ([r, z], v) =>
      ({
        ok: `${r} resolves ${z}`,
        stale: `${r} still answers for ${z} from an expired cache`,
        servfail: `${r} can no longer resolve ${z} (SERVFAIL)`,
        nxdomain: `${r} says there is no ${z} (NXDOMAIN)`,
        nodata: `${r} says that ${z} has no address (NODATA)`,
        timeout: `${r} gives no answer in time for ${z}`,
      })[v] as string,
  },
  unresolved: {
    owner: 'naming',
    domain: { is: 'number', unit: 'share' },
    of: ['resolver', 'zone'],
    support: 'persistent',
    arises: 'follows',
    moves: 'along slopes',
    says: ([r, z], v) => `share of the caches of ${r} that do not resolve ${z}: ${v}`,
  },
  told: {
    owner: 'naming',
    domain: { is: 'number', unit: 'share' },
    of: ['resolver', 'zone', 'answer'],
    support: 'persistent',
    arises: 'follows',
    says: ([r, z, answer], v) => `share of the caches of ${r} that answer ${answer?.toUpperCase()} for ${z}: ${v}`,
  },
  keeps: {
    owner: 'naming',
    domain: { is: 'number', unit: 'share' },
    of: ['resolver', 'zone', 'record'],
    support: 'persistent',
    arises: 'follows',
    says: ([r, z, record], v) =>
      record === 'delegation'
        ? `share of the caches of ${r} that know whom to ask for ${z}: ${v}`
        : `share of the caches of ${r} that have it that ${z} has ${record === 'present' ? 'a' : 'no'} DS record: ${v}`,
  },
  ds: {
    owner: 'naming',
    domain: words(...DS),
    of: ['resolver', 'zone'],
    support: 'grounded',
    arises: 'follows',
    says: ([r, z], v) =>
      ({
        unknown: `${r} cannot learn whether ${z} has a DS record`,
        absent: `${r} has it that ${z} has no DS record`,
        present: `${r} has the DS record of ${z}`,
      })[v] as string,
  },
  delegated: {
    owner: 'naming',
    domain: flag,
    of: ['resolver', 'zone'],
    support: 'grounded',
    arises: 'follows',
    says: ([r, z], v) => `${r} ${yes(v, 'knows', 'no longer knows')} whom to ask for ${z}`,
  },
  delay: {
    owner: 'naming',
    domain: { is: 'number', unit: 's' },
    of: ['resolver', 'zone'],
    support: 'persistent',
    arises: 'follows',
    says: ([r, z], v) => `an answer for ${z} that ${r} has to ask for comes ${v} s late`,
  },
  queries: {
    owner: 'naming',
    domain: { is: 'number', unit: 'times the usual' },
    of: ['resolver, zone or prefix'],
    support: 'persistent',
    arises: 'follows',
    moves: 'along slopes',
    lags: true,
    says: ([x], v) => `${x} is asked ${v} times as much as usual`,
    saysOfSites: ([p], v) =>
      v === '0'
        ? `no site that announces ${p} is asked`
        : `each site that announces ${p} is asked ${v} times as much as usual`,
  },
  over: {
    owner: 'naming',
    domain: flag,
    of: ['resolver or prefix'],
    support: 'persistent',
    arises: 'follows',
    endsBelow: 'recovers',
    says: ([r], v) => `${r} ${yes(v, 'is asked more than it can answer', 'keeps up with its questions again')}`,
    saysOfSites: ([p], v) =>
      yes(
        v,
        `sites that announce ${p} are asked more than they can answer`,
        `no site that announces ${p} is asked too much`,
      ),
  },
} as const satisfies Record<string, FactRow>;
