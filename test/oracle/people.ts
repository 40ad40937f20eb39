/**
 * Who is stopped, who is troubled and what a node bears, worked out a second time: from the moments at which services went down and
 * came up in a trace, and nothing else; at any moment, slowly, with no state kept between two looks.
 */
import type { Journey, Scenario } from '../../sim/model/scenario.ts';
import type { Ms } from '../../sim/model/units.ts';
import type { Run } from '../support/scenario.ts';

/** A stage of these scenarios asks whether one service is up. */
interface Stage {
  readonly service: string;
  readonly session: Ms;
  readonly stops: boolean;
}

export class People {
  private readonly down = new Map<string, readonly (readonly [from: Ms, to: Ms])[]>();

  constructor(
    private readonly scenario: Scenario,
    private readonly run: Run,
  ) {}

  /** Stretches during which a service is down; one that was down from the start has been so for ever. */
  private outages(service: string): readonly (readonly [from: Ms, to: Ms])[] {
    const known = this.down.get(service);
    if (known) return known;
    const { history } = this.run;
    const stretches = history.stretches(history.fact(`up/${service}`) as number);
    const found = stretches.flatMap(({ at, raw, change }, k): [Ms, Ms][] =>
      raw === 1 ? [] : [[change < 0 ? -Infinity : at, stretches[k + 1]?.at ?? Infinity]],
    );
    this.down.set(service, found);
    return found;
  }
  /** Since when it is down; null when it is up. `before`: just before that moment. */
  private downSince(service: string, at: Ms, before: boolean): Ms | null {
    const found = this.outages(service).find(([from, to]) => (before ? from < at && at <= to : from <= at && at < to));
    return found?.[0] ?? null;
  }

  private stagesOf(journey: Journey): readonly Stage[] {
    return journey.stages.map(({ condition, session, symptom }) => {
      const { ask } = condition as { ask: { subjects: readonly string[] } };
      return { service: ask.subjects[0] as string, session, stops: symptom !== 'slow' };
    });
  }

  /** The share of these people who are stopped. */
  share(journey: Journey, at: Ms, before = false): number {
    let most = 0;
    for (const { service, session, stops } of this.stagesOf(journey)) {
      const since = stops ? this.downSince(service, at, before) : null;
      if (since !== null) most = Math.max(most, session === 0 ? 1 : Math.min(1, (at - since) / session));
    }
    return most;
  }
  /** Whether one who is signed in, as half of them at least are, gets through. */
  word(journey: Journey, at: Ms): string {
    let hurt = 'ok';
    for (const [k, { service, session, stops }] of this.stagesOf(journey).entries()) {
      const since = this.downSince(service, at, false);
      if (since === null || at - since < Math.ceil(session / 2)) continue;
      hurt = journey.stages[k]?.symptom as string;
      if (stops) break;
    }
    return hurt;
  }

  affected(name: string, at: Ms): number {
    const journeys = this.scenario.journeys.filter((one) => one.name === name);
    return journeys.reduce((sum, one) => sum + (one.people as number) * this.share(one, at), 0);
  }
  troubled(population: string, at: Ms): number {
    const byResolver = new Map<string | null, number>();
    let sum = 0;
    for (const journey of this.scenario.journeys.filter((one) => one.population === population)) {
      const before = byResolver.get(journey.resolver) ?? 0;
      const most = Math.max(before, this.share(journey, at));
      sum += (journey.people as number) * (most - before);
      byResolver.set(journey.resolver, most);
    }
    return sum;
  }

  load(node: string, at: Ms): number {
    const { nodes, journeys } = this.scenario;
    const bearing = nodes.get(node)?.bearing;
    const born = journeys.filter(({ name }) => bearing?.journeys.includes(name));
    const all = born.reduce((sum, { people }) => sum + (people as number), 0);
    let load = born.length === 0 ? 1 : 0;
    for (const journey of born) {
      const cold = ((bearing?.cold ?? 1) - 1) * this.cold(journey, at, bearing?.warms ?? 0);
      load += ((journey.people as number) / all) * (1 - this.share(journey, at) + cold);
    }
    const from = [...nodes.values()].filter(({ spill }) => spill.some((to) => to.node === node));
    const crowd = from.reduce((sum, { people }) => sum + (people as number), 0);
    for (const { name, spill } of from) {
      const share = spill.find((to) => to.node === node)?.share ?? 0;
      load += (share * this.troubled(name, at)) / crowd;
    }
    return load;
  }

  /** How much of a cohort is still cold: who came back at each return so far, from the first to the last. */
  private cold(journey: Journey, at: Ms, warms: Ms): number {
    if (warms === 0) return 0;
    const turns = this.stagesOf(journey).flatMap(({ service, session, stops }) =>
      stops ? this.outages(service).flatMap(([from, to]) => [from, to, from + session]) : [],
    );
    let [cold, since] = [0, 0];
    const left = (moment: Ms): number => cold * Math.max(0, 1 - (moment - since) / warms);
    for (const turn of [...new Set(turns)].filter((one) => one > 0 && one <= at).sort((a, b) => a - b)) {
      const [was, is] = [this.share(journey, turn, true), this.share(journey, turn)];
      if (is >= 1) cold = 0;
      else if (was > is + 1e-6) [cold, since] = [Math.min(1 - is, left(turn) + was - is), turn];
    }
    return left(at);
  }
}
