/** What a scenario says about itself: sources, parameters with their provenance, equations between them, captions, variants. */

import type { Context } from '../context.ts';
import { readNumber, readSpan, Wrong } from '../draws.ts';
import { didYouMean } from '../nearest.ts';
import type { Caption, Parameter, Source, Variant } from '../scenario.ts';
import type { CaptionKeys } from '../schema/claims.ts';
import { type Dict, type Entry, shorten, type Tree, under } from '../tree.ts';
import { formatDuration } from '../units.ts';
import type { Conditions } from './conditions.ts';
import type { Made } from './entries.ts';
import { Fields } from './fields.ts';
import { PARAMETER_NAME, type Texts } from './texts.ts';
import { listOf, momentOf, textOf } from './values.ts';
import { NOBODY } from './world.ts';

export function readSources(section: Dict | undefined): Map<string, Source> {
  return mapped(section, (name, { value }) => ({
    name,
    title: textOf(under(value, 'title')) ?? name,
    basis: (textOf(under(value, 'basis')) ?? 'retold') as Source['basis'],
    url: textOf(under(value, 'url')),
    access: textOf(under(value, 'access')),
  }));
}

function mapped<T>(section: Dict | undefined, of: (name: string, entry: Entry) => T): Map<string, T> {
  return new Map([...(section?.entries ?? [])].map(([name, entry]) => [name, of(name, entry)]));
}

/** A number cites a source, and inherits its basis; without one it says because, and is assumed. */
export function readParameters(
  context: Context,
  section: Dict | undefined,
  sources: ReadonlyMap<string, Source>,
): Map<string, Parameter> {
  return mapped(section, (name, { value: entry, at }) => {
    const get = (key: string) => under(entry, key);
    const [source, basis, because] = [textOf(get('source')), textOf(get('basis')), textOf(get('because'))];
    if (!PARAMETER_NAME.test(name))
      context.problem(
        at,
        `a parameter is named by letters, digits, - and _, beginning with a letter, found "${shorten(name)}"`,
      );
    if (source === null && basis === null && because === null)
      context.problem(at, 'nothing says where this number comes from', 'cite a `source`, or say `because`');
    if (source !== null && !sources.has(source))
      context.problem(
        (get('source') as Tree).at,
        `there is no source "${shorten(source)}"`,
        didYouMean(source, sources.keys()),
      );
    const [value, range] = [get('value'), get('range')];
    if (range && textOf(range) !== null) checkRange(context, value, range);
    return {
      name,
      value: writtenOf(value),
      range: textOf(range),
      source,
      because,
      basis: basis ?? sources.get(source ?? '')?.basis ?? 'assumed',
    };
  });
}

function writtenOf(value: Tree | undefined): string {
  const empirical = under(value, 'empirical');
  return empirical ? `empirical(${listOf(empirical).map(textOf).join(', ')})` : (textOf(value) ?? '');
}

type Amount = { readonly n: number; readonly time: boolean };

function readAmount(text: string): Amount | Wrong {
  const span = readSpan(text);
  if (!(span instanceof Wrong) && text !== '0') return { n: span, time: true };
  const n = readNumber(text);
  if (!(n instanceof Wrong)) return { n, time: false };
  return span instanceof Wrong && /^-?\d/.test(text) && span.hint === undefined
    ? span
    : new Wrong(`expected a number or a time span, found "${shorten(text)}"`);
}

function readRange(context: Context, tree: Tree): readonly [Amount, Amount] | null {
  const parts = (textOf(tree) ?? '').split('..');
  const [low, high] = parts.map((part) => readAmount(part.trim())) as [Amount | Wrong, Amount | Wrong | undefined];
  const wrong =
    parts.length !== 2
      ? new Wrong(`expected a range such as 5s..3m, found "${shorten(textOf(tree) ?? '')}"`)
      : low instanceof Wrong
        ? low
        : high instanceof Wrong
          ? high
          : null;
  if (wrong || low instanceof Wrong || high instanceof Wrong || !high) {
    context.problem(tree.at, wrong?.says ?? 'expected a range such as 5s..3m');
    return null;
  }
  const text = textOf(tree) ?? '';
  if (low.n > high.n) context.problem(tree.at, `${text} runs backwards`, 'write the smaller end first');
  else if (low.time !== high.time && low.n !== 0 && high.n !== 0) {
    context.problem(tree.at, `${text} mixes a time and a plain number`);
  } else return [low, high];
  return null;
}

function checkRange(context: Context, value: Tree | undefined, tree: Tree): void {
  const range = readRange(context, tree);
  const written = textOf(value) ?? '';
  if (/\.\.|\(|\$/.test(written) || value?.is === 'map') {
    context.problem(
      tree.at,
      'a value that is itself a draw has no range',
      'give the ends of the draw parameters of their own',
    );
    return;
  }
  const amount = readAmount(written);
  // What a patch or a setting tries may lie outside the range that sweeps draw from.
  if (!range || amount instanceof Wrong || !value || value.at.parent !== tree.at.parent) return;
  if (amount.n < range[0].n || amount.n > range[1].n)
    context.problem(value.at, `${written} lies outside the range ${textOf(tree)}`);
}

/** Equations between parameters, checked on their values. */
export function checkRequirements(context: Context, texts: Texts, section: Dict | undefined): void {
  for (const { value: entry, at } of section?.entries.values() ?? []) {
    const [sum, range] = [under(entry, 'sum'), under(entry, 'in')];
    const limits = range && readRange(context, range);
    let total = 0;
    let time = false;
    let whole = limits !== null && limits !== undefined;
    for (const item of listOf(sum)) {
      const value = texts.parameter((textOf(item) ?? '').replace(/^\$/, ''), item.at);
      const amount = value ? readAmount(textOf(value) ?? '') : null;
      if (amount instanceof Wrong)
        context.problem(
          item.at,
          `only numbers and time spans can be added, and ${textOf(item)} is ${writtenOf(value ?? undefined)}`,
        );
      if (!amount || amount instanceof Wrong) whole = false;
      else [total, time] = [total + amount.n, time || amount.time];
    }
    if (!whole || !limits || (total >= limits[0].n && total <= limits[1].n)) continue;
    context.problem(at, `the sum is ${time ? formatDuration(total) : total}, and it must lie in ${textOf(range)}`);
  }
}

export function readVariants(section: Dict | undefined): Map<string, Variant> {
  return mapped(section, (name, { value }) => ({ name, title: textOf(under(value, 'title')) ?? name }));
}

export function buildCaption(conditions: Conditions, made: Made): Caption {
  const { world } = conditions;
  const caption = Fields.of<CaptionKeys>(world, made);
  const [at, first, back] = [caption.get('at'), caption.get('first'), caption.get('back')];
  if ([at, first, back].filter(Boolean).length !== 1)
    world.context.problem(
      made.at,
      'a caption is shown at a moment, when something is first so, or when it is so again',
      'say one of `at`, `first` and `back`',
    );
  caption.need('says', 'the caption itself');
  return {
    name: made.name,
    at: momentOf(world.context, at, world.start),
    first: first ? conditions.read(first, NOBODY) : null,
    back: back ? conditions.read(back, NOBODY) : null,
    says: caption.text('says') ?? '',
  };
}
