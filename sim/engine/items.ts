/** The items of one mechanism: one row of numbers for several sorts of thing, in the order they were asked for. */

export class Items {
  private readonly sorts: number[] = [];
  private readonly indexes: number[] = [];

  /** The next item's number, for the `index`-th thing of a sort. */
  add(sort: number, index: number): number {
    this.sorts.push(sort);
    return this.indexes.push(index) - 1;
  }
  get count(): number {
    return this.sorts.length;
  }
  sortOf(item: number): number {
    return this.sorts[item] as number;
  }
  indexOf(item: number): number {
    return this.indexes[item] as number;
  }
}
