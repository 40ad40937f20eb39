/** Golden stories: what a reader is told of every scenario that ships, reviewed as prose. */
import { expect, test } from 'vitest';
import { score, scoreExpectations } from '../../sim/analysis/score.ts';
import { story } from '../../sim/analysis/story.ts';
import { History } from '../../sim/trace/history.ts';
import type { CheckpointResult } from '../../sim/trace/lines.ts';
import type { Trace } from '../../sim/trace/trace.ts';
import { files, idOf, type Played, patterns, play, playAll } from './runs.ts';

/** Captions stand at the margin, what the run makes of itself under them; then how every claim came out. */
function storyText({ scenario, trace }: Played): string {
  const told = story(scenario, trace).map(({ when, says, kind }) =>
    kind === 'caption' ? `${when}  “${says}”` : `    ${when}  ${says}`,
  );
  const variant = scenario.variant === null ? null : scenario.variants.get(scenario.variant);
  // Checkpoints are about the base; a variant is judged by what it expects.
  const claims = (variant ? scoreExpectations : score)(scenario, trace).map(claimText);
  return `${[`# ${variant ? `What if: ${variant.title}` : scenario.title}`, '', ...told, ...endOf(trace), '', ...claims].join('\n')}\n`;
}

/** Why it ended, and what was up at the start and is not at the end. */
function endOf(trace: Trace): readonly string[] {
  const history = new History(trace);
  const { kinds, subjects, initial } = trace.facts;
  const lost = kinds.flatMap((kind, fact) => {
    const last = history.lastAt(fact, trace.end);
    return kind === 'up' && initial[fact] === 1 && last >= 0 && trace.columns.to[last] === 0 ? subjects[fact] : [];
  });
  const race = trace.reason === 'race' ? [`    the end: ${trace.flipping.join(', ')} chase each other`] : [];
  const quiet = trace.reason === 'quiet' ? ['    the end: nothing more can happen'] : [];
  return [...race, ...quiet, ...(lost.length > 0 ? [`    still down: ${lost.join(', ')}`] : [])];
}

function claimText({ id, says, held, simulated, observed, accept, notModelled }: CheckpointResult): string {
  if (notModelled !== undefined) return `${id} (not modelled) ${says}`;
  const wanted = [observed, accept].filter((text) => text !== null).join(', accepted ');
  return `${id} (${held ? 'held' : 'missed'}) ${says}: ${simulated ?? 'never'}${wanted === '' ? '' : `; seen ${wanted}`}`;
}

test.each(files)('%s reads as recorded', async (file) => {
  const [folder] = file.split('/');
  const told = patterns.includes(file) ? [...playAll(file).values()] : [play(file)];
  await expect(told.map(storyText).join('\n')).toMatchFileSnapshot(`${folder}/${idOf(file)}.story.txt`);
});
