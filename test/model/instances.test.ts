import { describe, expect, test } from 'vitest';
import { needs, nodeOf, problems, scenario } from './reading.ts';

const POPS = 'nodes:\n  meta: { kind: network }\n  pop.{1..3}: { kind: pop, network: meta }\n';

describe('a node in several places', () => {
  test('is one instance in each, and a group by its name', () => {
    const read = scenario(`${POPS}  ns: { kind: nameserver, in: pop.* }\n`);
    expect([...read.nodes.keys()].filter((name) => name.startsWith('ns'))).toEqual([
      'ns@pop.1',
      'ns@pop.2',
      'ns@pop.3',
    ]);
    expect(nodeOf(read, 'ns@pop.2')).toMatchObject({ place: 'pop.2', group: 'ns', network: 'meta' });
    expect(nodeOf(read, 'pop.2')).toMatchObject({ place: null, group: 'pop.*' });
  });

  test('is joined to each place by a link of its own', () => {
    const now = { law: 'fixed', value: 0 };
    const plain = { imports: null, exports: null, limit: null };
    const WAY = { bgp: null, delay: now, mrai: now, hold: now, ends: { from: plain, to: plain }, graceful: 0 };
    const read = scenario(
      `${POPS}  ns: { kind: nameserver, in: [ pop.1, pop.2 ] }\n  one: { kind: service, in: pop.3 }\n`,
    );
    expect([...read.links.values()]).toEqual([
      { name: 'in:ns@pop.1~pop.1', from: 'ns@pop.1', to: 'pop.1', layer: null, ...WAY, implied: true },
      { name: 'in:ns@pop.2~pop.2', from: 'ns@pop.2', to: 'pop.2', layer: null, ...WAY, implied: true },
      { name: 'in:one~pop.3', from: 'one', to: 'pop.3', layer: null, ...WAY, implied: true },
    ]);
  });

  test('may stand in instances again', () => {
    const read = scenario(`${POPS}  api: { kind: service, in: "pop.{1,2}" }\n  pod: { kind: service, in: api }\n`);
    expect([...read.nodes.keys()]).toContain('pod@api@pop.1');
    expect(nodeOf(read, 'pod@api@pop.1').place).toBe('api@pop.1');
  });

  test('finds what stands in the same place, or in one around it, by @here', () => {
    const read = scenario(
      `${POPS}  api: { kind: service, in: pop.* }\n  db: { kind: service, in: pop.2 }\n  pod: { kind: service, in: api, needs: [ api@here ] }\n  web: { kind: service, in: pop.2, needs: [ api@here, db@here ] }\n`,
    );
    expect(needs(read, 'web')).toEqual(['all(up/api@pop.2, up/db)']);
    expect(needs(read, 'pod@api@pop.1')).toEqual(['up/api@pop.1']);
  });

  test('is refined as a whole, or one by one', () => {
    const read = scenario(
      `${POPS}  ns.{a,b}: { kind: nameserver, in: pop.* }\n  ns.a: { role: x }\n  ns.a@pop.2: { role: y }\n  "*@pop.3": { title: third }\n`,
    );
    const roles = ['ns.a@pop.1', 'ns.a@pop.2', 'ns.b@pop.3'].map((name) => [
      nodeOf(read, name).role,
      nodeOf(read, name).title,
    ]);
    expect(roles).toEqual([
      ['x', null],
      ['y', null],
      [null, 'third'],
    ]);
  });

  test('means all its instances as a target, and asks for a word in a question', () => {
    const text = `${POPS}  ns: { kind: nameserver, in: pop.* }\nfaults: { f: { at: 1m, to: ns } }\n`;
    expect(scenario(text).faults.get('f')?.targets).toEqual(['ns@pop.1', 'ns@pop.2', 'ns@pop.3']);
    expect(
      needs(scenario(`${text.replace('faults', '  web: { kind: service, needs: [ any ns ] }\nfaults')}`), 'web'),
    ).toEqual(['any(up/ns@pop.1, up/ns@pop.2, up/ns@pop.3)']);
    expect(problems(text.replace('faults', '  web: { kind: service, needs: [ ns ] }\nfaults'))).toEqual([
      '5:34: nodes.web.needs[0]: "ns" stands for 3 nodes, and this asks about one; write "any ns" or "all ns"',
    ]);
  });

  test.each([
    [
      '  a: { kind: service, in: b }\n  b: { kind: service, in: a }\n',
      '4:27: nodes.a.in: a place stands in itself: a in b in a',
    ],
    ['  a: { kind: service, in: pop.9 }\n', '4:27: nodes.a.in: there is no place "pop.9"; did you mean "pop.1"?'],
    ['  a: { kind: service, network: pop.1 }\n', '4:32: nodes.a.network: pop.1 is a pop, no network'],
    [
      '  a: { kind: service, network: mta }\n',
      '4:32: nodes.a.network: there is no network "mta"; did you mean "meta"?',
    ],
    [
      '  a: { kind: service, in: pop.1, needs: [ b@here ] }\n',
      '4:43: nodes.a.needs[0]: there is no "b" in the same place',
    ],
    [
      '  battery: { kind: power, in: pop.1 }\n  pop.1: { needs: [ battery ] }\n',
      '4:31: nodes.battery.in: power stands in pop.1, which needs it: neither could ever start; leave out `in`: power stands beside what it feeds',
    ],
    [
      '  a: { kind: service, in: pop.* }\n  a@pop.9: { role: x }\n',
      '5:3: nodes.a@pop.9: there is no instance "a@pop.9" for this to refine; did you mean "a@pop.1"?',
    ],
    [
      '  a: { kind: service, in: pop.* }\n  a@pop.1: { in: pop.2 }\n',
      '5:14: nodes.a@pop.1.in: an instance stands where it stands; say it under "a"',
    ],
  ])('%j is refused', (lines, problem) => {
    expect(problems(POPS + lines)).toEqual([problem]);
  });
});
