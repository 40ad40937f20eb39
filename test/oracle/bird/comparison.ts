/** One small internet on BIRD and in the simulator, step by step, and where the two, or either and the stable states, differ. */
import type { Internet, Paths } from '../internet.ts';
import { Routers, type Tables } from './routers.ts';
import { simulated, type Told } from './scenario.ts';
import { lonely } from './sketch.ts';
import { type Step, stepsOf } from './steps.ts';

/** One text for a state, whatever the order of its speakers. */
const textOf = (paths: Paths, names: readonly string[]): string =>
  names.map((name) => `${name}: ${paths[name] || 'none'}`).join('\n');

export class Comparison {
  private topologies = 0;
  private moments = 0;
  private paths = 0;
  private members = 0;
  private disputes = 0;
  private different = 0;
  /** Comparisons begun and not come to their end. */
  private open = 0;

  /** What was compared so far. */
  summary(): string {
    const { topologies, moments, paths, members, disputes, different, open } = this;
    const verdict = different + open === 0 ? 'all equal' : `${different} DIFFERENT, ${open} topologies NOT COMPARED`;
    const rest = `${members} resting in one of several stable states, ${disputes} in none and both restless`;
    return `${topologies} topologies, ${moments} moments, ${paths} best paths compared, ${verdict}; ${rest}`;
  }

  /** Differences as sentences. */
  async compare(internet: Internet, seed: string): Promise<readonly string[]> {
    this.open++;
    const steps = stepsOf(internet);
    const told = simulated(internet, steps, seed);
    const differences: string[] = [];
    const routers = new Routers(internet);
    try {
      await routers.start();
      for (const [index, step] of steps.entries()) {
        await happen(routers, steps, index);
        differences.push(...(await this.look(internet, routers, step, index, told)));
      }
    } finally {
      routers.close();
    }
    this.open--;
    this.topologies++;
    this.different += differences.length;
    return differences;
  }

  private async look(
    internet: Internet,
    routers: Routers,
    step: Step,
    index: number,
    told: Told,
  ): Promise<readonly string[]> {
    const names = internet.speakers.map(({ name }) => name);
    const alone = lonely(internet);
    const isState = (block: string, paths: Paths, of: readonly string[]): boolean =>
      (step.states.get(block) ?? []).some((state) => textOf(state, of) === textOf(paths, of));
    const resting = [...step.states].filter(([, states]) => states.length > 0);
    const rests = (tables: Tables): boolean =>
      resting.every(([block]) => isState(block, tables.get(block) as Paths, names));
    const restless = resting.length < step.states.size;
    const isRestless = restless && (await routers.isRestless());
    // Where routes never rest, what they are at a moment is not compared.
    const tables = restless ? await routers.tables() : await routers.settled(rests);
    this.moments++;
    const differences: string[] = [];
    const differ = (block: string, says: string) => differences.push(`${block} ${step.title}: ${says}`);
    for (const [block, states] of step.states) {
      if (told.disputes(index, block) !== (states.length === 0)) differ(block, 'the simulator errs about a dispute');
      if (states.length === 0) {
        this.disputes++;
        if (!isRestless) differ(block, 'BIRD has come to rest, though there is no stable state');
        continue;
      }
      const [bird, ours] = [tables.get(block) as Paths, told.paths(index, block)];
      if (!isState(block, bird, names)) differ(block, 'BIRD is in no stable state');
      if (!isState(block, ours, alone)) differ(block, 'the simulator is in no stable state');
      if (states.length > 1) {
        this.members++;
        continue;
      }
      this.paths += alone.length;
      for (const name of alone)
        if (bird[name] !== ours[name])
          differ(block, `${name} has ${bird[name] || 'none'} on BIRD, ${ours[name] || 'none'} here`);
    }
    return differences;
  }
}

/** Does to the routers what a step says, and takes back what lasts no longer. */
async function happen(routers: Routers, steps: readonly Step[], index: number): Promise<void> {
  for (const [past, { cut }] of steps.slice(0, index).entries())
    if (cut && past + cut.steps === index) await routers.cut(cut.session, false);
  const { withdraw, cut } = steps[index] as Step;
  for (const [block, site] of withdraw) await routers.announce(block, site, false);
  if (cut) await routers.cut(cut.session, true);
}
