/** Origin validation (RFC 6811): whether the system that a route to a block begins with may announce it. */
import { covers, lengthOf } from '../../model/blocks.ts';
import type { Authorisation, Validity } from '../../model/scenario.ts';

/** For one block: by origin, of which authorisations that cover it say it may, for a block of this length. */
export class Origins {
  private readonly covering: readonly Authorisation[];
  private readonly known = new Map<number, Validity>();

  constructor(
    private readonly cidr: string | null,
    authorisations: Iterable<Authorisation>,
    private readonly numberOf: (system: string) => number,
  ) {
    this.covering = cidr === null ? [] : [...authorisations].filter((one) => covers(one.cidr, cidr));
  }

  of(origin: number): Validity {
    let validity = this.known.get(origin);
    if (validity === undefined) {
      validity = this.judge(origin);
      this.known.set(origin, validity);
    }
    return validity;
  }

  private judge(origin: number): Validity {
    if (this.covering.length === 0) return 'not found';
    const length = lengthOf(this.cidr as string);
    const matches = this.covering.some(
      (one) => one.origin !== null && length <= one.longest && this.numberOf(one.origin) === origin,
    );
    return matches ? 'valid' : 'invalid';
  }
}
