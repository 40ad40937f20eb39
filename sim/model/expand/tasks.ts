/** Tasks and the ways of doing them: who, after what, with what, for how long, and what is so afterwards. */

import type { Context } from '../context.ts';
import type { Condition, Task } from '../scenario.ts';
import type { TaskKeys, WayKeys } from '../schema/trouble.ts';
import { entryOf, type Tree, under } from '../tree.ts';
import { channelBetween } from './channels.ts';
import type { Conditions } from './conditions.ts';
import { type Made, makeEntries } from './entries.ts';
import { checkSource, Fields } from './fields.ts';
import type { Section } from './sections.ts';
import { select, targets } from './selectors.ts';
import type { Texts } from './texts.ts';
import { drawOf, leafOf, listOf, NOW, numberOf, wordOf } from './values.ts';
import { NOBODY, type World } from './world.ts';

export interface TaskMade {
  readonly made: Made;
  readonly ways: readonly Made[];
}

/** The names of all tasks and ways (`fix.remote`), before any condition is read. */
export function nameTasks(
  context: Context,
  texts: Texts,
  tasks: ReadonlyMap<string, Made>,
  section: Section,
): TaskMade[] {
  return [...tasks.values()].map((made) => {
    section.add(made.name);
    const written = under(made.tree, 'ways');
    const ways = written?.is === 'map' ? [...makeEntries(context, texts, written, 'way').values()] : [];
    for (const way of ways) {
      const name = `${made.name}.${way.name}`;
      if (section.has(name) || tasks.has(name)) context.problem(way.at, `two tasks are called ${name}`);
      section.add(name);
    }
    context.spend('things', 1 + ways.length, made.at);
    return { made, ways };
  });
}

export function buildTask(conditions: Conditions, { made, ways }: TaskMade): Task[] {
  const { world } = conditions;
  const task = Fields.of<TaskKeys>(world, made);
  if (ways.length > 0 && task.has('takes'))
    task.problem('takes', 'a task with ways takes what they take', 'say `takes` in each way');
  if (task.has('ways') && ways.length === 0) task.problem('ways', 'there is no way in this');
  const own = task.get('after');
  const after = own ? conditions.read(own, NOBODY) : null;
  const base = readWork(conditions, task as Fields<WayKeys>, ways.length === 0);
  const together = (teams: Task['teams'], fields: Fields<WayKeys>): Condition | null =>
    channelBetween(
      conditions,
      teams.map(({ team }) => team),
      fields.place('team'),
    );
  const read = ways.map((made) => {
    const way = Fields.of<WayKeys>(world, made);
    const work = readWork(conditions, way, true);
    const written = way.get('after');
    if (!written && !after)
      world.context.problem(made.at, '"after" is missing, here and in the task', 'say what calls for it');
    const ownTeam = way.has('team');
    const teams = ownTeam ? work.teams : base.teams;
    const channel = together(teams, ownTeam ? way : (task as Fields<WayKeys>));
    return {
      way: made,
      after: written ? conditions.read(written, NOBODY) : after,
      // What is needed for the task is needed in every way of doing it.
      work: {
        ...work,
        teams,
        needs: both(both(base.needs, work.needs), channel),
        onLoss: way.has('onLoss') ? work.onLoss : base.onLoss,
        until: work.until ?? base.until,
      },
    };
  });
  if (!after && ways.length === 0)
    world.context.problem(made.at, '"after" is missing', 'say what calls for it: a condition');
  const afters = read.map((one) => one.after).filter((one) => one !== null);
  const parent: Task = {
    name: made.name,
    parent: null,
    ways: read.map(({ way }) => `${made.name}.${way.name}`),
    ...base,
    needs: ways.length > 0 ? base.needs : both(base.needs, together(base.teams, task as Fields<WayKeys>)),
    after: after ?? (afters.length === 1 ? (afters[0] as Condition) : { any: afters }),
  };
  return [
    parent,
    ...read.map(
      ({ way, after: begins, work }): Task => ({
        name: `${made.name}.${way.name}`,
        parent: made.name,
        ways: [],
        ...work,
        after: begins ?? { any: [] },
      }),
    ),
  ];
}

type Work = Omit<Task, 'name' | 'parent' | 'ways' | 'after'>;

function readWork(conditions: Conditions, work: Fields<WayKeys>, worked: boolean): Work {
  const { world } = conditions;
  const { context, sections } = world;
  checkSource(world, work.get('source'));
  const [needs, until, does] = [work.get('needs'), work.get('until'), work.get('does')];
  if (worked) work.need('takes', 'say how long the work takes');
  return {
    teams: teamsOf(world, work),
    needs: needs ? conditions.read(needs, NOBODY) : null,
    takes: worked ? drawOf(context, work.get('takes')) : NOW,
    onLoss: wordOf(context, work.get('onLoss'), ['pause', 'restart', 'fail'], 'pause'),
    until: until ? conditions.read(until, NOBODY) : null,
    applies: targets(world, [sections.changes], under(does, 'apply')),
    reverts: targets(world, [sections.changes, sections.faults], under(does, 'revert')),
  };
}

function teamsOf(world: World, work: Fields<WayKeys>): Task['teams'] {
  const { context } = world;
  const written = work.get('team');
  const usual = numberOf(context, work.get('hands'), 1, { least: 0, whole: true });
  if (!written) {
    if (work.has('hands')) work.problem('hands', 'whose hands? say which team');
    return [];
  }
  const name = (tree: Tree) =>
    leafOf(context, tree, 'the name of a team')
      ? select(world, [world.sections.nodes], tree, NOBODY, ['team'])?.names[0]
      : undefined;
  const one = (tree: Tree, hands: number) => {
    const team = name(tree);
    if (team === undefined) return [];
    const size = numberOf(context, under(world.drafts.get(team)?.tree, 'size'), 1);
    if (hands > size) context.problem(tree.at, `this takes ${hands} hands, and ${team} has ${size}`);
    return [{ team, hands }];
  };
  if (written.is !== 'map') return listOf(written).flatMap((tree) => one(tree, usual));
  return [...written.entries].flatMap(([key, entry]) =>
    one(
      { is: 'leaf', value: key, text: key, at: entryOf(written, key)?.at ?? entry.at },
      numberOf(context, entry.value, 1, { least: 0, whole: true }),
    ),
  );
}

function both(a: Condition | null, b: Condition | null): Condition | null {
  return a && b ? { all: [a, b] } : (a ?? b);
}
