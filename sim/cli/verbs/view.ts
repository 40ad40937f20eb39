/** `view`: serves the replay of scenarios on this machine, and follows the files as they are edited. */
import type { Command } from '../options.ts';
import { replay } from '../serve/replay.ts';

export const command: Command<'files' | 'variant' | 'seed' | 'set' | 'port' | 'open'> = (args, io) => replay(args, io);
