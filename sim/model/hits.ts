/** What may happen to whom: the things that faults and changes of a scenario are aimed at, by setting; and the facts it forces. */
import { factName } from './facts.ts';
import type { Scenario, Setting } from './scenario.ts';

export class Hits {
  private readonly some = new Set<string>();
  private readonly early = new Set<string>();
  private readonly forced = new Set<string>();

  constructor(scenario: Scenario) {
    for (const { effect, targets, before } of [...scenario.faults.values(), ...scenario.changes.values()]) {
      for (const target of targets) {
        this.some.add(key(target, effect.setting, effect.of));
        if (before) this.early.add(key(target, effect.setting, effect.of));
      }
    }
    for (const { question } of scenario.forces.values()) {
      this.forced.add(factName(question.kind, question.subjects));
      if (question.kind === 'fault') this.some.add(key(question.subjects[0] as string, 'down', null));
    }
  }

  /** True when the fact may be pinned by hand. */
  mayForce(fact: string): boolean {
    return this.forced.has(fact);
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
