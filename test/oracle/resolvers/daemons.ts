/** The real resolvers that are asked. */
import { BIND } from './bind.ts';
import type { Daemon } from './daemon.ts';
import { UNBOUND } from './unbound.ts';

export const DAEMONS: readonly Daemon[] = [BIND, UNBOUND];
