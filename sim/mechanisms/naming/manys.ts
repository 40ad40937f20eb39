/**
 * Resolvers that stand for so many caches that shares of them are a fluid: which records are kept in shares, and on what they hang.
 *
 * The records of one cache are each fetched at a time of their own, so that they run out independently of each other: which share has
 * one of them left is the same among those that have another and those that have not. That is exact where no more than one record on
 * which an answer hangs runs out, and where several do so by themselves; where they run out because of one above all of them it is not,
 * and too few are taken to have all they need.
 */
import type { Doubt } from '../../engine/chances.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Items } from '../../engine/items.ts';
import type { FactRef } from '../../engine/mechanism.ts';
import type { PlannedPart } from '../../engine/plan.ts';
import type { Planner } from '../../engine/planner.ts';
import { ANSWERS, DS } from '../../model/facts.ts';
import type { Node, Resolver, Scenario, Zone } from '../../model/scenario.ts';
import type { Entries } from './entries.ts';
import { CLIENT_RESPONSE } from './entry.ts';
import type { Lives } from './fluid.ts';
import { middleOf } from './loads.ts';
import { Caches, inputsOfCaches, MostSay, type PlannedCaches, signalsOfCaches, Told, UNRESOLVED } from './many.ts';
import { MANY, type PlannedEntry } from './planned.ts';

/** Which fact has the word of a record, by what its numbers call it. */
const RECORDS: Readonly<Record<string, 'delegated' | 'ds'>> = { delegation: 'delegated', present: 'ds', absent: 'ds' };
const SHARES: Readonly<Record<string, number>> = {
  delegation: ANSWERS.indexOf('ok'),
  present: ANSWERS.indexOf('ok'),
  absent: ANSWERS.indexOf('nxdomain'),
};

/** One fact about a record: its word, or the share by this number. */
interface PlannedMany {
  readonly item: number;
  readonly fact: FactRef;
  readonly of: PlannedCaches;
  readonly share: number | null;
}

export class Manys {
  readonly planned: PlannedMany[] = [];
  private readonly caches = new Map<FactRef, PlannedCaches>();

  constructor(
    private readonly scenario: Scenario,
    private readonly planner: Planner,
    private readonly part: number,
    private readonly items: Items,
    private readonly entries: Entries,
  ) {}

  /** Null: understood; else why it cannot be asked. */
  define(fact: FactRef, node: Node, resolver: Resolver, zone: Zone): string | null {
    if (!resolver.many) return `${node.name} is not made of many caches: what it says is no share`;
    const [, , what = ''] = fact.subjects;
    const kind = fact.kind === 'keeps' ? RECORDS[what] : fact.kind === 'told' ? 'resolves' : null;
    if (kind === undefined || (fact.kind === 'told' && !ANSWERS.includes(what as 'ok'))) return `there is no "${what}"`;
    const word =
      kind === null && fact.kind !== 'unresolved' ? fact : this.planner.fact(kind ?? 'resolves', node.name, zone.name);
    const caches = this.caches.get(word) ?? this.make(word, node, resolver, zone);
    if (typeof caches === 'string') return caches;
    const told = fact.kind === 'told' ? ANSWERS.indexOf(what as 'ok') : UNRESOLVED;
    this.add(fact, caches, word === fact ? null : (SHARES[what] ?? told));
    return null;
  }

  private make(word: FactRef, node: Node, resolver: Resolver, zone: Zone): PlannedCaches | string {
    const { planner } = this;
    const entry = this.entries.of(word, node, resolver, zone);
    if (typeof entry === 'string') return entry;
    const { supply, denial, empty, refusal } = entry;
    const hangs = new Map<FactRef, Doubt>();
    for (const signal of [supply, denial, empty, refusal])
      for (const fact of signal ? planner.readsOf(signal).keys() : []) {
        const doubt = fact.subjects[0] === node.name ? this.doubt(fact) : null;
        if (doubt) hangs.set(fact, doubt);
      }
    const target = entry.target && {
      fact: entry.target,
      values: ANSWERS.flatMap((answer, raw) =>
        answer === 'ok' ? [] : [{ raw, share: planner.fact('told', ...(entry.target as FactRef).subjects, answer) }],
      ),
      rest: ANSWERS.indexOf('ok'),
    };
    const caches = { entry, lives: livesOf(entry), doubts: [...hangs.values()], target };
    this.caches.set(word, caches);
    // What most of them say is told beside how many do not, and how many have what.
    if (word.kind === 'resolves') planner.fact('unresolved', ...word.subjects);
    return caches;
  }

  /** What of a resolver is not the same in all its caches; null: it is. */
  private doubt({ kind, subjects }: FactRef): Doubt | null {
    const { planner } = this;
    const fact = planner.fact(kind, ...subjects);
    const keeps = (record: string): FactRef => planner.fact('keeps', ...subjects, record);
    const failing = ANSWERS.indexOf('servfail');
    if (kind === 'resolves')
      return {
        fact,
        values: [{ raw: failing, share: planner.fact('unresolved', ...subjects) }],
        rest: ANSWERS.indexOf('ok'),
      };
    if (kind === 'delegated') return { fact, values: [{ raw: 1, share: keeps('delegation') }], rest: 0 };
    if (kind !== 'ds') return null;
    const values = (['present', 'absent'] as const).map((word) => ({ raw: DS.indexOf(word), share: keeps(word) }));
    return { fact, values, rest: DS.indexOf('unknown') };
  }

  private add(fact: FactRef, of: PlannedCaches, share: number | null): void {
    const { planner, part, planned } = this;
    const item = this.items.add(MANY, planned.length);
    for (const signal of signalsOfCaches(of)) planner.hear(signal, part, item);
    for (const input of inputsOfCaches(of)) planner.hearFact(input, part, item);
    planned.push({ item, fact, of, share });
  }

  /** The record that a fact is about; null: none that is kept in shares. */
  of(fact: FactRef): PlannedCaches | null {
    return this.planned.find((one) => one.fact === fact)?.of ?? null;
  }
  complaint(zone: Zone): string | null {
    const asks = [...this.scenario.nodes.values()].find(
      ({ resolver }) =>
        resolver?.many &&
        resolver.manyOf === null &&
        resolver.load !== null &&
        resolver.demand.some((asked) => this.isUnder(asked.zone, zone)),
    );
    return asks
      ? `nobody says how many caches ${asks.name} is made of, and so how much they ask in vain: say so, as in caches: { many: 4000 }`
      : null;
  }
  private isUnder(name: string, { name: parent }: Zone): boolean {
    return this.scenario.zones.get(name)?.under === parent;
  }

  /** For one run; alarms from `first` on. */
  create(engine: Engine, part: PlannedPart, first: number): readonly (MostSay | Told)[] {
    const running = new Map<PlannedCaches, Caches>();
    return this.planned.map(({ share, of, ...planned }, k) => {
      const caches = running.get(of) ?? new Caches(engine, of);
      running.set(of, caches);
      if (share === null) return new MostSay(engine, part, { ...planned, of }, caches, first + k);
      return new Told(engine, part, { ...planned, share }, caches, first + k);
    });
  }
}

function livesOf(entry: Omit<PlannedEntry, 'item'>): Lives {
  const { sort, ttl, negativeTtl, denialTtl, timeout, patience, failureCache, serveStale, prefetch, rate } = entry;
  return {
    sort,
    ttl,
    negativeTtl,
    denialTtl,
    timeout,
    staleTimeout: Math.min(timeout, CLIENT_RESPONSE),
    patience,
    failureCache: failureCache === null ? 0 : middleOf(failureCache),
    serveStale,
    prefetch,
    rate,
  };
}
