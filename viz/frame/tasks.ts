/** What people were at, task by task: called for, waiting and for what, at work, interrupted, over; each stretch with its sentence. */
import { lookupOf } from '../load/lookup.ts';
import { type Run, slice } from '../load/run.ts';
import { factsOf, lackOf } from './lacks.ts';
import { type NameOf, namesOf, titlesOf } from './named.ts';
import { drawable, type Look, type Row, type Span, spansOf, WHOLE } from './stretches.ts';
import type { Things } from './things.ts';

type Task = Run['scene']['tasks'][number];

const LOOK = lookupOf<Look>({
  waiting: 'waiting',
  working: 'working',
  paused: 'paused',
  done: 'done',
  failed: 'failed',
  cancelled: 'cancelled',
});

/** In these it is called for and not over. */
const OPEN = new Set<Look>(['waiting', 'working', 'paused']);

interface Work {
  readonly task: Task;
  /** By its title, or the last part of its name where it is a way of another. */
  readonly label: string;
  readonly title: string;
  readonly spans: readonly Span[];
}

export function taskRows(run: Run, things: Things): Row[] {
  const titles = titlesOf(run);
  const works = run.scene.tasks.flatMap((task): Work[] => {
    const fact = run.facts.index.get(`task/${task.name}`);
    if (fact === undefined) return [];
    const { name, parent } = task;
    const way = parent !== null && name.startsWith(`${parent}.`) ? name.slice(parent.length + 1) : name;
    const title = titles.get(name) ?? name;
    const spans = spansOf(run, fact, (word) => ({ word, look: LOOK[word] ?? 'off' })).filter(
      ({ look }) => look !== 'off',
    );
    return [{ task, label: titles.get(name) ?? way, title, spans }];
  });
  const waits = new Waits(run, works, namesOf(run, things));
  return works.map((work) => ({
    id: `task:${work.task.name}`,
    kind: 'task',
    label: work.label,
    who: null,
    title: work.title,
    indent: work.task.parent !== null,
    thing: work.task.teams[0] ?? null,
    things: work.task.teams,
    spans: drawable(waits.told(work)),
  }));
}

/** More changes in one wait than anybody reads: it is told by what it lacked at first. */
const MANY = 200;

class Waits {
  private readonly byName: ReadonlyMap<string, Work>;

  constructor(
    private readonly run: Run,
    private readonly works: readonly Work[],
    private readonly nameOf: NameOf,
  ) {
    this.byName = new Map(works.map((work) => [work.task.name, work]));
  }

  /** Its stretches, a wait apart by what it lacked, each with its sentence. */
  told(work: Work): readonly Span[] {
    const { changes } = this.run;
    return work.spans.flatMap((span, i): Span[] => {
      const next = work.spans[i + 1];
      const called = OPEN.has(span.look) && !OPEN.has(work.spans[i - 1]?.look ?? 'off');
      // The change that ended it: not where the run ended first.
      const leads = next && next.row >= 0 && span.to < this.run.length ? next.row : span.row;
      if (span.look === 'waiting' || span.look === 'paused') {
        const parts = this.parts(work, span, leads);
        return parts.map((part, k) => ({ ...part, called: called && k === 0 }));
      }
      const hands = work.task.teams.map(this.nameOf).join(' and ');
      const told = span.look === 'working' ? `${hands || 'somebody'} at work` : OVER[span.word];
      const over = span.look === 'working' && leads !== span.row ? `; then ${changes.says(leads)}` : '';
      return [
        { ...span, called, leads, ...(told ? { told: `${told}${over}` } : {}), word: WORD[span.word] ?? span.word },
      ];
    });
  }

  /** A wait, cut where it comes to lack something else. */
  private parts(work: Work, span: Span, leads: number): Span[] {
    const { changes } = this.run;
    const moments = this.momentsIn(work, span);
    const cuts: { at: number; lack: string; row: number }[] = [];
    for (const { at, row } of moments) {
      const lack = this.lack(work, at);
      if (lack !== cuts[cuts.length - 1]?.lack) cuts.push({ at, lack, row });
    }
    const hasWays = this.works.some(({ task }) => task.parent === work.task.name);
    const before = span.look === 'paused' ? 'interrupted, ' : '';
    return cuts.map(({ at, lack, row }, k): Span => {
      const next = cuts[k + 1];
      const end = next ? next.row : leads;
      const then = end === span.row ? '' : `; then ${changes.says(end)}`;
      const tipped = end === span.row ? -1 : changes.tipped[end]!;
      const why = tipped < 0 || next ? '' : `, because ${changes.says(tipped)}`;
      return {
        ...span,
        ...WHOLE,
        from: at,
        to: next?.at ?? span.to,
        row: k === 0 ? span.row : row,
        leads: end,
        // What each of its ways waits for stands in the lanes below.
        word: `${before}waits for ${hasWays ? 'one of its ways' : lack}`,
        told: `${before}waits for ${lack}${then}${why}`,
      };
    });
  }

  /** When what it lacks may become another: its beginning, and what is needed, what hands do and what its ways are, in between. */
  private momentsIn(work: Work, span: Span): { at: number; row: number }[] {
    const { run, works } = this;
    const { task } = work;
    const facts = new Set(task.needs ? factsOf(run, task.needs) : []);
    for (const other of works) {
      const near = other.task.parent === task.name || other.task.name === task.parent;
      if (near || (other !== work && other.task.teams.some((team) => task.teams.includes(team))))
        facts.add(run.facts.index.get(`task/${other.task.name}`)!);
      if (other.task.parent === task.name && other.task.needs)
        for (const fact of factsOf(run, other.task.needs)) facts.add(fact);
    }
    const at = (row: number): number => run.changes.at[row]!;
    const rows = [...facts]
      .flatMap((fact) => [...slice(run.changes.ofFact, fact)])
      .filter((row) => at(row) > span.from && at(row) < span.to)
      .sort((a, b) => a - b);
    // Of an instant the last change counts: then all of it has happened.
    const last = rows.filter((row, i) => rows[i + 1] === undefined || at(rows[i + 1]!) > at(row));
    return [{ at: span.from, row: span.row }, ...(last.length > MANY ? [] : last.map((row) => ({ at: at(row), row })))];
  }

  /** What it lacks once all of an instant has happened. */
  private lack(work: Work, at: number): string {
    const { task } = work;
    const ways = this.works.filter((other) => other.task.parent === task.name);
    if (ways.length > 0) {
      const called = ways.filter((way) => OPEN.has(lookAt(way, at)));
      if (called.length === 0) return 'one of its ways to be called for';
      const lacks = called.map((way) => `${way.label} (for ${this.lack(way, at)})`);
      return lacks.length > 2 ? `one of ${lacks.length} ways` : lacks.join(' or ');
    }
    const lacked = task.needs ? lackOf(this.run, task.needs, at, this.nameOf) : null;
    if (lacked !== null) return lacked;
    const parent = task.parent === null ? undefined : this.byName.get(task.parent);
    if (parent && !OPEN.has(lookAt(parent, at))) return `${parent.title} to be called for`;
    const busy = this.works.filter(
      (other) =>
        other !== work && lookAt(other, at) === 'working' && other.task.teams.some((team) => task.teams.includes(team)),
    );
    const hands = `a free hand of ${task.teams.map(this.nameOf).join(' and ') || 'somebody'}`;
    return busy.length === 0 ? hands : `${hands}, at work on ${busy.map(({ label }) => label).join(' and ')}`;
  }
}

function lookAt({ spans }: Work, at: number): Look {
  return spans.findLast(({ from, to }) => from <= at && at < to)?.look ?? 'off';
}

const WORD = lookupOf<string>({ working: 'at work', cancelled: 'called off' });
const OVER = lookupOf<string>({ done: 'done', failed: 'failed', cancelled: 'called off' });
