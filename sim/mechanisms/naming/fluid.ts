/**
 * So very many caches that their shares are a fluid: what all of them hold of one name, pure and without luck.
 *
 * Each cache does what one cache does (see `entry.ts`), at moments of its own. In steady use only how many there are is known of them
 * (R12): when they lose their source, what is left of their answers is uniform over a life, and with a finite rate of questions some lie
 * idle. From then on they are slabs, until each has had a source for a whole life again. They are told apart by what asking would bring
 * them, as that may hang on other records, which do not run out in all of them at once.
 */
import { ANSWERS } from '../../model/facts.ts';
import type { Ms } from '../../model/units.ts';
import { Bends, idleSince, NOBODY, put, type Range, type Slab, split, untilAsked } from './slabs.ts';
import { hitRate } from './theory.ts';

const OK = ANSWERS.indexOf('ok');
const STALE = ANSWERS.indexOf('stale');
const NXDOMAIN = ANSWERS.indexOf('nxdomain');
const NODATA = ANSWERS.indexOf('nodata');
const SERVFAIL = ANSWERS.indexOf('servfail');
const TIMEOUT = ANSWERS.indexOf('timeout');

/** What asking brings: an answer, one of two denials, at once nothing, or nothing after a while. */
export const FATES = { ok: 0, nodata: 1, nxdomain: 2, refused: 3, silent: 4 } as const;
export const FATE_COUNT = 5;
/** The word of each; null: it is no answer. */
export const WORDS: readonly (number | null)[] = [OK, NODATA, NXDOMAIN, null, null];

/** How long things last, in milliseconds. */
export interface Lives {
  readonly sort: 'answer' | 'delegation' | 'ds';
  readonly ttl: Ms;
  readonly negativeTtl: Ms;
  readonly denialTtl: Ms;
  readonly timeout: Ms;
  /** How long they ask before they give a dead answer instead. */
  readonly staleTimeout: Ms;
  readonly patience: Ms | null;
  readonly failureCache: Ms;
  readonly serveStale: Ms;
  readonly prefetch: number;
  /** Questions to each cache, a millisecond; null: so many that none lies idle. */
  readonly rate: number | null;
}

/** Caches that would be told the same. */
interface Group {
  /** In ordinary use: with what asking brings, or with nothing and no question yet that is remembered. */
  steady: number;
  slabs: Slab[];
}

export class Fluid {
  private groups: Group[];
  private constructor(
    private readonly lives: Lives,
    groups: Group[],
    public now: number,
    private moved = false,
  ) {
    this.groups = groups;
  }

  /** All in steady use, in these shares by what asking brings. */
  static of(lives: Lives, shares: readonly number[], now: Ms): Fluid {
    return new Fluid(
      lives,
      shares.map((steady) => ({ steady, slabs: [] })),
      now,
    );
  }
  /** The shortest time it takes caches to do what they do when they are told something else. */
  get pace(): Ms {
    const { ttl, failureCache } = this.lives;
    return failureCache > 0 ? Math.min(ttl, failureCache) : ttl;
  }
  /** Some of them were told something else many at a time, and not yet all have done what they do then. */
  get rough(): boolean {
    return this.moved && this.groups.some(({ slabs }) => slabs.length > 0);
  }
  copy(): Fluid {
    return new Fluid(
      this.lives,
      this.groups.map(({ steady, slabs }) => ({ steady, slabs: [...slabs] })),
      this.now,
      this.rough,
    );
  }

  /**
   * Empty caches that all ask now, in these shares by what that brings. Until they have waited in vain their clients have what they had
   * before; `lost`: which share of them that was nothing.
   */
  empty(shares: readonly number[], lost: number): void {
    const { now, lives } = this;
    const ask = (group: Group, word: number, mass: number): void =>
      put(group.slabs, { doing: 'asking', word, from: now, to: now, mass, dead: null });
    this.groups = shares.map((share, fate) => {
      const group: Group = { steady: 0, slabs: [] };
      if (fate === FATES.silent && lives.timeout > 0) {
        // What is shown for one that asks without an answer to fall back on, and for one whose clients have waited before.
        ask(group, SERVFAIL, share * (1 - lost));
        if (lives.patience === null) group.steady = share * lost;
        else ask(group, TIMEOUT, share * lost);
      } else if (WORDS[fate] == null) group.steady = share;
      else this.fetch(group, fate, this.now, this.now, share);
      return group;
    });
  }

  /** Time passes, and nothing else happens. */
  advance(to: number): void {
    this.now = to;
    for (const [fate, group] of this.groups.entries()) {
      const were = group.slabs;
      group.slabs = [];
      const open: Slab[] = [];
      for (const slab of were) {
        const rest = this.passUpTo(group, fate, slab, open);
        if (rest) group.slabs.push(rest);
      }
      for (let slab = open.pop(); slab; slab = open.pop()) {
        const rest = this.passUpTo(group, fate, slab, open);
        if (rest) put(group.slabs, rest);
      }
    }
  }
  /** Has those of a slab whose moment has come do what they do then; the others. */
  private passUpTo(group: Group, fate: number, slab: Slab, open: Slab[]): Slab | null {
    const at = this.now - this.dueAfter(slab, fate);
    if (slab.from > at) return slab;
    const [done, rest] = split(slab, at);
    if (done) this.pass(group, fate, done, open);
    return rest;
  }

  /** How long after a slab's moment something happens to it. */
  private dueAfter({ doing, word, dead }: Slab, fate: number): number {
    const { serveStale, prefetch, ttl } = this.lives;
    switch (doing) {
      case 'kept':
        return word === OK && fate === FATES.ok ? -prefetch * ttl : 0;
      case 'asking':
        return this.waits(word, dead !== null);
      case 'stale':
        return serveStale;
      default:
        return 0;
    }
  }
  private waits(word: number, dated: boolean): Ms {
    const { timeout, staleTimeout } = this.lives;
    return this.mayBeStale(word) || dated ? staleTimeout : timeout;
  }
  private mayBeStale(word: number): boolean {
    return word === OK && this.lives.serveStale > 0;
  }

  /** What a slab becomes when its moment has come; what it becomes may be over as well, and is put to those that are `open`. */
  private pass(group: Group, fate: number, slab: Slab, open: Slab[]): void {
    const word = WORDS[fate] as number | null;
    const { doing, from, to, mass, dead } = slab;
    if (word !== null) {
      // Whoever kept it for a whole life is in steady use; others have asked, at the end of what they had.
      if (doing === 'kept' && slab.word === word) group.steady += mass;
      else
        open.push({
          doing: 'kept',
          word,
          from: from + this.lifeOf(word),
          to: to + this.lifeOf(word),
          mass,
          dead: null,
        });
      return;
    }
    if (doing === 'kept' && fate === FATES.silent && this.waits(slab.word, false) > 0)
      open.push({ ...slab, doing: 'asking' });
    else if (doing === 'stale') group.steady += mass;
    else if (doing === 'recheck' ? dead : this.mayBeStale(slab.word))
      open.push({ ...slab, ...(dead ?? { from, to }), doing: 'stale', dead: null });
    else group.steady += mass;
  }

  private lifeOf(word: number): Ms {
    const { ttl, negativeTtl, denialTtl } = this.lives;
    return Math.max(1, word === OK ? ttl : word === NXDOMAIN ? denialTtl : negativeTtl);
  }

  /** Asking has come to bring other things, to so many, little by little: those of a while are taken together. What is taken from a group is taken from all that is in it alike. */
  flow(shares: readonly number[]): void {
    this.moved = true;
    this.share(shares);
  }
  /** The same, at once. */
  share(shares: readonly number[]): void {
    const were = this.groups.map(massOf);
    const moves: { fate: number; group: Group }[] = [];
    let lost = 0;
    for (const [fate, group] of this.groups.entries()) {
      const [was, is] = [were[fate] as number, shares[fate] as number];
      if (was - is < NOBODY) continue;
      const part = (was - is) / was;
      lost += was - is;
      moves.push({ fate, group: scaled(group, part) });
      this.groups[fate] = scaled(group, 1 - part);
    }
    if (lost === 0) return;
    for (const [fate, group] of this.groups.entries()) {
      const gain = (shares[fate] as number) - (were[fate] as number);
      if (gain < NOBODY) continue;
      for (const move of moves) this.enter(group, fate, move.fate, scaled(move.group, gain / lost));
    }
  }

  /** Caches come to be told something else than before. */
  private enter(group: Group, fate: number, before: number, { steady, slabs }: Group): void {
    const { now, lives } = this;
    const word = WORDS[fate] as number | null;
    const was = WORDS[before] as number | null;
    for (const slab of slabs) {
      if (slab.doing === 'kept') this.keep(group, fate, slab);
      else if (word === null || slab.doing === 'recheck') put(group.slabs, slab);
      // Whoever is asking hears of it at once.
      else if (slab.doing === 'asking') this.fetch(group, fate, now, now, slab.mass);
      else this.recheck(group, fate, slab.mass, slab);
    }
    if (steady < NOBODY) return;
    if (was === null) {
      if (word === null) group.steady += steady;
      else this.recheck(group, fate, steady, null);
      return;
    }
    const life = this.lifeOf(was);
    const held = lives.rate === null ? 1 : hitRate(lives.rate, life);
    const ahead = was === OK ? lives.prefetch * life : 0;
    this.keep(group, fate, {
      doing: 'kept',
      word: was,
      from: now + ahead,
      to: now + life,
      mass: steady * held,
      dead: null,
    });
    if (held < 1) this.idle(group, fate, was, steady * (1 - held));
  }

  /** An answer is kept until it dies; who has it that there is no DS record asks for one with a question that comes after that. */
  private keep(group: Group, fate: number, slab: Slab): void {
    const { sort, rate } = this.lives;
    const waits = sort === 'ds' && rate !== null && slab.word === NXDOMAIN && fate === FATES.ok;
    for (const one of waits ? untilAsked(slab, rate) : [slab]) put(group.slabs, one);
  }

  /** Caches without an answer, which with their next question would have asked anew. */
  private idle(group: Group, fate: number, word: number, mass: number): void {
    const { now, lives } = this;
    const at = { from: now, to: now };
    if (WORDS[fate] != null) {
      const lazy = lives.sort === 'ds' && word === NXDOMAIN && fate === FATES.ok;
      if (lazy) this.keep(group, fate, { doing: 'kept', word, ...at, mass, dead: null });
      else this.fetch(group, fate, now, now, mass);
      return;
    }
    const dated = this.mayBeStale(word) && lives.rate !== null ? idleSince(lives.rate, lives.serveStale, mass) : [];
    let rest = mass;
    for (const piece of dated) {
      rest -= piece.mass;
      const dead = { from: now + piece.from, to: now + piece.to };
      if (fate === FATES.silent && lives.staleTimeout > 0)
        put(group.slabs, { doing: 'asking', word, ...at, mass: piece.mass, dead });
      else put(group.slabs, { doing: 'stale', word, ...dead, mass: piece.mass, dead: null });
    }
    if (rest < NOBODY) return;
    // What died longer ago than it may be given is worth no more than a denial.
    if (fate === FATES.silent && lives.timeout > 0)
      put(group.slabs, {
        doing: 'asking',
        word: this.mayBeStale(word) ? SERVFAIL : word,
        ...at,
        mass: rest,
        dead: null,
      });
    else group.steady += rest;
  }

  /** Failures are remembered for what is left of a life, at a random point of it (RFC 9520). */
  private recheck(group: Group, fate: number, mass: number, stale: Slab | null): void {
    const { now, lives } = this;
    if (lives.failureCache === 0) return this.fetch(group, fate, now, now, mass);
    const dead = stale && { from: stale.from, to: stale.to };
    put(group.slabs, { doing: 'recheck', word: OK, from: now, to: now + lives.failureCache, mass, dead });
  }
  private fetch(group: Group, fate: number, from: number, to: number, mass: number): void {
    const word = WORDS[fate] as number;
    const life = this.lifeOf(word);
    put(group.slabs, { doing: 'kept', word, from: from + life, to: to + life, mass, dead: null });
  }

  // ---- what it shows ----

  /** The share of caches that give each word, now. */
  words(): number[] {
    const shares = new Array<number>(ANSWERS.length).fill(0);
    const add = (word: number, mass: number): void => {
      shares[word] = (shares[word] as number) + mass;
    };
    for (const [fate, { steady, slabs }] of this.groups.entries()) {
      add(WORDS[fate] ?? SERVFAIL, steady);
      for (const slab of slabs) {
        const { doing, word, mass, dead } = slab;
        if (doing === 'kept') add(word, mass);
        else if (doing === 'stale') add(STALE, mass);
        else if (doing === 'recheck') add(dead ? STALE : SERVFAIL, mass);
        else {
          const losing = this.loses(word, dead !== null);
          const [lost, waiting] = losing === null ? [null, slab] : split(slab, this.now - losing);
          // Until they have waited in vain, their clients have what they had before; of an answer too old to be given that was one.
          if (waiting) add(word === SERVFAIL ? OK : word, waiting.mass);
          if (lost) add(TIMEOUT, lost.mass);
        }
      }
    }
    return shares;
  }
  /** After how long of asking the clients have waited long enough; null: they get a dead answer, or wait for as long as that takes. */
  private loses(word: number, dated: boolean): Ms | null {
    const { patience } = this.lives;
    if (patience === null || this.mayBeStale(word) || dated) return null;
    return patience < this.waits(word, dated) ? patience : null;
  }

  /** The next moment at which a share may bend by more than `least` a millisecond; Infinity: none will. */
  bend(least: number): number {
    const bends = new Bends();
    const { serveStale, timeout, staleTimeout, patience } = this.lives;
    for (const [fate, { slabs }] of this.groups.entries()) {
      const word = WORDS[fate] as number | null;
      for (const slab of slabs) {
        const { doing, dead } = slab;
        const pass = (range: Range, after: number): void =>
          bends.add([fate, slab.word, dead?.from, dead?.to, after].join(' '), slab, range, after);
        const dated = this.mayBeStale(slab.word) || dead !== null;
        const asks = doing === 'asking' || (doing === 'kept' && fate === FATES.silent);
        if (word !== null) {
          if (doing !== 'kept' || slab.word !== word) pass(slab, 0);
        } else if (asks) {
          for (const after of dated ? [staleTimeout] : patience === null ? [timeout] : [patience, timeout])
            pass(slab, after);
        } else if (doing !== 'stale' && (dated || doing === 'kept')) pass(slab, 0);
        if (word === null && dated && (doing !== 'recheck' || dead)) pass(dead ?? slab, serveStale);
      }
    }
    return bends.after(this.now, least);
  }
}

const massOf = ({ steady, slabs }: Group): number => slabs.reduce((sum, { mass }) => sum + mass, steady);
const scaled = ({ steady, slabs }: Group, by: number): Group => ({
  steady: steady * by,
  slabs: slabs.flatMap((slab) => (slab.mass * by < NOBODY ? [] : [{ ...slab, mass: slab.mass * by }])),
});
