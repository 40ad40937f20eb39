/** A run as it is handed on to other programs and to people: its scene, its facts, its changes with their causes, its end. */
import type { Ms } from '../model/units.ts';
import type { CaptionLine, ChangeLine, EndLine, FactEntry, Scene, StartLine, TraceLine } from '../trace/lines.ts';
import type { Value } from '../trace/trace.ts';

export interface AccountChange {
  readonly at: Ms;
  /** Its place in `facts`. */
  readonly fact: number;
  readonly from: Value;
  readonly to: Value;
  /** Numbers only: change per minute from here on. */
  readonly slope: number;
  readonly rule: string;
  readonly by: string;
  readonly says: string;
  /** The change that tipped it, by its place among the changes; null: none did. */
  readonly tipped: number | null;
  readonly because: readonly number[];
}

/** Claims are left out: they are about the run, and nothing follows from them. */
export interface Account {
  readonly scene: Scene;
  readonly seed: string;
  readonly variant: string | null;
  /** Of the program that made it. */
  readonly netfall: string;
  readonly facts: readonly Pick<FactEntry, 'fact' | 'kind' | 'subjects' | 'value'>[];
  readonly count: number;
  /** Read when it is asked for: there may be a million. */
  readonly change: (place: number) => AccountChange;
  readonly captions: readonly Pick<CaptionLine, 'at' | 'says'>[];
  readonly end: Pick<EndLine, 'at' | 'impact' | 'checkpoints'>;
}

export function accountOfLines(lines: Iterable<TraceLine>): Account {
  const places = new Map<string, number>();
  const rows = new Map<number, number>();
  const facts: FactEntry[] = [];
  const changes: ChangeLine[] = [];
  const captions: CaptionLine[] = [];
  let [start, end]: [StartLine | null, EndLine | null] = [null, null];
  for (const line of lines) {
    if (line.line === 'start') {
      start = line;
      for (const entry of line.facts) {
        if (isClaim(entry.fact, entry.watched)) continue;
        places.set(entry.fact, facts.length);
        facts.push(entry);
      }
    } else if (line.line === 'change') {
      if (isClaim(line.fact, line.watched)) continue;
      rows.set(line.id, changes.length);
      changes.push(line);
    } else if (line.line === 'caption') captions.push(line);
    else end = line;
  }
  if (!start || !end) throw new Error('a trace has a start and an end');
  const { scenario: scene, seed, variant, netfall } = start;
  const rowOf = (id: number | null): number | null => (id === null ? null : (rows.get(id) ?? null));
  return {
    scene,
    seed,
    variant,
    netfall,
    facts,
    count: changes.length,
    change(place) {
      const { at, fact, from, to, slope = 0, rule, by, says, tipped, because } = changes[place] as ChangeLine;
      return {
        at,
        fact: places.get(fact) as number,
        from,
        to,
        slope,
        rule,
        by,
        says,
        tipped: rowOf(tipped),
        because: because.map(rowOf).filter((row) => row !== null),
      };
    },
    captions,
    end,
  };
}

const isClaim = (fact: string, watched: true | undefined): boolean => watched === true && fact.startsWith('claim/');
