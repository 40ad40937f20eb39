/** Draws the score: checkpoints with what was seen and what the run has, then who could not do what for how long. */
import { select } from 'd3';
import type { ClaimRow, ImpactRow, Score } from '../frame/score.ts';
import { attribute, child, looksNew } from './dom.ts';
import { note, set } from './story.ts';

const VERDICT_SIGN = { held: '◆', fitted: '◇', missed: '✕', 'not modelled': '–' } as const;

export function drawScore(panel: HTMLElement, score: Score): void {
  note(panel, 'empty', score.empty);
  const claims = child<HTMLElement>(panel, 'section', 'claims').node()!;
  claims.hidden = score.claims.length === 0;
  set(child(claims, 'h2', 'section-head').node()!, 'Checkpoints');
  note(claims, 'headline', score.headline);
  note(claims, 'gloss', 'Held and not fitted is what counts. Fitted: a parameter was set so that it holds.');
  select(child<HTMLUListElement>(claims, 'ul', 'claim-list').node()!)
    .selectAll<HTMLLIElement, ClaimRow>('li')
    .data(score.claims, (claim) => claim.id)
    .join((enter) => {
      const item = enter.append('li');
      const button = item.append('button').attr('type', 'button').attr('class', 'claim-head');
      for (const name of ['verdict', 'claim-says']) button.append('span').attr('class', name);
      const list = item.append('dl');
      for (const term of ['observed', 'simulated', 'source']) {
        const pair = list.append('div');
        pair.append('dt').text(term);
        pair.append('dd');
      }
      return item;
    })
    .order()
    .each(drawClaim);
  const impact = child<HTMLElement>(panel, 'section', 'impact').node()!;
  impact.hidden = score.impact.length === 0;
  set(child(impact, 'h2', 'section-head').node()!, 'Who could not do what');
  select(child<HTMLUListElement>(impact, 'ul', 'impact-list').node()!)
    .selectAll<HTMLLIElement, ImpactRow>('li')
    .data(score.impact, (row) => row.id)
    .join((enter) => {
      const item = enter.append('li');
      const head = item.append('p').attr('class', 'impact-head');
      for (const name of ['impact-journey', 'impact-lost']) head.append('span').attr('class', name);
      item.append('p').attr('class', 'impact-rest');
      return item;
    })
    .order()
    .each(drawImpact);
}

function drawClaim(this: HTMLLIElement, claim: ClaimRow): void {
  attribute(this, 'class', `claim-row v-${claim.verdict.replace(' ', '-')}${claim.selected ? ' selected' : ''}`);
  const [button, list] = this.children;
  attribute(button!, 'data-claim', claim.id);
  attribute(button!, 'aria-current', claim.selected ? 'true' : null);
  set(button!.children[0]!, `${VERDICT_SIGN[claim.verdict]} ${claim.verdict}`);
  set(button!.children[1]!, claim.says);
  const [observed, simulated, source] = list!.children;
  set(observed!.children[1]!, `${claim.observed}${claim.accept ? ` (${claim.accept})` : ''}`);
  set(simulated!.children[1]!, claim.why || claim.simulated);
  (source as HTMLElement).hidden = claim.source === '';
  drawSource(source!.children[1]!, claim);
}

/** A link says where it leads, and tells nobody there where it was followed from. */
function drawSource(place: Element, { source, basis, link }: ClaimRow): void {
  const text = `${source}${basis ? `, ${basis}` : ''}`;
  if (!looksNew(place, `${text} ${link?.url}`)) return;
  const box = select(place).text(link ? null : text);
  if (!link) return;
  box
    .append('a')
    .attr('href', link.url)
    .attr('target', '_blank')
    .attr('rel', 'noopener noreferrer')
    .attr('title', `${link.url} (another page, in a new tab)`)
    .text(source);
  box.append('span').text(`${basis ? `, ${basis}` : ''} (${link.host})`);
}

function drawImpact(this: HTMLLIElement, row: ImpactRow): void {
  const [head, rest] = this.children;
  set(head!.children[0]!, `${row.journey} · ${row.population}`);
  set(head!.children[1]!, `${row.lost} lost`);
  const minutes =
    row.minutes === 'unknown' ? 'how many people is unknown' : `${row.people} people, ${row.minutes} user-minutes`;
  set(rest!, row.from === '–' ? `${minutes}; never lost` : `${minutes}; ${row.worst}; ${row.from} to ${row.to}`);
}
