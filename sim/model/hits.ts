/** What may happen to whom: the things that faults and changes of a scenario are aimed at, by setting. */
import type { Scenario, Setting } from './scenario.ts';

export class Hits {
  private readonly some = new Set<string>();
  private readonly early = new Set<string>();

  constructor(scenario: Scenario) {
    for (const { effect, targets, before } of [...scenario.faults.values(), ...scenario.changes.values()]) {
      for (const target of targets) {
        this.some.add(key(target, effect.setting, effect.of));
        if (before) this.early.add(key(target, effect.setting, effect.of));
      }
    }
  }

  /** True when some fault or change may put this setting on the thing; `of`: the layer or prefix it is about. */
  may(target: string, setting: Setting, of: string | null = null): boolean {
    return this.some.has(key(target, setting, of));
  }
  /** True when one has, before time zero. */
  has(target: string, setting: Setting, of: string | null = null): boolean {
    return this.early.has(key(target, setting, of));
  }
}

// Names may hold anything but a space.
const key = (target: string, setting: Setting, of: string | null): string => `${setting} ${of ?? ''} ${target}`;
