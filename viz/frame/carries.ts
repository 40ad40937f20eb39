/** How many of many ties carry: what ties two cards, or the members of one, in words. Counted on from moment to moment. */
import type { Board } from '../load/board.ts';
import { rank } from './picture.ts';
import type { Tie, TieKind } from './ties.ts';

const TIE_WORDS: Readonly<Record<TieKind, readonly [one: string, many: string]>> = {
  needs: ['need', 'needs'],
  asks: ['asks for names', 'ask for names'],
  serves: ['serves or announces', 'serve or announce'],
  link: ['link', 'links'],
  session: ['session between networks', 'sessions between networks'],
  place: ['stands there', 'stand there'],
};

/** Ties of one kind in one layer. */
interface Part {
  readonly kind: TieKind;
  readonly layer: string | null;
  all: number;
  /** Of so many it is told whether they carry; and so many do. */
  told: number;
  carry: number;
}

/** Ties that are told together. */
export class Bunch {
  private readonly parts: Part[] = [];
  private told = 0;
  private carry = 0;

  constructor(ties: readonly Tie[]) {
    const byKey = new Map<string, Part>();
    for (const { kind, layer, carries } of ties) {
      const key = `${kind} ${layer}`;
      let part = byKey.get(key);
      if (!part) {
        part = { kind, layer, all: 0, told: 0, carry: 0 };
        byKey.set(key, part);
      }
      part.all += 1;
      if (carries >= 0) part.told += 1;
    }
    this.parts = [...byKey.values()].sort((a, b) => rank(a.kind) - rank(b.kind));
    this.told = this.parts.reduce((sum, part) => sum + part.told, 0);
  }

  partOf({ kind, layer }: Tie): Part {
    return this.parts.find((part) => part.kind === kind && part.layer === layer) as Part;
  }

  count(part: Part, by: number): void {
    part.carry += by;
    this.carry += by;
  }

  harm(): 'cut' | 'worn' | null {
    return this.carry === this.told ? null : this.carry === 0 ? 'cut' : 'worn';
  }

  /** `264 links over backbone, none carries`, one part for each kind of tie. */
  text(): string {
    return this.parts
      .map(({ kind, layer, all, told, carry }) => {
        const what = `${all} ${TIE_WORDS[kind][all === 1 ? 0 : 1]}${layer === null ? '' : ` over ${layer}`}`;
        if (told === 0 || carry === told) return what;
        return `${what}, ${carry === 0 ? (all === 1 ? 'cut' : 'none carries') : `${carry} of ${told} carry`}`;
      })
      .join(' · ');
  }
}

/** Keeps bunches in step with the board: `changed` is called with the number of each that is another than before. */
export class Carriers {
  readonly bunches: readonly Bunch[];
  /** By fact: where it counts, and whether it did. */
  private readonly places = new Map<number, { number: number; part: Part; on: boolean }[]>();

  constructor(lists: readonly (readonly Tie[])[]) {
    this.bunches = lists.map((ties) => new Bunch(ties));
    lists.forEach((ties, number) => {
      for (const tie of ties) {
        if (tie.carries < 0) continue;
        const place = { number, part: this.bunches[number]!.partOf(tie), on: false };
        const known = this.places.get(tie.carries);
        if (known) known.push(place);
        else this.places.set(tie.carries, [place]);
      }
    });
  }

  start(board: Board): void {
    for (const fact of this.places.keys()) this.look(board, fact, () => undefined);
  }

  look(board: Board, fact: number, changed: (number: number) => void): void {
    const places = this.places.get(fact);
    if (!places) return;
    const on = board.value[fact] !== 0;
    for (const place of places) {
      if (place.on === on) continue;
      place.on = on;
      this.bunches[place.number]!.count(place.part, on ? 1 : -1);
      changed(place.number);
    }
  }
}
