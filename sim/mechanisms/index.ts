/** The list of mechanisms: the one file that knows them all. */
import type { Mechanism } from '../engine/mechanism.ts';
import { changes } from './changes/plan.ts';
import { connectivity } from './connectivity/index.ts';
import { demand } from './demand/index.ts';
import { dependency } from './dependency/plan.ts';
import { load } from './load/index.ts';
import { naming } from './naming/index.ts';
import { people } from './people/plan.ts';
import { rates } from './rates/index.ts';
import { routing } from './routing/index.ts';
import { watch } from './watch.ts';

export const mechanisms: readonly Mechanism[] = [
  changes,
  connectivity,
  demand,
  dependency,
  load,
  naming,
  people,
  rates,
  routing,
  watch,
];
