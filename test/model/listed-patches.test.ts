/** What each variant of a file writes, for a list to choose from. */
import { expect, test } from 'vitest';
import { listPatches } from '../../sim/index.ts';

const file = `netfall: 1
id: x
variants:
  less: { title: Less, patch: { faults: { bug: null }, nodes: { a.b: { needs: [ c, { up: d } ], capacity: 3 } } } }
  both: { title: Both, also: [ less ] }
`;

test('leaf by leaf, with what is taken away; what it builds on is not its own', () => {
  const found = listPatches(file, { file: 'x.yaml' });
  if (!found.ok) throw new Error(JSON.stringify(found.problems));
  expect([...found.value]).toEqual([
    [
      'less',
      [
        { path: 'faults.bug', value: null },
        { path: 'nodes.a.b.needs', value: '[ c, { up: d } ]' },
        { path: 'nodes.a.b.capacity', value: '3' },
      ],
    ],
    ['both', []],
  ]);
});

test('a file that cannot be read says where', () => {
  const found = listPatches('variants: [', { file: 'x.yaml' });
  expect(found.ok ? [] : found.problems.map(({ place }) => place.file)).toContain('x.yaml');
});
