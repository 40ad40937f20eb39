/** Settings from a command line, `path=value`: written into the scenario as a patch of one value. */

import type { Context } from './context.ts';
import { didYouMean } from './nearest.ts';
import { applyPatch } from './patch.ts';
import type { Problem } from './problems.ts';
import { readValue } from './source.ts';
import { type Dict, type Entry, type Origin, rootOrigin, Source, type Tree, under } from './tree.ts';

const FLAG = '--set';

export function applySettings(root: Dict, settings: readonly string[], context: Context): Dict {
  return settings.reduce((tree, setting) => applySetting(tree, setting, context), root);
}

function applySetting(root: Dict, setting: string, context: Context): Dict {
  const source = new Source(FLAG, setting);
  const at = (offset: number): Origin => rootOrigin(source, offset);
  const equals = setting.indexOf('=');
  if (equals < 1) {
    context.problem(at(0), `expected path=value, found "${setting}"`, 'such as parameters.health-check.value=1m');
    return root;
  }
  const path = setting.slice(0, equals).trim();
  const value = setting.slice(equals + 1).trim();
  const found: Problem[] = [];
  const read = value === '' ? null : readValue(value, new Source(FLAG, null), found);
  context.adopt(found);
  if (value === '') context.problem(at(equals + 1), 'there is no value after the =');
  if (!read || found.length > 0) return root;
  const keys = keysOf(root, path);
  if (!keys) {
    const [first] = path.split('.') as [string];
    context.problem(at(0), `there is nothing at "${path}" to set`, didYouMean(first, root.entries.keys()));
    return root;
  }
  if (read.is !== 'map' && isParameter(root, keys)) {
    const hint = `set its value: ${path}.value=${value}`;
    context.problem(at(0), `"${path}" is a parameter, which is more than its value`, hint);
    return root;
  }
  return applyPatch(root, wrapped(keys, read, at(0)), context);
}

/** A whole parameter as written, with its range and where it comes from; and not a key of it. */
const isParameter = (root: Dict, keys: readonly string[]): boolean =>
  keys.length === 2 && keys[0] === 'parameters' && under(under(root, 'parameters'), keys[1] as string)?.is === 'map';

/** A patch that holds the value under these keys. */
function wrapped(keys: readonly string[], value: Tree, at: Origin): Dict {
  const [key, ...rest] = keys as [string, ...string[]];
  const inside: Origin = { ...at, parent: at, key };
  const entry: Entry = { at: inside, value: rest.length > 0 ? wrapped(rest, value, inside) : { ...value, at: inside } };
  return { is: 'map', at, entries: new Map([[key, entry]]) };
}

/**
 * The keys a dotted path goes through. Names hold dots themselves, so the longest written key that fits is taken;
 * where none is written, a section takes all but the last word for a name (a refinement: `nodes.pop.7.startTakes`).
 */
function keysOf(root: Dict, path: string): readonly string[] | null {
  const keys: string[] = [];
  let here: Tree | undefined = root;
  let rest = path;
  while (rest !== '') {
    const known: string | undefined = here?.is === 'map' ? longest(here.entries.keys(), rest) : undefined;
    const key =
      known ??
      (keys.length === 0
        ? undefined
        : keys.length === 1 && rest.includes('.')
          ? rest.slice(0, rest.lastIndexOf('.'))
          : rest.split('.')[0]);
    if (!key || (known === undefined && here && here.is !== 'map')) return null;
    keys.push(key);
    here = known !== undefined && here?.is === 'map' ? here.entries.get(known)?.value : undefined;
    rest = rest.slice(key.length + 1);
  }
  return keys;
}

function longest(keys: Iterable<string>, path: string): string | undefined {
  let best: string | undefined;
  for (const key of keys) {
    if ((path === key || path.startsWith(`${key}.`)) && key.length > (best?.length ?? 0)) best = key;
  }
  return best;
}
