/** A tree as YAML again: what did not change stands as its author wrote it, comments and all. */
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  Pair,
  parseDocument,
  Scalar,
  stringify,
  visit,
  YAMLMap,
  YAMLSeq,
} from 'yaml';
import { type Dict, type Leaf, sameTree, type Tree } from './tree.ts';

/** A map or list that is written anew stands on one line if it is no longer than this. */
const LINE = 90;
const WIDTH = 120;

/** Numbers stay texts here (YAML's failsafe schema), so that each is written as it was read: `1e3` may be a name. */
const AS_WRITTEN = { version: '1.2', schema: 'failsafe', stringKeys: true, uniqueKeys: false } as const;

/** `text` is what `before` was read from, and `after` what it has become. Without a text, all is written anew. */
export function writeYaml(text: string | null, before: Dict, after: Dict): string {
  const document = parseDocument(text ?? '{}', AS_WRITTEN);
  const keeps = text !== null && document.errors.length === 0 && isMap(document.contents) && !hasAliases(document);
  document.contents = (keeps ? settled(document.contents as Node, before, after) : blockOf(after)) as never;
  layOpen(document);
  return document.toString({ lineWidth: WIDTH });
}

/** A map in braces that fits on no line reads better without them. */
function layOpen(document: ReturnType<typeof parseDocument>): void {
  visit(document, {
    Map: (_, map, path) => {
      const inside = path.some((node) => (isMap(node) || isSeq(node)) && node.flow);
      if (map.flow && !inside && map.toString().length > WIDTH + 20) map.flow = false;
    },
  });
}

/** What an alias stands for may be gone. */
function hasAliases(document: ReturnType<typeof parseDocument>): boolean {
  let found = false;
  visit(document, (_, node) => {
    found ||= isAlias(node);
  });
  return found;
}

function settled(node: Node | null, before: Tree, after: Tree): Node {
  if (node !== null && (before === after || alike(before, after))) return node;
  if (!isMap(node) || before.is !== 'map' || after.is !== 'map') return nodeOf(after);
  const pairs = new Map(node.items.map((pair) => [textOf(pair.key), pair]));
  node.items = [...after.entries].map(([key, { value }]) => {
    const pair = pairs.get(key);
    const old = before.entries.get(key)?.value;
    if (!pair || !old) return new Pair(leafOf(key), nodeOf(value));
    pair.value = settled(pair.value as Node | null, old, value);
    return pair;
  });
  return node;
}

const textOf = (key: unknown): string => (isScalar(key) ? String(key.source ?? key.value) : '');

/** The same, and read as the same: `1` and `"1"` are not. */
function alike(a: Tree, b: Tree): boolean {
  if (!sameTree(a, b)) return false;
  if (a.is === 'leaf') return b.is === 'leaf' && a.value === b.value;
  if (a.is === 'list') return b.is === 'list' && a.items.every((item, i) => alike(item, b.items[i] as Tree));
  // In the order of the file, which policies are asked in.
  const keys = b.is === 'map' ? [...b.entries.keys()] : [];
  return [...a.entries].every(([key, { value }], i) => {
    const other = b.is === 'map' ? b.entries.get(key) : undefined;
    return keys[i] === key && other !== undefined && alike(value, other.value);
  });
}

function nodeOf(tree: Tree): Node {
  if (tree.is === 'leaf') return leafNode(tree);
  const flat = tree.is === 'map' ? mapOf(tree) : listOf(tree.items);
  flat.flow = true;
  if (flat.toString().length <= LINE && !flat.toString().includes('\n')) return flat;
  return tree.is === 'map' ? blockOf(tree) : listOf(tree.items);
}

function blockOf(tree: Dict): YAMLMap {
  const map = mapOf(tree);
  map.flow = tree.entries.size === 0;
  return map;
}

function mapOf({ entries }: Dict): YAMLMap {
  const map = new YAMLMap();
  map.items = [...entries].map(([key, { value }]) => new Pair(leafOf(key), nodeOf(value)));
  return map;
}

function listOf(items: readonly Tree[]): YAMLSeq {
  const list = new YAMLSeq();
  list.items = items.map(nodeOf);
  return list;
}

const leafNode = ({ value, text }: Leaf): Scalar =>
  typeof value === 'string' ? leafOf(value) : plain(value === null ? 'null' : text);

/** Quoted wherever it would be read as something else. */
function leafOf(text: string): Scalar {
  const node = plain(text);
  if (stringify(text, { lineWidth: 0 }).trimEnd() !== text) node.type = Scalar.QUOTE_DOUBLE;
  return node;
}

function plain(text: string): Scalar {
  const node = new Scalar(text);
  node.type = Scalar.PLAIN;
  return node;
}
