/** The tab What if: a draft of a branch, put together from variants, numbers, chance and deeds; looked at as it grows; run in the second thread. */
import { byId } from '../draw/dom.ts';
import { drawWhatIf } from '../draw/whatif.ts';
import { actsOn, type Patch, undone } from '../frame/acts.ts';
import { freeName, mergedPatch, momentText } from '../frame/patch.ts';
import { differenceOfDraft, draftOf, trackOf } from '../frame/whatif.ts';
import { type Choices, type Deed, deedOf, whatIfView } from '../frame/whatif-view.ts';
import type { Runs } from '../runs/runs.ts';
import { STOPPED } from '../thread/thread.ts';
import type { Stage } from './stage.ts';

/** People type several letters: what they have typed is looked at when they rest. */
const REST = 250;

export function startWhatIf(stage: Stage, runs: Runs): void {
  const panel = byId('panel-what-if');
  let choices = choicesOf();
  let timer: number | undefined;
  let asked = 0;
  /** What is to have the focus when the tab is there. */
  let forking: '.draft-go' | 'select' | null = null;
  let writes: ReadonlyMap<string, readonly string[]> | null = null;
  let base = runs.base().run;

  /** The draft begins as what is shown. */
  function choicesOf(): Choices {
    const { difference } = runs.shown();
    const { scene } = stage.world().run;
    return {
      draft: { ...draftOf(difference), fork: null },
      deeds: difference.fork ? [deedOf(difference.fork)] : [],
      act: null,
      effective: new Map(scene.parameters.map(({ name, value }) => [name, value])),
      problems: [],
      looking: false,
    };
  }
  const difference = () => {
    const { deeds, draft } = choices;
    const fork = deeds.length === 0 ? null : { at: Math.min(...deeds.map(({ at }) => at)), patch: patchOf(deeds) };
    return differenceOfDraft({ ...draft, fork }, stage.world().run);
  };
  const acts = () => {
    const { run, things } = stage.world();
    const thing = things.byId.get(stage.session().selection.thing ?? '');
    return { thing, list: thing ? actsOn(run, thing) : undone(run, null) };
  };
  const draw = (): void => {
    if (stage.session().tab !== 'what-if') return;
    if (writes === null) {
      writes = new Map();
      void runs.variants().then((found) => {
        writes = 'writes' in found ? found.writes : found === STOPPED ? null : writes;
        if (!('writes' in found)) return;
        draw();
        // The variants above have more lines now: what is being chosen stays in view.
        panel.querySelector('details.deeds:focus-within')?.scrollIntoView({ block: 'start' });
      });
    }
    const { thing, list } = acts();
    drawWhatIf(
      panel,
      whatIfView(runs, stage.world(), choices, difference(), {
        at: stage.session().moment.at,
        thing: thing ?? null,
        acts: list,
        writes,
      }),
    );
  };
  const look = async (): Promise<void> => {
    const mine = ++asked;
    choices = { ...choices, looking: true };
    draw();
    const found = await runs.check(difference());
    if (mine !== asked) return;
    // Given up with a run that was under way: it is looked at again with the next choice.
    if (found === STOPPED) return;
    choices =
      'problems' in found
        ? { ...choices, looking: false, problems: found.problems }
        : {
            ...choices,
            looking: false,
            problems: [],
            effective: new Map(found.parameters.map(({ name, value }) => [name, value])),
          };
    draw();
  };
  const change = (next: Partial<Choices>): void => {
    choices = { ...choices, ...next };
    asked += 1;
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void look(), REST);
    draw();
  };
  const setNumber = (name: string, value: string | null): void => {
    const values = new Map(choices.draft.values);
    const base = runs.base();
    const own = base.run?.scene.parameters.find((one) => one.name === name)?.value;
    const asWritten = value === own && choices.draft.variant === base.difference.variant;
    if (
      value === null ||
      (asWritten && !base.difference.set.some((one) => one.startsWith(`parameters.${name}.value=`)))
    )
      values.delete(name);
    else values.set(name, value.trim());
    change({ draft: { ...choices.draft, values } });
  };
  /** What a slider stands at, as the scenario writes such numbers. */
  const slid = (name: string, n: number): string => {
    const { range = null, value = '' } = stage.world().run.scene.parameters.find((one) => one.name === name) ?? {};
    return trackOf(range, value)?.text(n) ?? String(n);
  };
  const addDeed = (id: string | null): void => {
    const { thing, list } = acts();
    const act = list.find((one) => one.id === id) ?? list[0];
    if (!act) return;
    const { run } = stage.world();
    const at = Math.floor(stage.session().moment.at);
    const patch = act.patch(momentText(run, at), freeName(run, patchOf(choices.deeds)));
    change({ deeds: [...choices.deeds, { at, patch, says: `${thing ? `${thing.name}: ` : ''}${act.says}` }] });
  };
  const run = async (shows: boolean): Promise<void> => {
    const before = runs.shown();
    const made = await runs.make(difference());
    if (!made.run || !shows || runs.shown() !== before) return;
    runs.show(made.id);
    runs.compare(before.id);
  };

  panel.addEventListener('input', ({ target }) => {
    const input = target as HTMLInputElement;
    const { number, track } = input.dataset;
    if (number !== undefined) setNumber(number, input.value.trim() === '' ? null : input.value);
    else if (track !== undefined) setNumber(track, slid(track, Number(input.value)));
    else if (input.name === 'variant')
      change({ draft: { ...choices.draft, variant: input.value === '' ? null : input.value } });
    else if (input.name === 'seed') change({ draft: { ...choices.draft, seed: input.value.trim() || '1' } });
    else if (input.name === 'act') choices = { ...choices, act: input.value };
  });
  panel.addEventListener('click', ({ target }) => {
    const button = (target as Element).closest<HTMLElement>('[data-act]');
    if (!button) return;
    const { act, of = '' } = button.dataset;
    if (act === 'run') void run(false);
    else if (act === 'run-show') void run(true);
    else if (act === 'stop') runs.stop();
    else if (act === 'show') runs.show(of);
    else if (act === 'compare') {
      runs.compare(runs.against()?.id === of ? null : of);
      if (runs.against()) stage.dispatch({ do: 'tab', tab: 'compare' });
    } else if (act === 'drop') runs.drop(of);
    else if (act === 'reset') setNumber(of, null);
    else if (act === 'seed') change({ draft: { ...choices.draft, seed: nextSeed(choices.draft.seed) } });
    else if (act === 'add') addDeed(choices.act);
    else if (act === 'undo') change({ deeds: choices.deeds.filter((_, i) => i !== Number(of)) });
    else if (act === 'as-shown') {
      choices = choicesOf();
      change({});
    }
  });
  /** What is to be done at this moment is chosen, unless it is said already: then it is only to be run. */
  const fork = (said: boolean): void => {
    stage.dispatch({ do: 'pause' });
    stage.dispatch({ do: 'tab', tab: 'what-if' });
    forking = said ? '.draft-go' : 'select';
    // The tab is there when the next frame is.
    if (!panel.hidden) lead();
  };
  stage.on('fork', () => fork(false));
  stage.on('fail', () => {
    if (!acts().thing || !stage.world().run.written) return;
    addDeed(null);
    fork(true);
  });
  const lead = (): void => {
    const to = forking;
    forking = null;
    draw();
    const section = panel.querySelector<HTMLDetailsElement>('details.deeds');
    if (!section || to === null) return;
    section.open = true;
    panel.querySelector<HTMLElement>(`${to === 'select' ? 'details.deeds ' : ''}${to}`)?.focus({ preventScroll: true });
    section.scrollIntoView({ block: 'start' });
  };
  stage.onShow(() => {
    choices = choicesOf();
    asked += 1;
    draw();
  });
  stage.onDraw(() => {
    draw();
    if (forking !== null && !panel.hidden) lead();
  });
  runs.subscribe(() => {
    // Another base has other variants.
    if (runs.base().run !== base) {
      base = runs.base().run;
      choices = choicesOf();
      writes = null;
    }
    draw();
  });
  draw();
}

const patchOf = (deeds: readonly Deed[]): Patch =>
  deeds.reduce((all, { patch }) => mergedPatch(all, patch), {} as Patch);

/** A number that has not been tried; of words, the first number. */
const nextSeed = (seed: string): string => (/^\d{1,9}$/.test(seed) ? String(Number(seed) + 1) : '1');
