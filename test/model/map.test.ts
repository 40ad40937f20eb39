/** Where things are on the map, as written and as it comes out. */
import { expect, test } from 'vitest';
import { sceneOf } from '../../sim/exchange/scene.ts';
import { problems, scenario } from './reading.ts';

const NODES = `nodes:
  "{north,south}": { kind: datacenter }
  hall.{1..2}: { kind: service, in: north }
  rack: { kind: service, in: hall.1 }
  alone: { kind: service }
`;

test('what stands in a place is where the place is, unless it is said otherwise', () => {
  const read = scenario(
    `${NODES}map:\n  all: { because: assumed, at: { north: 65.6 22.2, south: "-33.9, 151", hall.2: 65.7 22 } }\n`,
  );
  expect(sceneOf(read).nodes.map(({ name, where }) => [name, where])).toEqual([
    ['alone', undefined],
    ['hall.1', [65.6, 22.2]],
    ['hall.2', [65.7, 22]],
    ['north', [65.6, 22.2]],
    ['rack', [65.6, 22.2]],
    ['south', [-33.9, 151]],
  ]);
});

test('patterns are read as everywhere', () => {
  const { wheres } = scenario(`${NODES}map:\n  a: { at: { "{north,south}": 1 2 } }\n  b: { at: { hall.*: 3 4 } }\n`);
  expect([...wheres.keys()]).toEqual(['north', 'south', 'hall.1', 'hall.2']);
});

test('every problem is said, at its place', () => {
  const said = (map: string) => problems(`${NODES}map:\n${map}`).map((one) => one.replace(/^\d+:\d+: /, ''));
  expect(said('  a: { at: { nroth: 1 2, south: 91 0, north: here } }\n')).toEqual([
    'map.a.at.nroth: there is no node "nroth"; did you mean "north"?',
    'map.a.at.south: expected degrees north and east such as "52.31 4.76", found "91 0"; north is from -90 to 90, east from -180 to 180',
    'map.a.at.north: expected degrees north and east such as "52.31 4.76", found "here"; north is from -90 to 90, east from -180 to 180',
  ]);
  expect(said('  a: { at: { north: 1 2 } }\n  b: { at: { north: 3 4 }, source: X }\n')).toEqual([
    'map.b.at.north: north is somewhere else already',
    expect.stringContaining('there is no source "X"'),
  ]);
  expect(said('  a: { because: assumed }\n')).toEqual([expect.stringContaining('"at" is missing')]);
});
