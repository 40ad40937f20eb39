/** Draws everything around the picture: clock, words, transport, tabs, footer. One call a frame. */
import { select } from 'd3';
import type { Frame } from '../frame/frame.ts';
import type { Timeline } from '../frame/timeline.ts';
import { type Session, TABS, VIEWS } from '../state/session.ts';
import { drawCauses } from './causes.ts';
import { attribute, byId, icon, show, write } from './dom.ts';
import { drawLanes, drawPins, drawValues } from './lanes.ts';
import { drawCounts } from './legend.ts';
import { drawCurrent, drawNear, drawSilence } from './near.ts';
import { drawNode } from './node.ts';
import { drawPicture } from './picture.ts';
import { drawQuestion } from './question.ts';
import { drawScore } from './score.ts';
import { drawStory } from './story.ts';
import { drawCover, drawHead, drawPlayhead, drawStrip, STRIP } from './strip.ts';
import { drawTable } from './table.ts';
import { setTerms } from './terms.ts';

/** Draws one frame. The timeline is drawn anew only when it is another one; the playhead moves over it. */
export function pageDrawer(): (frame: Frame, session: Session) => void {
  let drawn: Timeline | null = null;
  /** The first change that was not to be seen when the timeline was drawn last. */
  let hiddenThen: number | null = null;
  return (frame, session) => {
    drawNow(frame);
    if (frame.table) drawTable(byId('table'), frame.table);
    else if (session.view === 'picture')
      drawPicture(byId<SVGSVGElement>('picture'), frame.picture, byId<HTMLCanvasElement>('dots'));
    for (const [view, id] of [
      ['picture', 'canvas'],
      ['map', 'map'],
      ['table', 'table'],
    ] as const)
      show(id, session.view === view);
    const [strip, lanes] = [
      select(byId('strip')).select<SVGSVGElement>('svg').node()!,
      select(byId('lanes')).select<SVGSVGElement>('svg').node()!,
    ];
    const { timeline, covered, playhead, head } = frame;
    const hidden = covered ? session.moment.step : null;
    if (drawn !== timeline || hiddenThen !== hidden) {
      drawStrip(strip, timeline);
      drawLanes(lanes, timeline, covered);
      drawPins(byId('lane-pins'), timeline);
      drawNear(byId('near'), timeline, hidden);
      [drawn, hiddenThen] = [timeline, hidden];
    }
    if (timeline.near) drawCurrent(byId('events'), session.moment.step);
    drawCover(strip, covered, timeline, playhead, 9, STRIP.top + STRIP.density - 4);
    drawCover(lanes, covered, timeline, head.x, 0, timeline.height);
    drawPlayhead(strip, timeline, playhead, 9, STRIP.top + STRIP.density - 4, true);
    drawHead(lanes, frame);
    drawValues(lanes, timeline, head.shown ? frame.values : [], head.x);
    drawSilence(byId('silence'), strip, frame);
    drawControls(frame, session);
    for (const tab of TABS) {
      const active = session.tab === tab;
      attribute(byId(`tab-${tab}`), 'aria-selected', String(active));
      attribute(byId(`tab-${tab}`), 'tabindex', active ? '0' : '-1');
      show(`panel-${tab}`, active);
    }
    drawQuestion(byId('question'), frame.question);
    if (frame.story) drawStory(byId('panel-story'), frame.story);
    if (frame.causesOpen) drawCauses(byId('panel-causes'), frame.causes);
    if (frame.nodeOpen) drawNode(byId('panel-node'), frame.node);
    if (frame.score) drawScore(byId('panel-score'), frame.score);
  };
}

function drawNow({ now, more, footer, caption, legend, position }: Frame): void {
  write('clock-main', now.clock.main);
  write('clock-rest', now.clock.rest);
  write('clock-day', now.clock.day ? ` ${now.clock.day}` : '');
  write('zone', now.zone);
  write('elapsed', now.elapsed);
  write('share', now.share);
  write('share-what', now.what);
  write('share-more', more);
  show('share-more', now.counted);
  byId('works').classList.toggle('trouble', now.trouble);
  setTerms(byId('footer'), footer);
  drawCaption(caption);
  write('position', position);
  drawCounts(byId('legend'), legend);
}

/** Its place stays, whether anything is said or not. */
function drawCaption(caption: Frame['caption']): void {
  const line = byId('caption');
  line.hidden = caption === null;
  if (!caption) return;
  attribute(line, 'data-lines', String(caption.lines));
  setTerms(line, caption.says, 'plain');
}

function drawControls(frame: Frame, session: Session): void {
  const play = byId('play');
  icon(play, session.playing ? 'pause' : 'play');
  const label = session.playing ? 'Pause' : 'Play';
  const text = play.querySelector('span');
  if (text && text.textContent !== label) text.textContent = label;
  play.classList.toggle('on', session.playing);
  attribute(byId('skip'), 'aria-pressed', String(session.skip));
  attribute(byId('numbers'), 'aria-pressed', String(session.numbers));
  attribute(byId('predict'), 'aria-pressed', String(session.predict));
  attribute(byId('wall'), 'aria-checked', String(!session.wall));
  attribute(byId('motion'), 'aria-checked', String(session.motion));
  const { thing } = session.selection;
  attribute(byId('pin'), 'aria-pressed', String(thing !== null && session.pins.includes(thing)));
  for (const id of ['pin', 'fit']) show(id, thing !== null);
  show('numbers', frame.moreNumbers > 0);
  for (const view of VIEWS) attribute(byId(`view-${view}`), 'aria-pressed', String(session.view === view));
  show(
    'clear',
    session.selection.thing !== null || session.selection.change !== null || session.selection.checkpoint !== null,
  );
  const strip = byId('strip');
  const { clock, elapsed } = frame.now;
  attribute(strip, 'aria-valuenow', String(Math.round((frame.playhead / frame.timeline.width) * 1000) / 10));
  attribute(
    strip,
    'aria-valuetext',
    [`${clock.main}${clock.rest}`, elapsed, frame.silence?.says].filter(Boolean).join(', '),
  );
  const until = byId<HTMLSelectElement>('until');
  if (until.value !== (session.until ?? '')) until.value = session.until ?? '';
  const speed = byId<HTMLSelectElement>('speed');
  if (speed.value !== String(session.speed)) speed.value = String(session.speed);
}
