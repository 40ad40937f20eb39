/** What a command may touch of the world: two streams, files, a terminal's size and colours, and the wish to stop. */

/** What a process says when it ends. */
export const EXIT = { fine: 0, failed: 1, badInput: 2, ourBug: 3, interrupted: 130 } as const;

export interface Io {
  /** Data, for stdout. */
  out(text: string): void;
  /** Words, for stderr. */
  err(text: string): void;
  /** Resolves when stdout can take more. */
  drained(): Promise<void>;
  /** The text of a file; `-` is stdin. Throws `Unreadable`. */
  readFile(path: string): string;
  /** The bytes of a file of data. Throws `Unreadable`. */
  readData(path: string): Uint8Array;
  /** Whether stdout is a terminal, and how wide. */
  readonly isTTY: boolean;
  readonly columns: number;
  /** Whether stderr is a terminal: progress is shown only there. */
  readonly errIsTTY: boolean;
  readonly color: boolean;
  /** From here on an interrupt (Ctrl-C) no longer ends the process at once: it aborts this signal. */
  interruptible(): AbortSignal;
}

/** A file that cannot be read or written; the message is a sentence about it for the person who named it. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
  readonly missing: boolean;

  constructor(message: string, missing = false) {
    super(message);
    this.missing = missing;
  }
}
