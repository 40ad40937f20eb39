/** Route origin authorisations: which network may announce a block, and parts of it up to which length (RFC 9582). */
import type { Authorisation } from '../scenario-routing.ts';
import type { AuthorisationKeys } from '../schema/routing.ts';
import type { Tree } from '../tree.ts';
import { blockOf } from './blocks.ts';
import { lengthsOf } from './cidr.ts';
import type { Made } from './entries.ts';
import { checkSource, Fields } from './fields.ts';
import { systemOf } from './systems.ts';
import { numberOf } from './values.ts';
import type { World } from './world.ts';

/** null after a problem. */
export function buildAuthorisation(world: World, made: Made): Authorisation | null {
  const entry = Fields.of<AuthorisationKeys>(world, made);
  checkSource(world, entry.get('source'));
  const written = entry.need('cidr', 'which block it is for');
  const origin = entry.need('origin', 'say which network may announce it');
  const cidr = blockOf(world.context, written);
  const nobody = isNobody(world, origin);
  const system = origin && !nobody ? systemOf(world, origin) : null;
  if (cidr === null) return null;
  const { own, most } = lengthsOf(cidr);
  const longest = numberOf(world.context, entry.get('longest'), own, { least: own, most, whole: true });
  return system === null && !nobody ? null : { name: made.name, cidr, longest, origin: system };
}

const NOBODY = 'none';

/** Whether this is written for nobody. A network of that name would be meant as often. */
function isNobody(world: World, tree: Tree | undefined): boolean {
  if (tree?.is !== 'leaf' || tree.text !== NOBODY) return false;
  if (world.drafts.has(NOBODY))
    world.context.problem(
      tree.at,
      `here "${NOBODY}" means nobody, and there is a network of that name`,
      'call it otherwise',
    );
  return true;
}
