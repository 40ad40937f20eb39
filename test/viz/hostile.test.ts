/** Traces that somebody made to mislead or to break the page: nothing in them is more than text. */
import { describe, expect, test } from 'vitest';
import { frames } from '../../viz/frame/frame.ts';
import { scoreOf } from '../../viz/frame/score.ts';
import { shorten, textWidth } from '../../viz/frame/text.ts';
import { worldOf } from '../../viz/frame/world.ts';
import { parse } from '../../viz/load/parse.ts';
import { visible, visibleIn } from '../../viz/load/visible.ts';
import { momentAt } from '../../viz/state/move.ts';
import { opening, TABS, VIEWS } from '../../viz/state/session.ts';
import { chain, textOf } from '../support/sample-trace.ts';

const size = { picture: { width: 900, height: 500, zoom: 1 }, notes: 800, timeline: 900, narrow: false };

/** Draws every panel of a run at its start, in its midst and at its end. */
function drawAll(text: string) {
  const world = worldOf(parse(text).run);
  const frameOf = frames(world);
  const session = opening(world.usualSpeed);
  const shown = [...world.things.byId.keys()];
  for (const at of [0, 230, world.run.length])
    for (const tab of TABS)
      for (const view of VIEWS)
        frameOf(
          {
            ...session,
            tab,
            view,
            moment: momentAt(world.course, at),
            selection: { thing: shown[0] ?? null, change: 0, checkpoint: null },
          },
          size,
        );
  return world;
}

describe('names that every object has', () => {
  test.each(['constructor', '__proto__', 'hasOwnProperty', 'toString'])(
    '%s is a name and a kind like any other',
    (word) => {
      const text = textOf(chain())
        .replace(/\bweb\b/g, word)
        .replaceAll('"kind":"service"', `"kind":"${word}"`);
      const world = drawAll(text);
      expect([...world.things.byId.values()].find(({ name }) => name === word)?.kind).toBe(word);
      expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    },
  );

  test('a key __proto__ changes no object', () => {
    drawAll(textOf(chain()).replace('"scenario":{', '"scenario":{"__proto__":{"polluted":1},'));
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

test.each([
  ['NaN', 'NaN', /is not JSON/],
  ['more than numbers can be', '1e999', /is not in the order of time/],
])('a time that is %s is refused', (_, time, says) => {
  expect(() => parse(textOf(chain()).replace('"at":400', `"at":${time}`))).toThrow(says);
});

describe('characters that nobody sees', () => {
  test('are shown by their number, each its own', () => {
    expect(visible('a\u202eb')).toBe('a⟨202E⟩b');
    expect(visible('edge\u200b')).not.toBe(visible('edge\u2060'));
    expect(visible('ad\u200dmin \u0000\u001b[31m')).toBe('ad⟨200D⟩min ⟨0000⟩⟨001B⟩[31m');
    expect(visible('\u{e0041}')).toBe('⟨E0041⟩');
  });

  test('those that letters and emoji need stay', () => {
    for (const text of ['👩‍💻', 'می‌خواهم', 'naïve café', 'two\nlines\tand tabs', '日本語'])
      expect(visible(text)).toBe(text);
  });

  test('are shown in all that a trace says, and two parts stay two', () => {
    const bidi = '\u202e';
    const lines = textOf(chain())
      .replaceAll('A chain, and', `A chain${bidi}, and`)
      .replaceAll('auth is mended', `auth is ${bidi}mended`)
      .replace(/web goes down/g, `web goes ${bidi}down`);
    const { run } = parse(lines.replace(/\bcdn\b/g, 'web\u200b'));
    expect(run.scene.title).toContain('⟨202E⟩');
    expect(run.captions.at(-1)?.says).toContain('⟨202E⟩');
    expect(run.scene.nodes.map(({ name }) => name)).toEqual(expect.arrayContaining(['web', 'web⟨200B⟩']));
    expect(run.facts.names).toEqual(expect.arrayContaining(['up/web', 'up/web⟨200B⟩']));
    const says = Array.from({ length: run.changes.count }, (_, row) => run.changes.says(row));
    expect(says.join()).not.toContain(bidi);
    expect(JSON.stringify(visibleIn({ a: [bidi], b: { c: bidi } }))).not.toContain(bidi);
  });
});

test('a name of any length is cut where its room ends', () => {
  const name = 'edge-'.repeat(20_000);
  const short = shorten(name, 12, 100);
  expect(short).toMatch(/^edge-.*…$/);
  expect(textWidth(short, 12)).toBeLessThanOrEqual(100);
  expect(shorten('😀😀😀😀😀😀', 12, 60)).toMatch(/^😀+…$/u);
});

test.each([
  ['https://example.org/a?b=c', 'example.org'],
  ['http://example.org/', 'example.org'],
  ['javascript:alert(1)', undefined],
  [' java\nscript:alert(1)', undefined],
  ['data:text/html,<script>1</script>', undefined],
  ['https://user:word@example.org/', undefined],
  ['no address', undefined],
])('a source at %j leads to %s', (url, host) => {
  const lines = chain();
  const [start, end] = [lines[0] as never as { scenario: object }, lines.at(-1) as never as { checkpoints: object[] }];
  Object.assign(start.scenario, { sources: [{ name: 'report', title: 'A report', basis: 'public', url }] });
  end.checkpoints = [
    {
      id: 'one',
      says: 'it was seen',
      observed: null,
      simulated: null,
      accept: null,
      held: true,
      fitted: false,
      foil: null,
      source: 'report',
    },
  ];
  const [claim] = scoreOf(parse(textOf(lines)).run, null, true).claims;
  expect(claim?.source).toBe('A report');
  expect(claim?.link?.host).toBe(host);
});
