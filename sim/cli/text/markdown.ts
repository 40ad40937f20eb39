/** The score as Markdown, for a page: a headline with the counts, and a row a claim with its mark in one of three columns (R23). */
import { columnOf, type Score, summarise } from '../../index.ts';
import type { Checked, CheckedClaim, CheckedPart } from '../checking.ts';
import { clean } from './layout.ts';
import { seenOf } from './score.ts';

const COLUMNS: readonly (readonly [column: keyof Score, head: string])[] = [
  ['held', 'held, not fitted'],
  ['fitted', 'held, fitted'],
  ['missed', 'missed'],
];
const MARK = '●';
/** Held, and yet worth no point. */
const UNPROVEN = '(●)';

/** Only what is claimed of the scenario itself is scored; with several files each has its title. */
export function markdown(checked: readonly Checked[]): string {
  const pages = checked.map(({ title, parts: [whole] }) => {
    const heading = checked.length > 1 ? [`### ${cell(title)}`, ''] : [];
    return [...heading, ...(whole ? pageOf(whole) : [])].join('\n');
  });
  return `${pages.join('\n\n')}\n`;
}

function pageOf({ claims, verdicts }: CheckedPart): string[] {
  if (claims.length === 0) return ['It claims nothing of what was seen.'];
  const counts = summarise(claims, verdicts);
  const headline = COLUMNS.map(([column, head]) => `${counts[column]} ${head}`);
  const aside = [
    ...(counts.withoutFoil > 0
      ? [`${UNPROVEN} ${counts.withoutFoil} held, with nothing shown that would miss it`]
      : []),
    ...(counts.notModelled > 0 ? [`${counts.notModelled} not modelled, and not counted`] : []),
  ];
  return [
    `**${headline.join(' · ')}**${aside.length > 0 ? ` (${aside.join('; ')})` : ''}`,
    '',
    `| Claim | Seen | Simulated | ${COLUMNS.map(([, head]) => head).join(' | ')} |`,
    `|:--|:--|:--|${COLUMNS.map(() => ':-:').join('|')}|`,
    ...claims.map((claim) => rowOf(claim, columnOf(claim, verdicts))),
  ];
}

function rowOf(claim: CheckedClaim, column: keyof Score): string {
  const { id, says, simulated, notModelled } = claim;
  const marks = COLUMNS.map(([name]) => {
    if (name === 'held' && column === 'withoutFoil') return UNPROVEN;
    return name === column ? MARK : '';
  });
  const found = notModelled === undefined ? wholeSeconds(simulated ?? 'never') : `not modelled: ${notModelled}`;
  return `| ${[`${id} ${says}`, seenOf(claim), found, ...marks].map(cell).join(' | ')} |`.replace(/ {2,}/g, ' ');
}

/** A clock, or a time of minutes and more, without its fraction of a second: a page has no room for what nobody observed. */
const wholeSeconds = (text: string): string =>
  text.replace(/(:\d{2})\.\d{3}$/, '$1').replace(/(\d[dhm])(\d+s)?\d+ms$/, '$1$2');

/** As text in a cell: nothing in it ends the cell, or is taken for markup. */
const cell = (text: string): string => clean(text).replace(/[\\|`*_<>[\]]/g, (character) => `\\${character}`);
