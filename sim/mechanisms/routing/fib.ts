/** What speakers send packets by: what they have chosen; or what they chose last, while their routing process is silent (RFC 4724 §4.1). */
import type { Rib, Uses } from './rib.ts';

export class Fib implements Uses {
  /** By speaker: the half and the route it chose before its process fell silent. */
  private readonly kept = new Map<number, readonly [half: number, route: number]>();

  constructor(private readonly rib: Rib) {}

  halfOf(speaker: number): number {
    return this.kept.get(speaker)?.[0] ?? this.rib.halfOf(speaker);
  }
  routeOf(speaker: number): number {
    return this.kept.get(speaker)?.[1] ?? this.rib.routeOf(speaker);
  }

  /** From now on a speaker sends by what it has chosen by now, whatever it chooses. */
  keep(speaker: number): void {
    this.kept.set(speaker, [this.rib.halfOf(speaker), this.rib.routeOf(speaker)]);
  }
  /** It sends by what it chooses again; true when it did not. */
  letGo(speaker: number): boolean {
    return this.kept.delete(speaker);
  }
}
