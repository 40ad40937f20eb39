/** The circuit: tests of facts, and gates that count them; who hears when one flips. Built once, read by every run. */

/** A list of lists of integers, flat: row i is `items[start[i] .. start[i + 1])`. */
export interface Rows {
  readonly start: Int32Array;
  readonly items: Int32Array;
}

export function rows(lists: readonly (readonly number[])[]): Rows {
  const start = new Int32Array(lists.length + 1);
  for (let i = 0; i < lists.length; i++) start[i + 1] = (start[i] as number) + (lists[i] as readonly number[]).length;
  const items = new Int32Array(start[lists.length] as number);
  for (let i = 0; i < lists.length; i++) items.set(lists[i] as readonly number[], start[i] as number);
  return { start, items };
}

/**
 * Signals are tests (0 .. tests-1), then gates. A test of a flag or word is a bit mask of the values for which it is true;
 * a test of a number is true from `above` on, until below `below`.
 * A gate is true while at least `need` of its inputs are: `all` needs n of n, `any` 1 of n.
 */
export interface Circuit {
  readonly facts: number;
  readonly tests: number;
  readonly gates: number;
  readonly testFact: Int32Array;
  readonly testMask: Int32Array;
  /** 0: by mask. 1: a number test. -1: the negation of one. */
  readonly testNumber: Int8Array;
  readonly testAbove: Float64Array;
  readonly testBelow: Float64Array;
  readonly gateNeed: Int32Array;
  /** Tests of each fact. */
  readonly testsOf: Rows;
  /** Gates that count each signal. */
  readonly gatesOf: Rows;
  /** Inputs of each gate, as signals. */
  readonly inputsOf: Rows;
  /** Listeners of each signal, and of each fact. */
  readonly hearSignal: Rows;
  readonly hearFact: Rows;
}

/** What every signal is at one moment. A run keeps two: as of the last round, and as of the last settled change. */
export class Signals {
  readonly value: Uint8Array;
  private readonly count: Int32Array;
  private readonly stack: number[] = [];

  constructor(private readonly circuit: Circuit) {
    this.value = new Uint8Array(circuit.tests + circuit.gates);
    this.count = new Int32Array(circuit.gates);
  }

  /** Everything false; gates that need nothing are true. `flip` the tests that are not. */
  reset(): void {
    this.value.fill(0);
    this.count.fill(0);
    const { gateNeed, gates } = this.circuit;
    for (let gate = 0; gate < gates; gate++) if ((gateNeed[gate] as number) <= 0) this.rise(gate);
  }

  private rise(gate: number): void {
    if (this.value[this.circuit.tests + gate] === 0) this.flip(this.circuit.tests + gate, null);
  }

  copyFrom(other: Signals): void {
    this.value.set(other.value);
    this.count.set(other.count);
  }

  /** Turns one signal over, and every gate that this decides. `heard` gets each signal that flipped. */
  flip(signal: number, heard: ((signal: number) => void) | null): void {
    const { value, count, stack } = this;
    const { gatesOf, gateNeed, tests } = this.circuit;
    stack.push(signal);
    while (stack.length > 0) {
      const s = stack.pop() as number;
      const now = value[s] === 0 ? 1 : 0;
      value[s] = now;
      heard?.(s);
      const end = gatesOf.start[s + 1] as number;
      for (let i = gatesOf.start[s] as number; i < end; i++) {
        const gate = gatesOf.items[i] as number;
        const need = gateNeed[gate] as number;
        const was = count[gate] as number;
        const is = now === 1 ? was + 1 : was - 1;
        count[gate] = is;
        if (was >= need !== is >= need) stack.push(tests + gate);
      }
    }
  }
}
