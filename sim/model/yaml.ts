/** YAML 1.2 to a tree with places, by the `yaml` package; its errors become sentences. */
import {
  type Alias,
  type Document,
  isAlias,
  isScalar,
  isSeq,
  type Node,
  parseDocument,
  type Scalar,
  visit,
  type YAMLMap,
} from 'yaml';
import type { Problem } from './problems.ts';
import { MAX_DEPTH } from './scan.ts';
import { type Entry, type Origin, problemAt, rootOrigin, type Source, shorten, type Tree } from './tree.ts';

/** Values that aliases (`*name`) may multiply a document to. */
const MAX_VALUES = 200_000;

/** The document, or null after reporting what keeps it from being one. */
export function readYaml(text: string, source: Source, problems: Problem[]): Tree | null {
  let document: Document.Parsed;
  try {
    // Doubled keys are looked for below: the package compares every key with every other.
    document = parseDocument(text, {
      version: '1.2',
      strict: true,
      uniqueKeys: false,
      stringKeys: true,
      prettyErrors: false,
    });
  } catch (error) {
    problems.push(problemAt(rootOrigin(source), `this is no YAML: ${(error as Error).message.split('\n')[0]}`));
    return null;
  }
  if (document.errors.length + document.warnings.length > 0) {
    report(document, source, problems);
    return null;
  }
  if (!document.contents) {
    problems.push(problemAt(rootOrigin(source), 'the file holds only comments', 'a scenario begins with `netfall: 1`'));
    return null;
  }
  const reader = new Reader(source, problems);
  const tree = reader.read(document.contents, null, null, 0);
  return reader.failed ? null : tree;
}

class Reader {
  failed = false;
  private values = 0;
  private readonly source: Source;
  private readonly problems: Problem[];
  private readonly anchors = new Map<string, Node>();
  private readonly inside = new Set<Node>();

  constructor(source: Source, problems: Problem[]) {
    this.source = source;
    this.problems = problems;
  }

  /** `offset` is where an alias stands; what it stands for is reported there. */
  read(node: Node | null, parent: Origin | null, key: string | number | null, depth: number, offset?: number): Tree {
    const at: Origin = { source: this.source, offset: offset ?? node?.range?.[0] ?? parent?.offset ?? 0, parent, key };
    const nothing: Tree = { is: 'leaf', value: null, text: '', at };
    if (this.failed || node === null) return nothing;
    if (++this.values > MAX_VALUES)
      return this.refuse(at, `the document has more than ${MAX_VALUES} values, counting what its aliases (*) repeat`);
    if (depth > MAX_DEPTH) return this.refuse(at, `values are nested more than ${MAX_DEPTH} deep`);
    if (isAlias(node)) return this.alias(node, at, depth);
    if (node.anchor && offset === undefined) this.anchors.set(node.anchor, node);
    if (isScalar(node)) return this.scalar(node, at);
    this.inside.add(node);
    const tree: Tree = isSeq(node)
      ? { is: 'list', at, items: node.items.map((item, i) => this.read(item as Node | null, at, i, depth + 1, offset)) }
      : { is: 'map', at, entries: this.entries(node as YAMLMap, at, depth, offset) };
    this.inside.delete(node);
    return tree;
  }

  private scalar(node: Scalar, at: Origin): Tree {
    const value: unknown = node.value;
    if (typeof value === 'number' && !Number.isFinite(value)) {
      this.problems.push(problemAt(at, `${shorten(node.source ?? String(value))} is not a number one can count with`));
    }
    if (typeof value === 'string') return { is: 'leaf', value, text: value, at };
    if (typeof value === 'number' || typeof value === 'boolean')
      return { is: 'leaf', value, text: node.source ?? String(value), at };
    return { is: 'leaf', value: null, text: '', at };
  }

  private refuse(at: Origin, says: string): Tree {
    if (!this.failed) this.problems.push(problemAt(at, says));
    this.failed = true;
    return { is: 'leaf', value: null, text: '', at };
  }

  private alias(node: Alias, at: Origin, depth: number): Tree {
    const target = this.anchors.get(node.source);
    if (target && this.inside.has(target)) return this.refuse(at, `*${node.source} stands inside what it stands for`);
    if (target) return this.read(target, at.parent, at.key, depth, at.offset);
    const says = `*${node.source} stands for nothing: nothing before it is marked &${node.source}`;
    this.problems.push(problemAt(at, says, 'quote a name that begins with *'));
    return { is: 'leaf', value: '', text: '', at, broken: true };
  }

  private entries(map: YAMLMap, at: Origin, depth: number, offset: number | undefined): ReadonlyMap<string, Entry> {
    const entries = new Map<string, Entry>();
    for (const pair of map.items) {
      const written = isScalar(pair.key) ? pair.key : null;
      const key = written ? String(written.source ?? written.value) : '';
      const keyAt: Origin = {
        source: this.source,
        offset: offset ?? written?.range?.[0] ?? at.offset,
        parent: at,
        key,
      };
      const value = this.read(pair.value as Node | null, at, key, depth + 1, offset);
      const earlier = entries.get(key);
      if (earlier) this.doubled(keyAt, key, earlier);
      else if (key === '') this.problems.push(problemAt(keyAt, 'a key is empty'));
      else if (key === '__proto__') this.problems.push(problemAt(keyAt, 'nothing may be called __proto__'));
      else if (key === '<<')
        this.problems.push(
          problemAt(
            keyAt,
            'merge keys (<<) are not part of YAML 1.2',
            'write what is common under `defaults`, or as an entry without kind that refines others',
          ),
        );
      else entries.set(key, { at: keyAt, value });
    }
    return entries;
  }

  private doubled(at: Origin, key: string, earlier: Entry): void {
    const { line } = this.source.place(earlier.at.offset);
    this.problems.push(problemAt(at, `"${key}" is written twice, first in line ${line}`));
  }
}

/** One problem a line: what follows a mistake on its line is mostly its echo. */
function report(document: Document.Parsed, source: Source, problems: Problem[]): void {
  const lines = new Set<number>();
  for (const { code, message, pos } of [...document.errors, ...document.warnings]) {
    const unclosed = /closing .quote/.test(message);
    const offset = unclosed ? lastQuote(document, pos[0]) : pos[0];
    const { line } = source.place(offset);
    if (lines.has(line)) continue;
    lines.add(line);
    const known = SENTENCES.find(([of]) => of.test(`${code} ${message}`));
    const [, says, hint] = known ?? [null, plain(message)];
    problems.push(problemAt(rootOrigin(source, offset), says, hint));
    if (lines.size > 100) return;
  }
}

/** A quote that is not closed is missed at the end of the file; where it was opened is what helps. */
function lastQuote(document: Document.Parsed, end: number): number {
  let at = end;
  visit(document, {
    Scalar: (_, { type, range }) => {
      if (type?.startsWith('QUOTE') && range && range[1] >= end) at = range[0];
    },
  });
  return at;
}

const plain = (message: string): string => `this is no YAML: ${message.split('\n')[0]?.replace(/[.:]$/, '')}`;

/** By the code of the package's error and its message. */
const SENTENCES: readonly (readonly [of: RegExp, says: string, hint?: string])[] = [
  [/^TAB_AS_INDENT/, 'a tab stands where YAML wants blanks', 'indent by two blanks'],
  [/closing .quote/, 'a quote is not closed'],
  [/Flow map .*must end with/, 'a { is not closed'],
  [/Flow sequence .*must end with/, 'a [ is not closed'],
  [/^BAD_INDENT/, 'this is indented wrongly, or a bracket before it is not closed'],
  [/^MULTIPLE_DOCS/, 'a second document begins here (---)', 'one file holds one scenario'],
  [
    /^BAD_ALIAS/,
    'an alias (*) stands for something that is not marked before it (&)',
    'quote a name that begins with *',
  ],
  [
    /^MULTILINE_IMPLICIT_KEY/,
    'a key must stand on one line',
    'is a bracket or a quote before it not closed, or its colon missing?',
  ],
  [/^BLOCK_AS_IMPLICIT_KEY/, 'a value cannot begin here', 'quote a text that holds a colon'],
  [/^NON_STRING_KEY/, 'a key is a text', 'quote a key that begins with a brace or bracket'],
  [/^KEY_OVER_1024/, 'a key is longer than 1024 characters'],
  [/^TAG_RESOLVE_FAILED/, 'tags (!) have no meaning here', 'quote a text that begins with !'],
  [
    /Missing , (or : )?between flow/,
    'a comma or a colon is missing here',
    'quote a name that holds a brace or bracket',
  ],
  [/Implicit map keys need to be followed/, 'a colon is missing after this key'],
  [/Unexpected scalar/, 'a text stands where none can', 'is it indented wrongly, or a quote in it?'],
  [/Unexpected flow-(seq|map)-end/, 'a bracket is closed that was not opened'],
];
