/** The replay: fetches a trace, and shows any moment of it as a picture, a timeline and a text that belong together. */
import '@fontsource-variable/inter/opsz.css';
import './style/tokens.css';
import './style/base.css';
import './style/layout.css';
import './style/loading.css';
import './style/controls.css';
import './style/dialog.css';
import './style/embed.css';
import './style/legend.css';
import './style/map.css';
import './style/marks.css';
import './style/menu.css';
import './style/open.css';
import './style/palette.css';
import './style/picture.css';
import './style/cards.css';
import './style/table.css';
import './style/timeline.css';
import './style/lanes.css';
import './style/near.css';
import './style/story.css';
import './style/causes.css';
import './style/node.css';
import './style/branches.css';
import './style/whatif.css';
import './style/compare.css';
import './style/look.css';
import './style/poster.css';
import './style/save.css';
import './style/score.css';
import './style/question.css';
import './style/terms.css';
import './style/tour.css';
import { fromAddress, hasMoment, keepAddress } from './control/address.ts';
import { startAsks } from './control/asks.ts';
import { startBranches } from './control/branches.ts';
import { startBrush } from './control/brush.ts';
import { startCompare } from './control/compare.ts';
import { isEmbedded, startEmbed } from './control/embed.ts';
import { startFit } from './control/fit.ts';
import { keepFocus } from './control/focus.ts';
import { tellTimes } from './control/instant.ts';
import { listenToKeys } from './control/keys.ts';
import { whileLoading, whileRunning } from './control/loading.ts';
import { lookOnDemand } from './control/look.ts';
import { startMap } from './control/map.ts';
import { startMarks } from './control/marks.ts';
import { startMenu } from './control/menu.ts';
import { startOpen } from './control/open.ts';
import { startPalette } from './control/palette.ts';
import { startCommands } from './control/perform.ts';
import { startPlayer } from './control/player.ts';
import { listenToClicks, listenToHover } from './control/pointer.ts';
import { closeMenus } from './control/popover.ts';
import { startQuestions } from './control/question.ts';
import { startSave } from './control/save.ts';
import { listenToScrub } from './control/scrub.ts';
import { listenToSearch } from './control/search.ts';
import { startShare } from './control/share.ts';
import { showRun } from './control/show.ts';
import { speakOf } from './control/speak.ts';
import { createStage } from './control/stage.ts';
import { glossTerms } from './control/terms.ts';
import { switchTheme } from './control/theme.ts';
import { startTour } from './control/tour.ts';
import { createVersus } from './control/versus.ts';
import { createVisits } from './control/visits.ts';
import { walkLists, walkPicture, walkTabs } from './control/walk.ts';
import { walkLanes } from './control/walk-lanes.ts';
import { startWhatIf } from './control/whatif.ts';
import { byId, write } from './draw/dom.ts';
import { drawProblem } from './draw/problem.ts';
import { drawTitle } from './draw/title.ts';
import type { Frame } from './frame/frame.ts';
import { type World, worldOf } from './frame/world.ts';
import { fetchList, openFirst } from './load/fetch.ts';
import { createRuns, type Runs } from './runs/runs.ts';
import { openingAsked } from './state/asking.ts';
import { STOPS } from './state/course.ts';
import { recalledSwitches, rememberSwitches } from './state/device.ts';
import { opening, type Session } from './state/session.ts';
import { asksForRun } from './state/wish.ts';
import { createThread } from './thread/thread.ts';

declare global {
  interface Window {
    /** For tests: whether the page shows a run or a problem, going to a moment, and what is being shown. */
    netfall?: { ready: boolean; seek(at: number): void; state(): Session; runs?: Runs };
  }
}

/** Where the address asks for no moment, the run begins with a question. */
function openingSession(world: World): Session {
  const asked = fromAddress(world);
  const session = { ...opening(world.usualSpeed, recalledSwitches()), ...asked };
  return hasMoment() || isEmbedded(location.search) ? session : openingAsked(session, world.course);
}

async function open(): Promise<void> {
  const thread = createThread();
  const list = await fetchList(location.href);
  if (new URLSearchParams(location.search).has('scenario')) write('loading-title', 'Running the scenario…');
  const first = await whileLoading((tell, signal) => openFirst(location.href, list, thread, tell, signal));
  const world = worldOf(first.run);
  let frame: Frame | null = null;
  const stage = createStage(world, openingSession(world), () => frame as Frame);
  const runs = createRuns(first.run, thread, stage.show);
  const visits = createVisits(runs, first);
  const address = keepAddress(stage, runs, visits.back);
  if (asksForRun(location.hash)) await whileRunning(runs, address.follow);
  const isBranch = (): boolean => runs.shown() !== runs.base();
  const head = (): void => drawTitle(stage.world(), visits.isFile() ? [] : list, visits.warning(), isBranch());
  head();
  stage.onShow(head);
  showRun(stage, (drawn) => {
    frame = drawn;
  });
  startCommands(stage);
  startPlayer(stage);
  startQuestions(stage);
  startAsks(stage);
  startTour(stage);
  listenToKeys(stage);
  listenToClicks(stage);
  keepFocus(stage);
  listenToHover(stage);
  const versus = createVersus(stage, runs);
  startMap(stage, versus);
  startFit(stage);
  listenToScrub(stage);
  startBrush(stage);
  tellTimes(stage);
  listenToSearch(stage);
  walkPicture(byId<SVGSVGElement>('picture'), stage);
  walkLanes(stage);
  lookOnDemand(stage);
  startBranches(stage, runs, speakOf(stage));
  startWhatIf(stage, runs);
  startCompare(stage, runs, versus);
  startMarks(stage);
  startShare(stage, address.links, visits.isFile);
  startSave(stage, thread);
  const go = startOpen(stage, thread, list, (parsed, search) => {
    address.anew(() => visits.begin(parsed, search));
    const { course, usualSpeed } = stage.world();
    const { selection, tab, view, span, pins } = opening(usualSpeed);
    const begun = { moment: course.opening, selection, tab, view, span, pins };
    const { asked } = openingAsked({ ...stage.session(), ...begun }, course);
    stage.dispatch({ do: 'restore', session: { ...begun, asked } });
  });
  byId<HTMLSelectElement>('chooser').addEventListener('change', (event) =>
    go((event.target as HTMLSelectElement).value),
  );
  // Within another page most of what these lead to is not there.
  if (!isEmbedded(location.search)) {
    startMenu(stage, address.links, visits.isFile);
    startPalette(stage, runs);
  }
  stage.subscribe(rememberSwitches);
  byId<HTMLSelectElement>('speed').addEventListener('change', (event) =>
    stage.dispatch({ do: 'speed', speed: Number((event.target as HTMLSelectElement).value) }),
  );
  byId<HTMLSelectElement>('until').addEventListener('change', (event) =>
    stage.dispatch({
      do: 'until',
      stop: STOPS.find((stop) => stop === (event.target as HTMLSelectElement).value) ?? null,
    }),
  );
  window.netfall = { ready: true, seek: (at) => stage.dispatch({ do: 'seek', at }), state: stage.session, runs };
}

switchTheme();
startEmbed();
glossTerms();
closeMenus();
walkLists();
walkTabs(document.querySelector('.tabs') as Element);
byId('retry').addEventListener('click', () => location.reload());
open().catch((problem: unknown) => {
  drawProblem(problem);
  window.netfall = { ready: true, seek: () => undefined, state: () => opening(0) };
});
