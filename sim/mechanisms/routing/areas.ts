/** Blocks of addresses with all that announce them: which announcements compete, and which blocks lie around which. */
import type { Items } from '../../engine/items.ts';
import { blockKey, covers, hostBlock, lengthOf } from '../../model/blocks.ts';
import type { Prefix } from '../../model/scenario.ts';
import { byName } from '../../model/units.ts';
import { type PlannedTable, SITE, TABLE } from './planned.ts';

/** A block's table, with the numbers of its sites' items, before anybody asks for it. */
export interface Area {
  readonly table: PlannedTable;
  readonly cidr: string | null;
  readonly spots: readonly { readonly name: string; readonly announcement: number; readonly item: number }[];
}

export class Areas {
  /** In the order of their first announcements' names. */
  readonly all: readonly Area[];
  private readonly byPrefix = new Map<string, Area>();
  private readonly wider = new Map<Area, readonly Area[]>();
  /** How many sites there are, of all announcements. */
  readonly sites: number;

  constructor(prefixes: Iterable<Prefix>, items: Items) {
    const blocks = new Map<string, [Prefix, ...Prefix[]]>();
    for (const prefix of [...prefixes].sort((a, b) => byName(a.name, b.name))) {
      // A prefix without a block competes with nobody.
      const key = (prefix.cidr === null ? null : blockKey(prefix.cidr)) ?? ` ${prefix.name}`;
      const known = blocks.get(key);
      if (known) known.push(prefix);
      else blocks.set(key, [prefix]);
    }
    let sites = 0;
    this.all = [...blocks.values()].map((announcements, index) => {
      const spots = announcements.flatMap((prefix, announcement) =>
        [...prefix.sites]
          .sort((a, b) => byName(a.site, b.site))
          .map(({ site }) => ({ name: site, announcement, item: items.add(SITE, sites++) })),
      );
      const table: PlannedTable = { index: -1, item: items.add(TABLE, index), announcements, plain: true, sites: [] };
      return { table, cidr: announcements[0].cidr, spots };
    });
    this.sites = sites;
    for (const area of this.all) for (const { name } of area.table.announcements) this.byPrefix.set(name, area);
  }

  of(prefix: Prefix): Area {
    return this.byPrefix.get(prefix.name) as Area;
  }

  /** The blocks around a block that somebody announces, the longest first. */
  around(area: Area): readonly Area[] {
    let known = this.wider.get(area);
    if (!known) {
      known = area.cidr === null ? [] : this.covering(area.cidr).filter((other) => other !== area);
      this.wider.set(area, known);
    }
    return known;
  }

  /** All blocks that an address lies in, the longest first; null: it is no address. */
  holding(address: string): readonly Area[] | null {
    const block = hostBlock(address);
    return block === null ? null : this.covering(block);
  }

  private covering(block: string): readonly Area[] {
    return this.all
      .filter(({ cidr, spots }) => cidr !== null && spots.length > 0 && covers(cidr, block))
      .sort((a, b) => lengthOf(b.cidr as string) - lengthOf(a.cidr as string));
  }
}
