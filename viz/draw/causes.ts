/** Draws why a change came: a path from the root down to it, what else it followed from, and what it led to. */
import { type EnterElement, type Selection, select } from 'd3';
import type { Cause, Causes, Link } from '../frame/causes.ts';
import { attribute, child } from './dom.ts';
import { note, set, TONE_SIGN } from './story.ts';
import { setTerms } from './terms.ts';

export function drawCauses(panel: HTMLElement, causes: Causes | null): void {
  note(
    panel,
    'empty',
    causes ? '' : 'No change has happened yet. Play or step on, or pick a line of the story: here stands why it came.',
  );
  const body = child<HTMLDivElement>(panel, 'div', 'causes-body').node()!;
  body.hidden = causes === null;
  if (!causes) return;
  const moves = child<HTMLDivElement>(body, 'div', 'moves');
  if (moves.selectChildren().empty()) {
    moves
      .append('button')
      .attr('type', 'button')
      .attr('class', 'small')
      .attr('data-do', 'cause-back')
      .attr('title', 'To its cause ([)')
      .text('↑ Cause');
    moves
      .append('button')
      .attr('type', 'button')
      .attr('class', 'small')
      .attr('data-do', 'cause')
      .attr('title', 'To its first consequence (])')
      .text('↓ Consequence');
  }
  select(child<HTMLOListElement>(body, 'ol', 'path').attr('aria-label', 'From the root to this change').node()!)
    .selectAll<HTMLLIElement, Cause>('li.cause')
    .data(causes.path, (cause) => cause.row)
    .join((enter) => {
      const item = enter.append('li');
      const rule = item.append('p').attr('class', 'rule');
      rule.append('span');
      const button = item.append('button').attr('type', 'button').attr('class', 'entry');
      for (const name of ['time', 'sign', 'text']) button.append('span').attr('class', name);
      item.append('ul').attr('class', 'also');
      return item;
    })
    .order()
    .each(drawCause);
  note(body, 'led-title', causes.ledTo.length > 0 ? 'Led to' : 'This led to nothing further.');
  select(child<HTMLUListElement>(body, 'ul', 'led').node()!)
    .selectAll<HTMLLIElement, Link>('li')
    .data(causes.ledTo, (link) => link.row)
    .join(newLink)
    .order()
    .each(function (link) {
      drawLink(this, link, '→');
    });
  note(body, 'more', causes.more > 0 ? `and ${causes.more.toLocaleString('en')} more` : '');
}

function drawCause(this: HTMLLIElement, cause: Cause): void {
  attribute(
    this,
    'class',
    `cause tone-${cause.tone}${cause.selected ? ' selected' : ''}${cause.future ? ' future' : ''}`,
  );
  const [rule, button, also] = this.children;
  set(rule!.firstElementChild!, cause.rule);
  attribute(rule!.firstElementChild!, 'title', cause.gloss);
  attribute(button!, 'data-change', String(cause.row));
  attribute(button!, 'aria-current', cause.selected ? 'true' : null);
  const [time, sign, text] = button!.children;
  set(time!, cause.time);
  set(sign!, TONE_SIGN[cause.tone]);
  attribute(sign!, 'aria-hidden', 'true');
  setTerms(text!, cause.text);
  (also as HTMLElement).hidden = cause.also.length === 0;
  select(also as HTMLUListElement)
    .selectAll<HTMLLIElement, Link>('li')
    .data(cause.also, (link) => link.row)
    .join(newLink)
    .each(function (link) {
      drawLink(this, link, 'also');
    });
}

function newLink(enter: Selection<EnterElement, Link, HTMLUListElement, unknown>) {
  const item = enter.append('li');
  item.append('span').attr('class', 'lead');
  const button = item.append('button').attr('type', 'button').attr('class', 'entry');
  for (const name of ['time', 'sign', 'text', 'count']) button.append('span').attr('class', name);
  return item;
}

function drawLink(item: HTMLLIElement, link: Link, lead: string): void {
  attribute(item, 'class', `link tone-${link.tone}${link.future ? ' future' : ''}`);
  const [mark, button] = item.children;
  set(mark!, lead);
  attribute(button!, 'data-change', String(link.row));
  const [time, sign, text, count] = button!.children;
  set(time!, link.time);
  set(sign!, TONE_SIGN[link.tone]);
  attribute(sign!, 'aria-hidden', 'true');
  setTerms(text!, link.text);
  set(count!, link.count > 1 ? `${link.count}×` : '');
}
