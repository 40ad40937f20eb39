/** The same small internets on BIRD 2 and in the simulator: the same best paths everywhere, before and after withdrawals and cuts. */
import { afterAll, expect, test } from 'vitest';
import { live, tellAtTheEnd } from '../../support/daemons.ts';
import { drawInternet } from '../draw.ts';
import type { Internet, Paths } from '../internet.ts';
import { Routers } from './routers.ts';
import { lonely, simulated } from './scenario.ts';
import { stepsOf } from './steps.ts';

const counts = { topologies: 0, moments: 0, paths: 0, different: 0 };

/** One text for a state, whatever the order of its speakers. */
const textOf = (paths: Paths, names: readonly string[]): string =>
  names.map((name) => `${name}: ${paths[name] || 'none'}`).join('\n');

/** Runs an internet on BIRD and in the simulator and lists where they, or either and the stable states, are not one. */
async function compare(internet: Internet, seed: string): Promise<readonly string[]> {
  const names = internet.speakers.map(({ name }) => name).sort();
  const alone = [...lonely(internet)].sort();
  const steps = stepsOf(internet);
  const told = simulated(internet, steps, seed);
  const differences: string[] = [];
  const routers = new Routers(internet);
  try {
    await routers.start();
    let cut = { session: '', until: -1 };
    for (const [index, step] of steps.entries()) {
      if (cut.until === index) await routers.cut(cut.session, false);
      for (const [block, site] of step.withdraw) await routers.announce(block, site, false);
      if (step.cut) {
        await routers.cut(step.cut.session, true);
        cut = { session: step.cut.session, until: index + step.cut.steps };
      }
      const texts = new Map(
        [...step.states].map(([block, states]) => [block, states.map((one) => textOf(one, names))]),
      );
      const tables = await routers.settled((now) =>
        [...texts].every(([block, states]) => states.includes(textOf(now.get(block) as Paths, names))),
      );
      counts.moments++;
      for (const [block, states] of step.states) {
        const [bird, ours] = [tables.get(block) as Paths, told.paths(index, block)];
        counts.paths += alone.length;
        const where = `${block} ${step.title}`;
        if (!texts.get(block)?.includes(textOf(bird, names))) differences.push(`${where}: BIRD is in no stable state`);
        if (!states.some((state) => textOf(state, alone) === textOf(ours, alone)))
          differences.push(`${where}: the simulator is in no stable state`);
        if (states.length > 1) continue;
        for (const name of alone)
          if (bird[name] !== ours[name])
            differences.push(`${where}: ${name} has ${bird[name] || 'none'} on BIRD, ${ours[name] || 'none'} here`);
      }
    }
    counts.topologies++;
  } finally {
    routers.close();
  }
  counts.different += differences.length;
  return differences;
}

live('BIRD', { bird: 'bird2' }, () => {
  afterAll(() => {
    const { topologies, moments, paths, different } = counts;
    const verdict = different === 0 ? 'all equal' : `${different} DIFFERENT`;
    tellAtTheEnd(`BIRD: ${topologies} topologies, ${moments} moments, ${paths} best paths compared, ${verdict}`);
  });

  for (let seed = 1; seed <= 24; seed++) {
    test.concurrent(`hierarchy ${seed}`, async () => {
      expect(await compare(drawInternet(seed), String(seed))).toEqual([]);
    });
  }
});
