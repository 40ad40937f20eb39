/** The listed mutants: each breaks one rule by one small edit of the simulator, and the killing suite must notice. */

export interface Mutant {
  readonly name: string;
  /** The rule it breaks, as `SEMANTICS` numbers them. */
  readonly rule: string;
  /** Below `sim/`. */
  readonly file: string;
  /** Must be found in the file exactly once. */
  readonly old: string;
  readonly new: string;
}

export const mutants: readonly Mutant[] = [
  {
    name: 'a race is called one change early',
    rule: 'R6',
    file: 'engine/board.ts',
    old: 'if ((this.flips[fact] as number) <= RACE) return false;',
    new: 'if ((this.flips[fact] as number) < RACE) return false;',
  },
  {
    name: 'a fact that is released stays as it was forced',
    rule: 'R9',
    file: 'engine/board.ts',
    old: 'this.next[fact] = this.owned[fact] as number;',
    new: 'this.next[fact] = this.value[fact] as number;',
  },
  {
    name: 'a number that reaches its limit is not above it yet',
    rule: 'R1',
    file: 'engine/board.ts',
    old: 'const above = level >= (testAbove[test] as number) ? 1',
    new: 'const above = level > (testAbove[test] as number) ? 1',
  },
  {
    name: 'a question asked of a guard keeps nothing of what was about to happen',
    rule: 'R13',
    file: 'engine/board.ts',
    old: `      this.isPending[fact] = 1;
      this.pending.push(fact);
    }
    return answer;`,
    new: '    }\n    return answer;',
  },
  {
    name: 'alarms at the very end of the run do not ring',
    rule: 'R4',
    file: 'engine/engine.ts',
    old: 'if (at > end) {',
    new: 'if (at >= end) {',
  },
  {
    name: 'all mechanisms compute anew when a guard asks',
    rule: 'R13',
    file: 'engine/engine.ts',
    old: 'if (!this.supposing || planned.plan.supposes)',
    new: 'if (!this.supposing || planned)',
  },
  {
    name: 'a value that comes back within a phase is written down',
    rule: 'R3',
    file: 'engine/ledger.ts',
    old: 'board.changedInPhase(fact) && !racing.has(fact)',
    new: '!racing.has(fact)',
  },
  {
    name: 'a number between its limits falls below at the upper one',
    rule: 'R1',
    file: 'engine/ledger.ts',
    old: 'const limit = (above ? testBelow[test] : testAbove[test]) as number;',
    new: 'const limit = testAbove[test] as number;',
  },
  {
    name: 'a clock of a condition that came back keeps running',
    rule: 'R5',
    file: 'engine/follower.ts',
    old: '      this.engine.cancel(this.part, this.firstAlarm + i);\n',
    new: '',
  },
  {
    name: 'luck goes by the number of a thing, not by its name',
    rule: 'R17',
    file: 'mechanisms/dependency/plan.ts',
    old: 'keeps, luck: hashName(whose)',
    new: 'keeps, luck: this.nodes.length',
  },
  {
    name: 'facts are numbered in the order of the file',
    rule: 'R18',
    file: 'engine/planner.ts',
    old: '(a, b) => Number(a.watched) - Number(b.watched) || byName(a.name, b.name),',
    new: '(a, b) => Number(a.watched) - Number(b.watched),',
  },
  {
    name: 'a clause that was once true for long enough need not be so again',
    rule: 'R7',
    file: 'mechanisms/dependency/run.ts',
    old: '    c.heard = holds;\n    c.ripe = false;\n',
    new: '    c.heard = holds;\n',
  },
  {
    name: 'starting goes on although a need broke meanwhile',
    rule: 'R8',
    file: 'mechanisms/dependency/run.ts',
    old: '        this.engine.cancel(this.part, alarm);\n        if (state.starting >= 0) this.again(state);',
    new: '        if (state.starting >= 0) this.again(state);',
  },
  {
    name: 'a start by hand stands for needs as well',
    rule: 'R9',
    file: 'mechanisms/dependency/run.ts',
    old: 'return waived ? clauses.filter(({ clause }) => clause.keeps) : clauses;',
    new: 'return waived ? [] : clauses;',
  },
  {
    name: 'a path leads through nodes that are down',
    rule: 'R2',
    file: 'mechanisms/connectivity/paths.ts',
    old: ' && passable.node(next))',
    new: ')',
  },
  {
    name: 'who comes last decides whether a thing is broken',
    rule: 'R9',
    file: 'mechanisms/changes/tokens.ts',
    old: 'this.engine.set(fact.id, count > 0 && !this.anew',
    new: 'this.engine.set(fact.id, by > 0 && !this.anew',
  },
  {
    name: 'a guard with a bug works',
    rule: 'R13',
    file: 'mechanisms/changes/rollout.ts',
    old: 'if (!this.engine.signal(guard.up.id) || !this.engine.signal(guard.sound.id))',
    new: 'if (!this.engine.signal(guard.up.id))',
  },
  {
    name: 'a message takes the place of the one before it',
    rule: 'R5',
    file: 'mechanisms/routing/under-way.ts',
    old: 'const last = ends[list * 2 + 1] as number;',
    new: 'const last = NOTHING as number;',
  },
  {
    name: 'a cache forgets when it was filled',
    rule: 'R12',
    file: 'mechanisms/naming/entry.ts',
    old: 'this.filled !== null && now - this.filled < ttl * (1 - ahead)',
    new: 'ttl < 0 && this.filled !== null',
  },
  {
    name: 'who became ready last is served first',
    rule: 'R14',
    file: 'mechanisms/people/run.ts',
    old: '(a.ready as Ms) - (b.ready as Ms)',
    new: '(b.ready as Ms) - (a.ready as Ms)',
  },
  {
    name: 'a task of which no way is left stays open',
    rule: 'R14',
    file: 'mechanisms/people/run.ts',
    old: "if (!ways.every(({ state }) => state === 'failed' || state === 'cancelled')) return false;",
    new: 'if (ways.length >= 0) return false;',
  },
  {
    name: 'what is to begin while it is taken back is forgotten',
    rule: 'R13',
    file: 'mechanisms/changes/rollout.ts',
    old: "if (this.state === 'reverting') this.again = true;",
    new: '',
  },
  {
    name: 'a hand upon a hand starts nothing',
    rule: 'R9',
    file: 'mechanisms/changes/tokens.ts',
    old: 'if (by > 0 && isOnce(fact) &&',
    new: 'if (by < 0 && isOnce(fact) &&',
  },
  {
    name: 'discriminators are compared whoever set them',
    rule: 'RFC 4271 §9.1.2.2',
    file: 'mechanisms/routing/decision.ts',
    old: "(step === 'MED' ? (candidates[index] as Candidate).system : 0)",
    new: '0',
  },
  {
    name: 'no-export binds nobody',
    rule: 'RFC 1997',
    file: 'mechanisms/routing/rules.ts',
    old: 'if (over !== OWN && communities.isKept(used.communities)) return NONE;',
    new: '',
  },
  {
    name: 'what is for customers only is taken from a customer',
    rule: 'RFC 9234 §5',
    file: 'mechanisms/routing/rules.ts',
    old: '(relation === CUSTOMER || (relation === PEER && marked !== teller))',
    new: '(relation === PEER && marked !== teller)',
  },
  {
    name: 'as many prefixes as the limit are too many',
    rule: 'RFC 4486 §4',
    file: 'mechanisms/routing/limits.ts',
    old: 'this.count(half) > limit.prefixes',
    new: 'this.count(half) >= limit.prefixes',
  },
  {
    name: 'an unsigned answer is as good as a signed one',
    rule: 'RFC 4035 §4.3',
    file: 'mechanisms/naming/trust.ts',
    old: 'return planner.any([this.insecure(resolver, zone), planner.all([this.secure(resolver, zone), this.signed(zone)])]);',
    new: 'return planner.any([this.insecure(resolver, zone), this.secure(resolver, zone)]);',
  },
];
