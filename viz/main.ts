/** The replay: fetches a trace, and shows any moment of it as a picture, a timeline and a text that belong together. */
import '@fontsource-variable/inter/opsz.css';
import './style/tokens.css';
import './style/base.css';
import './style/layout.css';
import './style/controls.css';
import './style/dialog.css';
import './style/legend.css';
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
import { keepAddress } from './control/address.ts';
import { listenToKeys } from './control/keys.ts';
import { lookOnDemand } from './control/look.ts';
import { performer } from './control/perform.ts';
import { startPlayer } from './control/player.ts';
import { listenToClicks, listenToHover } from './control/pointer.ts';
import { listenToScrub } from './control/scrub.ts';
import { listenToSearch } from './control/search.ts';
import { showRun } from './control/show.ts';
import { speakOf } from './control/speak.ts';
import { switchTheme } from './control/theme.ts';
import { walkLists, walkPicture, walkTabs } from './control/walk.ts';
import { byId } from './draw/dom.ts';
import { drawProblem } from './draw/problem.ts';
import { drawTitle } from './draw/title.ts';
import { worldOf } from './frame/world.ts';
import { fetchList, fetchTrace, traceUrl } from './load/fetch.ts';
import { recalledKeys, recalledSkip, rememberKeys, rememberSkip } from './state/device.ts';
import { readHash } from './state/hash.ts';
import { opening, type Session } from './state/session.ts';
import { createStore } from './state/store.ts';

declare global {
  interface Window {
    /** For tests: whether the page shows a run or a problem, going to a moment, and what is being shown. */
    netfall?: { ready: boolean; seek(at: number): void; state(): Session };
  }
}

async function open(): Promise<void> {
  const [{ run, warning }, list] = await Promise.all([
    (async () => fetchTrace(traceUrl(location.href)))(),
    fetchList(location.href),
  ]);
  const world = worldOf(run);
  const { course, things } = world;
  const known = (id: string) => things.byId.has(id);
  const store = createStore(
    { ...opening(world.usualSpeed, recalledSkip(), recalledKeys()), ...readHash(location.hash, run, course, known) },
    course,
  );
  drawTitle(world, list, warning);
  const frame = showRun(world, store);
  const perform = performer(store);
  startPlayer(store);
  listenToKeys(perform, store);
  listenToClicks(store, perform);
  listenToHover(store, byId('picture'));
  listenToScrub(store.dispatch, () => frame().timeline);
  listenToSearch(things, store.dispatch);
  walkPicture(byId<SVGSVGElement>('picture'), store, frame);
  lookOnDemand(world, store);
  speakOf(store, () => frame().spoken);
  keepAddress(run, course, store, known);
  store.subscribe((after, before) => {
    if (after.skip !== before.skip) rememberSkip(after.skip);
    if (after.keys !== before.keys) rememberKeys(after.keys);
  });
  byId<HTMLSelectElement>('speed').addEventListener('change', (event) =>
    store.dispatch({ do: 'speed', speed: Number((event.target as HTMLSelectElement).value) }),
  );
  window.netfall = { ready: true, seek: (at) => store.dispatch({ do: 'seek', at }), state: store.session };
}

switchTheme();
walkLists();
walkTabs(document.querySelector('.tabs') as Element);
byId('retry').addEventListener('click', () => location.reload());
open().catch((problem: unknown) => {
  drawProblem(problem);
  window.netfall = { ready: true, seek: () => undefined, state: () => opening(0, true) };
});
