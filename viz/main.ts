/** The replay: fetches a trace, and shows any moment of it as a picture, a timeline and a text that belong together. */
import '@fontsource-variable/inter/opsz.css';
import './style/tokens.css';
import './style/base.css';
import './style/layout.css';
import './style/loading.css';
import './style/controls.css';
import './style/dialog.css';
import './style/legend.css';
import './style/map.css';
import './style/menu.css';
import './style/picture.css';
import './style/cards.css';
import './style/table.css';
import './style/timeline.css';
import './style/lanes.css';
import './style/story.css';
import './style/causes.css';
import './style/node.css';
import './style/look.css';
import './style/score.css';
import { fromAddress, keepAddress } from './control/address.ts';
import { startFit } from './control/fit.ts';
import { listenToKeys } from './control/keys.ts';
import { whileLoading } from './control/loading.ts';
import { lookOnDemand } from './control/look.ts';
import { startMap } from './control/map.ts';
import { startCommands } from './control/perform.ts';
import { startPlayer } from './control/player.ts';
import { listenToClicks, listenToHover } from './control/pointer.ts';
import { listenToScrub } from './control/scrub.ts';
import { listenToSearch } from './control/search.ts';
import { showRun } from './control/show.ts';
import { speakOf } from './control/speak.ts';
import { createStage } from './control/stage.ts';
import { switchTheme } from './control/theme.ts';
import { walkLists, walkPicture, walkTabs } from './control/walk.ts';
import { byId } from './draw/dom.ts';
import { drawProblem } from './draw/problem.ts';
import { drawTitle } from './draw/title.ts';
import type { Frame } from './frame/frame.ts';
import { worldOf } from './frame/world.ts';
import { fetchList, fetchTrace, traceUrl } from './load/fetch.ts';
import { createRuns, type Runs } from './runs/runs.ts';
import { recalledSwitches, rememberSwitches } from './state/device.ts';
import { opening, type Session } from './state/session.ts';
import { createThread } from './thread/thread.ts';

declare global {
  interface Window {
    /** For tests: whether the page shows a run or a problem, going to a moment, and what is being shown. */
    netfall?: { ready: boolean; seek(at: number): void; state(): Session; runs?: Runs };
  }
}

async function open(): Promise<void> {
  const thread = createThread();
  const [{ run, warning }, list] = await Promise.all([
    whileLoading((tell, signal) => fetchTrace(traceUrl(location.href), thread, tell, signal)),
    fetchList(location.href),
  ]);
  const world = worldOf(run);
  let frame: Frame | null = null;
  const stage = createStage(
    world,
    { ...opening(world.usualSpeed, recalledSwitches()), ...fromAddress(world) },
    () => frame as Frame,
  );
  const runs = createRuns(run, thread, stage.show);
  drawTitle(world, list, warning);
  stage.onShow((other) => drawTitle(other, list, null));
  showRun(stage, (drawn) => {
    frame = drawn;
  });
  startCommands(stage);
  startPlayer(stage);
  listenToKeys(stage);
  listenToClicks(stage);
  listenToHover(stage, byId('picture'));
  listenToHover(stage, byId('map-picture'));
  startMap(stage);
  startFit(stage);
  listenToScrub(stage);
  listenToSearch(stage);
  walkPicture(byId<SVGSVGElement>('picture'), stage);
  lookOnDemand(stage);
  speakOf(stage);
  keepAddress(stage);
  stage.subscribe(rememberSwitches);
  byId<HTMLSelectElement>('speed').addEventListener('change', (event) =>
    stage.dispatch({ do: 'speed', speed: Number((event.target as HTMLSelectElement).value) }),
  );
  window.netfall = { ready: true, seek: (at) => stage.dispatch({ do: 'seek', at }), state: stage.session, runs };
}

switchTheme();
walkLists();
walkTabs(document.querySelector('.tabs') as Element);
byId('retry').addEventListener('click', () => location.reload());
open().catch((problem: unknown) => {
  drawProblem(problem);
  window.netfall = { ready: true, seek: () => undefined, state: () => opening(0) };
});
