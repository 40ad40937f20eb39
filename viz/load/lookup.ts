/** Tables that are looked into by words from a file. */

/** Without the names that every object has: `constructor` and `__proto__` are words like any other in a file. */
export const lookupOf = <T>(rows: Readonly<Record<string, T>>): Readonly<Record<string, T>> =>
  Object.assign(Object.create(null), rows);
