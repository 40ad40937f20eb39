/** The list of commands: what typing finds, and which commands would change nothing, with the reason. */
import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../../viz/control/commands.ts';
import { IDLE, type Now } from '../../viz/control/idle.ts';
import { entriesOf } from '../../viz/control/palette.ts';
import { type Entry, matching, stepIn } from '../../viz/frame/palette.ts';
import { worldOf } from '../../viz/frame/world.ts';
import { parse } from '../../viz/load/parse.ts';
import { createRuns } from '../../viz/runs/runs.ts';
import { type Action, reduce } from '../../viz/state/reduce.ts';
import { opening, type Session } from '../../viz/state/session.ts';
import { textOf } from '../support/sample-trace.ts';
import { runOf, scenarioText } from './real-run.ts';
import { outage } from './sample-outage.ts';

const entry = (id: string, says: string, keys: readonly string[] = []): Entry => ({ id, says, keys, why: null });
const LIST = [entry('a', 'To the start', ['Home']), entry('b', 'Start here'), entry('c', 'Restart', ['a'])];
const found = (query: string): string =>
  matching(LIST, query)
    .map(({ id }) => id)
    .join('');

describe('typing', () => {
  test('finds what begins so first, then words that do, then what holds it', () => expect(found('start')).toBe('bac'));
  test('takes every word, in any order', () => expect(found('start to')).toBe('a'));
  test('finds a command by its key', () => expect(found('Home')).toBe('a'));
  test('of nothing leaves all', () => expect(found('  ')).toBe('abc'));
  test('of anything else finds none', () => expect(found('zz')).toBe(''));
});

test('arrows go around', () => {
  expect([stepIn(3, 2, 'ArrowDown'), stepIn(3, 0, 'ArrowUp'), stepIn(3, -1, 'ArrowUp')]).toEqual([0, 2, 2]);
  expect([stepIn(20, 3, 'PageDown'), stepIn(20, 3, 'PageUp'), stepIn(0, -1, 'ArrowDown')]).toEqual([11, 0, null]);
  expect(stepIn(3, 0, 'x')).toBeNull();
});

const NO_THREAD = { ask: () => Promise.reject(new Error('none')), stop: () => undefined };

describe('a command is idle', () => {
  const run = parse(textOf(outage())).run;
  const world = worldOf(run);
  const { course } = world;
  const runs = createRuns(run, NO_THREAD, () => undefined);
  const nowAfter = (...actions: readonly Action[]): Now => ({
    world,
    session: actions.reduce<Session>((session, action) => reduce(session, action, course), {
      ...opening(world.usualSpeed),
      predict: false,
    }),
    runs,
    moreNumbers: 0,
    legendOpen: false,
  });

  test('only if there is such a command', () => {
    expect(Object.keys(IDLE).filter((id) => !(id in COMMANDS))).toEqual([]);
  });

  const THING = [...world.things.list].find(({ id }) => course.rowsOf(id).length > 0)!.id;
  const STATES: readonly (readonly Action[])[] = [
    [],
    [{ do: 'part', share: 0.5 }],
    [{ do: 'part', share: 1 }],
    [
      { do: 'step', by: 1 },
      { do: 'thing', id: THING },
    ],
    [
      { do: 'part', share: 1 },
      { do: 'thing', id: THING },
      { do: 'tab', tab: 'score' },
    ],
    [{ do: 'change', row: 0 }],
    [
      { do: 'pace', by: 1 },
      { do: 'pace', by: 1 },
      { do: 'pace', by: 1 },
      { do: 'pace', by: 1 },
      { do: 'pace', by: 1 },
      { do: 'until', stop: 'miss' },
    ],
  ];
  /** What tells two sessions apart for a person. */
  const seen = ({ session: { moment, selection, tab, speed, until } }: Now): string =>
    JSON.stringify([moment, selection, tab, speed, until]);
  const LOOKED = /^(step|marker|near|cause)(-back)?$|^(start|end|slower|faster|story|causes|score|what-if)$|^until-/;

  test.each(STATES.map((actions) => [JSON.stringify(actions), actions] as const))(
    'exactly when it changes nothing: %s',
    (_, actions) => {
      const now = nowAfter(...actions);
      const lies = Object.entries(COMMANDS).filter(([id, { action }]) => {
        if (!action || !LOOKED.test(id)) return false;
        const then = { ...now, session: reduce(now.session, action, course) };
        const changes = seen(then) !== seen(now);
        const idle = (IDLE[id]?.(now) ?? null) !== null;
        // That there is nothing to stop at is a reason, although the choice itself would be another.
        return changes === idle && !(id.startsWith('until-') && changes);
      });
      expect(lies.map(([id]) => id)).toEqual([]);
    },
  );

  test('with a reason in words', () => {
    const list = entriesOf(nowAfter());
    expect(list.find(({ id }) => id === 'pin')?.why).toBe('No part is selected');
    expect(list.find(({ id }) => id === 'base')?.why).toBe('The base is shown');
    expect(list.find(({ id }) => id === 'compare')?.why).toMatch(/no other run/);
    expect(list.filter(({ id }) => id.startsWith('part '))).toHaveLength(9);
    expect(list.some(({ id }) => id === 'commands')).toBe(false);
  });

  test('and so is a variant where the scenario is not at hand, or that is shown', () => {
    const whyOf = (own: Now): readonly (string | null)[] =>
      entriesOf(own)
        .filter(({ id }) => id.startsWith('variant '))
        .map(({ why }) => why);
    expect(whyOf(nowAfter()).every((why) => why?.startsWith('This trace does not hold'))).toBe(true);
    const real = runOf(scenarioText('patterns/tool-needs-what-it-repairs'), { variant: 'on-site' });
    const of = createRuns(real, NO_THREAD, () => undefined);
    expect(whyOf({ ...nowAfter(), runs: of })).toEqual(['It is shown', null]);
  });

  test('and keys that are off are not told', () => {
    const now = nowAfter({ do: 'keys' });
    expect(entriesOf(now).flatMap(({ keys }) => keys)).toEqual(['Esc']);
  });
});
