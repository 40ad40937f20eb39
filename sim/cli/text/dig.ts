/** A dig on a terminal, as dig prints it; what dig cannot know stands in its comments. */
import {
  type DelegationTold,
  type DigTold,
  factName,
  formatDuration,
  type Ms,
  type Scenario,
  type TriedServer,
} from '../../index.ts';
import { padEnd, widest, widthOf, wrap } from './layout.ts';
import type { Palette } from './paint.ts';
import { clockAt, count } from './words.ts';

interface Page {
  readonly scenario: Scenario;
  readonly at: Ms;
  readonly width: number;
}

/** Nobody answers: the resolver is down, or drowned and gives up on its clients. */
const isSilent = ({ scenario }: Pick<Page, 'scenario'>, { up, over, resolver }: DigTold): boolean =>
  !up || (over && scenario.nodes.get(resolver)?.resolver?.whenOver === 'fail');

/** The status people get; null: none, as nobody answers. */
function statusOf(page: Page, told: DigTold): string | null {
  if (isSilent(page, told)) return null;
  return { ok: 'NOERROR', stale: 'NOERROR', servfail: 'SERVFAIL', nxdomain: 'NXDOMAIN' }[told.answer];
}

/** The fact that is why people do not get the record; null: they do. */
export function lackOf(page: Pick<Page, 'scenario'>, told: DigTold): string | null {
  if (isSilent(page, told)) return factName(told.up ? 'over' : 'up', [told.resolver]);
  return told.answer === 'ok' || told.answer === 'stale' ? null : factName('resolves', [told.resolver, told.name]);
}

export function digLines(page: Page, told: DigTold, paint: Palette): string[] {
  const { scenario, at, width } = page;
  const status = statusOf(page, told);
  const tone = status === 'NOERROR' ? paint.good : paint.bad;
  const lines = [paint.title(`; netfall dig @${told.resolver} ${told.name}, at ${clockAt(scenario.start, at)}`)];
  if (status === null) {
    const why = told.up ? 'it is asked more than it can answer' : 'it is down';
    lines.push(
      ...[';; connection timed out; no servers could be reached', `;; ${told.resolver} gives no answer: ${why}`].map(
        tone,
      ),
    );
  } else lines.push(tone(`;; ->>HEADER<<- opcode: QUERY, status: ${status}`));
  lines.push('', paint.dim(';; QUESTION SECTION:'), paint.dim(record(`;${told.name}.`, '', 'IN', 'A')));
  // Who fails to follow an alias to its end gives nothing of it.
  const answers = status === null || status === 'SERVFAIL' ? [] : answerLines(told);
  if (answers.length > 0) lines.push('', ';; ANSWER SECTION:', ...answers);
  for (let one: DigTold | null = told; one; one = one.cname) {
    lines.push('', ...comment('', `${one.name}: ${keptSays(one)}.`, width));
    lines.push(...one.chain.flatMap((step) => zoneLines(step, width, paint)));
  }
  return lines;
}

/** A comment that hangs beside what is written in front of its first line. */
function comment(front: string, text: string, width: number): string[] {
  const indent = ' '.repeat(widthOf(front));
  return wrap(text, Math.max(20, width - indent.length - 3)).map((line, k) => `;; ${k === 0 ? front : indent}${line}`);
}

/** `name  TTL  IN  TYPE  data`, in dig's columns. */
const record = (name: string, ttl: string, ...rest: readonly string[]): string =>
  [
    padEnd(name, 24),
    padEnd(ttl, 8),
    padEnd(rest[0] ?? '', 4),
    ...rest.slice(1).map((part, k) => (k === 0 && rest.length > 2 ? padEnd(part, 8) : part)),
  ]
    .join('')
    .trimEnd();

function answerLines(told: DigTold): string[] {
  const has = told.own === 'ok' || told.own === 'stale';
  if (!has) return [];
  const data = told.cname ? ['CNAME', `${told.cname.name}.`] : ['A', '(as the zone has it)'];
  return [record(`${told.name}.`, secondsLeft(told), 'IN', ...data), ...(told.cname ? answerLines(told.cname) : [])];
}

/** Seconds, as TTLs are; `≤` where what is left is not known. A dead answer is given with 30 (RFC 8767 §4). */
const secondsLeft = ({ own, left, ttl }: DigTold): string =>
  own === 'stale' ? '30' : left === null ? `≤${Math.floor(ttl / 1000)}` : String(Math.floor(left / 1000));

/** Where the answer comes from, and how long it is kept. */
function keptSays({ up, own, fresh, left, waits, ttl }: DigTold): string {
  const whole = formatDuration(ttl);
  if (!up) return 'nothing is kept by a resolver that is down';
  if (waits !== null)
    return `${own === 'ok' ? 'the kept answer is dead' : 'no answer is kept'}; its servers keep silent, and it gives up on them in ${formatDuration(waits)}`;
  const kept = left === null ? '' : formatDuration(Math.floor(left / 1000) * 1000 || left);
  switch (own) {
    case 'ok':
      if (fresh)
        return left === null
          ? `from the cache or asked anew: servers answer, and a record lives ${whole}`
          : `from the cache, ${kept} left of ${whole}: servers answer`;
      return `from the cache alone, ${kept} left of ${whole}: asked anew there would be no answer`;
    case 'stale':
      return left === null
        ? 'a dead answer from the cache (RFC 8767): no server answers'
        : `a dead answer from the cache (RFC 8767), given for ${kept} more: no server answers`;
    case 'nxdomain':
      return left === null ? 'there is no such name' : `there is no such name; that is kept for ${kept} more`;
    default:
      if (left !== null) return `the failure is kept for ${kept} more (RFC 9520)`;
      return 'no server gives an answer';
  }
}

/** A zone on the way down: who was asked for it, and what became of that. */
function zoneLines(
  { zone, under, known, removed, servers, serversIn }: DelegationTold,
  width: number,
  paint: Palette,
): string[] {
  const told = under === null ? '' : `, delegated by ${under}.${known ? '' : ' (not known any more)'}`;
  const gone = removed ? '; removed' : '';
  const lines = comment('  ', `${zone}.${told}${gone}:`, width);
  const groups = groupsOf(servers);
  const name = widest(groups.map(({ name }) => name));
  for (const { name: front, says, good } of groups)
    lines.push(...comment(`    ${padEnd(front, name)}  `, says, width).map(good ? paint.good : paint.dim));
  if (serversIn && serversIn.answer !== 'ok')
    lines.push(
      ...comment(
        '    ',
        `their names are in ${serversIn.zone}., which ends in ${serversIn.answer.toUpperCase()} here`,
        width,
      ),
    );
  return lines;
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

/** Servers alike in group, block and fate, on one line. */
function groupsOf(servers: readonly TriedServer[]) {
  const groups = new Map<string, TriedServer[]>();
  for (const one of servers) {
    const key = JSON.stringify([one.group ?? one.server, one.prefix, one.tried]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].map((group) => {
    const [first] = group as [TriedServer];
    const about = [
      ...(group.length > 1 ? [count(group.length, 'server')] : []),
      ...(first.prefix === null ? [] : [first.prefix]),
    ];
    const name = group.length > 1 ? (first.group as string) : first.server;
    const more = about.join(', ');
    return { name: more === '' ? name : `${name} (${more})`, says: SAYS[first.tried], good: first.tried === 'answers' };
  });
}
