/** Is the suite awake? Twenty listed mutants of the simulator, each built in memory and put before the killing suite; each must be killed. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { build } from 'vite';
import { afterAll, describe, expect, test } from 'vitest';
import { scenarioOf } from '../support/scenario.ts';
import { worldTexts } from './all.ts';
import type { Worlds } from './check.ts';
import { type Mutant, mutants } from './mutants.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Below node_modules, so that packages are found from there. */
const FOLDER = join(ROOT, 'node_modules/.cache', `mutants-${process.pid}`);
/** A mutant that takes so long turns in circles, which is noticed too. */
const PATIENCE = 20_000;

const worlds: Worlds = new Map(worldTexts.map((text) => [text, scenarioOf(text)]));

const textOf = ({ file }: Mutant): string => readFileSync(join(ROOT, 'sim', file), 'utf8');

/** Builds the suite with the simulator, one file of it replaced, and returns what it finds wrong. */
async function findings(id: string, mutant: Mutant | null): Promise<readonly string[]> {
  const replaced = mutant && {
    path: join(ROOT, 'sim', mutant.file),
    text: textOf(mutant).replace(mutant.old, () => mutant.new),
  };
  await build({
    configFile: false,
    root: ROOT,
    logLevel: 'error',
    plugins: [
      {
        name: 'mutant',
        enforce: 'pre',
        load: (path) => (replaced && path === replaced.path ? replaced.text : null),
      },
    ],
    build: {
      ssr: join(ROOT, 'test/mutants/suite.ts'),
      outDir: FOLDER,
      emptyOutDir: false,
      copyPublicDir: false,
      minify: false,
      reportCompressedSize: false,
      rolldownOptions: { output: { entryFileNames: `${id}.js` } },
    },
  });
  return new Promise((resolve) => {
    const worker = new Worker(join(FOLDER, `${id}.js`), { workerData: worlds });
    const clock = setTimeout(() => {
      resolve(['does not come to an end']);
      void worker.terminate();
    }, PATIENCE);
    const end = () => clearTimeout(clock);
    worker.once('message', (found: readonly string[]) => {
      end();
      resolve(found);
    });
    worker.once('error', (error) => {
      end();
      resolve([`crashes: ${error}`]);
    });
  });
}

afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

describe('the killing suite', () => {
  test('has a list of twenty-eight mutants that fit the simulator as it is', () => {
    expect(new Set(mutants.map(({ name }) => name)).size).toBe(28);
    const outdated = mutants.flatMap((mutant) => {
      const found = textOf(mutant).split(mutant.old).length - 1;
      return found === 1
        ? []
        : [
            `"${mutant.name}": its old text stands ${found} times in sim/${mutant.file}, not once; mend it in mutants.ts.`,
          ];
    });
    expect(outdated).toEqual([]);
  });

  test('finds nothing wrong with the simulator, and kills every mutant', { timeout: 300_000 }, async () => {
    expect(await findings('whole', null)).toEqual([]);
    const waiting = [...mutants.entries()];
    const killers: string[][] = [];
    const work = async (): Promise<void> => {
      for (let next = waiting.shift(); next; next = waiting.shift())
        killers[next[0]] = [...(await findings(`mutant-${next[0]}`, next[1]))];
    };
    await Promise.all([work(), work()]);
    const lines = mutants.map(({ name, rule }, index) => {
      const [first, ...more] = killers[index] as string[];
      const by = first
        ? `${first.split(': saw')[0]?.slice(0, 90)}${more.length > 0 ? ` and ${more.length} more` : ''}`
        : 'NOBODY';
      return `  ${rule.padEnd(7)}${name} <- ${by}`;
    });
    const alive = mutants.filter((_, index) => killers[index]?.length === 0).map(({ name }) => name);
    console.log(`mutants: ${mutants.length - alive.length} of ${mutants.length} killed\n${lines.join('\n')}`);
    expect(alive, 'mutants that nobody noticed').toEqual([]);
  });
});
