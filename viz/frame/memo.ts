/** Remembers the last answer of a pure function, for as long as it is asked the same. */
export function latest<Args extends readonly unknown[], T>(make: (...args: Args) => T): (...args: Args) => T {
  let known: { args: Args; value: T } | null = null;
  return (...args) => {
    if (!known || args.some((arg, i) => !Object.is(arg, known?.args[i]))) known = { args, value: make(...args) };
    return known.value;
  };
}
