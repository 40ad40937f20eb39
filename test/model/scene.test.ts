/** What a trace says of a scenario beside its parts: titles, and what tasks take to be worked on. */
import { expect, test } from 'vitest';
import { sceneOf } from '../../sim/exchange/scene.ts';
import { scenario } from './reading.ts';

const BARE = `nodes:
  "{x,key,tool,car}": { kind: tool }
  crew: { kind: team }
`;

test('titles of tasks and their ways are told, where there are any', () => {
  const tasks = (title: string, way: string) =>
    sceneOf(
      scenario(
        `${BARE}tasks: { fix: { ${title}after: { not: x }, ways: { near: { ${way}team: crew, takes: 5m } } } }\n`,
      ),
    );
  expect(tasks('title: Put it right, ', 'title: On foot, ').titles).toEqual([
    { name: 'fix', title: 'Put it right' },
    { name: 'fix.near', title: 'On foot' },
  ]);
  expect(tasks('', '')).not.toHaveProperty('titles');
});

test('what a task needs is told by the facts of the trace', () => {
  const needs = (text: string) =>
    sceneOf(scenario(`${BARE}tasks: { fix: { team: crew, after: { not: x }, takes: 5m${text} } }\n`)).tasks[0]!.needs;
  expect(needs('')).toBeUndefined();
  expect(needs(', needs: key')).toEqual({ fact: 'up/key', says: 'key' });
  const up = (name: string) => ({ fact: `up/${name}`, says: name });
  expect(needs(', needs: [ key, { any: [ tool, car ] }, { not: x } ]')).toEqual({
    all: [up('key'), { any: [up('tool'), up('car')] }, { not: up('x') }],
  });
  expect(needs(', needs: { atLeast: 2, of: [ key, tool, car ] }')).toEqual({
    atLeast: 2,
    of: [up('key'), up('tool'), up('car')],
  });
});
