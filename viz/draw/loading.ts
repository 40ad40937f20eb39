/** Draws how far the reading of a run is: a bar, and in words what was read. */
import type { Progress } from '../load/stream.ts';
import { attribute, byId, show, write } from './dom.ts';

const MB = 1e6;
const size = (bytes: number): string =>
  (bytes / MB).toLocaleString('en', { maximumFractionDigits: bytes < 10 * MB ? 1 : 0 });

/** How far a run is that is made anew: it has a way out of its own. */
export function drawRunning(percent: number | null): void {
  show('loading-progress', true);
  show('loading-stop', false);
  drawBar(percent === null ? null : percent / 100, 'not known yet');
  write('loading-bytes', percent === null ? '' : `${percent} %`);
  write('loading-changes', '');
}

/** Without a value a bar is one whose end nobody knows. */
function drawBar(share: number | null, otherwise: string): void {
  const bar = byId('loading-bar');
  const percent = Math.floor((share ?? 0) * 100);
  attribute(bar, 'aria-valuenow', share === null ? null : String(percent));
  attribute(bar, 'aria-valuetext', share === null ? otherwise : `${percent} percent`);
  bar.classList.toggle('endless', share === null);
  byId('loading-fill').style.setProperty('--share', String(share ?? 1));
}

/** `34 of 251 MB`, and how many changes these were. */
export function drawLoading({ bytes, total, changes }: Progress): void {
  show('loading-progress', true);
  const share = total === null || total <= 0 ? null : Math.min(bytes / total, 1);
  drawBar(share, `${size(bytes)} megabytes`);
  write('loading-bytes', share === null ? `${size(bytes)} MB` : `${size(bytes)} of ${size(total as number)} MB`);
  write('loading-changes', changes === 0 ? '' : `${changes.toLocaleString('en')} changes`);
}
