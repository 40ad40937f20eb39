/** Address blocks as they stand in entries: read, or said to be wrong at their place. */
import type { Context } from '../context.ts';
import type { Tree } from '../tree.ts';
import { checkCidr } from './cidr.ts';
import { leafOf } from './values.ts';

/** The block; null when there is none, or after a problem. */
export function blockOf(context: Context, tree: Tree | undefined): string | null {
  const text = tree && leafOf(context, tree, 'an address block such as 129.134.30.0/24')?.text;
  if (!tree || text === undefined) return null;
  const wrong = checkCidr(text);
  if (wrong) context.problem(tree.at, wrong.says, wrong.hint);
  return wrong ? null : text;
}
