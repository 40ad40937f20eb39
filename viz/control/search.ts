/** Finding a part by name: typing counts the hits, Enter goes to the next, Shift+Enter to the one before. */
import { byId, write } from '../draw/dom.ts';
import type { Things } from '../frame/things.ts';
import type { Stage } from './stage.ts';

interface Named {
  readonly id: string;
  readonly name: string;
  readonly title: string;
}

/** In small letters, once for all keys that are pressed. */
const named = new WeakMap<Things, readonly Named[]>();
function namesOf(things: Things): readonly Named[] {
  const known =
    named.get(things) ??
    things.list.map(({ id, name, title }) => ({ id, name: name.toLowerCase(), title: (title ?? '').toLowerCase() }));
  named.set(things, known);
  return known;
}

/** Those that begin with the text first, the shortest of them foremost, then those that hold it in order of the scene. */
export function hitsOf(things: Things, query: string): readonly string[] {
  const text = query.trim().toLowerCase();
  if (text === '') return [];
  const names = namesOf(things);
  const begin = names.filter(({ name }) => name.startsWith(text)).sort((a, b) => a.name.length - b.name.length);
  const hold = names.filter(
    ({ name, title }) => !name.startsWith(text) && (name.includes(text) || title.includes(text)),
  );
  return [...begin, ...hold].map(({ id }) => id);
}

const count = (n: number): string => n.toLocaleString('en');

export function listenToSearch({ world, dispatch }: Stage): void {
  const input = byId<HTMLInputElement>('query');
  let at = -1;
  const tell = (hits: readonly string[]): void =>
    write(
      'hits',
      input.value.trim() === ''
        ? ''
        : hits.length === 0
          ? 'none'
          : at < 0
            ? count(hits.length)
            : `${count(at + 1)} of ${count(hits.length)}`,
    );
  const go = (by: 1 | -1): void => {
    const hits = hitsOf(world().things, input.value);
    if (hits.length > 0) {
      at = (at + by + hits.length) % hits.length;
      dispatch({ do: 'thing', id: hits[at] as string });
      dispatch({ do: 'tab', tab: 'node' });
    }
    tell(hits);
  };
  input.addEventListener('input', () => {
    at = -1;
    tell(hitsOf(world().things, input.value));
  });
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') {
      event.preventDefault();
      go(event.shiftKey && at >= 0 ? -1 : 1);
    } else if (event.key === 'Escape') {
      input.blur();
      event.preventDefault();
    }
  });
}
