/** Terms of policies that come and go with their conditions: what was heard is judged anew, what was told is told anew (RFC 2918). */
import type { Engine } from '../../engine/engine.ts';
import type { Policy } from '../../model/scenario.ts';
import type { PlannedSwitch } from './planned.ts';
import type { Rules } from './rules.ts';
import type { RunningTable } from './tables.ts';
import { mayMatch, type Term } from './terms.ts';

export class Switches {
  /** By switch: its term wherever it stands, and the halves whose ends have such a policy. */
  private readonly terms: readonly (readonly Term[])[];
  private readonly importing: readonly (readonly number[])[];
  private readonly exporting: readonly (readonly number[])[];

  constructor(
    private readonly engine: Engine,
    private readonly planned: readonly PlannedSwitch[],
    rules: Rules,
    private readonly tables: readonly RunningTable[],
    /** Has a table choose in the next phase of this instant. */
    private readonly stir: (table: number) => void,
  ) {
    const { imports, exports } = rules.topology;
    const having = (policies: ReadonlyMap<number, Policy>, { term }: PlannedSwitch): number[] =>
      [...policies].filter(([, { terms }]) => terms.includes(term)).map(([half]) => half);
    this.importing = planned.map((one) => having(imports, one));
    this.exporting = planned.map((one) => having(exports, one));
    const policies = [...new Set([...imports.values(), ...exports.values()])];
    this.terms = planned.map(({ term }) =>
      policies.flatMap((policy) => rules.termsOf(policy).filter(({ written }) => written === term)),
    );
  }

  /** Takes conditions before the start as they are; returns which hold, as a text to compare. */
  warm(): string {
    return [...this.planned.keys()].map((index) => Number(this.turn(index))).join('');
  }
  private turn(index: number): boolean {
    const on = this.engine.signal((this.planned[index] as PlannedSwitch).signal.id);
    for (const term of this.terms[index] as readonly Term[]) term.on = on;
    return on;
  }

  /** A condition has changed. */
  act(index: number): void {
    this.turn(index);
    const { signal, term } = this.planned[index] as PlannedSwitch;
    const change = this.engine.tip(signal.id);
    for (const [number, table] of this.tables.entries()) {
      if (!mayMatch(term, table.planned.announcements)) continue;
      table.outside(change);
      for (const half of this.importing[index] as readonly number[]) table.rib.refresh(half, change);
      for (const half of this.exporting[index] as readonly number[]) table.offerLater(half, change);
      this.stir(number);
    }
  }
}
