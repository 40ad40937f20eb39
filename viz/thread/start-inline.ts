/** Starts the second thread where there is no other file: its code is a part of the page. */
import Inline from './worker.ts?worker&inline';

export const startWorker = (): Worker => new Inline();
