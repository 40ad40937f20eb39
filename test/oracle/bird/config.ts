/** A small internet as configurations of BIRD 2, and the wires that its sessions run over. */
import type { Wire } from '../../support/lab.ts';
import type { Block, End, Internet, Limit, Session, Speaker, Term } from '../internet.ts';

/** Names and addresses: BIRD's protocols are called after these, and its router identifiers have the order of the speakers' names. */
export class Addresses {
  private readonly numbers: ReadonlyMap<string, number>;
  private readonly links: ReadonlyMap<string, number>;

  constructor(internet: Internet) {
    const names = internet.speakers.map(({ name }) => name).sort();
    this.numbers = new Map(names.map((name, index) => [name, index + 1]));
    this.links = new Map(internet.sessions.map(({ name }, index) => [name, index]));
  }

  router(speaker: string): string {
    return `10.255.0.${this.numbers.get(speaker)}`;
  }
  device({ name }: Session): string {
    return `w${this.links.get(name)}`;
  }
  /** The addresses of an end of a session's wire, in both families. The lower neighbour has the lower ones too. */
  ends(session: Session, speaker: string): Readonly<Record<'ipv4' | 'ipv6', string>> {
    const other = session.from === speaker ? session.to : session.from;
    const link = this.links.get(session.name) as number;
    const end = (this.numbers.get(speaker) as number) < (this.numbers.get(other) as number) ? 1 : 2;
    return { ipv4: `10.254.${link}.${end}`, ipv6: `fd00:${link}::${end}` };
  }
  /** That which the session runs between. */
  at(session: Session, speaker: string): string {
    return this.ends(session, speaker)[session.between ?? 'ipv4'];
  }
}

export const wiresOf = (internet: Internet, addresses: Addresses): readonly Wire[] =>
  internet.sessions.map((session) => {
    const end = (space: string) => ({
      space,
      device: addresses.device(session),
      addresses: [`${addresses.ends(session, space).ipv4}/30`, `${addresses.ends(session, space).ipv6}/64`],
    });
    return [end(session.from), end(session.to)] as const;
  });

/** What BIRD calls the session over a wire. */
export const labelOf = (device: string): string => `s_${device}`;

/** How a speaker marks what it hears by whom it heard it from, in communities that are its own (RFC 8092). */
const MARK = { own: 0, provider: 1, peer: 2, customer: 3 } as const;
const PREFERENCE = { provider: 100, peer: 200, customer: 300 } as const;
/** A ranked path is preferred to any other. */
const RANKED = 1000;

/** `servers`: where packets go that are served here; null: there are none. */
export function configOf(internet: Internet, speaker: Speaker, addresses: Addresses, servers: string | null): string {
  const { name, number } = speaker;
  const numbers = new Map(internet.speakers.map((one) => [one.name, one.number]));
  const own = internet.blocks.filter(({ sites }) => sites.includes(name));
  return [
    `router id ${addresses.router(name)};`,
    'protocol device { }',
    ...authorisations(internet),
    // What one announces lies in a protocol of its own, so that it can be withdrawn alone.
    ...own.map((block) => ownOf(block, servers)),
    ...(servers === null ? [] : kernel(own)),
    `template bgp session {
      local as ${number};
      connect delay time 1; connect retry time 1; error wait time 1, 2; hold time 60; keepalive time 20;
      check link on; graceful restart off;
      deterministic med on; med metric off; default bgp_med 0; prefer older off; path metric on; igp metric off;
      ipv4 { import none; export none; };
      ipv6 { import none; export none; };
    }`,
    ...internet.sessions
      .filter(({ from, to }) => from === name || to === name)
      .map((session) => {
        const other = session.from === name ? session.to : session.from;
        return sessionOf(speaker, session, other, numbers.get(other) as number, addresses);
      }),
  ].join('\n');
}

function sessionOf(speaker: Speaker, session: Session, other: string, number: number, addresses: Addresses): string {
  const { name } = speaker;
  const label = labelOf(addresses.device(session));
  const end = session.ends[session.from === name ? 'from' : 'to'];
  const is =
    session.bgp === 'peers' ? 'peer' : session.bgp === 'buys' && session.from === name ? 'provider' : 'customer';
  const hears = `import filter in_${label}; export filter out_${label}; ${end.limit ? limiting(end.limit) : ''}`;
  const role = { provider: 'customer', peer: 'peer', customer: 'provider' }[is];
  const mine = (mark: number | string) => `(${speaker.number}, 1, ${mark})`;
  // All is told to who buys; to others one's own, and what was learnt from who buys.
  const isTold =
    session.bgp === 'siblings' || is === 'customer'
      ? 'true'
      : `! (bgp_large_community ~ [${mine(MARK.provider)}, ${mine(MARK.peer)}])`;
  const unmark = `bgp_large_community.delete([${mine('*')}]);`;
  const repeat = (times: number): string => `bgp_path.prepend(${speaker.number});`.repeat(times);
  return `
    function leave_${label}() { ${unmark} ${repeat(speaker.prepend)} }
    filter in_${label} {
      ${dropping}
      ${unmark}
      bgp_large_community.add(${mine(MARK[is])});
      bgp_local_pref = ${PREFERENCE[is]};
      ${speaker.ranked ? ranking(speaker.ranked) : ''}
      ${end.imports.map((term) => statement(term, repeat, 'accept;', 'reject;')).join('\n      ')}
      accept;
    }
    filter out_${label} {
      ${end.exports.map((term) => statement(term, repeat, `{ leave_${label}(); accept; }`, 'reject;')).join('\n      ')}
      if ${isTold} then { leave_${label}(); accept; }
      reject;
    }
    protocol bgp ${label} from session {
      local ${addresses.at(session, name)};
      neighbor ${addresses.at(session, other)} as ${number};
      ${addresses.at(session, name).endsWith('.2') ? 'passive on;' : ''}
      ${speaker.roles && session.bgp !== 'siblings' ? `local role ${role};` : ''}
      ${timing(session, end)}
      ipv4 { ${hears} };
      ipv6 { ${hears} };
    }`;
}

/** A session that was shut is tried again when the time is over that BIRD waits after an error. */
function timing({ hold, graceful }: Session, { limit }: End): string {
  return [
    hold === undefined ? '' : `hold time ${hold}; keepalive time 1;`,
    graceful === undefined ? '' : `graceful restart on; graceful restart time ${graceful};`,
    limit?.restart ? `error wait time ${limit.restart}, ${limit.restart};` : '',
  ].join(' ');
}
/** BIRD counts what it hears before its filters only if it keeps what they refuse. */
const limiting = ({ blocks, then, restart }: Limit): string =>
  `import keep filtered on; receive limit ${blocks} action ${then === 'warn' ? 'warn' : restart ? 'restart' : 'disable'};`;

const familyOf = (cidr: string): 'ipv4' | 'ipv6' => (cidr.includes(':') ? 'ipv6' : 'ipv4');

/** A table of authorisations for each family. */
const authorisations = ({ authorised = [] }: Internet): readonly string[] =>
  FAMILIES.flatMap(([family, roa, table]) => {
    const routes = authorised
      .filter(({ cidr }) => familyOf(cidr) === family)
      .map(({ cidr, longest, origin }) => `route ${cidr} max ${longest} as ${origin};`);
    return [
      `${roa} table ${table};`,
      `protocol static of_${table} { ${roa} { table ${table}; }; ${routes.join(' ')} }`,
    ];
  });
const FAMILIES = [
  ['ipv4', 'roa4', 'may4'],
  ['ipv6', 'roa6', 'may6'],
] as const;
const VALIDITY = { valid: 'ROA_VALID', invalid: 'ROA_INVALID', 'not found': 'ROA_UNKNOWN' } as const;
const validityIs = (validity: keyof typeof VALIDITY): string =>
  `((net.type = NET_IP4 && roa_check(may4, net, bgp_path.last) = ${VALIDITY[validity]}) ||
    (net.type = NET_IP6 && roa_check(may6, net, bgp_path.last) = ${VALIDITY[validity]}))`;

/** What is dropped on purpose is prohibited: so the sender is told, and it is no mere black hole. */
function ownOf({ name, cidr, later, traffic, holed }: Block, servers: string | null): string {
  const to = traffic === 'drop' ? 'prohibit' : servers === null ? 'blackhole' : `via ${servers}`;
  const marked = holed ? ` { bgp_community.add(${community('blackhole')}); }` : '';
  return `protocol static own_${name} { ${later ? 'disabled; ' : ''}${familyOf(cidr)}; route ${cidr} ${to}${marked}; }`;
}

/** The kernel forwards by all routes but those of one's own whose packets go on by a wider block. */
const kernel = (own: readonly Block[]): readonly string[] => {
  const on = own.filter(({ traffic }) => traffic === 'on').map(({ name }) => `if proto = "own_${name}" then reject;`);
  return [`protocol kernel { ipv4 { import none; export filter { ${on.join(' ')} accept; }; }; }`];
};
/** Whoever hears such a route drops, and keeps the route to itself (RFC 7999 §3.2). */
const dropping = `if bgp_community ~ [(65535, 666)] then { dest = RTD_PROHIBIT; bgp_community.add((65535, 65281)); }`;

const ranking = (ranked: readonly (readonly number[])[]): string =>
  `${ranked
    .map((path, rank) => `if bgp_path ~ [= ${path.join(' ')} =] then bgp_local_pref = ${RANKED - rank};`)
    .join('\n      ')}
      if bgp_local_pref < ${RANKED - ranked.length + 1} then reject;`;

/** Communities by their name: those that are well known, and one's own, numbered by their text `tag-N`. */
const community = (name: string): string =>
  name === 'no-export'
    ? '(65535, 65281)'
    : name === 'blackhole'
      ? '(65535, 666)'
      : `(64999, ${Number(name.slice('tag-'.length))})`;

function statement(term: Term, repeat: (times: number) => string, accept: string, reject: string): string {
  const tests = [
    term.within && `net ~ [ ${term.within.cidr}{${term.within.from},${term.within.to}} ]`,
    term.over && `bgp_path ~ [= * ${term.over} * =]`,
    term.validity && validityIs(term.validity),
    term.communities && `bgp_community ~ [${term.communities.map(community).join(', ')}]`,
  ].filter(Boolean);
  const does = [
    term.preference !== undefined && `bgp_local_pref = ${term.preference};`,
    term.med !== undefined && `bgp_med = ${term.med};`,
    repeat(term.prepend ?? 0),
    ...(term.add ?? []).map((name) => `bgp_community.add(${community(name)});`),
    term.then === 'accept' ? accept : term.then === 'reject' ? reject : '',
  ].filter(Boolean);
  return `if ${tests.join(' && ') || 'true'} then { ${does.join(' ')} }`;
}
