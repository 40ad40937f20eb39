/** Routes as integers: a path alone, or one with attributes; equal ones are the same integer, so the plain ones cost what a path does. */
import { NO_COMMUNITIES } from './communities.ts';
import type { Paths } from './paths.ts';

/** What is known of a route beside its path. */
export interface Attributes {
  /** Which of the announcements of its block it came from, by its number there. */
  readonly announcement: number;
  /** Multi-exit discriminator; none counts as 0. */
  readonly med: number;
  readonly communities: number;
  /** Only to customers (RFC 9234 §5): the system that said so; `NOBODY`: none did. */
  readonly marked: number;
  /** Local preference, where a policy has set it; `BY_RELATION`: none has. Never told. */
  readonly preference: number;
}
export const NOBODY = -1;
export const BY_RELATION = -1;
export const PLAIN: Attributes = {
  announcement: 0,
  med: 0,
  communities: NO_COMMUNITIES,
  marked: NOBODY,
  preference: BY_RELATION,
};

/** Beyond all numbers of paths. */
const PATHS = 4_294_967_296;
/** Routes with attributes go down from here; above 0 a route is its path; -1 is no route's number. */
const FIRST = -2;

export class Routes {
  private readonly bundles: Attributes[] = [PLAIN];
  private readonly byText = new Map<string, number>([[textOf(PLAIN), 0]]);
  /** By route: its path, and its bundle of attributes. */
  private readonly path: number[] = [];
  private readonly bundle: number[] = [];
  private readonly byPair = new Map<number, number>();

  constructor(readonly paths: Paths) {}

  of(path: number, attributes: Attributes): number {
    if (attributes === PLAIN) return path;
    const text = textOf(attributes);
    let bundle = this.byText.get(text);
    if (bundle === undefined) {
      bundle = this.bundles.push(attributes) - 1;
      this.byText.set(text, bundle);
    }
    if (bundle === 0) return path;
    const pair = bundle * PATHS + path;
    let route = this.byPair.get(pair);
    if (route === undefined) {
      this.path.push(path);
      route = FIRST + 1 - this.bundle.push(bundle);
      this.byPair.set(pair, route);
    }
    return route;
  }

  pathOf(route: number): number {
    return route >= 0 ? route : (this.path[FIRST - route] as number);
  }
  attributesOf(route: number): Attributes {
    return route > FIRST ? PLAIN : (this.bundles[this.bundle[FIRST - route] as number] as Attributes);
  }
}

const textOf = ({ announcement, med, communities, marked, preference }: Attributes): string =>
  `${announcement} ${med} ${communities} ${marked} ${preference}`;
