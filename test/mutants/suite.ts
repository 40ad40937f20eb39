/** The killing suite, as a mutant meets it: runs in a worker of its own and reports what it found wrong. */
import { parentPort } from 'node:worker_threads';
import { checks } from './all.ts';
import { wrongWith } from './check.ts';
import { laws } from './laws.ts';

/** Findings, one a check that fails; a crash is one too. */
function findings(): string[] {
  const all = [...checks.map((check) => ({ name: check.name, broken: () => wrongWith(check) })), ...laws];
  return all.flatMap(({ name, broken }) => {
    try {
      const wrong = broken();
      return wrong === null ? [] : [`${name}: ${wrong}`];
    } catch (error) {
      return [`${name}: ${error}`];
    }
  });
}

parentPort?.postMessage(findings());
