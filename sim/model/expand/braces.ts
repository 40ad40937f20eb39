/** Braces in names, `pop.{1..4}`, `ns.{a,b}`, nested too: counted before they are made, each with what it captured. */

type Part =
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'range'; readonly low: number; readonly high: number; readonly group: number }
  | { readonly is: 'choice'; readonly of: readonly (readonly Part[])[]; readonly group: number };

export interface Braces {
  readonly parts: readonly Part[];
  readonly groups: number;
  /** How many names it makes; may be infinite. */
  readonly count: number;
}

export interface Captured {
  readonly name: string;
  /** Text of each brace in order of its opening; empty where a branch was not taken. */
  readonly captures: readonly string[];
}

/** The parsed pattern, or what is wrong with it. */
export function parseBraces(text: string): Braces | string {
  const parser = new Parser(text);
  const parts = parser.sequence(0);
  if (parser.wrong) return parser.wrong;
  return { parts, groups: parser.groups, count: countOf(parts) };
}

export const hasBraces = (text: string): boolean => text.includes('{') || text.includes('}');

class Parser {
  wrong: string | null = null;
  groups = 0;
  private at = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  sequence(depth: number): readonly Part[] {
    const parts: Part[] = [];
    let from = this.at;
    const flush = () => {
      if (this.at > from) parts.push({ is: 'text', text: this.text.slice(from, this.at) });
    };
    while (this.at < this.text.length && !this.wrong) {
      const mark = this.text[this.at];
      if (mark === '{') {
        flush();
        parts.push(this.brace(depth));
        from = this.at;
      } else if (mark === '}' || (mark === ',' && depth > 0)) {
        if (depth === 0) this.wrong = 'a brace is closed that was not opened';
        break;
      } else this.at++;
    }
    flush();
    return parts;
  }

  private brace(depth: number): Part {
    const group = ++this.groups;
    const opened = ++this.at;
    if (depth > 8) this.wrong = 'braces are nested more than 8 deep';
    const of: (readonly Part[])[] = [];
    while (!this.wrong) {
      of.push(this.sequence(depth + 1));
      const mark = this.text[this.at++];
      if (mark === '}') break;
      if (mark !== ',') this.wrong ??= 'a brace is not closed';
    }
    if (of.length > 1) return { is: 'choice', of, group };
    const inner = this.text.slice(opened, this.at - 1);
    const range = /^(\d{1,15})\.\.(\d{1,15})$/.exec(inner);
    if (range) {
      const [low, high] = [Number(range[1]), Number(range[2])];
      if (low > high) this.wrong ??= `{${inner}} counts down`;
      return { is: 'range', low, high, group };
    }
    this.wrong ??= inner.includes('..')
      ? `{${inner}} counts in something else than whole numbers`
      : `{${inner}} has only one choice`;
    return { is: 'text', text: '' };
  }
}

function countOf(parts: readonly Part[]): number {
  let product = 1;
  for (const part of parts) {
    if (part.is === 'range') product *= part.high - part.low + 1;
    if (part.is === 'choice') product *= part.of.reduce((sum, branch) => sum + countOf(branch), 0);
  }
  return product;
}

/** Every name; the caller has looked at `count`. */
export function expandBraces(braces: Braces): Captured[] {
  const made: Captured[] = [];
  const captures: string[] = Array(braces.groups).fill('');
  const walk = (parts: readonly Part[], at: number, name: string, done: (name: string) => void): void => {
    const part = parts[at];
    if (!part) {
      done(name);
      return;
    }
    if (part.is === 'text') {
      walk(parts, at + 1, name + part.text, done);
      return;
    }
    const take = (choice: string, then: () => void) => {
      captures[part.group - 1] = choice;
      then();
      captures[part.group - 1] = '';
    };
    if (part.is === 'range') {
      for (let i = part.low; i <= part.high; i++) take(String(i), () => walk(parts, at + 1, name + i, done));
      return;
    }
    for (const branch of part.of)
      walk(branch, 0, '', (choice) => take(choice, () => walk(parts, at + 1, name + choice, done)));
  };
  walk(braces.parts, 0, '', (name) => made.push({ name, captures: [...captures] }));
  return made;
}

/** `pop.{1..4}` as `pop.*`: what the names of a family have in common; null when that is nothing. */
export function familyOf(braces: Braces): string | null {
  const text = braces.parts.map((part) => (part.is === 'text' ? part.text : '*')).join('');
  return /[A-Za-z0-9]/.test(text) ? text : null;
}
