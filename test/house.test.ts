/** House rules that a glance at the text can check. Each finding is a sentence: where, what, and what to do instead. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const NOT_OURS = /^(node_modules|dist|coverage|\.git|\.artifacts)$/;
const BINARY = /\.(png|jpg|gif|woff2?|ico|gz|br|parquet|zip|mp4|webm)$/;

/** Paths of all files at or below a path, with slashes, from the top of the project. */
function filesBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true })
    .filter(({ name }) => !NOT_OURS.test(name))
    .flatMap((entry) => {
      const path = folder ? `${folder}/${entry.name}` : entry.name;
      return entry.isDirectory() ? filesBelow(path) : [path];
    })
    .sort();
}

const files = filesBelow('');
const text = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const within = (...folders: string[]) =>
  files.filter((path) => folders.some((folder) => path.startsWith(`${folder}/`)));

/** Where a pattern stands in a text: `path:line`, and what stood there. */
function* places(path: string, content: string, pattern: RegExp): Generator<{ at: string; found: string }> {
  for (const match of content.matchAll(new RegExp(pattern, 'g'))) {
    yield { at: `${path}:${content.slice(0, match.index).split('\n').length}`, found: match[0].trim() };
  }
}

const blank = (piece: string): string => piece.replace(/[^\n]/g, ' ');

/** The code of a TypeScript file: words inside of comments, strings, templates and patterns are blanked, lines stay lines. */
function codeOf(path: string): string {
  let code = text(path);
  const erase = (node: ts.Node): void => {
    if (
      ts.isLiteralExpression(node) ||
      ts.isTemplateMiddle(node) ||
      ts.isTemplateTail(node) ||
      ts.isTemplateHead(node)
    ) {
      if (!ts.isNumericLiteral(node)) {
        code = code.slice(0, node.getStart()) + blank(node.getText()) + code.slice(node.end);
      }
    }
    ts.forEachChild(node, erase);
  };
  erase(ts.createSourceFile(path, code, ts.ScriptTarget.Latest, true));
  return code.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, blank);
}

const CLOCK = 'the simulator knows no clock: time comes from the run';
const SYNC = 'the simulator never waits: a run is one plain loop';
const LOCALE = 'this differs from machine to machine: compare with < and >, and write numbers out by hand';
const MATH =
  'the standard does not fix its last digits, so traces would differ between machines: use what sim/ has for it';

/** Not below sim/, but in sim/cli/. */
const BANNED: readonly (readonly [pattern: RegExp, why: string, allowed?: string])[] = [
  [/\bDate\.now\b/, CLOCK],
  [/\bnew Date\(/, CLOCK, 'sim/model/units.ts'],
  [/\bperformance\./, CLOCK],
  [/\b(setTimeout|setInterval|setImmediate|queueMicrotask)\b/, SYNC],
  [/\basync[\s(]/, SYNC],
  [/\bawait[\s(]/, SYNC],
  [/\bMath\.random\b/, 'luck is drawn from the seed: take a stream of the run'],
  [/\bconsole\./, 'only sim/cli speaks: return what there is to say'],
  [/\b(localeCompare|toLocale\w*)\b/, LOCALE],
  [/\bMath\.(log|exp|pow|a?sin|a?cos|a?tan|hypot|cbrt)\w*/, MATH],
  [/\*\*/, MATH],
];

describe('below the command line, sim/', () => {
  const core = within('sim').filter((path) => path.endsWith('.ts') && !path.startsWith('sim/cli/'));

  test('is deterministic, silent and synchronous', () => {
    const findings = core.flatMap((path) => {
      const code = codeOf(path);
      return BANNED.filter(([, , allowed]) => allowed !== path).flatMap(([pattern, why]) =>
        [...places(path, code, pattern)].map(({ at, found }) => `${at}: ${found} is not for here; ${why}.`),
      );
    });
    expect(findings).toEqual([]);
  });

  test('uses nothing of Node', () => {
    const findings = core.flatMap((path) =>
      [...places(path, text(path), /['"]node:\w+/)].map(
        ({ at, found }) => `${at}: ${found.slice(1)} is not for here; files, processes and terminals are for sim/cli.`,
      ),
    );
    expect(findings).toEqual([]);
  });
});

describe('every file of sim/ and viz/', () => {
  test('starts with a sentence on what it is', () => {
    const findings = within('sim', 'viz')
      .filter((path) => /\.(ts|css)$/.test(path))
      .filter((path) => !/^(#!.*\n)?\/\*\*?\s[^/]*?\w[^/]*?[.!?:]/.test(text(path)))
      .map((path) => `${path}: begin with a doc comment, /** ... */, that says in a sentence what this file is.`);
    expect(findings).toEqual([]);
  });

  test('is short enough to be read', () => {
    const findings = within('sim', 'viz')
      .filter((path) => /\.(ts|css|html)$/.test(path))
      .map((path) => ({ path, lines: text(path).trimEnd().split('\n').length }))
      .filter(({ lines }) => lines > 400)
      .map(({ path, lines }) => `${path}: ${lines} lines are more than 400; find the two ideas in it and part them.`);
    expect(findings).toEqual([]);
  });
});

test('every mechanism is in the list of mechanisms', () => {
  const list = 'sim/mechanisms/index.ts';
  if (!existsSync(join(ROOT, list))) return;
  const imported = text(list);
  const mechanisms = new Set(
    within('sim/mechanisms')
      .filter((path) => path !== list && path.endsWith('.ts'))
      .map((path) => path.split('/')[2] as string),
  );
  const findings = [...mechanisms]
    .filter((name) => ![`'./${name}'`, `'./${name}/`].some((start) => imported.includes(start)))
    .map((name) => `sim/mechanisms/${name}: nothing happens by a mechanism that ${list} does not import.`);
  expect(findings).toEqual([]);
});

test('what is still to do has somebody who does it', () => {
  const findings = within('sim', 'viz', 'test', '.ci').flatMap((path) => {
    if (BINARY.test(path)) return [];
    return [...places(path, text(path), /\b(TO[D]O|FIX[M]E)\b(?!\([\w -]+\))/)].map(
      ({ at, found }) => `${at}: ${found} without a name; write ${found}(name): or do it.`,
    );
  });
  expect(findings).toEqual([]);
});

test('nothing speaks of the machine it was written on', () => {
  const machine = /(?<![\w.-])\/(work|root)\/|(?<![\w.:/-])\/(home|Users)\/[\w-]+\/|\.\.\/shared\b/;
  const findings = files
    .filter((path) => !BINARY.test(path))
    .flatMap((path) =>
      [...places(path, text(path), machine)].map(({ at, found }) => `${at}: ${found} is a path of one machine only.`),
    );
  expect(findings).toEqual([]);
});

test('the top level holds what was agreed', () => {
  const agreed =
    /^(sim|viz|scenarios|test|(package|package-lock|tsconfig|biome|knip)\.json|vite\.config\.ts|README\.md|LICENSE|\..+)$/;
  const findings = [...new Set(files.map((path) => path.split('/')[0] as string))]
    .filter((name) => !agreed.test(name))
    .map((name) => `${name}: does not belong at the top level; put it where its readers look.`);
  expect(findings).toEqual([]);
});
