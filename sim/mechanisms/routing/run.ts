/** Routing in one run: sessions live and die, sites announce, and tables follow. */
import type { Engine } from '../../engine/engine.ts';
import type { RunningFollowers } from '../../engine/follower.ts';
import type { Part } from '../../engine/mechanism.ts';
import type { PlannedPart } from '../../engine/plan.ts';
import type { Look, Told } from '../../model/looks.ts';
import { byName } from '../../model/units.ts';
import type { Dispute, Rule } from '../../trace/trace.ts';
import { settleByMessages } from './before.ts';
import { Forwarding, isForwarding, type News } from './forwarding.ts';
import { Glass } from './glass.ts';
import type { RoutingPlan } from './index.ts';
import { NONE, Paths } from './paths.ts';
import { ANNOUNCES, FORWARDING, type PlannedSite, POLICY, RESTARTS, SESSION, SITE, SPEAKER } from './planned.ts';
import { type Ranks, ranksOf } from './rib.ts';
import { BlockRules, Rules } from './rules.ts';
import { Sessions } from './sessions.ts';
import { ClosedForm, type Solution, solveStatically } from './static.ts';
import { Switches } from './switches.ts';
import { PathTexts, RunningTable } from './tables.ts';
import { isHierarchy, type Topology } from './topology.ts';
import { hopsOf } from './trace.ts';
import type { Carrier } from './wire.ts';

export class RunningRouting implements Part {
  private readonly followers: RunningFollowers;
  private readonly topology: Topology;
  private readonly paths = new Paths();
  private readonly ranks: Ranks;
  private readonly tables: readonly RunningTable[];
  private readonly byItem: ReadonlyMap<number, RunningTable>;
  private readonly hierarchy: boolean;
  private closed: ClosedForm | null = null;
  private readonly sessions: Sessions;
  private readonly switches: Switches;
  /** Alarms: halves of all tables, timers of sessions, those of restarts, what follows at once, followers. */
  private readonly firstHold: number;
  private readonly firstRestart: number;
  private readonly atOnce: number;
  private readonly stirred = new Set<number>();
  private readonly forwarding: Forwarding;
  private readonly glass: Glass;
  /** What packets hang on that has changed: by table; under -1 what they all do. */
  private readonly news = new Map<number, News>();
  /** What the routes before the start were last computed from. */
  private warmed = '';

  constructor(
    private readonly engine: Engine,
    private readonly part: PlannedPart,
    private readonly plan: RoutingPlan,
  ) {
    const { topology } = plan;
    this.topology = topology;
    this.ranks = ranksOf(topology, this.paths);
    this.hierarchy = isHierarchy(topology);
    this.firstHold = plan.tables.length * topology.from.length * 2;
    this.firstRestart = this.firstHold + plan.sessions.length;
    this.atOnce = this.firstRestart + plan.sessions.length * 2 + topology.speakers.length;
    this.followers = plan.followers.create(engine, part, this.atOnce + 1);
    const texts = new PathTexts(engine, topology, this.paths);
    const { nodes, authorisations } = plan.scenario;
    const rules = new Rules(topology, this.paths, nodes, authorisations);
    this.tables = plan.tables.map((table) => {
      const asked = plan.questions.filter((question) => question.table === table && !isForwarding(question.fact.kind));
      const questions = asked.map(({ fact, who, announcement }) => ({
        fact: fact.id,
        isPath: fact.kind === 'path',
        announcement: announcement as number,
        edges: plan.edgesOf(who),
      }));
      const carrier = this.carrier(table.index);
      const blockRules = new BlockRules(rules, table.announcements);
      return new RunningTable(engine, table, questions, texts, this.paths, this.ranks, blockRules, topology, carrier);
    });
    this.byItem = new Map(this.tables.map((table) => [table.planned.item, table]));
    this.sessions = new Sessions({
      engine,
      part,
      topology,
      speakers: plan.peering.speakers,
      sessions: plan.sessions,
      tables: this.tables,
      firstTimer: this.firstHold,
      stir: (table) => this.stir(table),
      follow: (change, rule) => this.follow(-1, rule, change),
      again: () => engine.alarm(part, this.atOnce, engine.now),
    });
    this.switches = new Switches(engine, plan.switches, rules, this.tables, (table) => this.stir(table));
    this.forwarding = new Forwarding(engine, plan, this.tables, this.sessions.carries);
    this.glass = new Glass(engine, topology, this.sessions.stands, (session) =>
      engine.dueAt(part, this.firstHold + session),
    );
  }

  private carrier(table: number): Carrier {
    const { engine, part, topology } = this;
    const halves = topology.from.length;
    const first = table * halves * 2;
    return {
      get now() {
        return engine.now;
      },
      arriveAt: (half, at) => engine.alarm(part, first + half, at),
      expireAt: (half, at) => engine.alarm(part, first + halves + half, at),
      stands: (half) => this.sessions.stands(half),
      listens: (speaker) => this.sessions.listens(speaker),
      draw: (law, purpose, subject, occasion) => engine.draw(law, purpose, subject, occasion),
    };
  }

  // ---- before the start ----

  warm(): boolean {
    let moved = this.followers.warm();
    const inputs = `${this.sessions.warm()} ${this.warmSites()} ${this.switches.warm()}`;
    if (inputs !== this.warmed) this.solve();
    this.warmed = inputs;
    for (const table of this.tables) moved = table.put() || moved;
    moved = this.sessions.put() || moved;
    return this.forwarding.put() || moved;
  }

  /** What sites announce, as a text to compare. */
  private warmSites(): string {
    const { board } = this.engine;
    return this.plan.sites
      .map((site) => {
        if (!site) return 0;
        const { table, name, announcement, announces } = site;
        const is = board.value[announces.id] === 1;
        (this.tables[table.index] as RunningTable).note(this.numberOf(name), announcement, is);
        return Number(is);
      })
      .join('');
  }

  /** Plain blocks announced from the same sites have the same routes before the start, and are solved once. */
  private solve(): void {
    const { topology, paths, ranks, sessions, hierarchy, engine } = this;
    const solved = new Map<string, Solution>();
    for (const table of this.tables) {
      const { rib, wire, planned } = table;
      const own = table.owns();
      if (!hierarchy || rib.rules !== null) {
        const { announcements } = planned;
        const { stands } = sessions;
        rib.copy(settleByMessages(topology, paths, ranks, rib.rules, announcements, engine.luck, own, stands));
        wire.adopt();
        continue;
      }
      const key = own.join('');
      const announces = (speaker: number): boolean => own[speaker] !== NONE;
      const routes = solved.get(key) ?? solveStatically(topology, paths, announces, sessions.stands, this.closedForm());
      solved.set(key, routes);
      rib.adopt(routes, own, sessions.stands);
      wire.adopt();
    }
  }

  private closedForm(): ClosedForm {
    this.closed ??= new ClosedForm(this.topology);
    return this.closed;
  }

  private numberOf(speaker: string): number {
    return this.topology.indexOf.get(speaker) as number;
  }
  private tableOf(item: number): RunningTable {
    return this.byItem.get(item) as RunningTable;
  }

  /** What had not settled before the start goes on from there. */
  start(): void {
    this.followers.start();
    this.sessions.start();
    for (const [index, table] of this.tables.entries()) if (table.begin()) this.stir(index);
  }

  // ---- the run ----

  settle(item: number): void {
    const { items } = this.plan;
    const index = items.indexOf(item);
    switch (items.sortOf(item)) {
      case ANNOUNCES:
        return this.followers.settle(index);
      case SESSION:
        return this.sessions.settle(index);
      case SPEAKER:
      case POLICY:
      case SITE:
      case RESTARTS:
        // They act on what is settled: nothing about them is a pure consequence.
        return;
      case FORWARDING:
        this.setForwards();
        return;
      default: {
        this.sessions.judge();
        const table = this.tableOf(item);
        if (!table.settle()) return;
        const speaker = table.lastChanged;
        this.follow(table.planned.index, table.ruleOf(speaker), table.rib.cause[speaker] as number);
      }
    }
  }

  ring(alarm: number): void {
    if (alarm < this.firstHold) {
      const halves = this.topology.from.length;
      const index = Math.floor(alarm / (halves * 2));
      const slot = alarm - index * halves * 2;
      const table = this.tables[index] as RunningTable;
      if (slot < halves) this.hear(index, slot);
      else table.offerLater(slot - halves, table.wire.occasionOf(slot - halves));
      this.wake(index);
    } else if (alarm < this.firstRestart) {
      const session = alarm - this.firstHold;
      this.sessions.expire(session);
      for (const index of this.tables.keys()) this.wake(index);
    } else if (alarm < this.atOnce) this.sessions.restarts.ring(alarm - this.firstRestart);
    else if (alarm === this.atOnce) {
      for (const index of this.stirred) this.wake(index);
      this.stirred.clear();
      if (this.sessions.restarts.waiting) this.engine.actLater(this.part, this.plan.peering.restarts);
      if (this.news.size > 0) this.engine.touch(this.part, this.plan.forwarding);
    } else this.followers.ring(alarm - this.atOnce - 1);
  }
  private hear(index: number, half: number): void {
    const table = this.tables[index] as RunningTable;
    const had = table.rib.offer(half) !== NONE;
    const change = table.arrive(half);
    if (change === null) return;
    this.sessions.limits.heard(index, half, had, change);
    this.sessions.restarts.heard(index, half);
  }
  private wake(index: number): void {
    const { item } = (this.tables[index] as RunningTable).planned;
    this.engine.touch(this.part, item);
    this.engine.actLater(this.part, item);
  }

  act(item: number): void {
    const { items } = this.plan;
    const index = items.indexOf(item);
    switch (items.sortOf(item)) {
      case ANNOUNCES:
        return this.followers.act(index);
      case SPEAKER:
        return this.sessions.speakerActs(index);
      case SESSION:
        return this.sessions.sessionActs(index);
      case POLICY:
        return this.switches.act(index);
      case SITE:
        return this.site(index);
      case RESTARTS:
        return this.sessions.restarts.act();
      case FORWARDING:
        return;
      default:
        this.tableOf(item).act();
    }
  }

  private site(index: number): void {
    const { table, name, announcement, announces, up } = this.plan.sites[index] as PlannedSite;
    const running = this.tables[table.index] as RunningTable;
    const is = this.engine.board.value[announces.id] === 1;
    const change = this.engine.latest(announces.id);
    // Packets are lost with the site itself, however long it takes to withdraw.
    this.follow(table.index, 'now', Math.max(change, this.engine.latest(up.id)));
    if (!running.announce(this.numberOf(name), announcement, is, change)) return;
    running.outside(change);
    running.turn();
    this.stir(table.index);
  }

  /** Has a table choose in the next phase of this instant. */
  private stir(index: number): void {
    this.stirred.add(index);
    this.engine.alarm(this.part, this.atOnce, this.engine.now);
  }

  private follow(table: number, rule: Rule, change: number): void {
    if (this.plan.forwarding < 0) return;
    this.news.set(table, { rule, change });
    this.engine.alarm(this.part, this.atOnce, this.engine.now);
  }
  private setForwards(): void {
    this.forwarding.set((tables) => tables.map((table) => this.news.get(table)).find(Boolean) ?? this.news.get(-1));
    this.news.clear();
    for (const { turned } of this.tables) turned.clear();
  }

  look(question: Look): Told | null {
    if (question.ask === 'route') {
      const { prefix, network } = question;
      const { table } = this.plan.asked('route', network, prefix);
      return this.glass.of(network, this.plan.edgesOf(network), prefix, this.tables[table.index] as RunningTable);
    }
    if (question.ask !== 'packets') return null;
    const { table, announcement } = this.plan.asked('forwards', question.network, question.to);
    const { view, journey, levels } = this.forwarding.of(question.network, table.index, announcement);
    const hops = hopsOf(this.topology, view, journey, (speaker, level) => levels[level]?.announcementOf(speaker));
    return { ...question, cidr: table.announcements[0].cidr, ...hops };
  }

  disputes(): readonly Dispute[] {
    return this.tables.flatMap((table) => table.disputes()).sort((a, b) => a.at - b.at || byName(a.prefix, b.prefix));
  }
}
