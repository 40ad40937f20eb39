/**
 * Chains of trust: what a resolver that validates makes of a zone (RFC 4033 §5, RFC 4035 §4.3).
 *
 * It holds the key of a topmost zone that is signed. From there on a DS record in the zone above says that a zone is signed, and the
 * signed proof that there is none says that it is not. Either is kept: so a zone that is no longer signed is bogus for whoever still
 * has its DS record, until that runs out. Keys, algorithms, clocks and the life of single signatures are not looked at.
 */
import type { SignalRef } from '../../engine/mechanism.ts';
import type { Planner } from '../../engine/planner.ts';
import type { Scenario, Zone } from '../../model/scenario.ts';

export class Trust {
  constructor(
    private readonly scenario: Scenario,
    private readonly planner: Planner,
  ) {}

  /** A resolver that validates has to know whether the zone has a DS record, as a chain may lead to the zone above. */
  hangsOnParent(zone: Zone): boolean {
    const parent = zone.under === null ? undefined : this.scenario.zones.get(zone.under);
    return parent !== undefined && this.mayLead(parent);
  }
  private mayLead(zone: Zone): boolean {
    return zone.under === null ? zone.signed : zone.ds !== null && this.hangsOnParent(zone);
  }

  /** Its servers give signatures. */
  signed(zone: Zone): SignalRef {
    return this.set(zone, 'sign', 'on', 'off', zone.signed);
  }
  private unsigned(zone: Zone): SignalRef {
    return this.unset(zone, 'sign', 'on', 'off', zone.signed);
  }
  /** The zone above has its DS record. */
  published(zone: Zone): SignalRef {
    return this.set(zone, 'ds', 'published', 'withdrawn', zone.signed && zone.ds !== null);
  }
  unpublished(zone: Zone): SignalRef {
    return this.unset(zone, 'ds', 'published', 'withdrawn', zone.signed && zone.ds !== null);
  }

  /** A chain leads to the zone, so that its answers must be signed. */
  secure(resolver: string, zone: Zone): SignalRef {
    const { planner } = this;
    if (!this.mayLead(zone)) return planner.any([]);
    return zone.under === null ? planner.all([]) : planner.word(planner.fact('ds', resolver, zone.name), ['present']);
  }
  /** It is proven that none does, or there is none to begin with: its answers are taken as they are. */
  insecure(resolver: string, zone: Zone): SignalRef {
    const { planner } = this;
    if (this.hangsOnParent(zone)) return planner.word(planner.fact('ds', resolver, zone.name), ['absent']);
    return this.mayLead(zone) ? planner.any([]) : planner.all([]);
  }
  /** No chain leads there for all one knows. */
  private unproven(resolver: string, zone: Zone): SignalRef {
    const { planner } = this;
    if (!this.mayLead(zone)) return planner.all([]);
    if (zone.under === null) return planner.any([]);
    return planner.word(planner.fact('ds', resolver, zone.name), ['unknown', 'absent']);
  }

  /** Its answers stand the test. */
  valid(resolver: string, zone: Zone): SignalRef {
    const { planner } = this;
    return planner.any([this.insecure(resolver, zone), planner.all([this.secure(resolver, zone), this.signed(zone)])]);
  }
  /** Its answers fail it. */
  bogus(resolver: string, zone: Zone): SignalRef {
    return this.planner.all([this.secure(resolver, zone), this.unsigned(zone)]);
  }

  /**
   * A denial of another type, which stands the test, leaves out the one that is asked for: whoever reuses denials has it from then on
   * that there is no such record (RFC 8198 §5.4). And that this is not so.
   */
  denied(resolver: string, zone: Zone, type: string): SignalRef {
    const { planner } = this;
    return planner.all([
      planner.flag(planner.fact('config', zone.name, 'deny', type)),
      this.secure(resolver, zone),
      this.signed(zone),
    ]);
  }
  undenied(resolver: string, zone: Zone, type: string): SignalRef {
    const { planner } = this;
    return planner.any([
      planner.flag(planner.fact('config', zone.name, 'deny', type), false),
      this.unproven(resolver, zone),
      this.unsigned(zone),
    ]);
  }

  private set({ name }: Zone, setting: 'sign' | 'ds', on: string, off: string, first: boolean): SignalRef {
    const { planner } = this;
    const laid = planner.hits.may(name, setting, on) ? [planner.flag(planner.fact('config', name, setting, on))] : [];
    const not = planner.hits.may(name, setting, off)
      ? [planner.flag(planner.fact('config', name, setting, off), false)]
      : [];
    return planner.all([...(first ? [] : [planner.any(laid)]), ...not]);
  }
  private unset({ name }: Zone, setting: 'sign' | 'ds', on: string, off: string, first: boolean): SignalRef {
    const { planner } = this;
    const laid = planner.hits.may(name, setting, off) ? [planner.flag(planner.fact('config', name, setting, off))] : [];
    const not = planner.hits.may(name, setting, on)
      ? [planner.flag(planner.fact('config', name, setting, on), false)]
      : [];
    return planner.any([...(first ? [] : [planner.all(not)]), ...laid]);
  }
}
