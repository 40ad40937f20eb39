/** What `check` found, as JUnit XML: a suite a scenario or variant, a test a claim. */
import type { Checked, CheckedClaim } from '../checking.ts';
import { clean } from './layout.ts';

export function junit(checked: readonly Checked[]): string {
  const suites = checked.flatMap(({ scenario, parts }) =>
    parts
      .filter(({ claims }) => claims.length > 0)
      .map(({ variant, claims }) => {
        const name = variant === null ? scenario : `${scenario}: ${variant}`;
        const failures = claims.filter(isMissed).length;
        const skipped = claims.filter(({ notModelled }) => notModelled !== undefined).length;
        const head = `  <testsuite name="${xml(name)}" tests="${claims.length}" failures="${failures}" skipped="${skipped}">\n`;
        return {
          failures,
          tests: claims.length,
          text: `${head}${claims.map((claim) => testcase(name, claim)).join('')}  </testsuite>\n`,
        };
      }),
  );
  const sum = (key: 'tests' | 'failures'): number => suites.reduce((all, suite) => all + suite[key], 0);
  const body = suites.map(({ text }) => text).join('');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="netfall" tests="${sum('tests')}" failures="${sum('failures')}">\n${body}</testsuites>\n`;
}

const isMissed = ({ held, notModelled }: CheckedClaim): boolean => !held && notModelled === undefined;

function testcase(suite: string, claim: CheckedClaim): string {
  const open = `    <testcase classname="${xml(suite)}" name="${xml(`${claim.id}: ${claim.says}`)}"`;
  if (claim.notModelled !== undefined) return `${open}><skipped message="${xml(claim.notModelled)}"/></testcase>\n`;
  if (!isMissed(claim)) return `${open}/>\n`;
  const wanted = claim.accept ?? claim.observed ?? 'that it holds';
  const says = `expected ${wanted}, simulated ${claim.simulated ?? 'never'}; held in ${claim.passed} of ${claim.runs} runs`;
  return `${open}><failure message="${xml(says)}"/></testcase>\n`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};
const xml = (text: string): string => clean(text).replace(/[&<>"']/g, (character) => ENTITIES[character] as string);
