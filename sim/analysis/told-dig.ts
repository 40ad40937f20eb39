/** A dig in words: where an answer comes from and how long it is kept, and what became of asking each server. */
import { factName } from '../model/facts.ts';
import type { DigTold, TriedServer } from '../model/looks.ts';
import type { Scenario } from '../model/scenario.ts';
import { formatDuration, type Ms } from '../model/units.ts';

/** Nobody answers: the resolver is down, or drowned and gives up on its clients. */
const isSilent = ({ nodes }: Scenario, { up, over, resolver }: DigTold): boolean =>
  !up || (over && nodes.get(resolver)?.resolver?.whenOver === 'fail');

const STATUS = {
  ok: 'NOERROR',
  stale: 'NOERROR',
  // The name is there, and has no address: that is no error, and no answer.
  nodata: 'NOERROR',
  servfail: 'SERVFAIL',
  nxdomain: 'NXDOMAIN',
  timeout: null,
} as const satisfies Record<DigTold['answer'], string | null>;

/** Whoever asks now waits: nothing is kept that lives, be it a failure, the servers keep silent, and the resolver has not given up on them yet. */
export const isAsking = ({ own, waits, cname }: DigTold): boolean =>
  waits !== null ? own !== 'timeout' : cname !== null && (own === 'ok' || own === 'stale') && isAsking(cname);

/** The status people get; null: none, as nobody answers, or not yet. */
export function statusOf(scenario: Scenario, told: DigTold): string | null {
  if (isSilent(scenario, told) || isAsking(told)) return null;
  return STATUS[told.answer];
}

/** The fact that is why people do not get the record; null: they do. */
export function lackOf(scenario: Scenario, told: DigTold): string | null {
  if (isSilent(scenario, told)) return factName(told.up ? 'over' : 'up', [told.resolver]);
  return told.answer === 'ok' || told.answer === 'stale' ? null : factName('resolves', [told.resolver, told.name]);
}

const BOGUS = 'what its servers say fails the test of the chain of trust (bogus)';

/** Where the answer comes from, and how long it is kept. */
export function keptSays({
  up,
  own,
  anew,
  fresh,
  left,
  waits,
  gives,
  forgotten,
  alone,
  ttl,
  chain,
  unresolved,
}: DigTold): string {
  const whole = formatDuration(ttl);
  if (!up) return 'nothing is kept by a resolver that is down';
  if (unresolved !== null) return shareSays(unresolved, anew, whole);
  if (waits !== null) {
    const then = gives === 'stale' ? 'it gives that all the same (RFC 8767) in' : 'it gives up on them in';
    const had = own !== 'servfail' && own !== 'timeout' && !forgotten;
    return `${had ? 'the kept answer is dead' : 'no answer is kept'}; its servers keep silent, and ${then} ${formatDuration(waits)}`;
  }
  const isBogus = chain.some(({ bogus }) => bogus);
  const kept = left === null ? '' : formatDuration(Math.floor(left / 1000) * 1000 || left);
  switch (own) {
    case 'ok':
      if (fresh)
        return left === null
          ? `from the cache or asked anew: servers answer, and a record lives ${whole}`
          : `from the cache, ${kept} left of ${whole}: servers answer`;
      return `from the cache alone, ${kept} left of ${whole}: asked anew there would be no answer`;
    case 'stale': {
      const dead = 'a dead answer from the cache (RFC 8767)';
      if (anew !== 'servfail')
        return `${dead}: servers answer, and are asked again${left === null ? '' : ` in ${kept}`}`;
      return `${dead}${left === null ? '' : `, given for ${kept} more`}: ${isBogus ? BOGUS : 'no server answers'}`;
    }
    case 'nodata':
      return left === null ? 'the name has no address' : `the name has no address; that is kept for ${kept} more`;
    case 'nxdomain':
      return left === null ? 'there is no such name' : `there is no such name; that is kept for ${kept} more`;
    default:
      if (alone !== null)
        return `${anew === 'servfail' ? '' : 'servers answer, and are not asked: '}all of them kept silent, and are left alone for ${inSeconds(alone)} more`;
      if (left !== null) return `the failure is kept for ${kept} more (RFC 9520)`;
      return isBogus ? BOGUS : 'no server gives an answer';
  }
}

/** Of many caches what they hold, as a share: each was filled at a moment of its own. */
function shareSays(unresolved: number, anew: DigTold['anew'], whole: string): string {
  const share = `${Number((unresolved * 100).toPrecision(3))}%`;
  const gone = unresolved <= 0 ? 'all of its many caches resolve it' : `${share} of its many caches do not resolve it`;
  const brings = {
    ok: `asked anew, servers answer, and a record lives ${whole}`,
    servfail: 'asked anew there would be no answer',
  };
  return `${gone}: ${brings[anew as 'ok'] ?? `asked anew, servers say ${anew.toUpperCase()}`}`;
}

const SAYS: Readonly<Record<TriedServer['tried'], string>> = {
  answers: 'answers',
  refuses: 'refuses: its process is down, and its host says so',
  'process down': 'silent: its process is down',
  'over capacity': 'too late: it is asked more than it can answer',
  'another site': 'not asked: queries land at another site',
  'no route': 'no route',
  'black hole': 'silent: queries fall into a black hole',
  loop: 'silent: queries go round in a loop',
  filtered: 'silent: queries are dropped on purpose',
  'no path': 'no path over links',
};

const inSeconds = (span: Ms): string => formatDuration(Math.ceil(span / 1000) * 1000);

/** Its place in the order of asking, and why; of `servers`, the others are those it is asked before, after, or as often as. */
function turnSays({ turn, tried, rtt }: TriedServer, servers: readonly TriedServer[]): string {
  if (turn === null || rtt === null) return '';
  const far = tried === 'answers' ? '' : ` (${formatDuration(rtt)} when it answers)`;
  const quicker = servers.filter((one) => one.turn !== null && one.turn < turn);
  if (quicker.some((one) => one.tried === 'answers')) return `; not asked while a quicker one answers${far}`;
  if (quicker.length > 0) return `; asked when all quicker ones have given no answer${far}`;
  const alike = new Set(servers.filter((one) => one.turn === turn).map(({ server }) => server)).size;
  return alike > 1 ? `; one of ${alike} asked first, each as often${far}` : `; asked first, as the quickest${far}`;
}

/** Servers alike in group, block, fate and turn, on one line: in the order in which they are asked, then those left alone, by when they are tried. */
export function serverGroups(
  servers: readonly TriedServer[],
): readonly { readonly name: string; readonly says: string; readonly good: boolean }[] {
  const groups = new Map<string, TriedServer[]>();
  for (const one of servers) {
    const key = JSON.stringify([one.group ?? one.server, one.prefix, one.tried, one.alone, one.rtt, one.turn]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const asked = [...groups.values()].sort(
    ([a], [b]) => (a?.alone ?? 0) - (b?.alone ?? 0) || (a?.turn ?? 0) - (b?.turn ?? 0) || (a?.rtt ?? 0) - (b?.rtt ?? 0),
  );
  return asked.map((group) => {
    const [first] = group as [TriedServer];
    const about = [
      ...(group.length > 1 ? [`${group.length} servers`] : []),
      ...(first.prefix === null ? [] : [first.prefix]),
    ];
    const name = group.length > 1 ? (first.group as string) : first.server;
    const more = about.join(', ');
    const answersIn = first.tried === 'answers' && first.rtt !== null ? ` in ${formatDuration(first.rtt)}` : '';
    const rests = first.alone === null ? '' : `; left alone for ${inSeconds(first.alone)}, as it kept silent`;
    return {
      name: more === '' ? name : `${name} (${more})`,
      says: `${SAYS[first.tried]}${answersIn}${turnSays(first, servers)}${rests}`,
      good: first.tried === 'answers',
    };
  });
}
