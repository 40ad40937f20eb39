/** Draws the card of a question: its options while it is open, then what was expected beside what happened. */
import { select } from 'd3';
import type { OptionMark, QuestionFrame } from '../frame/question-frame.ts';
import { attribute, child } from './dom.ts';
import { note, set } from './story.ts';
import { setTerms } from './terms.ts';

const HEAD = { open: 'Before you see it', watched: 'Now watch', told: 'Expected, and seen' } as const;

export function drawQuestion(card: HTMLElement, question: QuestionFrame | null): void {
  card.hidden = question === null;
  if (!question) return;
  attribute(card, 'data-phase', question.phase);
  const head = child<HTMLParagraphElement>(card, 'p', 'question-head').node()!;
  set(child(head, 'span', 'question-phase').node()!, HEAD[question.phase]);
  set(child(head, 'span', 'question-count').node()!, question.count);
  const lead = child<HTMLParagraphElement>(card, 'p', 'question-lead').node()!;
  setTerms(lead, question.lead, 'plain');
  lead.hidden = question.lead === '' || question.phase !== 'open';
  const text = child<HTMLHeadingElement>(card, 'h2', 'question-text').node()!;
  attribute(text, 'id', 'question-text');
  setTerms(text, question.text, 'plain');
  drawOptions(card, question);
  note(
    card,
    'question-watch',
    question.phase === 'watched' ? `You expect: ${question.expected || 'nothing in particular'}.` : '',
  );
  drawTold(card, question);
}

function drawOptions(card: HTMLElement, { phase, options }: QuestionFrame): void {
  const list = child<HTMLUListElement>(card, 'ul', 'question-options').node()!;
  list.hidden = phase !== 'open';
  select(list)
    .selectAll<HTMLLIElement, OptionMark>('li')
    .data(options)
    .join((enter) => {
      const item = enter.append('li');
      const button = item.append('button').attr('type', 'button').attr('class', 'option').attr('data-item', '');
      button.append('span').attr('class', 'option-text');
      button.append('span').attr('class', 'option-note');
      return item;
    })
    .each(function (option, i) {
      const button = this.firstElementChild!;
      attribute(button, 'data-answer', String(i));
      setTerms(button.children[0]!, option.text);
      set(button.children[1]!, option.note);
    });
  const none = child<HTMLButtonElement>(card, 'button', 'question-none')
    .attr('type', 'button')
    .attr('data-answer', 'none')
    .attr('title', 'Let it play without a guess (Esc)')
    .node()!;
  set(none, "I can't say");
  none.hidden = phase !== 'open';
}

function drawTold(card: HTMLElement, question: QuestionFrame): void {
  const told = child<HTMLDivElement>(card, 'div', 'told').node()!;
  told.hidden = question.phase !== 'told';
  const pair = child<HTMLDListElement>(told, 'dl', 'told-pair').node()!;
  const cell = (name: string, title: string): HTMLElement => {
    const box = child<HTMLDivElement>(pair, 'div', name).node()!;
    set(child(box, 'dt', 'told-title').node()!, title);
    return child<HTMLElement>(box, 'dd', 'told-text').node()!;
  };
  setTerms(
    cell('expected', 'You expected'),
    [question.expected || 'You did not say.', question.became].filter(Boolean).join(': '),
    'plain',
  );
  setTerms(cell('seen', 'What happened'), question.happened, 'plain');
  setTerms(child<HTMLParagraphElement>(told, 'p', 'told-because').node()!, question.because, 'plain');
  const acts = child<HTMLDivElement>(told, 'div', 'told-acts').node()!;
  const on = child<HTMLButtonElement>(acts, 'button', 'go-on')
    .attr('type', 'button')
    .attr('data-answer', 'on')
    .attr('title', 'Play on (Space)')
    .node()!;
  set(on, 'Play on');
  const why = child<HTMLButtonElement>(acts, 'button', 'small')
    .attr('type', 'button')
    .attr('data-change', question.row)
    .attr('data-tab-after', 'causes')
    .attr('title', 'All that it goes back to')
    .node()!;
  set(why, 'Why');
}
