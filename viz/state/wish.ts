/** Which run an address asks for, as text: what differs from the run the page is opened with, short, and read back or left out. */
import type { Difference } from '../runs/runs.ts';

/** The form of addresses this page writes; another is not guessed at. */
const FORM = '1';

/** What an address says of runs. Null: that of the page, and none to compare with. */
export interface Asked {
  readonly shown: Difference | null;
  readonly against: Difference | null;
  /** A sentence for what it says and this page cannot read; else null. */
  readonly problem: string | null;
}

const KEYS = ['variant', 'seed', 'set', 'fork'] as const;
/** A difference is small; what is larger was not made by this page. */
const MOST = 1 << 20;

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(new TextEncoder().encode(text));

async function through(
  bytes: Uint8Array<ArrayBuffer>,
  by: CompressionStream | DecompressionStream,
): Promise<Uint8Array> {
  const reader = new Blob([bytes]).stream().pipeThrough(by).getReader();
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    pieces.push(piece.value);
    length += piece.value.length;
    if (length > MOST) throw new Error('too large');
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

/** As it is where that is shorter; else deflated, in letters that an address leaves as they are, after a dot. */
export async function pack(value: unknown): Promise<string> {
  const plain = JSON.stringify(value);
  const deflated = await through(bytesOf(plain), new CompressionStream('deflate-raw'));
  const letters = btoa(Array.from(deflated, (byte) => String.fromCharCode(byte)).join(''));
  const packed = `.${letters.replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')}`;
  return encodeURIComponent(plain).length <= packed.length ? plain : packed;
}

/** Throws where the text is none of ours. */
export async function unpack(text: string): Promise<unknown> {
  if (!text.startsWith('.')) return JSON.parse(text);
  const letters = atob(text.slice(1).replace(/-/g, '+').replace(/_/g, '/'));
  const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
  return JSON.parse(
    new TextDecoder('utf-8', { fatal: true }).decode(await through(bytes, new DecompressionStream('deflate-raw'))),
  );
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Only what is not as in the base. */
function lessOf(difference: Difference, base: Difference): Record<string, unknown> {
  return Object.fromEntries(
    KEYS.filter((key) => !same(difference[key], base[key])).map((key) => [key, difference[key]]),
  );
}

/** The part of an address that says which run is shown and which it is compared with; empty for the page's own run by itself. */
export async function wishText(shown: Difference, against: Difference | null, base: Difference): Promise<string> {
  const parts = new URLSearchParams();
  const less = lessOf(shown, base);
  if ('variant' in less) parts.set('variant', shown.variant ?? '');
  if ('seed' in less) parts.set('seed', shown.seed);
  if ('set' in less) for (const one of shown.set.length > 0 ? shown.set : ['']) parts.append('set', one);
  if ('fork' in less) parts.set('fork', await pack(shown.fork));
  if (against) parts.set('with', same(against, base) ? 'base' : await pack(lessOf(against, base)));
  if ([...parts].length > 0) parts.set('v', FORM);
  // As in the rest of the address, what may stand as it is reads better so.
  return parts.toString().replace(/%2F/g, '/').replace(/%3A/g, ':').replace(/%40/g, '@').replace(/%3D/g, '=');
}

const isText = (one: unknown): one is string => typeof one === 'string';

function forkOf(one: unknown): Difference['fork'] {
  if (one === null) return null;
  const { at, patch } = one as { at?: unknown; patch?: unknown };
  if (
    typeof at !== 'number' ||
    !Number.isFinite(at) ||
    typeof patch !== 'object' ||
    patch === null ||
    Array.isArray(patch)
  )
    throw new Error('no branch');
  return { at, patch };
}

/** A difference from whatever was written: shapes are checked here, and whether it makes sense by the simulator. */
function differenceOf(less: unknown, base: Difference): Difference {
  const {
    variant = base.variant,
    seed = base.seed,
    set = base.set,
    fork = base.fork,
  } = less as Record<string, unknown>;
  if (!(variant === null || isText(variant)) || !isText(seed) || !Array.isArray(set) || !set.every(isText))
    throw new Error('no difference');
  return { variant, seed, set, fork: forkOf(fork) };
}

/** Whether an address asks for any run but the page's own, or is written in a form of its own. */
export const asksForRun = (hash: string): boolean => /[#&](variant|seed|set|fork|with|v)=/.test(hash);

/** What the part after # asks for. Parts that cannot be read are left out, and said. */
export async function readWish(hash: string, base: Difference): Promise<Asked> {
  const parts = new URLSearchParams(hash.replace(/^#/, ''));
  const form = parts.get('v') ?? FORM;
  if (form !== FORM)
    return {
      shown: null,
      against: null,
      problem: `This link is written in form ${form.slice(0, 20)}, and this page reads form ${FORM}: it shows the run as it was opened.`,
    };
  let problem: string | null = null;
  const attempt = async (make: () => Promise<Difference | null>): Promise<Difference | null> => {
    try {
      return await make();
    } catch {
      problem = 'A part of this link cannot be read; perhaps it was cut off. The rest of it is shown.';
      return null;
    }
  };
  const [variant, seed, set] = [parts.get('variant'), parts.get('seed'), parts.getAll('set')];
  const plain = {
    ...(variant === null ? {} : { variant: variant === '' ? null : variant }),
    ...(seed === null ? {} : { seed }),
    ...(set.length === 0 ? {} : { set: set.filter((one) => one !== '') }),
  };
  const fork = parts.get('fork');
  const forked =
    fork === null ? null : await attempt(async () => differenceOf({ ...plain, fork: await unpack(fork) }, base));
  const found = forked ?? (await attempt(async () => differenceOf(plain, base)));
  const other = parts.get('with');
  const against =
    other === null
      ? null
      : other === 'base'
        ? base
        : await attempt(async () => differenceOf(await unpack(other), base));
  return { shown: found && same(found, base) ? null : found, against, problem };
}
