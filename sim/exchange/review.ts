/** A run as the draft of a review after an incident, in Markdown: summary, impact, timeline with causes, what held, what to ask. */
import { largestCascade } from '../analysis/cascade.ts';
import { impactByGroup } from '../analysis/impact-groups.ts';
import { columnOf } from '../analysis/score-summary.ts';
import { sayNumber } from '../analysis/sentences.ts';
import { story } from '../analysis/story.ts';
import { formatClock, formatDateTime, formatDuration, MINUTE, type Ms, SECOND } from '../model/units.ts';
import type { Account } from './account.ts';
import { inline, table } from './markdown.ts';
import { accountOf, type Simulation } from './simulation.ts';

/** Names listed before they are counted. */
const LISTED = 6;

export function review(simulation: Simulation): string {
  const { plan, trace } = simulation;
  const { scenario } = plan;
  const account = accountOf(simulation);
  const variant =
    scenario.variant === null ? null : (scenario.variants.get(scenario.variant)?.title ?? scenario.variant);
  const parts = [
    `# ${inline(scenario.title)}`,
    ...(variant === null ? [] : [`What if: ${inline(variant)}`]),
    `Draft of a review, from a simulated run: ${[`\`${scenario.id}\``, ...(scenario.variant === null ? [] : [`variant ${inline(scenario.variant)}`]), `seed ${inline(trace.seed)}`, formatDateTime(scenario.start).slice(0, 10), `netfall ${account.netfall}`, `digest ${trace.digest.slice(0, 12)}`].join(', ')}. All times are UTC. Put what was observed beside what was simulated before you draw conclusions.`,
    '## Summary',
    ...summary(simulation, account),
    '## Impact',
    ...impactTable(simulation),
    '## Timeline',
    timeline(simulation, account),
    '## What held, and what did not',
    ...held(simulation, account),
    ...claims(simulation),
    '## Open questions',
    questions(simulation, account)
      .map((question) => `- [ ] ${question}`)
      .join('\n'),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** Whole seconds, unless a run is over in a minute. */
const clock = ({ start, run }: { start: number; run: Ms }, at: Ms): string => {
  const grain = run > MINUTE ? SECOND : 1;
  return formatClock(start, Math.floor((start + at) / grain) * grain - start);
};

const lasting = (ms: Ms): string => formatDuration(ms >= MINUTE ? Math.round(ms / SECOND) * SECOND : Math.round(ms));
const counted = (n: number): string => String(Math.round(n)).replace(/\B(?=(\d{3})+(?!\d))/g, ',');

const LARGE = [
  [1e12, 'trillion'],
  [1e9, 'billion'],
  [1e6, 'million'],
] as const;

function many(n: number): string {
  const [size, word] = LARGE.find(([least]) => n >= least) ?? [1, ''];
  return size === 1 ? counted(n) : `${sayNumber(Number((n / size).toPrecision(3)))} ${word}`;
}

function named(names: readonly string[]): string {
  const shown = names.slice(0, LISTED).map(inline);
  const more = names.length - shown.length;
  if (more > 0) return `${shown.join(', ')} and ${counted(more)} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown[shown.length - 1]}`;
}

const rootOf = ({ count, change, facts }: Account): ReturnType<typeof largestCascade> =>
  largestCascade(
    count,
    (place) => change(place).tipped ?? -1,
    (place) => change(place).to === facts[change(place).fact]?.value,
  );

function summary({ plan: { scenario }, trace, impact, troubled }: Simulation, account: Account): string[] {
  const root = rootOf(account);
  if (!root) return ['Nothing changed in this run.'];
  const { at, says } = account.change(root.root);
  const sentences = [
    `At ${clock(scenario, at)} ${inline(says)}. ${counted(root.follow)} of the ${counted(account.count)} changes of the run follow from it.`,
  ];
  const lost = impact.map(({ firstLost }) => firstLost).filter((moment) => moment !== null);
  const groups = impactByGroup(scenario, impact).filter(({ firstLost }) => firstLost !== null);
  if (lost.length > 0 && groups.length > 0) {
    const back = groups.every(({ lastBack }) => lastBack !== null)
      ? `had everything back at ${clock(scenario, Math.max(...groups.map(({ lastBack }) => lastBack as number)))}`
      : 'did not have everything back when the run ended';
    sentences.push(`People first lost something at ${clock(scenario, Math.min(...lost))}, and ${back}.`);
    if (troubled !== null)
      sentences.push(`Together they lost ${many(troubled)} user-minutes, each person counted once.`);
  } else sentences.push('Nobody lost anything that this scenario speaks of.');
  sentences.push(
    trace.reason === 'quiet'
      ? `Nothing more happens after ${clock(scenario, account.change(account.count - 1).at)}.`
      : trace.reason === 'race'
        ? `The run stopped at ${clock(scenario, trace.end)}, since it could not settle.`
        : `The run ends at ${clock(scenario, trace.end)}; it may not be over.`,
  );
  return [sentences.join(' ')];
}

function impactTable({ plan: { scenario }, impact }: Simulation): string[] {
  const groups = impactByGroup(scenario, impact).filter(({ worst }) => worst !== 'ok');
  if (groups.length === 0) return ['Nobody was hit.'];
  const share = (part: number): string => `${sayNumber(Math.round(part * 1000) / 10)} %`;
  const rows = groups.map((one) => [
    one.journeys.join(', '),
    one.who,
    one.people === null ? 'unknown' : counted(one.people),
    one.leastLost === one.mostLost ? share(one.mostLost) : `${share(one.leastLost)} to ${share(one.mostLost)}`,
    one.userMinutesLost === null ? 'unknown' : many(one.userMinutesLost),
    one.worst,
    one.firstLost === null ? '–' : clock(scenario, one.firstLost),
    one.firstLost === null ? '–' : one.lastBack === null ? 'not back' : clock(scenario, one.lastBack),
  ]);
  return [table(['What', 'Who', 'People', 'Time lost', 'User minutes', 'Worst', 'From', 'Until'], rows)];
}

/** The story in short; beside each line what tipped the first of the changes it tells. */
function timeline({ plan: { scenario }, trace }: Simulation, account: Account): string {
  const places = new Map<string, number>();
  for (let place = 0; place < account.count; place++) {
    const { at, fact } = account.change(place);
    places.set(`${at} ${account.facts[fact]?.fact}`, place);
  }
  const rows = story(scenario, trace).map(({ when, says, kind, changes }) => {
    const [id] = changes;
    const fact = id === undefined ? '' : trace.facts.names[trace.columns.fact[id] as number];
    const place = id === undefined ? undefined : places.get(`${trace.columns.at[id]} ${fact}`);
    const tipped = place === undefined ? null : account.change(place).tipped;
    return [when, kind === 'caption' ? { strong: says } : says, tipped === null ? '' : account.change(tipped).says];
  });
  return table(['Time', 'What happened', 'Because'], rows);
}

/** How long each fact had values of which `is` is true, by its first subject. */
function lengths(account: Account, kind: string, is: (value: unknown) => boolean): Map<string, Ms> {
  const { facts, count, change, end } = account;
  const sums = new Map<string, Ms>();
  const since = new Map<number, Ms>();
  const name = (fact: number): string => facts[fact]?.subjects[0] ?? '';
  facts.forEach((fact, number) => {
    if (fact.kind === kind) sums.set(name(number), 0);
    if (fact.kind === kind && is(fact.value)) since.set(number, 0);
  });
  const close = (fact: number, at: Ms): void => {
    const from = since.get(fact);
    if (from !== undefined) sums.set(name(fact), (sums.get(name(fact)) ?? 0) + at - from);
    since.delete(fact);
  };
  for (let place = 0; place < count; place++) {
    const { fact, at, to } = change(place);
    if (facts[fact]?.kind !== kind) continue;
    close(fact, at);
    if (is(to)) since.set(fact, at);
  }
  for (const fact of [...since.keys()]) close(fact, end.at);
  return sums;
}

function held({ plan: { scenario }, impact }: Simulation, account: Account): string[] {
  const down = lengths(account, 'up', (value) => value === false);
  const [fell, ran] = [[...down].filter(([, ms]) => ms > 0), [...down].filter(([, ms]) => ms === 0)];
  const cutOff = lengths(account, 'serves', (value) => value === false);
  const useless = ran.map(([name]) => name).filter((name) => (cutOff.get(name) ?? 0) > 0);
  const spared = impactByGroup(scenario, impact).filter(({ worst }) => worst === 'ok');
  const lines: string[] = [];
  for (const { journeys, who } of spared)
    lines.push(`${journeys.map(inline).join(', ')} for ${inline(who)}: never failed.`);
  if (ran.length > 0)
    lines.push(`${counted(ran.length)} of ${counted(down.size)} parts that can go down ran throughout.`);
  if (useless.length > 0) lines.push(`Of these, ${named(useless)} ran and could not be reached by those they are for.`);
  if (fell.length > 0) {
    fell.sort(([, a], [, b]) => b - a);
    const longest = fell[0] as [string, Ms];
    lines.push(
      `Down at some time: ${named(fell.map(([name]) => name))}; longest ${inline(longest[0])}, ${lasting(longest[1])}.`,
    );
  }
  return [
    lines.length === 0 ? 'The run says nothing of parts that go down.' : lines.map((line) => `- ${line}`).join('\n'),
  ];
}

const VERDICT = {
  held: 'held',
  fitted: 'held, fitted',
  missed: 'missed',
  withoutFoil: 'held, nothing shown that would miss it',
  notModelled: 'not modelled',
} as const;

function claims({ checkpoints, expectations }: Simulation): string[] {
  const rows = [...checkpoints, ...expectations].map((claim) => [
    `${claim.id} ${claim.says}`,
    [claim.observed ?? '–', claim.accept === null ? '' : `(${claim.accept})`].filter(Boolean).join(' '),
    claim.notModelled === undefined ? (claim.simulated ?? 'never') : claim.notModelled,
    VERDICT[columnOf(claim, undefined)],
  ]);
  return rows.length === 0 ? [] : ['## Checkpoints', table(['Claim', 'Seen', 'Simulated', 'Verdict'], rows)];
}

function questions({ plan: { scenario }, checkpoints }: Simulation, account: Account): string[] {
  const asked: string[] = [];
  const root = rootOf(account);
  if (root) {
    const { says, rule } = account.change(root.root);
    asked.push(
      rule === 'luck'
        ? `That ${inline(says)} was chance. How likely is it, and what would have kept the rest from following?`
        : `What would have stopped it before ${inline(says)}, and who could have known what would follow?`,
    );
  }
  for (let place = 0; place < account.count; place++) {
    const { fact, says, to } = account.change(place);
    if (account.facts[fact]?.kind === 'guard' && String(to).startsWith('broken'))
      asked.push(`${inline(says.slice(0, 1).toUpperCase() + says.slice(1))}. How was that check tested?`);
  }
  const waits = [...lengths(account, 'task', (value) => value === 'waiting' || value === 'paused')];
  waits.sort(([, a], [, b]) => b - a);
  for (const [task, ms] of waits.slice(0, 3))
    if (ms >= MINUTE)
      asked.push(`${inline(task)} waited ${lasting(ms)} in all. What for, and which way around was there?`);
  const alarms = [...lengths(account, 'sees', (value) => value === true)];
  const silent = alarms.filter(([, ms]) => ms === 0).map(([name]) => name);
  if (silent.length > 0) asked.push(`${named(silent)} never raised the alarm. What were they looking at?`);
  else if (alarms.length === 0) asked.push('Nothing in this run watches. Who noticed first, and how?');
  const missed = checkpoints.filter((claim) => columnOf(claim, undefined) === 'missed').map(({ id }) => id);
  if (missed.length > 0) asked.push(`The run misses ${named(missed)}. Is the model wrong there, or the record?`);
  const others = [...scenario.variants.values()]
    .filter(({ name }) => name !== scenario.variant)
    .map(({ title }) => title);
  if (others.length > 0) asked.push(`Which of these would have changed most, and at what price: ${named(others)}?`);
  asked.push(
    'What did each person know at each of these times, from where, and why did what they did make sense to them?',
  );
  asked.push('What went well, and was that design or luck?');
  return asked;
}
