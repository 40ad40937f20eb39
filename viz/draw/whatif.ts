/** Draws the tab What if. What people are typing in is left as they have it. */
import { select } from 'd3';
import type { NumberView, RunView, WhatIfView } from '../frame/whatif-view.ts';
import { attribute, child, looksNew } from './dom.ts';
import { note, set } from './story.ts';

export function drawWhatIf(panel: HTMLElement, view: WhatIfView): void {
  note(panel, 'empty', view.empty);
  const body = child<HTMLDivElement>(panel, 'div', 'what-if').node()!;
  body.hidden = view.empty !== '';
  panel.classList.toggle('split', view.empty === '');
  if (view.empty !== '') return;
  drawRuns(body, view);
  const variants = section(body, 'variants', 'A variant', chosenTitle(view), true);
  drawVariants(variants, view);
  variants.closest('details')!.hidden = view.variants.length < 2;
  const numbers = section(body, 'numbers', 'Numbers', view.set === 0 ? '' : `${view.set} set`, false);
  numbers.closest('details')!.hidden = view.numbers.length === 0;
  drawNumbers(numbers, view.numbers);
  drawSeed(section(body, 'seed', 'Chance', `seed ${view.seed}`, false), view.seed);
  drawDeeds(
    section(body, 'deeds', 'Something done by hand', view.deeds.length === 0 ? '' : `${view.deeds.length} done`, false),
    view,
  );
  drawDraft(panel, view);
}

const chosenTitle = ({ variants }: WhatIfView): string => variants.find(({ chosen }) => chosen)?.title ?? '';

/** A part that opens and closes; what is chosen in it stands beside its title. */
function section(body: HTMLElement, className: string, title: string, chosen: string, open: boolean): HTMLElement {
  const fresh = ![...body.children].some((one) => one.classList.contains(className));
  const details = child<HTMLDetailsElement>(body, 'details', className).node()!;
  if (fresh) {
    details.open = open;
    const summary = select(details).append('summary');
    summary.append('h2').attr('class', 'choice-title').text(title);
    summary.append('span').attr('class', 'choice-now');
  }
  set(details.querySelector('.choice-now')!, chosen);
  return child<HTMLDivElement>(details, 'div', 'choice-body').node()!;
}

function button(parent: Element, className: string, text: string, act: string): HTMLButtonElement {
  const fresh = child<HTMLButtonElement>(parent, 'button', className).node()!;
  attribute(fresh, 'type', 'button');
  attribute(fresh, 'data-act', act);
  if (!fresh.classList.contains('small')) fresh.classList.add('small');
  set(fresh, text);
  return fresh;
}

function drawRuns(body: HTMLElement, view: WhatIfView): void {
  const part = child<HTMLElement>(body, 'section', 'runs').node()!;
  part.hidden = view.runs.length < 2;
  set(child(part, 'h2', 'choice-title').node()!, 'Runs');
  select(child<HTMLUListElement>(part, 'ul', 'run-list').node()!)
    .selectAll<HTMLLIElement, RunView>('li')
    .data(view.runs, (run) => run.id)
    .join((enter) => {
      const item = enter.append('li');
      item.append('p').attr('class', 'run-name');
      item.append('p').attr('class', 'run-acts');
      return item;
    })
    .order()
    .each(drawRun);
}

function drawRun(this: HTMLLIElement, run: RunView): void {
  const [name, acts] = this.children as unknown as [HTMLElement, HTMLElement];
  attribute(this, 'class', `run r-${run.state}${run.shown ? ' shown' : ''}`);
  set(name, run.problem === '' ? run.name : `${run.name}: ${run.problem}`);
  const act = (key: string, text: string, there: boolean): void => {
    const one = button(acts, key, text, key);
    attribute(one, 'data-of', run.id);
    attribute(one, 'aria-label', `${text}: ${run.name}`);
    one.hidden = !there;
  };
  const here = run.state === 'here';
  const told = child<HTMLElement>(acts, 'span', 'run-state').node()!;
  set(
    told,
    run.shown
      ? 'shown'
      : run.state === 'waits'
        ? runningText(run.percent)
        : run.state === 'failed'
          ? 'could not be run'
          : '',
  );
  told.hidden = told.textContent === '';
  act('show', 'Show', here && !run.shown);
  act('compare', run.against ? 'Stop comparing' : 'Compare', here && !run.shown);
  act('drop', 'Drop', !run.base && !run.shown && run.state !== 'waits');
  act('stop', 'Cancel', run.state === 'waits');
}

function drawVariants(part: HTMLElement, view: WhatIfView): void {
  attribute(part, 'role', 'radiogroup');
  attribute(part, 'aria-label', 'Variant');
  select(part)
    .selectAll<HTMLLabelElement, WhatIfView['variants'][number]>('label')
    .data(view.variants, (variant) => variant.name)
    .join((enter) => {
      const label = enter.append('label').attr('class', 'variant');
      label.append('input').attr('type', 'radio').attr('name', 'variant');
      const said = label.append('span').attr('class', 'variant-said');
      said.append('span').attr('class', 'variant-title');
      said.append('span').attr('class', 'variant-writes');
      return label;
    })
    .order()
    .each(function (variant) {
      const [input, said] = this.children as unknown as [HTMLInputElement, HTMLElement];
      if (input.value !== variant.name) input.value = variant.name;
      if (input.checked !== variant.chosen) input.checked = variant.chosen;
      set(said.children[0]!, variant.title);
      set(said.children[1]!, variant.writes);
      attribute(said.children[1]!, 'title', variant.all || null);
    });
}

function drawNumbers(part: HTMLElement, numbers: readonly NumberView[]): void {
  note(
    part,
    'gloss',
    'A value is taken as it is written: 510s, 3%, 5s..3m. Sliders stay in the range that the scenario gives.',
  );
  select(child<HTMLUListElement>(part, 'ul', 'number-list').node()!)
    .selectAll<HTMLLIElement, NumberView>('li')
    .data(numbers, (number) => number.name)
    .join((enter) => {
      const item = enter.append('li');
      const head = item.append('p').attr('class', 'number-head');
      head.append('label').attr('class', 'number-name');
      head.append('input').attr('type', 'text').attr('autocomplete', 'off').attr('spellcheck', 'false');
      head.append('button').attr('type', 'button').attr('class', 'small').attr('data-act', 'reset').text('As it was');
      item.append('input').attr('type', 'range');
      item.append('p').attr('class', 'number-rest');
      return item;
    })
    .order()
    .each(drawNumber);
}

function drawNumber(this: HTMLLIElement, number: NumberView): void {
  if (!looksNew(this, JSON.stringify(number)) && !this.contains(document.activeElement)) return;
  const [head, range, rest] = this.children as unknown as [HTMLElement, HTMLInputElement, HTMLElement];
  const [label, input, reset] = head.children as unknown as [HTMLLabelElement, HTMLInputElement, HTMLButtonElement];
  const id = `number-${number.name}`;
  attribute(this, 'class', `number${number.set ? ' set' : ''}`);
  set(label, number.name);
  attribute(label, 'for', id);
  attribute(input, 'id', id);
  attribute(input, 'data-number', number.name);
  attribute(input, 'aria-describedby', `${id}-rest`);
  if (input !== document.activeElement && input.value !== number.value) input.value = number.value;
  reset.hidden = !number.set;
  attribute(reset, 'data-of', number.name);
  attribute(reset, 'aria-label', `${number.name} as it was`);
  range.hidden = number.low === null;
  if (number.low !== null) {
    attribute(range, 'data-track', number.name);
    attribute(range, 'aria-label', `${number.name}, slider`);
    attribute(range, 'aria-valuetext', number.value);
    attribute(range, 'min', String(number.low));
    attribute(range, 'max', String(number.high));
    attribute(range, 'step', number.step > 0 ? String(number.step) : 'any');
    if (range !== document.activeElement && range.value !== String(number.at)) range.value = String(number.at);
  }
  attribute(rest, 'id', `${id}-rest`);
  set(
    rest,
    [number.range && `${number.outside ? 'outside of ' : ''}${number.range}`, number.basis, number.because]
      .filter(Boolean)
      .join(' · '),
  );
}

function drawSeed(part: HTMLElement, seed: string): void {
  const line = child<HTMLElement>(part, 'p', 'seed-line').node()!;
  const label = child<HTMLLabelElement>(line, 'label', 'seed-name').node()!;
  set(label, 'Seed');
  attribute(label, 'for', 'seed-input');
  const input = child<HTMLInputElement>(line, 'input', 'seed-input').node()!;
  if (input.id === '') {
    Object.assign(input, { id: 'seed-input', type: 'text', name: 'seed', autocomplete: 'off', spellcheck: false });
  }
  if (input !== document.activeElement && input.value !== seed) input.value = seed;
  button(line, 'seed-next', 'Another seed', 'seed');
  note(part, 'gloss', 'Whatever is drawn by chance is drawn from the seed: the same seed, the same run.');
}

function drawDeeds(part: HTMLElement, view: WhatIfView): void {
  const line = child<HTMLElement>(part, 'p', 'deed-line').node()!;
  const label = child<HTMLLabelElement>(line, 'label', 'deed-name').node()!;
  set(label, `At ${view.moment}${view.whom === '' ? '' : `, to ${view.whom}`}`);
  attribute(label, 'for', 'act-choice');
  const choice = child<HTMLSelectElement>(line, 'select', 'act-choice').node()!;
  if (choice.id === '') Object.assign(choice, { id: 'act-choice', name: 'act' });
  select(choice)
    .selectAll<HTMLOptionElement, WhatIfView['acts'][number]>('option')
    .data(view.acts, (act) => act.id)
    .join('option')
    .order()
    .each(function (act) {
      if (this.value !== act.id) this.value = act.id;
      set(this, act.says);
      if (this.selected !== act.chosen && choice !== document.activeElement) this.selected = act.chosen;
    });
  choice.hidden = view.acts.length === 0;
  button(line, 'deed-add', 'Add', 'add').hidden = view.acts.length === 0;
  note(
    part,
    'gloss',
    view.whom === ''
      ? 'Pick a part in the picture, and go to the moment: what can be done to it is listed here.'
      : view.acts.length === 0
        ? 'Nothing can be done to this by hand. Pick another part.'
        : '',
  );
  select(child<HTMLOListElement>(part, 'ol', 'deed-list').node()!)
    .selectAll<HTMLLIElement, WhatIfView['deeds'][number]>('li')
    .data(view.deeds)
    .join((enter) => {
      const item = enter.append('li');
      for (const name of ['time', 'deed-says']) item.append('span').attr('class', name);
      item.append('button').attr('type', 'button').attr('class', 'small').attr('data-act', 'undo').text('Take out');
      return item;
    })
    .each(function (deed, i) {
      const [time, says, out] = this.children;
      set(time!, deed.time);
      set(says!, deed.says);
      attribute(out!, 'data-of', String(i));
      attribute(out!, 'aria-label', `Take out: ${deed.says}`);
    });
  const yaml = child<HTMLPreElement>(part, 'pre', 'yaml').node()!;
  set(yaml, view.yaml);
  yaml.hidden = view.yaml === '';
  attribute(yaml, 'aria-label', 'What the branch adds to the scenario');
}

const STATE: Readonly<Record<WhatIfView['state'], string>> = {
  shown: 'This is what is shown. Choose something above.',
  here: 'This run is there already.',
  waits: 'Is being run…',
  new: '',
};

function drawDraft(panel: HTMLElement, view: WhatIfView): void {
  const part = child<HTMLElement>(panel, 'section', 'draft').node()!;
  attribute(part, 'aria-label', 'What would be run');
  note(part, 'draft-name', view.name);
  note(part, 'draft-state', STATE[view.state]);
  const said = child<HTMLDivElement>(part, 'div', 'draft-said').node()!;
  attribute(said, 'role', 'status');
  const problems = child<HTMLUListElement>(said, 'ul', 'draft-problems').node()!;
  select(problems)
    .selectAll<HTMLLIElement, string>('li')
    .data(view.problems.slice(0, 6))
    .join('li')
    .each(function (problem) {
      set(this, problem);
    });
  const line = child<HTMLElement>(part, 'p', 'draft-acts').node()!;
  const ready = view.problems.length === 0 && (view.state === 'new' || view.state === 'here');
  const go = button(line, 'draft-go', view.state === 'here' ? 'Show' : 'Run and show', 'run-show');
  go.disabled = !ready;
  const only = button(line, 'draft-run', 'Run only', 'run');
  only.disabled = !ready;
  only.hidden = view.state === 'here';
  button(line, 'draft-reset', 'Undo these choices', 'as-shown').hidden = view.state === 'shown';
  button(line, 'draft-stop', 'Cancel', 'stop').hidden = !view.waits;
  const progress = child<HTMLProgressElement>(part, 'progress', 'draft-progress').node()!;
  attribute(progress, 'aria-label', 'Being run');
  // Without a value a bar is one whose end nobody knows.
  attribute(progress, 'max', '100');
  attribute(progress, 'value', view.percent === null ? null : String(view.percent));
  progress.hidden = !view.waits;
}

const runningText = (percent: number | null): string =>
  percent === null ? 'is being run…' : `is being run, ${percent} %`;
