/** Starts the second thread from its own file; the page that is one file has another way (`start-inline.ts`). */
export const startWorker = (): Worker => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
