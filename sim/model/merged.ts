/** The scenario of a run as one file: with its variant, its patch and its settings merged in, it runs as the run did. */
import { Context } from './context.ts';
import { isFork } from './fork.ts';
import { documentOf, load, withPatches } from './load.ts';
import { unusedParameters } from './parameters.ts';
import type { Problem, Result } from './problems.ts';
import type { Written } from './scenario.ts';
import { readSource } from './source.ts';
import { type Dict, type Entry, type Leaf, type Origin, Source, sameTree, type Tree, treeOf, under } from './tree.ts';
import { writeYaml } from './write-yaml.ts';

/** The one variant that is left: it leads back. */
const BACK = 'as-it-was';

/**
 * As YAML, headed by a line that says what it is made of. What was merged from nothing is handed on as it was written, unless it is
 * JSON; `seed` is the one it ran with.
 */
export function mergedText(written: Written, variant: string | null, seed: string): Result<string> {
  const text = merged(written, variant);
  return text.ok && text.value !== written.text
    ? { ok: true, value: headed(text.value, written, variant, seed) }
    : text;
}

/** What an editor is told in a first line stays the first. */
function headed(text: string, { file, set, patch }: Written, variant: string | null, seed: string): string {
  const parts = [
    `made of ${file}`,
    ...(variant === null ? [] : [`variant ${variant}`]),
    ...(patch === null ? [] : ['what was branched']),
    ...set,
  ];
  const line = `# ${`${parts.join(', ')}; with seed ${seed} it runs as that did`.replace(/[^\P{C}]+/gu, ' ')}\n`;
  const [first = ''] = /^# yaml-language-server:.*\n/.exec(text) ?? [];
  return first + line + text.slice(first.length);
}

function merged(written: Written, variant: string | null): Result<string> {
  const { file, text, others, set, patch } = written;
  const json = file.toLowerCase().endsWith('.json');
  const read = (path: string): string | null => others[path] ?? null;
  const base = Object.keys(others).length > 0 ? onlyOther(others) : { file, text };
  if (variant === null && patch === null && set.length === 0 && base.text === text && !json)
    return { ok: true, value: text };
  const context = new Context();
  const root = documentOf(text, { file, read }, context);
  const before = root && bodyOf(root, base, context);
  if (!root || !before) return { ok: false, problems: context.problems };
  const patched = withPatches(
    root,
    { file, set, ...(variant === null ? {} : { variant }), ...(patch ? { patch } : {}) },
    context,
  );
  if (context.problems.length > 0) return { ok: false, problems: context.problems };
  const source = json || base.text === null ? null : base.text;
  let problems: readonly Problem[] = [];
  for (const { ranges, back } of TRIES) {
    if (back && variant === null) continue;
    const settled = ranges ? patched : withoutRanges(root, patched);
    const whole = writeYaml(source, before, variant === null ? settled : asItself(root, settled, variant, back));
    const found = [{}, ...(back ? [{ variant: BACK }] : [])].map((of) => load(whole, { file: 'merged.yaml', ...of }));
    const bad = found.find((one) => !one.ok);
    if (!bad || bad.ok) return { ok: true, value: whole };
    problems = bad.problems;
  }
  return { ok: false, problems };
}

/**
 * A patch may set a parameter outside of its range, which a file may not; and some patches cannot be undone by one, as where a term
 * of a policy would come back at the end.
 */
const TRIES = [
  { ranges: true, back: true },
  { ranges: true, back: false },
  { ranges: false, back: true },
  { ranges: false, back: false },
];

/** A fork is written as what it extends, with what it adds. */
function onlyOther(others: Written['others']): { readonly file: string; readonly text: string | null } {
  const [first, ...more] = Object.entries(others);
  return first && more.length === 0 ? { file: first[0], text: first[1] } : { file: '', text: null };
}

/** The tree of the text that is written again. */
function bodyOf(root: Dict, { file, text }: ReturnType<typeof onlyOther>, context: Context): Dict | null {
  if (text === null) return root;
  const found: Problem[] = [];
  const tree = readSource(text, file, found);
  context.adopt(found);
  return tree && isFork(tree) ? root : tree;
}

/** The variant as a scenario of its own: nothing in it speaks of other variants, and what they alone needed is left out. */
function asItself(root: Dict, patched: Dict, variant: string, back: boolean): Dict {
  const own = under(under(root, 'variants'), variant);
  const titles = [textOf(under(patched, 'title')), textOf(under(own, 'title')) ?? variant];
  let base = withoutVariants(root);
  let after = withoutVariants(patched);
  const expect = under(own, 'expect');
  if (expect?.is === 'map') after = withClaims(after, expect);
  after = withEntry(after, 'title', leaf(titles.filter(Boolean).join(' – ')));
  for (;;) {
    const both = back ? withEntry(after, 'variants', wayBack(after, base)) : after;
    const unused = [...unusedParameters(both).keys()];
    if (unused.length === 0) return both;
    [base, after] = [withoutParameters(base, unused), withoutParameters(after, unused)];
  }
}

const wayBack = (after: Dict, base: Dict): Dict =>
  mapOf([
    [
      BACK,
      mapOf([
        ['title', leaf('As it was')],
        ['patch', inverse(after, base)],
      ]),
    ],
  ]);

function withClaims(root: Dict, expect: Dict): Dict {
  const claims = under(root, 'checkpoints');
  const entries = new Map(claims?.is === 'map' ? claims.entries : []);
  for (const [id, entry] of expect.entries) if (!entries.has(id)) entries.set(id, entry);
  return withEntry(root, 'checkpoints', { ...mapOf([]), entries });
}

/** Claims name variants that would miss them. */
function withoutVariants(root: Dict): Dict {
  const entries = new Map(root.entries);
  entries.delete('variants');
  const claims = entries.get('checkpoints');
  if (claims?.value.is !== 'map') return { ...root, entries };
  const kept = [...claims.value.entries].map(([id, entry]): [string, Entry] => [
    id,
    { ...entry, value: without(entry.value, ['foil', 'parts']) },
  ]);
  entries.set('checkpoints', { ...claims, value: { ...claims.value, entries: new Map(kept) } });
  return { ...root, entries };
}

/** Parameters that are no longer what they were have no range any more. */
function withoutRanges(root: Dict, patched: Dict): Dict {
  const [was, is] = [under(root, 'parameters'), patched.entries.get('parameters')];
  if (is?.value.is !== 'map') return patched;
  const entries = [...is.value.entries].map(([name, entry]): [string, Entry] => {
    const same = under(under(was, name), 'value') === under(entry.value, 'value');
    return [name, same ? entry : { ...entry, value: without(entry.value, ['range']) }];
  });
  return withEntry(patched, 'parameters', { ...is.value, entries: new Map(entries) });
}

function withoutParameters(root: Dict, names: readonly string[]): Dict {
  const parameters = root.entries.get('parameters');
  if (!parameters) return root;
  const value = without(parameters.value, names);
  const entries = new Map(root.entries);
  if (value.is === 'map' && value.entries.size === 0) entries.delete('parameters');
  else entries.set('parameters', { ...parameters, value });
  return { ...root, entries };
}

function without(tree: Tree, keys: readonly string[]): Tree {
  if (tree.is !== 'map' || !keys.some((key) => tree.entries.has(key))) return tree;
  const entries = new Map(tree.entries);
  for (const key of keys) entries.delete(key);
  return { ...tree, entries };
}

/** The patch that makes `to` of `from`. */
function inverse(from: Dict, to: Dict): Dict {
  const changes: [string, Tree][] = [];
  for (const key of from.entries.keys()) if (!to.entries.has(key)) changes.push([key, leaf(null)]);
  for (const [key, { value }] of to.entries) {
    const now = under(from, key);
    if (now === undefined) changes.push([key, value]);
    else if (now.is === 'map' && value.is === 'map') {
      const inner = inverse(now, value);
      if (inner.entries.size > 0) changes.push([key, inner]);
    } else if (!sameTree(now, value)) changes.push([key, value]);
  }
  return mapOf(changes);
}

const NOWHERE: Origin = { source: new Source('merged', null), offset: 0, parent: null, key: null };
const leaf = (value: string | null): Leaf => treeOf(value, NOWHERE.source) as Leaf;
const mapOf = (entries: readonly (readonly [string, Tree])[]): Dict => ({
  is: 'map',
  at: NOWHERE,
  entries: new Map(entries.map(([key, value]) => [key, { at: NOWHERE, value }])),
});
const textOf = (tree: Tree | undefined): string | null => (tree?.is === 'leaf' ? tree.text : null);

function withEntry(root: Dict, key: string, value: Tree): Dict {
  const at = root.entries.get(key)?.at ?? NOWHERE;
  return { ...root, entries: new Map(root.entries).set(key, { at, value }) };
}
