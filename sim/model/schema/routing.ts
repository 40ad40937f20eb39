/** How it is written what networks do with routes: policies of terms, the ends of sessions, route origin authorisations. */
import * as z from 'zod';
import { LEARNT, VALIDITIES } from '../scenario-routing.ts';
import { Condition } from './conditions.ts';
import { block, growing, name, named, number, someOf, span, targets, text, word } from './words.ts';

const provenance = {
  source: name('The source that says so.').optional(),
  because: text('Why this is assumed, where no source says so.').optional(),
};

const Blocks = z.strictObject({
  cidr: block('A block; what lies in it is meant, if it is as long as `from` and `to` say.'),
  from: number('The least length; that of the block if not said.').optional(),
  to: number('The greatest length; the same as `from` if not said.').optional(),
});
const Within = z
  .union([z.string(), Blocks, z.array(z.union([z.string(), Blocks]))])
  .describe('The route is to one of these blocks: 10.0.0.0/8, or { cidr: 10.0.0.0/8, from: 9, to: 24 } for its parts.');

const Length = z
  .union([
    z.number(),
    z.string(),
    z.strictObject({
      from: number('At least so many; none if not said.').optional(),
      to: number('At most so many; any number if not said.').optional(),
    }),
  ])
  .describe('How many networks its path has, those put in more than once counted each time.');

const TermEntry = z.strictObject({
  while: Condition.describe(
    'The term is there only while this holds; asked by the node at that end of the session.',
  ).optional(),
  ...growing({
    prefixes: targets('The route is of one of these announcements.').optional(),
    within: Within.optional(),
    communities: targets('It has one of these communities.').optional(),
    path: targets(
      'Its path is one of these, from the neighbour to the origin: "* transit *"; * is any number of networks, ? is one.',
    ).optional(),
    add: targets('Communities it gets.').optional(),
    remove: targets('Communities it loses.').optional(),
  }),
  length: Length.optional(),
  validity: someOf(VALIDITIES, 'What origin validation says of it.').optional(),
  learnt: someOf(LEARNT, 'Who it was learnt from; own: announced here.').optional(),
  preference: number(
    'imports: the local preference it gets; 300 from customers, 200 from peers, 100 from providers if not said.',
  ).optional(),
  med: number('The multi-exit discriminator it gets: of several ways to one neighbour the lower is better.').optional(),
  prepend: number('How many times more one’s own number is put into its path.').optional(),
  then: word(['accept', 'reject'], 'Ends it; if not said, the next term is asked.').optional(),
  ...provenance,
});
/** Every key a term may have. */
export const TERM_KEYS: readonly string[] = Object.keys(TermEntry.shape);
export type TermKeys = z.infer<typeof TermEntry>;

const Limit = z
  .strictObject({
    prefixes: number(
      'More than so many are too many, of IPv4 or of IPv6; counted as heard, before its policy.',
    ).optional(),
    then: word(['warn', 'shut'], 'What happens then: nothing more, or the session is shut (if not said).').optional(),
    restart: span(
      'How long after it was shut it is tried again; never if not said: somebody starts it by hand.',
    ).optional(),
    ...provenance,
  })
  .describe('How many prefixes it takes over this session.');
export type LimitKeys = z.infer<typeof Limit>;

const endShape = {
  imports: name('The policy for routes it hears.').optional(),
  exports: name('The policy for routes it tells.').optional(),
  limit: Limit.optional(),
};
const EndEntry = z.strictObject(endShape);

/** Of a node: what holds for each of its sessions. */
export const speakerShape = {
  imports: name('The policy for routes heard over its sessions; that of its network if not said.').optional(),
  exports: name('The policy for routes told over its sessions; that of its network if not said.').optional(),
};

/** Of a link that is a session. */
export const Ends = z
  .strictObject({
    from: EndEntry.describe('The end under `from`.').optional(),
    to: EndEntry.describe('The end under `to`.').optional(),
  })
  .describe('bgp: what each end does with routes; outranks what its node says.');

const AuthorisationEntry = z.strictObject({
  cidr: block('The address block, such as 104.20.0.0/20.'),
  longest: number('The longest part of it that may be announced; the block itself if not said.').optional(),
  origin: name(
    'The network that may announce it; none: nobody may (AS 0, RFC 6483 §4), but for whom another allows it.',
  ),
  ...provenance,
});
export type AuthorisationKeys = z.infer<typeof AuthorisationEntry>;

export const routing = {
  policies: named(
    named(TermEntry, 'Terms, asked in the order they are written.'),
    'What is done with routes that are heard or told.',
  ).optional(),
  authorisations: named(AuthorisationEntry, 'Who may announce what (RFC 9582).').optional(),
};
