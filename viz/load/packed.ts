/** A run as it travels from thread to thread: columns that are handed over, not copied, and the little that is text. */
import { type Texts, textAt } from './intern.ts';
import { type Caption, type Domain, type End, type Facts, type Lists, type Run, slice } from './run.ts';
import { visible } from './visible.ts';

const DOMAINS: readonly Domain[] = ['flag', 'word', 'number'];

export interface PackedFacts {
  /** What kinds and subjects are called, each once. */
  readonly strings: readonly string[];
  readonly names: readonly string[];
  readonly kinds: Int32Array;
  readonly subjects: Lists;
  readonly domains: Uint8Array;
  readonly initial: Float64Array;
}

/** As in a run, but for the texts, which are numbers here. */
export interface PackedChanges {
  readonly count: number;
  readonly at: Float64Array;
  readonly fact: Int32Array;
  readonly from: Float64Array;
  readonly to: Float64Array;
  readonly slope: Float64Array;
  readonly tipped: Int32Array;
  readonly because: Lists;
  readonly ledTo: Lists;
  readonly ofFact: Lists;
  readonly rule: Int32Array;
  readonly by: Int32Array;
  readonly says: Int32Array;
  readonly texts: Texts;
}

export interface Packed extends Omit<Run, 'facts' | 'changes' | 'captions' | 'end'> {
  readonly facts: PackedFacts;
  readonly changes: PackedChanges;
  readonly captions: readonly Caption[];
  readonly end: End | null;
}

/** What was read, and a sentence for a file that could be read only in part. */
export interface Loaded {
  readonly packed: Packed;
  readonly warning: string | null;
}

/** As many facts as there are, by what is told of each. */
export function packFacts(
  names: readonly string[],
  kinds: readonly string[],
  subjects: readonly (readonly string[])[],
  domains: readonly Domain[],
  initial: readonly number[],
): PackedFacts {
  const strings: string[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (text: string): number => {
    let number = numbers.get(text);
    if (number === undefined) {
      number = strings.push(text) - 1;
      numbers.set(text, number);
    }
    return number;
  };
  const from = new Int32Array(names.length + 1);
  subjects.forEach((list, fact) => {
    from[fact + 1] = from[fact]! + list.length;
  });
  const items = new Int32Array(from[names.length]!);
  subjects.forEach((list, fact) => {
    for (let i = 0; i < list.length; i++) items[from[fact]! + i] = numberOf(list[i]!);
  });
  return {
    strings,
    names,
    kinds: Int32Array.from(kinds, numberOf),
    subjects: { from, items },
    domains: Uint8Array.from(domains, (domain) => DOMAINS.indexOf(domain)),
    initial: Float64Array.from(initial),
  };
}

function factsOf({ strings, names, kinds, subjects, domains, initial }: PackedFacts): Facts {
  const index = new Map<string, number>();
  names.forEach((name, fact) => void index.set(name, fact));
  return {
    count: names.length,
    names,
    kinds: Array.from(kinds, (kind) => strings[kind]!),
    subjects: names.map((_, fact) => Array.from(slice(subjects, fact), (subject) => strings[subject]!)),
    domains: Array.from(domains, (domain) => DOMAINS[domain]!),
    initial,
    index,
  };
}

export function runOf({ facts, changes, ...rest }: Packed): Run {
  const { rule, by, says, texts, ...columns } = changes;
  return {
    ...rest,
    facts: factsOf(facts),
    changes: {
      ...columns,
      rule: (row) => visible(textAt(texts, rule[row]!)),
      by: (row) => visible(textAt(texts, by[row]!)),
      says: (row) => visible(textAt(texts, says[row]!)),
      saysNumber: says,
    },
  };
}

/** The memory of all its columns, for whoever hands it over. */
export function buffersOf(packed: Packed): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  const walk = (one: unknown): void => {
    if (ArrayBuffer.isView(one)) buffers.add(one.buffer as ArrayBuffer);
    else if (one !== null && typeof one === 'object' && Object.getPrototypeOf(one) === Object.prototype)
      for (const part of Object.values(one)) walk(part);
  };
  walk(packed.facts);
  walk(packed.changes);
  return [...buffers];
}
