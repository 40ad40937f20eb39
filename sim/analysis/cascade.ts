/** Where a run's largest cascade begins: of the changes that nothing tipped, the one from which most others follow. */

/**
 * `tipped`: the change that tipped one, by its place; -1: none did. `undoes`: it brings back what held at the start, as a repair does.
 * That much follows from a repair, and yet nothing begins with it: one is named only where there is nothing else. Causes stand before
 * what they cause, so one walk back counts them all. Null: nothing changes.
 */
export function largestCascade(
  count: number,
  tipped: (place: number) => number,
  undoes: (place: number) => boolean,
): { readonly root: number; readonly follow: number } | null {
  const sizes = new Int32Array(count).fill(1);
  for (let place = count - 1; place >= 0; place--) {
    const cause = tipped(place);
    if (cause >= 0) sizes[cause] = (sizes[cause] as number) + (sizes[place] as number);
  }
  let root = -1;
  const isLarger = (place: number): boolean => {
    if (root < 0) return true;
    if (undoes(place) !== undoes(root)) return undoes(root);
    return (sizes[place] as number) > (sizes[root] as number);
  };
  for (let place = 0; place < count; place++) if (tipped(place) < 0 && isLarger(place)) root = place;
  return root < 0 ? null : { root, follow: (sizes[root] as number) - 1 };
}
