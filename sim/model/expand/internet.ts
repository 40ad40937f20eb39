/** The rest of the Internet: where it comes from, which declared networks are of it, and the part of it that can matter. */
import type { Context } from '../context.ts';
import { generate, MOST_NETWORKS } from '../internet/generate.ts';
import { type Internet, nameOf, placeOf } from '../internet/internet.ts';
import { readRelations } from '../internet/relations.ts';
import { PLAIN_END, type Rest, restOf } from '../internet/rest.ts';
import type { Result } from '../problems.ts';
import type { Link, Policy, Prefix, SessionEnd } from '../scenario.ts';
import { type Origin, shorten, type Tree, under } from '../tree.ts';
import { saidBy } from './ends.ts';
import { type UsualImports, usualImports } from './internet-imports.ts';
import { usualSession } from './links.ts';
import type { Draft } from './places.ts';
import type { Policies } from './policies.ts';
import type { Texts } from './texts.ts';
import { numberOf, textOf } from './values.ts';
import type { World } from './world.ts';

/** An Internet, and the declared networks that are of it, by name: their places there. */
export interface ReadInternet {
  readonly internet: Internet;
  readonly own: ReadonlyMap<string, number>;
  readonly session: Rest['session'];
  /** What a network of it does with what it hears, unless it says otherwise; by its number. */
  readonly imports: UsualImports;
}

/** Nobody needs more than there are, and each costs memory before anything is cut away. */
const MOST = Math.min(200_000, MOST_NETWORKS);

/** Null where a scenario has none, and after problems. `ends`: names of all ends of declared sessions. */
export function readInternet(
  context: Context,
  texts: Texts,
  section: Tree | undefined,
  defaults: Tree | undefined,
  drafts: ReadonlyMap<string, Draft>,
  ends: ReadonlySet<string>,
): ReadInternet | null {
  if (section?.is !== 'map') return null;
  const internet = internetOf(context, texts, section);
  if (!internet) return null;
  const own = ownOf(context, internet, drafts, ends);
  const imports = usualImports(context, texts, section);
  return { internet, own, session: usualSession(context, texts, defaults), imports };
}

function internetOf(context: Context, texts: Texts, section: Tree): Internet | null {
  const [made, file] = [under(section, 'generate'), under(section, 'caida')];
  if ((made === undefined) === (file === undefined)) {
    context.problem(section.at, 'an Internet is made (`generate`) or read from a file (`caida`), and one of the two');
    return null;
  }
  if (made) {
    const filled = texts.fill(made);
    const before = context.problems.length;
    const networks = numberOf(context, under(filled, 'networks'), 1, { least: 1, most: MOST, whole: true });
    const seed = textOf(under(filled, 'seed')) ?? '';
    return context.problems.length > before ? null : generated(networks, seed);
  }
  const path = texts.fill(file as Tree);
  const name = textOf(path);
  return name === null ? null : fromFile(context, name, path.at);
}

/** The latest: the same scenario is read again with each of its variants. */
let latest: { readonly networks: number; readonly seed: string; readonly internet: Internet } | null = null;
const parsed = new WeakMap<Uint8Array, Result<Internet>>();

function generated(networks: number, seed: string): Internet {
  if (latest?.networks !== networks || latest.seed !== seed)
    latest = { networks, seed, internet: generate({ networks, seed }) };
  return latest.internet;
}

function fromFile(context: Context, path: string, at: Origin): Internet | null {
  const bytes = context.readBytes(path);
  if (bytes === null) {
    context.problem(at, `there is no file "${shorten(path)}"`, 'the path is meant from the folder of this file');
    return null;
  }
  if (!(bytes instanceof Uint8Array)) {
    context.problem(at, bytes.says, bytes.hint);
    return null;
  }
  const read = parsed.get(bytes) ?? readRelations(bytes, path);
  parsed.set(bytes, read);
  if (read.ok) return read.value;
  context.adopt(read.problems);
  return null;
}

function ownOf(
  context: Context,
  { asn }: Internet,
  drafts: ReadonlyMap<string, Draft>,
  ends: ReadonlySet<string>,
): ReadonlyMap<string, number> {
  const own = new Map<string, number>();
  const names = new Map<number, string>();
  for (const { name, kind, tree, at } of drafts.values()) {
    const written = under(tree, 'asn');
    const number = kind === 'network' && written ? Number(textOf(written)) : Number.NaN;
    const called = Number(/^as(\d+)$/.exec(name)?.[1]);
    if (called !== number && nameOf(called) === name && placeOf(asn, called) >= 0)
      context.problem(
        at,
        `"${name}" is what network ${called} of the Internet is called`,
        `say asn: ${called}, or call it otherwise`,
      );
    if (!written || Number.isNaN(number)) continue;
    const place = placeOf(asn, number);
    const other = names.get(place);
    if (place < 0) {
      if (!ends.has(name))
        context.problem(written.at, `no network of the Internet has the number ${number}, and ${name} has no session`);
    } else if (other !== undefined) context.problem(written.at, `${other} is network ${number} already`);
    else {
      names.set(place, name);
      own.set(name, place);
    }
  }
  return own;
}

/** What can matter of an Internet, once everything is known that it can matter to. */
export function cutDown(
  world: World,
  policies: Policies,
  read: ReadInternet,
  links: ReadonlyMap<string, Link>,
  prefixes: ReadonlyMap<string, Prefix>,
): Rest {
  const { internet, own, session, imports } = read;
  const ends = new Map([...own.keys()].map((name) => [name, endOf(world, policies, name, read)]));
  // One end for each policy, so that networks without one are told apart by a look.
  const others = new Map(
    imports.all.map(({ text, at }) => [text, { ...PLAIN_END, imports: policies.forOthers(text, at) }]),
  );
  const otherEnd = (asn: number): SessionEnd => others.get(imports.of(asn)?.text ?? '') ?? PLAIN_END;
  return restOf(internet, {
    own,
    endOf: (name) => ends.get(name) as SessionEnd,
    otherEnd,
    session,
    sessions: [...links.values()].filter(({ bgp }) => bgp !== null),
    sites: [...prefixes.values()].flatMap(({ sites }) => sites.map(({ site }) => site)),
  });
}

/** What a network says of all its sessions holds for those the Internet gives it. */
function endOf(world: World, policies: Policies, name: string, read: ReadInternet): SessionEnd {
  const policy = (key: 'imports' | 'exports'): Policy | null => {
    const tree = saidBy(world, name, key) ?? (key === 'imports' ? usualOf(read, name) : undefined);
    return tree ? policies.at(tree, name, key) : null;
  };
  return { ...PLAIN_END, imports: policy('imports'), exports: policy('exports') };
}

/** The policy for what a declared network hears that says nothing itself: declared or not, it does what it would. */
export function usualOf(read: ReadInternet | null, name: string): Tree | undefined {
  const place = read?.own.get(name);
  return place === undefined ? undefined : read?.imports.of(read.internet.asn[place] as number);
}
