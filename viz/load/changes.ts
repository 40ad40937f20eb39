/** The changes of a run as columns that grow as lines are read; causes are looked up when all are there. */
import type { ChangeLine, FactEntry, Value } from '../../sim/index.ts';
import { decode, Interner, roomFor } from './intern.ts';
import { domainOf } from './lines.ts';
import { type PackedChanges, type PackedFacts, packFacts } from './packed.ts';
import { type Domain, type Lists, listsBy } from './run.ts';
import type { ChangeScanner, ScannedValue } from './scan.ts';
import { visible } from './visible.ts';

/** Facts as they are met: those of the start line, then any that only a change speaks of. */
class FactList {
  readonly words: string[] = [];
  private readonly names: string[] = [];
  private readonly kinds: string[] = [];
  private readonly subjects: (readonly string[])[] = [];
  private readonly domains: Domain[] = [];
  private readonly initial: number[] = [];
  private readonly wordIndex = new Map<string, number>();
  /** Of a name by its number among all names: the fact it stands for. */
  private readonly byName: number[] = [];
  private readonly known = new Interner();
  private readonly knownWords = new Interner();
  private readonly wordOf: number[] = [];

  get count(): number {
    return this.names.length;
  }

  raw(value: Value): number {
    if (typeof value === 'boolean') return value ? 1 : 0;
    if (typeof value === 'number') return value;
    let index = this.wordIndex.get(value);
    if (index === undefined) {
      index = this.words.push(visible(value)) - 1;
      this.wordIndex.set(value, index);
    }
    return index;
  }

  rawOf(bytes: Uint8Array<ArrayBuffer>, value: ScannedValue): number {
    if (value.is !== 'word') return value.raw;
    const number = this.knownWords.of(bytes, value.from, value.to);
    this.wordOf[number] ??= this.raw(this.knownWords.text(number));
    return this.wordOf[number];
  }

  add({ fact, kind, subjects, value }: FactEntry): number {
    const number = this.names.push(visible(fact)) - 1;
    this.kinds.push(String(kind));
    this.subjects.push(subjects.map((subject) => visible(String(subject))));
    this.domains.push(domainOf(value));
    this.initial.push(this.raw(value));
    this.byName[this.known.ofText(fact)] = number;
    return number;
  }

  /** The number of the fact a change speaks of; one that the start line does not list is read off its name. */
  of(name: string, value: Value): number {
    return this.byName[this.known.ofText(name)] ?? this.met(name, value);
  }

  at(bytes: Uint8Array<ArrayBuffer>, { fact, before }: ChangeScanner): number {
    const number = this.known.of(bytes, fact.from, fact.to);
    return this.byName[number] ?? this.met(this.known.text(number), valueIn(bytes, before));
  }

  private met(name: string, value: Value): number {
    const [kind = '', ...subjects] = name.split('/');
    return this.add({ fact: name, kind, subjects, value });
  }

  pack(): PackedFacts {
    return packFacts(this.names, this.kinds, this.subjects, this.domains, this.initial);
  }
}

/** Ids are counted from zero by those who write them; any other are found as well, but slower. */
class Ids {
  private dense = new Int32Array(1 << 10).fill(-1);
  private readonly other = new Map<number, number>();

  set(id: number, row: number): void {
    if (id >= 0 && id < 2 * row + 65_536) {
      const had = this.dense.length;
      this.dense = roomFor(this.dense, id + 1);
      if (this.dense.length > had) this.dense.fill(-1, had);
      this.dense[id] = row;
    } else this.other.set(id, row);
  }

  row(id: number): number {
    const row = this.dense[id] ?? -1;
    return row >= 0 ? row : (this.other.get(id) ?? -1);
  }
}

export class ChangeColumns {
  readonly facts = new FactList();
  count = 0;
  private readonly texts = new Interner();
  private readonly ids = new Ids();
  private time = new Float64Array(1 << 10);
  private fact = new Int32Array(1 << 10);
  private from = new Float64Array(1 << 10);
  private to = new Float64Array(1 << 10);
  private slope = new Float64Array(1 << 10);
  private tipped = new Float64Array(1 << 10);
  private rule = new Int32Array(1 << 10);
  private by = new Int32Array(1 << 10);
  private says = new Int32Array(1 << 10);
  private causesFrom = new Int32Array(1 << 10);
  private causes = new Float64Array(1 << 10);
  private causeCount = 0;

  addScanned(bytes: Uint8Array<ArrayBuffer>, line: ChangeScanner): void {
    const { facts, texts } = this;
    const row = this.open(line.id, line.at);
    this.fact[row] = facts.at(bytes, line);
    this.from[row] = facts.rawOf(bytes, line.before);
    this.to[row] = facts.rawOf(bytes, line.after);
    this.slope[row] = line.slope;
    this.tipped[row] = line.tipped;
    this.rule[row] = texts.of(bytes, line.rule.from, line.rule.to);
    this.by[row] = texts.of(bytes, line.by.from, line.by.to);
    this.says[row] = texts.of(bytes, line.says.from, line.says.to);
    const count = this.causeCount + line.causeCount;
    this.causes = roomFor(this.causes, count);
    for (let i = 0; i < line.causeCount; i++) this.causes[this.causeCount + i] = line.causes[i]!;
    this.causeCount = count;
  }

  add(line: ChangeLine): void {
    const { facts, texts } = this;
    const row = this.open(line.id, line.at);
    this.fact[row] = facts.of(line.fact, line.from);
    this.from[row] = facts.raw(line.from);
    this.to[row] = facts.raw(line.to);
    this.slope[row] = line.slope ?? 0;
    this.tipped[row] = idOf(line.tipped);
    this.rule[row] = texts.ofText(String(line.rule));
    this.by[row] = texts.ofText(String(line.by));
    this.says[row] = texts.ofText(String(line.says));
    this.causes = roomFor(this.causes, this.causeCount + line.because.length);
    for (const id of line.because) this.causes[this.causeCount++] = idOf(id);
  }

  pack(): PackedChanges {
    const { count, facts } = this;
    const tipped = new Int32Array(count);
    for (let row = 0; row < count; row++) tipped[row] = this.ids.row(this.tipped[row]!);
    const fact = this.fact.slice(0, count);
    return {
      count,
      at: this.time.slice(0, count),
      fact,
      from: this.from.slice(0, count),
      to: this.to.slice(0, count),
      slope: this.slope.slice(0, count),
      tipped,
      because: this.because(),
      ledTo: listsBy(tipped, count),
      ofFact: listsBy(fact, facts.count),
      rule: this.rule.slice(0, count),
      by: this.by.slice(0, count),
      says: this.says.slice(0, count),
      texts: this.texts.texts(),
    };
  }

  private open(id: number, at: number): number {
    const row = this.count++;
    if (this.count > this.time.length) {
      for (const column of ['time', 'from', 'to', 'slope', 'tipped'] as const)
        this[column] = roomFor(this[column], this.count);
      for (const column of ['fact', 'rule', 'by', 'says', 'causesFrom'] as const)
        this[column] = roomFor(this[column], this.count);
    }
    this.ids.set(id, row);
    this.time[row] = at;
    this.causesFrom[row] = this.causeCount;
    return row;
  }

  /** Those of them that are changes of this run. */
  private because(): Lists {
    const from = new Int32Array(this.count + 1);
    const items = new Int32Array(this.causeCount);
    let next = 0;
    for (let row = 0; row < this.count; row++) {
      from[row] = next;
      const end = row + 1 < this.count ? this.causesFrom[row + 1]! : this.causeCount;
      for (let i = this.causesFrom[row]!; i < end; i++) {
        const cause = this.ids.row(this.causes[i]!);
        if (cause >= 0) items[next++] = cause;
      }
    }
    from[this.count] = next;
    return { from, items: items.slice(0, next) };
  }
}

const idOf = (id: unknown): number => (typeof id === 'number' ? id : Number.NaN);

function valueIn(bytes: Uint8Array<ArrayBuffer>, value: ScannedValue): Value {
  if (value.is === 'flag') return value.raw !== 0;
  return value.is === 'number' ? value.raw : decode(bytes.subarray(value.from, value.to));
}
