/** A drill on BIRD: its deeds at their seconds, and what all routers say meanwhile, several times a second. */
import type { Deed, Drill } from './deeds.ts';
import { pause } from './router.ts';
import { Routers } from './routers.ts';

/** What was seen between two moments, in milliseconds after the start; of routers that do not run there is nothing. */
export interface Sample {
  readonly from: number;
  readonly to: number;
  readonly facts: ReadonlyMap<string, string>;
}

/** What was seen of a drill, and how well: all in milliseconds. */
export interface Seen {
  readonly samples: readonly Sample[];
  /** How long before a box fell silent its neighbours had last heard from it, at most: their hold timers began then. */
  readonly quiet: number;
  /** How long after its second a deed was done, and how long nobody was asked, at most: on a machine with other work, longer. */
  readonly late: number;
}

const EVERY = 250;

/** `atFirst`: whether routes are as they should be before the first deed. */
export async function watched(drill: Drill, atFirst: (facts: ReadonlyMap<string, string>) => boolean): Promise<Seen> {
  const routers = new Routers(drill.internet);
  const off = new Set<string>();
  let quiet = 0;
  const silence = async (speaker: string): Promise<void> => {
    await routers.silence(speaker, true);
    quiet = Math.max(quiet, await routers.quiet(speaker));
  };
  try {
    await routers.start();
    for (const deadline = Date.now() + 30_000; !atFirst(await factsNow(drill, routers, off)); await pause(EVERY))
      if (Date.now() > deadline) throw new Error('the routers do not come to rest before the start');
    const start = Date.now();
    const acts = drill.deeds.flatMap((deed) => actsOf(drill, deed, routers, off, silence)).sort((a, b) => a.at - b.at);
    const samples: Sample[] = [];
    const now = (): number => Date.now() - start;
    let late = 0;
    // Nobody is asked while something is done: who is killed does not answer.
    while (now() < drill.length * 1000) {
      while (acts[0] && acts[0].at * 1000 <= now()) {
        const { at, act } = acts.shift() as Act;
        await act();
        late = Math.max(late, now() - at * 1000);
      }
      const from = now();
      const facts = await factsNow(drill, routers, off);
      samples.push({ from, to: now(), facts });
      await pause(Math.min(EVERY, Math.max(0, (acts[0]?.at ?? drill.length) * 1000 - now())));
      late = Math.max(late, now() - from - EVERY);
    }
    return { samples, quiet, late };
  } finally {
    routers.close();
  }
}

/** `off`: those that do not run, or whose box is dead. */
async function factsNow(
  { internet }: Drill,
  routers: Routers,
  off: ReadonlySet<string>,
): Promise<ReadonlyMap<string, string>> {
  const [standing, tables] = [await routers.standing(), await routers.tables()];
  const facts = new Map<string, string>();
  for (const [session, ends] of standing)
    if (ends.length > 0) facts.set(`session/${session}`, String(ends.every((end) => end)));
  for (const [block, paths] of tables)
    for (const { name } of internet.speakers)
      if (!off.has(name)) facts.set(`path/${name}/${block}`, paths[name] as string);
  return facts;
}

interface Act {
  readonly at: number;
  act(): Promise<void>;
}

function actsOf(
  { internet }: Drill,
  deed: Deed,
  routers: Routers,
  off: Set<string>,
  silence: (speaker: string) => Promise<void>,
): readonly Act[] {
  const during = (begins: () => Promise<void>, ends: () => Promise<void>): readonly Act[] => [
    { at: deed.at, act: begins },
    { at: deed.at + ('for' in deed ? deed.for : 0), act: ends },
  ];
  const rise = async (speaker: string, again: boolean): Promise<void> => {
    await routers.rise(speaker, again);
    off.delete(speaker);
  };
  const fall = (speaker: string): void => {
    off.add(speaker);
    routers.kill(speaker);
  };
  switch (deed.does) {
    case 'stop':
      return during(
        async () => fall(deed.speaker),
        () => rise(deed.speaker, true),
      );
    case 'die':
      return during(
        async () => {
          await silence(deed.speaker);
          fall(deed.speaker);
        },
        async () => {
          await routers.silence(deed.speaker, false);
          await rise(deed.speaker, false);
        },
      );
    case 'cut':
      return during(
        () => routers.cut(deed.session, true),
        () => routers.cut(deed.session, false),
      );
    case 'announce': {
      const site = String(internet.blocks.find(({ name }) => name === deed.block)?.sites[0]);
      return during(
        () => routers.announce(deed.block, site, true),
        () => routers.announce(deed.block, site, false),
      );
    }
    case 'start':
      return [{ at: deed.at, act: () => routers.enable(deed.session, deed.speaker) }];
  }
}
