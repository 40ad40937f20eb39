/** Drills on BIRD and in the simulator: the same at every moment, but for what the one may be sooner or later than the other. */
import { type Course, coursesOf, type Drill } from './deeds.ts';
import { type Sample, type Seen, watched } from './watch.ts';

/**
 * Milliseconds. The simulator has a session again as soon as it can be: BIRD connects after a second, is refused, waits another or two,
 * connects again, and waits for the other to open. And what begins with a silence begins with the last sign of life before it, which
 * the neighbours' own timers tell; the simulator counts from the silence itself.
 */
const SOONER = 1000;
const LATER = 1200;
const BACK_LATER = 5000;
/** A machine that is so late has too much else to do: its timers say nothing, and the drill is held again. */
const TOO_LATE = 1500;
const TURNS = 6;
/** What does not last as long is on its way from one state to another, and the two hurry along different ways. */
const STEADY = 700;

/** Milliseconds by which BIRD may be sooner, or later, and later with what it has again. */
interface Leeway {
  readonly sooner: number;
  readonly later: number;
  readonly back: number;
}

export class Clocks {
  private readonly drills = new Map<string, number>();
  private samples = 0;
  private facts = 0;
  private ends = 0;
  private farthest = 0;
  private different = 0;
  private open = 0;
  private again = 0;

  summary(): string {
    const { samples, facts, ends, farthest, different, open, again } = this;
    const kinds = [...this.drills].map(([kind, count]) => `${count} ${kind}`).join(', ');
    const verdict = different + open === 0 ? 'all equal' : `${different} DIFFERENT, ${open} drills NOT COMPARED`;
    const times = `${ends} ends of sessions no more than ${(farthest / 1000).toFixed(1)} s apart`;
    const held = again === 0 ? '' : `; ${again} held again, as the machine was late`;
    return `drills (${kinds}): ${samples} moments, ${facts} sessions and best paths compared, ${verdict}; ${times}${held}`;
  }

  /** Differences as sentences. */
  async compare(kind: string, drill: Drill, seed: string): Promise<readonly string[]> {
    this.open++;
    const courses = coursesOf(drill, seed);
    const isFirst = (facts: ReadonlyMap<string, string>): boolean =>
      [...courses].every(([fact, [first]]) => facts.get(fact) === first?.[1]);
    const { samples, quiet, late } = await this.seen(drill, isFirst);
    const leeway = { sooner: SOONER + quiet, later: LATER + late, back: BACK_LATER + late };
    const calm = samples.filter((sample) => !connects(drill, sample));
    const differences = [...courses].flatMap(([fact, course]) => this.differences(fact, course, calm, leeway));
    this.open--;
    this.drills.set(kind, (this.drills.get(kind) ?? 0) + 1);
    this.samples += samples.length;
    this.different += differences.length;
    return differences;
  }

  private async seen(drill: Drill, isFirst: (facts: ReadonlyMap<string, string>) => boolean): Promise<Seen> {
    for (let turn = 1; ; turn++) {
      const seen = await watched(drill, isFirst);
      if (seen.late <= TOO_LATE) return seen;
      this.again++;
      if (turn === TURNS) throw new Error(`the machine has too much to do: ${seen.late} ms late`);
    }
  }

  /** A fact's differences one after the other, each with how long it lasted. */
  private differences(fact: string, course: Course, samples: readonly Sample[], leeway: Leeway): readonly string[] {
    const found: string[] = [];
    for (const { value, during } of steady(fact, samples)) {
      this.facts += during.length;
      const differs = during.find(({ from, to }) => !isAllowed(fact, course, value, from, to, leeway));
      if (!differs) continue;
      const ours = course.map(([at, is]) => `${is || 'none'} from ${Math.max(0, at) / 1000}`).join(', ');
      found.push(`${fact} is ${value || 'none'} on BIRD at ${differs.from / 1000} s; here ${ours}`);
    }
    if (fact.startsWith('session/')) this.measure(fact, course, samples, leeway);
    return found;
  }

  /** How far apart the ends of a session are, of those that are ends for a while. */
  private measure(fact: string, course: Course, samples: readonly Sample[], leeway: Leeway): void {
    const seen = samples.filter(({ facts }) => facts.has(fact));
    for (const [index, [at, value]] of course.entries()) {
      const until = course[index + 1]?.[0] ?? Number.POSITIVE_INFINITY;
      if (index === 0 || value === 'true' || until - at < BACK_LATER) continue;
      const near = seen.find(
        ({ from, facts }, index) =>
          from > at - leeway.sooner && facts.get(fact) === 'false' && seen[index - 1]?.facts.get(fact) === 'true',
      );
      if (!near) continue;
      this.ends++;
      const apart = near.from > at ? near.from - at : Math.max(0, at - near.to);
      this.farthest = Math.max(this.farthest, apart);
    }
  }
}

/**
 * A box that was dead and is back begins its sessions anew, though they were not yet given up: here at once, on BIRD when it has connected.
 * What happens in between is not compared.
 */
const connects = ({ deeds }: Drill, { from, to }: Sample): boolean =>
  deeds.some(
    (deed) =>
      deed.does === 'die' && to >= (deed.at + deed.for) * 1000 && from <= (deed.at + deed.for) * 1000 + BACK_LATER,
  );

/** What a fact was for a while, with the samples in which it was. */
function steady(
  fact: string,
  samples: readonly Sample[],
): readonly { readonly value: string; readonly during: readonly Sample[] }[] {
  const runs: { value: string; during: Sample[] }[] = [];
  for (const sample of samples) {
    const value = sample.facts.get(fact);
    if (value === undefined) continue;
    const last = runs.at(-1);
    if (last?.value === value) last.during.push(sample);
    else runs.push({ value, during: [sample] });
  }
  return runs.filter(({ during }) => (during.at(-1) as Sample).to - (during[0] as Sample).from >= STEADY);
}

/** Whether the simulator has the same within these limits; and, where BIRD still has something, whether it has lost it by now. */
function isAllowed(fact: string, course: Course, value: string, from: number, to: number, leeway: Leeway): boolean {
  const near = (back: number): readonly string[] =>
    course
      .filter(
        ([at], index) =>
          at <= to + leeway.sooner && (course[index + 1]?.[0] ?? Number.POSITIVE_INFINITY) >= from - back,
      )
      .map(([, is]) => is);
  if (fact.startsWith('session/')) return near(value === 'true' ? leeway.later : leeway.back).includes(value);
  return near(leeway.back).includes(value) && (value === '' || near(leeway.later).some((is) => is !== ''));
}
