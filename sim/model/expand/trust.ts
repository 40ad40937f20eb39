/** Chains of trust as written: a DS record counts where the zone above is signed, and is published where it is said how long it is kept. */
import type { Change, Zone } from '../scenario.ts';
import type { Made } from './entries.ts';
import type { World } from './world.ts';

type Entries = ReadonlyMap<string, Made>;

export function checkChains(
  { context }: World,
  zones: ReadonlyMap<string, Zone>,
  madeZones: Entries,
  changes: ReadonlyMap<string, Change>,
  madeChanges: Entries,
): void {
  for (const { name, ds, under } of zones.values()) {
    const parent = ds === null || under === null ? undefined : zones.get(under);
    if (!parent || (parent.under === null ? parent.signed : parent.ds !== null)) continue;
    context.problem(
      (madeZones.get(name) as Made).at,
      `its DS record proves nothing, since no chain of trust leads to ${parent.name}`,
      parent.under === null
        ? `say signed: true of ${parent.name}`
        : `say under \`ds\` how long that of ${parent.name} is kept`,
    );
  }
  for (const { name, effect, targets } of changes.values()) {
    const without = effect.setting === 'ds' ? targets.find((zone) => zones.get(zone)?.ds === null) : undefined;
    if (without === undefined) continue;
    context.problem(
      (madeChanges.get(name) as Made).at,
      `nothing says how long resolvers keep the DS record of ${without}`,
      'say so under `ds` of the zone',
    );
  }
}
