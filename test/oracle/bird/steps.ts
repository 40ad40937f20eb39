/** What befalls a small internet, step by step: sites withdraw, the session that most routes come over is cut, and stands again. */
import type { Block, Internet, Paths, Trouble } from '../internet.ts';
import { stableStates } from '../stable.ts';

export interface Step {
  readonly title: string;
  /** Blocks withdrawn for good, with the site. */
  readonly withdraw: readonly (readonly [block: string, site: string])[];
  /** A session that is cut at this step, and stands again so many steps later. */
  readonly cut: { readonly session: string; readonly steps: number } | null;
  /** What is out of order in it. */
  readonly trouble: Trouble;
  /** By block: the states in which routes can rest. */
  readonly states: ReadonlyMap<string, readonly Paths[]>;
}

export function stepsOf(internet: Internet): readonly Step[] {
  const steps: Step[] = [];
  const withdrawn = new Set<string>();
  const step = (title: string, withdraw: Step['withdraw'], cut: Step['cut'], cuts: readonly string[]): Step => {
    for (const [block, site] of withdraw) withdrawn.add(`${block} ${site}`);
    const trouble = { withdrawn: new Set(withdrawn), cut: new Set(cuts) };
    const states = new Map(internet.blocks.map((block) => [block.name, stableStates(internet, block, trouble)]));
    const made = { title, withdraw, cut, trouble, states };
    steps.push(made);
    return made;
  };
  /** The first sites of blocks that are announced still. */
  const first = (which: (block: Block, index: number) => boolean): Step['withdraw'] =>
    internet.blocks.filter(which).map(({ name, sites }) => [name, sites[0] as string] as const);

  step('at the start', [], null, []);
  const odd = first((_, index) => index % 2 === 1);
  if (odd.length > 0) step('when some sites have withdrawn', odd, null, []);
  const session = busiest(internet, steps.at(-1) as Step);
  step(`when ${session} is cut`, [], { session, steps: 1 }, [session]);
  step(`when ${session} stands again`, [], null, []);
  step(
    'when the first block is announced by nobody',
    first((_, index) => index === 0),
    null,
    [],
  );
  return steps;
}

/** The session that most routes of a state come over; of equals the first by name. */
function busiest(internet: Internet, { states }: Step): string {
  const numbers = new Map(internet.speakers.map(({ name, number }) => [name, String(number)]));
  const routes = [...states.values()].flatMap(([state]) => Object.entries(state ?? {}));
  const uses = ({ from, to }: Internet['sessions'][number]): number =>
    routes.filter(([speaker, path]) => {
      const teller = speaker === from ? to : speaker === to ? from : null;
      return teller !== null && path.split(' ')[0] === numbers.get(teller);
    }).length;
  const byUse = [...internet.sessions].sort((a, b) => uses(b) - uses(a) || (a.name < b.name ? -1 : 1));
  return (byUse[0] as { name: string }).name;
}
