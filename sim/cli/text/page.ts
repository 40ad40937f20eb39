/** A run as one page that needs nothing else: the built page, with the trace, the title and the story of a run put into it. */
import { gzipSync } from 'node:zlib';
import { batches, jsonLines, type Simulation, story } from '../../index.ts';
import { clean } from './layout.ts';

/** Base64 is written in pieces of whole threes of bytes. */
const PIECE = 3 * 256 * 1024;

/** `template` is the page as it was built, with a mark where each part belongs. */
export function* pageOf(simulation: Simulation, template: string): Generator<string> {
  const { scenario } = simulation.plan;
  const [head, storied] = cut(template, 'title');
  const [body, traced] = cut(storied, 'story');
  const [rest, end] = cut(traced, 'trace');
  yield `${head}<title>${escaped(scenario.title)} · netfall</title>${body}${told(simulation)}${rest}<script type="application/gzip" id="trace">`;
  const trace = Buffer.concat([...batches(jsonLines(simulation))].map((piece) => Buffer.from(piece)));
  const packed = gzipSync(trace, { level: 9 });
  for (let at = 0; at < packed.length; at += PIECE) yield packed.subarray(at, at + PIECE).toString('base64');
  yield `</script>${end}`;
}

function cut(text: string, mark: string): [before: string, after: string] {
  const written = `<!--netfall:${mark}-->`;
  const at = text.indexOf(written);
  if (at < 0) throw new Error(`the page is built to be one file: it has the mark ${written}`);
  return [text.slice(0, at), text.slice(at + written.length)];
}

/** For those whose browser runs no scripts: the story. */
function told({ plan: { scenario }, trace }: Simulation): string {
  const variant = scenario.variant === null ? undefined : scenario.variants.get(scenario.variant);
  const lines = story(scenario, trace).map(({ when, says }) => `<li>${escaped(when)} ${escaped(says)}</li>`);
  return [
    '<noscript>',
    `<h1>${escaped(scenario.title)}</h1>`,
    ...(variant ? [`<p>What if: ${escaped(variant.title)}</p>`] : []),
    '<p>This page replays a run, and needs scripts for it. What happened, in short:</p>',
    `<ol>${lines.join('\n')}</ol>`,
    '</noscript>',
  ].join('\n');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => clean(text).replace(/[&<>"']/g, (character) => ENTITIES[character] as string);
