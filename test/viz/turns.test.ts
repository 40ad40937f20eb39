/** How a part was over the whole run, as its lane tells it: the same as its card, at every moment. */
import { describe, expect, test } from 'vitest';
import { type World, worldOf } from '../../viz/frame/world.ts';
import { parse } from '../../viz/load/parse.ts';
import { chain, textOf } from '../support/sample-trace.ts';
import { runOf, scenarioText } from './real-run.ts';
import { outage } from './sample-outage.ts';

const worlds: readonly (readonly [string, World])[] = [
  ['a chain', worldOf(parse(textOf(chain())).run)],
  ['an outage', worldOf(parse(textOf(outage())).run)],
  ['a tool that needs what it repairs', worldOf(runOf(scenarioText('patterns/tool-needs-what-it-repairs')))],
];

describe.each(worlds)('the turns of each part of %s', (_, world) => {
  const { run, things, boards, statusOf } = world;
  /** Numbers of changes after which an instant is over. */
  const settled = Array.from({ length: run.changes.count }, (__, row) => row + 1).filter(
    (step) => run.changes.at[step] !== run.changes.at[step - 1],
  );
  // One of each kind, and of the many of a kind the last.
  const chosen = [...new Map(things.list.map((thing) => [thing.kind, thing])).values()];

  test('say what its card says, whenever an instant is over', () => {
    const next = new Map(chosen.map((thing) => [thing, 0]));
    for (const step of settled) {
      const at = run.changes.at[step - 1]!;
      for (const thing of chosen) {
        const turns = world.turns(thing);
        let i = next.get(thing)!;
        while (i + 1 < turns.length && turns[i + 1]!.at <= at) i++;
        next.set(thing, i);
        const { state, word } = statusOf(boards.at(step), thing);
        expect([thing.id, at, turns[i]!.state, turns[i]!.word]).toEqual([thing.id, at, state, word]);
      }
    }
  });

  test('are all turns, in order, each with a change of its instant', () => {
    for (const thing of chosen) {
      const [first, ...later] = world.turns(thing);
      expect(first).toMatchObject({ at: 0, row: -1 });
      let before = first!;
      for (const turn of later) {
        expect(turn.at).toBeGreaterThan(before.row < 0 ? -1 : before.at);
        expect(run.changes.at[turn.row]).toBe(turn.at);
        expect([turn.state, turn.word]).not.toEqual([before.state, before.word]);
        before = turn;
      }
    }
  });
});
