/** Golden traces of the patterns: small enough to be read line by line, so every change of them is a change of meaning. */
import { expect, test } from 'vitest';
import { idOf, patterns, playAll, traceText } from './runs.ts';

test.each(patterns)('%s happens as recorded', async (file) => {
  const parts = [...playAll(file)].map(([variant, played]) => {
    const title =
      variant === null ? played.scenario.title : `variant ${variant}: ${played.scenario.variants.get(variant)?.title}`;
    return `## ${title}\n${traceText(played)}`;
  });
  await expect(parts.join('\n')).toMatchFileSnapshot(`patterns/${idOf(file)}.trace.txt`);
});
