/** What is filled into texts: `$1` by what a key captured, then `$name` by the value of a parameter. */

import type { Context } from '../context.ts';
import { didYouMean } from '../nearest.ts';
import type { Entry, Leaf, Origin, Tree } from '../tree.ts';

/** Words for people: a `$` in them is a dollar. Captures are filled in where they exist. */
const FOR_PEOPLE = new Set(['title', 'because', 'says', 'url', 'access', 'basis', 'notModelled', 'unit']);
/** Taken up as written: patches are merged before anything is filled in. */
const AS_WRITTEN = new Set(['patch', 'without']);

const CAPTURE = /\$(\d+)/g;
const NAME = /\$([A-Za-z](?:[A-Za-z0-9_]|-(?=[A-Za-z0-9]))*)/g;
const WHOLE = /^\$([A-Za-z](?:[A-Za-z0-9_]|-(?=[A-Za-z0-9]))*)$/;
/** Parameters of parameters could double a text again and again. */
const LONGEST = 4_000;

export const PARAMETER_NAME = /^[A-Za-z](?:[A-Za-z0-9_]|-(?=[A-Za-z0-9]))*$/;

export class Texts {
  private readonly context: Context;
  private readonly values: ReadonlyMap<string, Tree>;
  private readonly resolved = new Map<string, Tree | null>();
  private readonly open: string[] = [];
  private readonly dollars = new WeakMap<Tree, boolean>();
  private readonly captures = new WeakMap<Tree, boolean>();
  private readonly filled = new WeakMap<Tree, Tree>();

  /** `values`: what is written under `value` of each parameter. */
  constructor(context: Context, values: ReadonlyMap<string, Tree>) {
    this.context = context;
    this.values = values;
  }

  /** The value of a parameter with everything filled in; null after a problem. */
  parameter(name: string, at: Origin): Tree | null {
    const known = this.resolved.get(name);
    if (known !== undefined) return known;
    const value = this.values.get(name);
    if (!value) {
      this.context.problem(at, `there is no parameter "${name}"`, didYouMean(name, this.values.keys()));
      return null;
    }
    if (this.open.includes(name)) {
      const circle = [...this.open.slice(this.open.indexOf(name)), name].map((one) => `$${one}`).join(' → ');
      this.context.problem(value.at, `this parameter refers to itself: ${circle}`);
      return null;
    }
    if (this.open.length > 50) {
      this.context.problem(value.at, 'parameters refer to each other more than 50 deep');
      return null;
    }
    this.open.push(name);
    const filled = this.fill(value);
    const tree = filled.is === 'leaf' && filled.broken ? null : filled;
    this.open.pop();
    if (!this.open.includes(name)) this.resolved.set(name, tree);
    return tree;
  }

  /**
   * The tree with every capture and parameter filled in; itself when it has none.
   * Under the key `later` captures that nobody made yet are left, numbered from 1 again.
   */
  fill(tree: Tree, captures: readonly string[] = [], later?: string): Tree {
    if (!this.hasDollar(tree)) return tree;
    // Without captures it comes to the same each time.
    const same = later === undefined && tree.is !== 'leaf' && !this.takesCaptures(tree);
    const known = same ? this.filled.get(tree) : undefined;
    if (known) return known;
    const filled = this.filledAnew(tree, captures, later);
    if (same) this.filled.set(tree, filled);
    return filled;
  }

  private filledAnew(tree: Tree, captures: readonly string[], later: string | undefined): Tree {
    this.context.spend(
      'work',
      tree.is === 'leaf' ? 1 : tree.is === 'list' ? tree.items.length : tree.entries.size,
      tree.at,
    );
    if (tree.is === 'leaf') return this.leaf(tree, captures);
    if (tree.is === 'list') return { ...tree, items: tree.items.map((item) => this.fill(item, captures, later)) };
    const entries = new Map<string, Entry>();
    for (const [key, entry] of tree.entries) {
      const name = this.text(key, captures, entry.at) ?? key;
      if (entries.has(name)) this.context.problem(entry.at, `"${name}" is written twice, here as "${key}"`);
      entries.set(name, {
        at: entry.at,
        value: key === later ? this.partly(entry.value, captures) : this.value(key, entry.value, captures),
      });
    }
    return { ...tree, entries };
  }

  private partly(tree: Tree, captures: readonly string[]): Tree {
    if (tree.is === 'list') return { ...tree, items: tree.items.map((item) => this.partly(item, captures)) };
    if (tree.is !== 'leaf' || !/\$\d/.test(tree.text)) return this.fill(tree, captures);
    const text = tree.text.replace(CAPTURE, (_, n) => captures[Number(n) - 1] ?? `$${Number(n) - captures.length}`);
    return { ...tree, value: text, text };
  }

  private value(key: string, value: Tree, captures: readonly string[]): Tree {
    if (AS_WRITTEN.has(key)) return value;
    if (!FOR_PEOPLE.has(key) || value.is !== 'leaf') return this.fill(value, captures);
    const text = value.text.replace(CAPTURE, (found, n) => captures[Number(n) - 1] ?? found);
    return text === value.text ? value : { ...value, value: text, text };
  }

  /** A text, such as a key, with everything filled in; null after a problem. */
  text(text: string, captures: readonly string[], at: Origin): string | null {
    if (!text.includes('$')) return text;
    let whole = true;
    const wrong = (says: string) => {
      this.context.problem(at, says);
      whole = false;
      return '';
    };
    const captured = text.replace(
      CAPTURE,
      (found, n) =>
        captures[Number(n) - 1] ??
        wrong(
          captures.length === 0
            ? `${found} stands for nothing: no brace or star before it captured a text`
            : `${found} stands for nothing: ${captures.length === 1 ? 'only $1 was' : `only $1 to $${captures.length} were`} captured`,
        ),
    );
    const filled = captured.replace(NAME, (_, name: string) => {
      const value = this.parameter(name, at);
      if (!value) whole = false;
      if (value?.is === 'leaf') return value.text;
      return value
        ? wrong(`$${name} is ${value.is === 'map' ? 'a map' : 'a list'} and cannot stand inside a text`)
        : '';
    });
    if (filled.length > LONGEST) wrong(`filled in, this is longer than ${LONGEST} characters`);
    return whole ? filled : null;
  }

  private leaf(leaf: Leaf, captures: readonly string[]): Tree {
    // Captures may complete the name of a parameter.
    const name = WHOLE.exec(leaf.text.replace(CAPTURE, (found, n) => captures[Number(n) - 1] ?? found))?.[1];
    const value = name === undefined ? null : this.parameter(name, leaf.at);
    if (value) return value.is === 'leaf' ? { ...value, at: leaf.at } : value;
    const text = this.text(leaf.text, captures, leaf.at);
    return text === null ? { ...leaf, broken: true } : { ...leaf, value: text, text };
  }

  /** Whether what it comes to depends on captures. */
  takesCaptures(tree: Tree): boolean {
    return this.mentions(tree, '$0');
  }

  private hasDollar(tree: Tree): boolean {
    return this.mentions(tree, '$');
  }

  private mentions(tree: Tree, what: '$' | '$0'): boolean {
    const inText = (text: string) => (what === '$' ? text.includes('$') : /\$\d/.test(text));
    if (tree.is === 'leaf') return typeof tree.value === 'string' && inText(tree.value);
    const marks = what === '$' ? this.dollars : this.captures;
    const known = marks.get(tree);
    if (known !== undefined) return known;
    const has =
      tree.is === 'list'
        ? tree.items.some((item) => this.mentions(item, what))
        : [...tree.entries].some(([key, entry]) => inText(key) || this.mentions(entry.value, what));
    marks.set(tree, has);
    return has;
  }
}
