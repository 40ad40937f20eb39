/** What there is to look up at a thing: routes of a network, names at a resolver, a nameserver's zones at those who ask for them. */
import type { Look } from '../../sim/index.ts';
import type { Board } from '../load/board.ts';
import type { Run } from '../load/run.ts';

/** So much is looked up at once. */
const MOST = 16;

/** Where these are too many, the names that fail at this moment come first; and how many are left out. */
export function looksNow(
  { facts, words }: Run,
  looks: readonly Look[],
  board: Board,
): { readonly looks: readonly Look[]; readonly more: number } {
  if (looks.length <= MOST) return { looks, more: 0 };
  const key = (resolver = '', name = ''): string => JSON.stringify([resolver, name]);
  const failing = new Set(
    facts.subjects
      .filter((_, fact) => facts.kinds[fact] === 'resolves' && words[board.value[fact]!] !== 'ok')
      .map(([resolver, name]) => key(resolver, name)),
  );
  const fails = (look: Look): boolean => look.ask === 'dig' && failing.has(key(look.resolver, look.name));
  const sorted = [...looks.filter(fails), ...looks.filter((look) => !fails(look))];
  return { looks: sorted.slice(0, MOST), more: looks.length - MOST };
}

/** Only what the run itself asks for: of all else nobody knows whether it makes sense. */
export function looksAt(run: Run, name: string): readonly Look[] {
  const { scene, facts } = run;
  const node = scene.nodes.find((one) => one.name === name);
  if (!node) return [];
  const asked = (kind: string): readonly (readonly string[])[] =>
    facts.subjects.filter((_, fact) => facts.kinds[fact] === kind);
  const routed = new Set(scene.prefixes.filter(({ sites }) => sites.length > 0).map((prefix) => prefix.name));
  const digs = asked('resolves').map(([resolver = '', zone = '']): Look => ({ ask: 'dig', resolver, name: zone }));
  const looks: Look[] = [];
  if (node.kind === 'resolver') looks.push(...digs.filter((one) => one.ask === 'dig' && one.resolver === name));
  else if (node.kind === 'nameserver') {
    const zones = new Set(scene.zones.filter(({ nameservers }) => nameservers.includes(name)).map((zone) => zone.name));
    looks.push(...digs.filter((one) => one.ask === 'dig' && zones.has(one.name)));
  } else {
    const about = ['route', 'path', 'forwards', 'lands', 'passes'].flatMap(asked);
    const prefixes = new Set(about.filter(([who]) => who === name).map(([, prefix = '']) => prefix));
    const speaks = scene.links.some(({ bgp, from, to }) => bgp !== null && (from === name || to === name));
    if (speaks) for (const [, prefix = ''] of about) prefixes.add(prefix);
    const { network } = node;
    for (const prefix of [...prefixes].sort())
      if (routed.has(prefix)) looks.push({ ask: 'route', network: network ?? name, prefix });
  }
  return looks;
}
