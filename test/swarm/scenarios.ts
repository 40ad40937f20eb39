/** A scenario of the swarm: the seed chooses its size, its shape, and which mechanisms are in it. */
import { growChance, growChanges, growFaults, growForces } from './attacks.ts';
import { Dice } from './dice.ts';
import { newGrowth, RUN } from './draft.ts';
import { growLoads } from './loads.ts';
import { growCrowds, growDelegations, growLearning, growNames, growNetwork } from './network.ts';
import { growDemand, growMeeting, growPeople, growRates, growWatch } from './people.ts';
import { growServices } from './services.ts';

/** How long the healed variant runs: whatever people and clocks still have to do is done by then. */
const LONG = '60h';

/** The text of a scenario file, with entries in JSON, which is YAML. In the healed variant all that was done to the world is over at half-time. */
export function scenarioText(seed: string, healed: boolean): string {
  const dice = new Dice(seed);
  const growth = newGrowth(dice, healed);
  const withNetwork = dice.chance(0.65);
  if (withNetwork) growNetwork(growth);
  if (withNetwork && dice.chance(0.6)) {
    growNames(growth);
    growDelegations(growth, new Dice(`${seed} delegations`));
    growCrowds(growth, new Dice(`${seed} crowds`));
    growLearning(growth, new Dice(`${seed} learning`));
  }
  growServices(growth);
  if (dice.chance(0.4)) growRates(growth);
  growFaults(growth);
  if (dice.chance(0.4)) growChance(growth);
  growChanges(growth);
  if (dice.chance(0.7)) {
    growPeople(growth);
    growMeeting(growth, new Dice(`${seed} meeting`));
  }
  if (dice.chance(0.5)) growDemand(growth);
  growLoads(growth, new Dice(`${seed} loads`));
  if (dice.chance(0.3)) growForces(growth);
  if (dice.chance(0.4)) growWatch(growth);
  const sections = Object.entries(growth.draft).filter(([, section]) => Object.keys(section).length > 0);
  return [
    'netfall: 1',
    'id: swarm',
    `title: Swarm, seed ${seed}`,
    `clock: { start: 2024-02-29T23:00:00Z, run: ${healed ? LONG : `${RUN}m`} }`,
    ...sections.flatMap(([name, section]) => [
      `${name}:`,
      ...Object.entries(section).map(([key, entry]) => `  ${JSON.stringify(key)}: ${JSON.stringify(entry)}`),
    ]),
    '',
  ].join('\n');
}
