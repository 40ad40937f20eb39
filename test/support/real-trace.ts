/** The trace of a scenario as the page gets it: JSON Lines from the simulator, nothing made up. */
import { compile, impact, load, run, score, traceLines, writeLine } from '../../sim/index.ts';

export function realTrace(text: string, seed = '1'): string {
  const scenario = load(text, { file: 'scenario.yaml' });
  if (!scenario.ok) throw new Error(JSON.stringify(scenario.problems));
  const plan = compile(scenario.value);
  if (!plan.ok) throw new Error(JSON.stringify(plan.problems));
  const trace = run(plan.value, { seed });
  const results = { version: '0', impact: impact(scenario.value, trace), checkpoints: score(scenario.value, trace) };
  return [...traceLines(plan.value, trace, results)].map((line) => `${writeLine(line)}\n`).join('');
}
