/** The simulator as it is shipped: one file, so that what is measured is what people run, and not what the test runner makes of it. */

type Library = Pick<typeof import('../../sim/index.ts'), 'compile' | 'load' | 'run'>;

export const LIBRARY = new URL('../../dist/index.js', import.meta.url).href;
export const { compile, load, run } = (await import(LIBRARY)) as Library;
