/** The verbs that need the simulator, in one piece: loading one file is faster than loading ten. */
export { command as check } from './check.ts';
export { command as dig } from './dig.ts';
export { command as export } from './export.ts';
export { command as facts } from './facts.ts';
export { command as path } from './path.ts';
export { command as route } from './route.ts';
export { command as run } from './run.ts';
export { command as schema } from './schema.ts';
export { command as start } from './start.ts';
export { command as validate } from './validate.ts';
export { command as view } from './view.ts';
export { command as why } from './why.ts';
