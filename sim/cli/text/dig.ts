/** A dig on a terminal, as dig prints it; what dig cannot know stands in its comments. */
import {
  type DelegationTold,
  type DigTold,
  isAsking,
  keptSays,
  type Ms,
  type Scenario,
  serverGroups,
  statusOf,
} from '../../index.ts';
import { padEnd, widest, widthOf, wrap } from './layout.ts';
import type { Palette } from './paint.ts';
import { clockAt } from './words.ts';

interface Page {
  readonly scenario: Scenario;
  readonly at: Ms;
  readonly width: number;
}

export function digLines(page: Page, told: DigTold, paint: Palette): string[] {
  const { scenario, at, width } = page;
  const status = statusOf(scenario, told);
  const tone = status === 'NOERROR' ? paint.good : paint.bad;
  const lines = [paint.title(`; netfall dig @${told.resolver} ${told.name}, at ${clockAt(scenario.start, at)}`)];
  if (status === null && told.up && !told.over && isAsking(told)) {
    lines.push(tone(';; no answer yet'));
    lines.push(...comment('', `${told.resolver} asks servers that keep silent`, width).map(tone));
  } else if (status === null) {
    const why = !told.up
      ? 'it is down'
      : told.over
        ? 'it is asked more than it can answer'
        : 'it asks servers that keep silent for longer than people wait';
    lines.push(tone(';; connection timed out; no servers could be reached'));
    lines.push(...comment('', `${told.resolver} gives no answer: ${why}`, width).map(tone));
  } else lines.push(tone(`;; ->>HEADER<<- opcode: QUERY, status: ${status}`));
  lines.push('', paint.dim(';; QUESTION SECTION:'), paint.dim(record(`;${told.name}.`, '', 'IN', 'A')));
  // Who fails to follow an alias to its end gives nothing of it.
  const answers = status === null || status === 'SERVFAIL' ? [] : answerLines(told);
  const late = status === null ? 0 : (told.late ?? 0);
  if (answers.length > 0) lines.push('', ';; ANSWER SECTION:', ...answers);
  if (late > 0) lines.push('', `;; Query time: ${late} msec on average, where it is not kept`);
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

/** A zone on the way down: who was asked for it, and what became of that. */
function zoneLines(
  { zone, under, known, removed, ds, bogus, servers, serversIn }: DelegationTold,
  width: number,
  paint: Palette,
): string[] {
  const told = under === null ? '' : `, delegated by ${under}.${known ? '' : ' (not known any more)'}`;
  const marks = [removed ? 'removed' : '', ds === null ? '' : `DS record ${ds}`, bogus ? 'BOGUS' : ''].filter(Boolean);
  const gone = marks.map((mark) => `; ${mark}`).join('');
  const lines = comment('  ', `${zone}.${told}${gone}:`, width);
  const groups = serverGroups(servers);
  const name = widest(groups.map(({ name }) => name));
  for (const { name: front, says, good } of groups)
    lines.push(...comment(`    ${padEnd(front, name)}  `, says, width).map(good ? paint.good : paint.dim));
  if (serversIn && serversIn.answer !== 'ok') {
    const found =
      serversIn.answer === 'stale'
        ? 'of which a dead answer is kept here (RFC 8767)'
        : `which ends in ${serversIn.answer.toUpperCase()} here: none of them is asked`;
    lines.push(...comment('    ', `their names are in ${serversIn.zone}., ${found}`, width));
  }
  return lines;
}
