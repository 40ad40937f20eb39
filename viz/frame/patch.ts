/** Patches as they are written, and what one must be like to be a fork: it adds, under names of its own, and nothing before its moment. */
import type { Run } from '../load/run.ts';
import type { Patch } from './acts.ts';

const SECTIONS = ['faults', 'changes', 'forces', 'tasks'] as const;
const TIMED: readonly string[] = ['faults', 'changes', 'forces'];

/** A date-time that no clock mistakes for another day's. */
export const momentText = ({ epoch }: Run, at: number): string => new Date(epoch + Math.floor(at)).toISOString();

export function mergedPatch(a: Patch, b: Patch): Patch {
  return Object.fromEntries(
    [...new Set([...Object.keys(a), ...Object.keys(b)])].map((key) => [key, { ...a[key], ...b[key] }]),
  );
}

/** `by-hand`, or the first of `by-hand-2`, `by-hand-3`, … that nothing here is called. */
export function freeName({ scene }: Run, patch: Patch): string {
  const taken = new Set([
    ...[...scene.changes, ...scene.faults, ...scene.tasks].map(({ name }) => name),
    ...Object.values(patch).flatMap((section) => Object.keys(section)),
  ]);
  for (let n = 1; ; n++) {
    const name = n === 1 ? 'by-hand' : `by-hand-${n}`;
    if (!taken.has(name)) return name;
  }
}

const isMap = (one: unknown): one is Record<string, unknown> =>
  typeof one === 'object' && one !== null && !Array.isArray(one);

/** What keeps a patch from being a fork of this run at that moment, as a sentence; null when nothing does. */
export function forkProblem({ scene, epoch, length }: Run, at: number, patch: unknown): string | null {
  if (!Number.isFinite(at) || at < 0 || at > length) return 'the moment of the branch lies outside of the run';
  if (!isMap(patch) || Object.keys(patch).length === 0) return 'the branch says nothing that is to be changed';
  const there = {
    faults: scene.faults,
    changes: scene.changes,
    tasks: scene.tasks,
    forces: [],
  } as const satisfies Record<string, readonly { readonly name: string }[]>;
  for (const [section, entries] of Object.entries(patch)) {
    const known = SECTIONS.find((one) => one === section);
    if (known === undefined || !isMap(entries)) return `a branch cannot change "${section}"`;
    for (const [name, entry] of Object.entries(entries)) {
      if (there[known].some((one) => one.name === name)) return `"${name}" is in the scenario already`;
      if (!isMap(entry)) return `"${name}" says nothing`;
      if (!TIMED.includes(section)) {
        const after = isMap(entry.after) ? entry.after.applied : undefined;
        if (!isMap(patch.changes) || typeof after !== 'string' || !(after in patch.changes))
          return `"${name}" does not begin with what the branch changes`;
        continue;
      }
      const begins = typeof entry.at === 'string' ? Date.parse(entry.at) - epoch : Number.NaN;
      if (!(begins >= Math.floor(at))) return `"${name}" does not begin after the branch does`;
    }
  }
  return null;
}

/** Texts that YAML takes for nothing but themselves. */
const PLAIN = /^[A-Za-z][\w./@-]*$|^\d{4}-\d\d-\d\dT[\d:.]+Z$|^\d+(ms|s|m|h|d)$/;
const WORDS = new Set(['true', 'false', 'yes', 'no', 'on', 'off', 'null', 'y', 'n']);

const scalar = (value: unknown): string =>
  typeof value === 'string'
    ? PLAIN.test(value) && !WORDS.has(value.toLowerCase())
      ? value
      : JSON.stringify(value)
    : JSON.stringify(value);

/** The patch as YAML. What is in the last maps stands in one line. */
export function yamlOf(patch: object, indent = ''): string {
  return Object.entries(patch)
    .map(([key, value]) => {
      const name = scalar(key);
      if (!isMap(value)) return `${indent}${name}: ${flow(value)}\n`;
      const short = flow(value);
      return indent.length >= 4 || Object.values(value).every((one) => !isMap(one))
        ? indent.length + name.length + short.length < 46
          ? `${indent}${name}: ${short}\n`
          : `${indent}${name}:\n${yamlOf(value, `${indent}  `)}`
        : `${indent}${name}:\n${yamlOf(value, `${indent}  `)}`;
    })
    .join('');
}

function flow(value: unknown): string {
  if (Array.isArray(value)) return `[ ${value.map(flow).join(', ')} ]`;
  if (!isMap(value)) return scalar(value);
  return `{ ${Object.entries(value)
    .map(([key, one]) => `${scalar(key)}: ${flow(one)}`)
    .join(', ')} }`;
}
