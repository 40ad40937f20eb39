/** Characters that nobody sees and that change what others look like, made visible: a name must look like what it is. */

/** Controls but for white space, what turns the direction of writing, what has no width or looks like a blank, tags. */
const UNSEEN =
  /(?![\t\n\r])\p{Cc}|\p{Bidi_Control}|\u00ad|\u034f|[\u115f\u1160\u17b4\u17b5\u180e\u200b\u2028\u2029\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb]|[\u{e0000}-\u{e0fff}]/gu;
/** Joiners within emoji and within scripts that need them are text; behind plain letters they join nothing. */
const JOINERS = /(?<![^\0-\x7f])[\u200c\u200d]/gu;

const numbered = (one: string): string =>
  `⟨${(one.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')}⟩`;

/** Such a character as its number, `⟨202E⟩`: two names that differ by it alone still differ. */
export const visible = (text: string): string => text.replace(JOINERS, numbered).replace(UNSEEN, numbered);

/** The same for every text in a value of JSON; names of things are texts, names of keys are not. */
export function visibleIn<T>(value: T): T {
  if (typeof value === 'string') return visible(value) as T;
  if (Array.isArray(value)) return value.map(visibleIn) as T;
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  // Defined, not assigned: `__proto__` is a key like any other in JSON.
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, visibleIn(one)])) as T;
}
