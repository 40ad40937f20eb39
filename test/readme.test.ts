/** Every command in the README runs, its scenario is sound, and its pictures are there. */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { compile, load, run } from '../sim/index.ts';
import { netfall } from './cli/fake-io.ts';

const root = resolve(import.meta.dirname, '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

const blocks = (language: string): string[] =>
  [...readme.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map((match) => match[1] as string);

const commands = blocks('sh')
  .flatMap((block) => block.split('\n'))
  .map((line) => line.replace(/\s+#.*$/, '').trim())
  .filter((line) => line !== '');

/** Where the files go that commands write. */
const elsewhere = mkdtempSync(join(tmpdir(), 'netfall-readme-'));
afterAll(() => rmSync(elsewhere, { recursive: true, force: true }));

/** Runs a line as a person would, from the project's folder. */
function shell(line: string): Promise<{ code: number; out: string; err: string }> {
  return new Promise((done) => {
    execFile(
      'bash',
      ['-c', line.replace(/\bmy\.(yaml|html)\b/g, (name) => join(elsewhere, name))],
      { cwd: root, maxBuffer: 1e8 },
      (error, out, err) => {
        done({ code: error ? Number(error.code ?? 1) : 0, out, err });
      },
    );
  });
}

describe('README', () => {
  it('has the two commands', () => {
    expect(commands).toContain('npm ci && npm start');
    expect(commands).toContain('npm ci && npm test');
  });

  // Installing anew would pull the house from under the tests, and the tests are what is running.
  const runnable = commands.map((line) => line.replace(/^npm ci && /, '')).filter((line) => line !== 'npm test');
  it.each(runnable)(
    '%s',
    async (line) => {
      const { code, out, err } = await shell(line);
      expect(err).not.toMatch(/not found|Unknown|our fault/i);
      expect(`${out}${err}`.length).toBeGreaterThan(20);
      // `check` answers with its exit code: 1 while a claim is missed.
      expect(code).toBe(/netfall check/.test(line) && /^[^·]* missed$/m.test(out) ? 1 : 0);
    },
    60_000,
  );

  it('shows a scenario that is sound, and does what it says', () => {
    const [text] = blocks('yaml');
    const scenario = load(text as string, { file: 'README.md' });
    if (!scenario.ok) throw new Error(JSON.stringify(scenario.problems));
    const plan = compile(scenario.value);
    if (!plan.ok) throw new Error(JSON.stringify(plan.problems));
    const { facts, columns, count } = run(plan.value, { seed: '1' });
    const last = new Map<string, number>();
    for (let id = 0; id < count; id++)
      last.set(facts.names[columns.fact[id] as number] as string, columns.to[id] as number);
    expect(last.get('up/console')).toBe(0);
    expect(last.has('done/fix')).toBe(false);
  });

  // `npm run scores` has it write what it would compare.
  it('shows the score that the program writes', async () => {
    const path = join(root, 'README.md');
    const found = [...readme.matchAll(/(<!-- scores: (\S+) -->\n)([\s\S]*?)(<!-- \/scores -->\n)/g)];
    expect(found).toHaveLength(1);
    const [whole, open, file, written, close] = found[0] as unknown as [string, string, string, string, string];
    const files = { [file]: readFileSync(join(root, file), 'utf8') };
    const { out, err } = await netfall(['check', file, '--format', 'markdown'], { files });
    expect(err).toBe('');
    const now = `\n${out}\n`;
    if (process.env.NETFALL_SCORES === '1')
      writeFileSync(
        path,
        readme.replace(whole, () => `${open}${now}${close}`),
      );
    else expect(written, 'the table is not what the program writes: npm run scores').toBe(now);
  }, 30_000);

  it('has the pictures it shows', () => {
    for (const [, path] of readme.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g))
      expect(existsSync(join(root, path as string)), path).toBe(true);
  });
});
