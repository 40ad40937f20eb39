/** What the page asks has one true option in the run it is asked of: judged here change by change, with none of the page's own readings but states. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Claim, Question } from '../../viz/frame/question.ts';
import { type World, worldOf } from '../../viz/frame/world.ts';
import type { Board } from '../../viz/load/board.ts';
import { parse } from '../../viz/load/parse.ts';
import { type Action, reduce } from '../../viz/state/reduce.ts';
import { opening, type Session } from '../../viz/state/session.ts';
import { realTrace } from '../support/real-trace.ts';
import { scenarioText } from '../swarm/scenarios.ts';

const folder = join(import.meta.dirname, '../../scenarios');
const shipped = ['outages', 'patterns'].flatMap((part) =>
  readdirSync(join(folder, part)).map((name) => `${part}/${name}`),
);
const worldOfText = (text: string): World => worldOf(parse(realTrace(text)).run);

/** Every fact after so many changes, walked to from the start. */
function boardAfter({ run }: World, step: number): Board {
  const board = { step, value: run.facts.initial.slice(), last: new Int32Array(run.facts.count).fill(-1) };
  for (let row = 0; row < step; row++) {
    board.value[run.changes.fact[row]!] = run.changes.to[row]!;
    board.last[run.changes.fact[row]!] = row;
  }
  return board;
}

function isTrue(world: World, { ask, reveal, row }: Question, claim: Claim): boolean {
  const { run, things, statusOf } = world;
  const { changes, words, facts } = run;
  const then = boardAfter(world, reveal.step);
  const gone = (board: Board, thing: number) =>
    ['down', 'unreachable'].includes(statusOf(board, things.list[thing]!).state);
  switch (claim.is) {
    case 'goes':
      return claim.things.some((thing) => gone(then, thing));
    case 'becomes':
      return claim.things.every((thing) => statusOf(then, things.list[thing]!).state === claim.state);
    case 'sees': {
      for (let one = ask.step; one < reveal.step; one++)
        if (claim.facts.includes(changes.fact[one]!)) return words[changes.to[one]!] === claim.word;
      return false;
    }
    case 'left': {
      const works = new Map<string, boolean>();
      facts.kinds.forEach((kind, fact) => {
        if (kind !== 'works') return;
        const [population, journey] = facts.subjects[fact]!;
        const key = `${things.byId.get(population!)?.group ?? population}/${journey}`;
        const passes = ['ok', 'slow', 'partly loaded', 'stale content'].includes(words[then.value[fact]!]!);
        works.set(key, (works.get(key) ?? true) && passes);
      });
      return [...works.values()].filter(Boolean).length === claim.count;
    }
    case 'lasts':
      return Math.max(claim.ms / (reveal.at - ask.at), (reveal.at - ask.at) / claim.ms) < 1.5;
    case 'brings': {
      for (let one = row; one >= 0; one = changes.tipped[one]!) if (one === claim.row) return true;
      return false;
    }
  }
}

function judge(world: World): void {
  const questions = world.questions();
  expect(questions.length).toBeLessThanOrEqual(6);
  let end = -1;
  for (const question of questions) {
    const { id, ask, reveal, options, right, text, happened } = question;
    const said = `${world.run.scene.title}: ${id}: ${text}`;
    // None begins before the last has ended, and something happens in each.
    expect(ask.step, said).toBeGreaterThanOrEqual(end);
    expect(reveal.step, said).toBeGreaterThan(ask.step);
    expect(reveal.at, said).toBeGreaterThan(ask.at);
    end = reveal.step;
    expect(options.length, said).toBeGreaterThanOrEqual(2);
    expect(options.length, said).toBeLessThanOrEqual(4);
    expect(new Set(options.map((option) => option.text)).size, said).toBe(options.length);
    expect(
      options.filter(({ claim }) => isTrue(world, question, claim)),
      said,
    ).toEqual([right]);
    expect(happened, said).toMatch(/\S\.$/);
    if (question.kind === 'next') {
      const now = boardAfter(world, ask.step);
      for (const { claim } of options)
        for (const thing of claim.is === 'goes' ? claim.things : [])
          expect(['down', 'unreachable'], said).not.toContain(world.statusOf(now, world.things.list[thing]!).state);
    }
  }
  expect(new Set(questions.map(({ id }) => id)).size).toBe(questions.length);
}

describe('exactly one option is true', () => {
  test.each(shipped)('%s', { timeout: 120_000 }, (name) => {
    judge(worldOfText(readFileSync(join(folder, name), 'utf8')));
  });

  test('of 200 runs that were made up; most of them are worth a question', { timeout: 240_000 }, () => {
    let asked = 0;
    for (let seed = 0; seed < 200; seed++) {
      const world = worldOfText(scenarioText(`ask ${seed}`, false));
      judge(world);
      if (world.questions().length > 0) asked++;
    }
    expect(asked).toBeGreaterThan(100);
  });
});

describe('the flagship', () => {
  const text = realTrace(readFileSync(join(folder, 'outages/facebook-2021.yaml'), 'utf8'));
  const world = worldOf(parse(text).run);
  const questions = world.questions();

  test('is asked the same each time', () => {
    expect(worldOf(parse(text).run).questions()).toEqual(questions);
  });

  test('opens just before its command, with a question', () => {
    const { opening: moment, root } = world.turning;
    expect(moment.step).toBe(root);
    expect(world.run.changes.at[root]! - moment.at).toBeLessThanOrEqual(1000);
    expect(questions[0]!.ask).toEqual(moment);
  });

  test('is asked of different kinds, all over the run', () => {
    expect(new Set(questions.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(4);
    expect(questions.length).toBeGreaterThanOrEqual(5);
    const [first, last] = [questions[0]!, questions[questions.length - 1]!];
    expect(last.reveal.at - first.ask.at).toBeGreaterThan(world.run.length / 2);
    expect(questions.some(({ right }) => right.text === 'They run on, but nobody can reach them')).toBe(true);
  });
});

describe('predict, then see', () => {
  const world = worldOfText(readFileSync(join(folder, 'outages/facebook-2021.yaml'), 'utf8'));
  const { course } = world;
  const stops = course.asks();
  const first: Session = { ...opening(60_000), moment: course.opening };
  const does = (session: Session, ...actions: Action[]) =>
    actions.reduce((now, action) => reduce(now, action, course), session);
  const tick = (seconds: number): Action => ({ do: 'tick', seconds });
  const open = does(first, { do: 'play' });

  test('playing opens the question, and nothing plays or steps on before the answer', () => {
    expect(open).toMatchObject({ playing: false, asked: { id: stops[0]!.id, phase: 'open' } });
    expect(does(open, { do: 'play' }, { do: 'toggle' }, { do: 'step', by: 1 })).toEqual(open);
  });

  test('scrubbing is never locked; out of its window the question is put away, and asked anew when it is come to', () => {
    const away = does(open, { do: 'seek', at: stops[1]!.reveal.at + 1 });
    expect(away.moment.at).toBe(stops[1]!.reveal.at + 1);
    expect(away.asked).toBeNull();
    const again = does(away, { do: 'seek', at: 0 }, { do: 'play' }, tick(1e6));
    expect(again).toMatchObject({ playing: false, moment: stops[0]!.ask, asked: { phase: 'open' } });
  });

  test('an answer plays to the moment and no further; the next question follows; the first answer stays', () => {
    const told = does(open, { do: 'answer', choice: 2 }, tick(1e6));
    expect(told).toMatchObject({ playing: false, moment: stops[0]!.reveal, asked: { phase: 'told' } });
    const next = does(told, { do: 'play' }, tick(1e6));
    expect(next).toMatchObject({ playing: false, moment: stops[1]!.ask, asked: { id: stops[1]!.id, phase: 'open' } });
    const back = does(next, { do: 'seek', at: 0 }, { do: 'play' }, tick(1e6), { do: 'answer', choice: 0 });
    expect(back.answers).toEqual({ [stops[0]!.id]: 2, [stops[1]!.id]: 0 });
  });

  test('whoever cannot say sees it all the same', () => {
    const seen = does(open, { do: 'answer', choice: null }, tick(1e6));
    expect(seen).toMatchObject({
      moment: stops[0]!.reveal,
      asked: { phase: 'told' },
      answers: { [stops[0]!.id]: null },
    });
  });

  test('what was foretold is shown in a few seconds, however far off', () => {
    let session = does(first, { do: 'seek', at: stops[2]!.ask.at }, { do: 'play' }, { do: 'answer', choice: 0 });
    expect(session.asked).toEqual({ id: stops[2]!.id, phase: 'watched' });
    session = does(session, tick(20));
    expect(session.asked?.phase).toBe('told');
  });

  test('stepping asks as well: no change is stepped over that is asked about', () => {
    const before = does(first, { do: 'seek', at: 0 }, { do: 'step', by: 1 });
    expect(before).toMatchObject({ asked: { phase: 'open' }, moment: stops[0]!.ask });
  });

  test('why it came can be looked at without losing what was told', () => {
    const told = does(open, { do: 'answer', choice: 2 }, tick(1e6));
    const row = world.questions()[0]!.row;
    expect(does(told, { do: 'change', row }).asked?.phase).toBe('told');
    expect(does(told, { do: 'answered' }).asked).toBeNull();
  });

  test('off by one switch; the tour is not interrupted', () => {
    const off = does(open, { do: 'predict' });
    expect(off).toMatchObject({ predict: false, asked: null });
    expect(does(off, { do: 'play' }, tick(1e6)).moment.at).toBe(course.length);
    const led = does(open, { do: 'tour', on: true });
    expect(led.asked).toBeNull();
    expect(does(led, { do: 'play' }, tick(1e6)).moment.at).toBe(course.length);
  });
});
