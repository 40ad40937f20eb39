/** Saving what is shown: the dialog, and what its buttons make. */
import { csvLines, jsonGrid, perfettoLines } from '../../sim/index.ts';
import { byId } from '../draw/dom.ts';
import { createEasel, mapNow } from '../draw/poster.ts';
import { drawProgress, drawSave, drawTold } from '../draw/save.ts';
import { frames, type Size } from '../frame/frame.ts';
import type { Body } from '../frame/poster.ts';
import { accountOfRun } from '../save/account.ts';
import { type Film, filmsHere, makeFilm, RATE } from '../save/clip.ts';
import { blobOf, download, sizeText } from '../save/download.ts';
import { aboutGrid, type GridName, gridOf, isOfMoment } from '../save/grids.ts';
import { fileName } from '../save/names.ts';
import { offersOf } from '../save/offers.ts';
import { createRaster, pngOf } from '../save/raster.ts';
import { createWriter } from '../save/standalone.ts';
import { momentAt } from '../state/move.ts';
import type { Thread } from '../thread/thread.ts';
import { roomNow } from './show.ts';
import type { Stage } from './stage.ts';

/** A clip is so many pixels wide, whatever the page is. */
const WIDE = 1280;

interface Saved {
  readonly name: string;
  readonly blob: Blob;
}

export function startSave(stage: Stage, thread: Thread): void {
  const dialog = byId<HTMLDialogElement>('save');
  let films: readonly Film[] | null = null;
  let busy = false;
  let stop = new AbortController();
  const chosen = (id: string): string => dialog.querySelector<HTMLSelectElement>(`#${id}`)?.value ?? '';
  const tell = (): void => {
    const [world, { now }] = [stage.world(), stage.frame()];
    const file = world.run.written?.file ?? 'FILE';
    const variant = world.run.variant === null ? '' : ` --variant ${quoted(world.run.variant)}`;
    drawSave(dialog, {
      about: `${world.run.scene.title}, ${now.clock.main}${now.clock.rest} ${now.zone}`,
      offers: offersOf(world, stage.session(), mapNow() !== null, films),
      command: `netfall export ${quoted(file)}${variant} --html --out ${fileName(world, null, '', 'html')}`,
    });
  };
  const ask = async (): Promise<void> => {
    films = await filmsHere().catch(() => []);
    if (dialog.open && !busy) tell();
  };
  const make = async (offer: string, form: string): Promise<Saved | null> => {
    const world = stage.world();
    const named = (at: number | null, what: string, ending: string): string => fileName(world, at, what, ending);
    const { moment } = stage.session();
    switch (offer) {
      case 'picture': {
        const body = chosen('save-body') as Body;
        return { name: named(moment.at, body === 'both' ? '' : body, form), blob: await pictureOf(stage, body, form) };
      }
      case 'clip': {
        const [from = 0, to = 0] = chosen('save-stretch').split('-').map(Number);
        const progress = (part: number): void => drawProgress(dialog, part);
        const blob = await clipOf(stage, form as Film, from, to, Number(chosen('save-lasts')), progress, stop.signal);
        return blob && { name: named(from, 'clip', form), blob };
      }
      case 'table': {
        const name = chosen('save-grid') as GridName;
        const grid = gridOf(name, world, stage.session());
        const pieces = form === 'csv' ? csvLines(grid) : jsonGrid(grid, aboutGrid(world, name, stage.frame()));
        const type = form === 'csv' ? 'text/csv' : 'application/json';
        return { name: named(isOfMoment(name) ? moment.at : null, name, form), blob: await blobOf(pieces, type) };
      }
      case 'trace':
        return {
          name: named(null, 'perfetto', 'json'),
          blob: await blobOf(perfettoLines(accountOfRun(world.run)), 'application/json'),
        };
      default:
        return textFile(stage, thread, offer === 'review' ? 'review' : 'scenario', (ending) =>
          named(null, offer === 'review' ? 'review' : '', ending),
        );
    }
  };
  const save = async (offer: string, form: string): Promise<void> => {
    if (busy) return;
    busy = true;
    stop = new AbortController();
    dialog.classList.add('busy');
    drawTold(dialog, 'Making it…', false);
    try {
      const saved = await make(offer, form);
      if (saved) download(saved.name, saved.blob);
      drawTold(
        dialog,
        saved ? `Saved ${saved.name} (${sizeText(saved.blob.size)}).` : 'Given up: nothing was saved.',
        false,
      );
    } catch (error) {
      drawTold(dialog, `It could not be saved: ${error instanceof Error ? error.message : String(error)}.`, true);
    } finally {
      busy = false;
      dialog.classList.remove('busy');
      drawProgress(dialog, null);
    }
  };
  dialog.addEventListener('click', (event) => {
    const target = event.target as Element;
    const [offer, form] = target.closest<HTMLElement>('[data-save]')?.dataset.save?.split(':') ?? [];
    if (offer !== undefined && form !== undefined) void save(offer, form);
    else if (target.closest('#save-stop')) stop.abort();
    else if (target === dialog) dialog.close();
  });
  dialog.addEventListener('close', () => stop.abort());
  stage.on('export', () => {
    stage.dispatch({ do: 'pause' });
    tell();
    if (!dialog.open) dialog.showModal();
    if (films === null) void ask();
  });
}

/** As a shell takes it. */
const quoted = (text: string): string => (/^[\w./:@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

/** Picture and timeline as wide as each other; the timeline alone as wide as in the page. */
function roomFor(body: Body): Size {
  const room = roomNow();
  const { width, zoom } = room.picture;
  const timeline = body === 'timeline' ? room.timeline : body === 'map' ? (mapNow()?.width ?? width) : width * zoom;
  return { ...room, timeline, narrow: timeline < 720, notes: timeline - 36 };
}

async function pictureOf(stage: Stage, body: Body, form: string): Promise<Blob> {
  const easel = createEasel(stage.world());
  try {
    const { width, height } = easel.draw(
      frames(stage.world())({ ...stage.session(), hover: null }, roomFor(body)),
      body,
    );
    const svg = await createWriter()(easel.svg);
    return form === 'png' ? await pngOf(svg, width, height) : new Blob([svg], { type: 'image/svg+xml' });
  } finally {
    easel.remove();
  }
}

/** The playhead goes over the strip at an even pace, so that silences are as short as they are drawn. */
async function clipOf(
  stage: Stage,
  film: Film,
  from: number,
  to: number,
  seconds: number,
  progress: (part: number) => void,
  stop: AbortSignal,
): Promise<Blob | null> {
  const world = stage.world();
  const [session, room] = [{ ...stage.session(), hover: null, playing: false }, roomFor('picture')];
  const frameOf = frames(world);
  const at = (time: number) => frameOf({ ...session, moment: momentAt(world.course, time) }, room);
  const easel = createEasel(world);
  try {
    const first = at(from);
    const size = easel.draw(first, 'picture', true);
    const raster = createRaster(size.width, size.height, WIDE / size.width);
    const { scale } = first.timeline.overview;
    const [left, right] = [scale.x(from), scale.x(to)];
    const count = Math.max(Math.round(seconds * RATE), 2);
    const write = createWriter();
    let before = '';
    const paint = async (i: number): Promise<void> => {
      const time = i === count - 1 ? to : scale.at(left + ((right - left) * i) / (count - 1));
      const { width, height } = easel.draw(at(time), 'picture', true);
      const svg = await write(easel.svg);
      if (svg !== before) await raster.draw(svg, width, height);
      before = svg;
    };
    return await makeFilm(film, raster, count, paint, (done) => progress(done / count), stop);
  } finally {
    easel.remove();
  }
}

const ENDING = { review: ['md', 'text/markdown'], scenario: ['yaml', 'application/yaml'] } as const;

async function textFile(
  stage: Stage,
  thread: Thread,
  kind: 'review' | 'scenario',
  named: (ending: string) => string,
): Promise<Saved> {
  const { written, variant, seed } = stage.world().run;
  if (!written) throw new Error('the trace does not hold its scenario');
  const found = await thread.ask(kind, { written, variant, seed });
  if ('problems' in found) throw new Error(found.problems[0] ?? 'nothing came of it');
  const [ending, type] = ENDING[kind];
  return { name: named(ending), blob: new Blob([found.text], { type }) };
}
