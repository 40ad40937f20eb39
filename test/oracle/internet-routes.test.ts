/** Routes over made-up Internets: messages end in the closed form, whatever is announced and withdrawn; and to look at a network changes nothing. */
import { expect, test } from 'vitest';
import { Luck } from '../../sim/engine/luck.ts';
import { Messages } from '../../sim/mechanisms/routing/before.ts';
import { LOCAL, NONE, Paths } from '../../sim/mechanisms/routing/paths.ts';
import { Rib, ranksOf } from '../../sim/mechanisms/routing/rib.ts';
import { ClosedForm, NO_HALF } from '../../sim/mechanisms/routing/static.ts';
import { generate } from '../../sim/model/internet/generate.ts';
import { fixed } from '../../sim/model/luck.ts';
import { PREFIX, topologyOfWhole, wholeOf } from '../bench/internet.ts';
import { simulate } from '../support/scenario.ts';
import { Dice } from '../swarm/dice.ts';

test.each([
  ['without an MRAI', 0],
  ['with an MRAI of 30 s', 30_000],
])('messages among 3,000 networks end in the closed form, %s', (_, mrai) => {
  for (const seed of ['1', '2', '3']) {
    const internet = generate({ networks: 3000, seed });
    const topology = topologyOfWhole(wholeOf(internet, { law: 'uniform', low: 1, high: 900 }, fixed(mrai)));
    const paths = new Paths();
    const rib = new Rib(topology, paths, ranksOf(topology, paths));
    const messages = new Messages(rib, [PREFIX], new Luck(seed), () => true);
    const closed = new ClosedForm(topology);
    const dice = new Dice(`origins ${seed}`);
    const announcing = new Set<number>();
    for (let step = 0; step < 8; step++) {
      // At the end all have withdrawn.
      const speaker = step < 6 ? dice.int(0, 2999) : ([...announcing][0] ?? 0);
      const announces = step < 6 && !announcing.has(speaker) && (step < 3 || dice.chance(0.5));
      const one = announces ? speaker : ([...announcing][0] as number);
      if (announces) announcing.add(one);
      else announcing.delete(one);
      rib.originate(one, announces ? LOCAL : NONE, -1);
      messages.carry(Number.MAX_SAFE_INTEGER);
      closed.solve([...announcing], () => true);
      expect([...rib.half]).toEqual([...closed.half]);
      const written = closed.pathsIn(paths);
      expect([...rib.route]).toEqual([...written]);
      const lengths = [...written].map((path) => (path === NONE ? 0 : paths.length(path)));
      expect(lengths).toEqual(
        [...closed.half].map((half, speaker) => (half === NO_HALF ? 0 : closed.lengthOf(speaker))),
      );
    }
  }
});

test('to declare a network, in order to look at it, changes no route and no moment', () => {
  const scenario = (more: string): string => `
defaults: { bgp: { delay: 1ms..300ms, mrai: 5s } }
internet: { generate: { networks: 1500, seed: "look" } }
nodes:
  here: { kind: network, asn: 4200001100 }
  there: { kind: network, asn: 4200001200 }
${more}prefixes: { p: { from: [here, there] } }
faults: { f: { at: 5m, to: here, for: 10m }, g: { at: 30m, to: there } }
`;
  const plain = simulate(scenario(''), {
    asked: [
      ['path', 'here', 'p'],
      ['path', 'there', 'p'],
    ],
  });
  const looked = simulate(
    scenario('  "zz.{1001..1090}": { kind: network, asn: 420000$1 }\n  a: { kind: network, asn: 4200000001 }\n'),
    {
      asked: [
        ['path', 'here', 'p'],
        ['path', 'there', 'p'],
        ['path', 'a', 'p'],
        ['path', 'zz.1050', 'p'],
      ],
    },
  );
  expect(looked.changes('path/here')).toEqual(plain.changes('path/here'));
  expect(looked.changes('path/there')).toEqual(plain.changes('path/there'));
  expect(plain.changes('path/').length).toBeGreaterThan(2);
});
