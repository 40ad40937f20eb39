/** Draws how far the reading of a run is: a bar, and in words what was read. */
import type { Progress } from '../load/stream.ts';
import { attribute, byId, show, write } from './dom.ts';

const MB = 1e6;
const size = (bytes: number): string =>
  (bytes / MB).toLocaleString('en', { maximumFractionDigits: bytes < 10 * MB ? 1 : 0 });

/** `34 of 251 MB`, and how many changes these were. */
export function drawLoading({ bytes, total, changes }: Progress): void {
  show('loading-progress', true);
  const bar = byId('loading-bar');
  const share = total === null || total <= 0 ? null : Math.min(bytes / total, 1);
  // Without a value a bar is one whose end nobody knows.
  attribute(bar, 'aria-valuenow', share === null ? null : String(Math.floor(share * 100)));
  attribute(bar, 'aria-valuetext', share === null ? `${size(bytes)} megabytes` : `${Math.floor(share * 100)} percent`);
  bar.classList.toggle('endless', share === null);
  byId('loading-fill').style.setProperty('--share', String(share ?? 1));
  write('loading-bytes', share === null ? `${size(bytes)} MB` : `${size(bytes)} of ${size(total as number)} MB`);
  write('loading-changes', changes === 0 ? '' : `${changes.toLocaleString('en')} changes`);
}
