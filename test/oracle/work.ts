/** Work as people do it, reckoned second by second with plain lists, from the moments at which things are broken (R14). */

/** How many hands a team has. */
export const SIZES = { night: 1, crew: 2 } as const;
export type Team = keyof typeof SIZES;

/** One question; several of them hold when all do. */
export interface Term {
  readonly ask: { readonly [kind: string]: string };
  readonly not?: boolean;
}
export interface Work {
  readonly team?: { readonly [team: string]: number };
  readonly after?: readonly Term[];
  readonly needs?: readonly Term[];
  readonly until?: readonly Term[];
  readonly takes?: number;
  readonly onLoss?: string;
}
export interface World {
  readonly faults: readonly { readonly to: string; readonly at: number; readonly lasts: number }[];
  readonly talks: { readonly [team: string]: readonly string[] | undefined };
  readonly tasks: { readonly [name: string]: Work & { readonly ways?: { readonly [way: string]: Work } } };
}

interface Job {
  readonly name: string;
  readonly of: Job | null;
  readonly ways: Job[];
  readonly teams: readonly (readonly [team: string, hands: number])[];
  readonly work: Work;
  /** What its teams can talk over; null: they need nothing. */
  readonly channel: readonly string[] | null;
  state: string;
  /** What calls for it held when people last looked. */
  called: boolean;
  /** Seconds of work left. */
  left: number;
  ready: number | null;
  /** Of those at work the one who began last has the highest. */
  turn: number;
  stuck: number | null;
}

export function jobsOf({ talks, tasks }: World): readonly Job[] {
  const job = (name: string, of: Job | null, work: Work): Job => {
    const teams = Object.entries(work.team ?? {});
    const said = teams.flatMap(([team]) => (talks[team] ? [talks[team]] : []));
    const channel = said.reduce<readonly string[] | null>(
      (all, one) => all?.filter((x) => one.includes(x)) ?? one,
      null,
    );
    const idle = { state: 'idle', called: false, left: 0, turn: 0, ready: null, stuck: null };
    return { name, of, ways: [], teams, work, channel: teams.length > 1 ? channel : null, ...idle };
  };
  const jobs = Object.entries(tasks).flatMap(([name, task]) => {
    const whole = job(name, null, task);
    for (const [way, work] of Object.entries(task.ways ?? {}))
      whole.ways.push(job(`${name}.${way}`, whole, { after: task.after, until: task.until, ...work } as Work));
    return [whole, ...whole.ways];
  });
  return jobs.sort((a, b) => (a.name < b.name ? -1 : 1));
}

const open = ({ state }: Job): boolean => ['waiting', 'working', 'paused'].includes(state);

/** What each task is at the end of each second, by name; and what there was to be seen. */
export function reckon(
  world: World,
  seconds: number,
): { readonly rows: readonly string[]; readonly seen: ReadonlySet<string> } {
  const jobs = jobsOf(world);
  const rows: string[] = [];
  const seen = new Set<string>();
  let turns = 0;
  for (let now = 0; now <= seconds; now++) {
    // At the start people first look at a world in which nothing has broken yet.
    let whole = now === 0;
    const up = (name: string) =>
      whole || !world.faults.some(({ to, at, lasts }) => to === name && at <= now && now < at + lasts);
    const look = () => {
      for (const job of jobs) job.stuck = ['waiting', 'paused'].includes(job.state) ? (job.stuck ?? now) : null;
    };
    const rest = (job: Job, state: string): void => {
      job.state = state;
      for (const way of job.ways) if (open(way)) rest(way, state);
    };
    const free = (team: string): number =>
      jobs
        .filter(({ state, ways }) => state === 'working' && ways.length === 0)
        .flatMap(({ teams }) => teams)
        .reduce<number>((left, [name, hands]) => left - (name === team ? hands : 0), SIZES[team as Team]);

    const atWork = jobs.filter(({ state, ways }) => state === 'working' && ways.length === 0);
    // What is stuck for long enough just now was so up to now.
    const due = new Map(jobs.map(({ name, stuck }) => [name, stuck]));
    for (const job of atWork) job.left--;
    for (const job of atWork.sort((a, b) => a.turn - b.turn)) {
      if (job.left > 0 || job.state !== 'working') continue;
      job.state = 'done';
      if (!job.of) continue;
      if (job.of.ways.some((way) => open(way))) seen.add('a way called off by another');
      job.of.state = 'done';
      for (const way of job.of.ways) if (open(way)) way.state = 'cancelled';
    }
    look();

    // People decide on what they find, and again when what they decided is something to find.
    for (let before = ''; before !== jobs.map(({ state }) => state).join(); ) {
      before = jobs.map(({ state }) => state).join();
      const found = new Map(jobs.map(({ name, state, stuck }) => [name, { state, stuck }]));
      const all = (terms: readonly Term[]): boolean =>
        terms.every(({ ask, not }) => {
          const about = found.get(ask.done ?? ask.stuck ?? '');
          let holds = up(ask.up ?? ask.fault ?? '') === (ask.fault === undefined);
          if (ask.done) holds = about?.state === 'done';
          const long = Number.parseInt(ask.for ?? '', 10);
          if (ask.stuck) holds = now - (about?.stuck ?? now) >= long || now - (due.get(ask.stuck) ?? now) === long;
          return holds !== (not ?? false);
        });
      const talking = ({ channel }: Job) => channel === null || channel.some(up);
      const able = (job: Job) => job.teams.every(([team]) => up(team)) && all(job.work.needs ?? []);

      for (const job of jobs) {
        const calls = all(job.work.after ?? []);
        const rises = calls && !job.called;
        job.called = calls;
        if (!rises || open(job)) continue;
        if (job.state !== 'idle') seen.add('called again');
        job.state = 'waiting';
        job.left = job.work.takes ?? 0;
        for (const way of job.ways.filter((way) => !open(way))) {
          way.called = false;
          way.state = 'idle';
        }
        if (job.of?.state !== 'failed' || !all(job.of.work.after ?? [])) continue;
        seen.add('taken up again by a way');
        job.of.state = 'waiting';
      }
      for (const job of jobs) {
        if (job.work.until && open(job) && all(job.work.until)) rest(job, 'cancelled');
        if (job.state !== 'working' || job.ways.length > 0 || (able(job) && talking(job))) continue;
        seen.add(job.work.onLoss as string);
        if (able(job)) seen.add('channel lost');
        if (job.work.onLoss === 'restart') job.left = job.work.takes as number;
        job.state = job.work.onLoss === 'fail' ? 'failed' : 'paused';
      }
      for (const job of jobs) {
        const may = ['waiting', 'paused'].includes(job.state) && job.ways.length === 0 && able(job) && talking(job);
        job.ready = may && (!job.of || open(job.of)) ? (job.ready ?? now) : null;
      }
      const enough = (job: Job) => job.teams.every(([team, hands]) => free(team) >= hands);
      const queue = jobs.filter(({ ready }) => ready !== null);
      for (const job of [...queue].sort((a, b) => (a.ready as number) - (b.ready as number))) {
        if (!enough(job)) seen.add('no free hand');
        else {
          const passed = queue.find((other) => other.state !== 'working' && enough(other));
          job.state = 'working';
          job.turn = ++turns;
          if (passed && passed !== job && !enough(passed)) seen.add('the longest ready before the first by name');
        }
      }
      for (const job of jobs) {
        if (job.ways.length === 0 || !open(job)) continue;
        if (job.ways.every(({ state }) => state === 'failed' || state === 'cancelled')) {
          seen.add('no way left');
          rest(job, 'failed');
        } else if (job.ways.some(({ state }) => state === 'working')) job.state = 'working';
        else if (job.state === 'working') job.state = 'paused';
      }
      look();
      if (whole) before = '';
      whole = false;
      due.clear();
    }
    for (const { state } of jobs) seen.add(state);
    rows.push(jobs.map(({ name, state }) => `${name} ${state}`).join(', '));
  }
  return { rows, seen };
}
