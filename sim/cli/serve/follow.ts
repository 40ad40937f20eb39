/** Files that are watched for changes, by looking at them every so often: editors replace files, and this notices all the same. */
import { unwatchFile, watchFile } from 'node:fs';

const EVERY = 250;

export class Followed {
  private readonly files = new Map<string, () => void>();
  private readonly changed: () => void;

  constructor(changed: () => void) {
    this.changed = changed;
  }

  /** From now on these; stdin cannot change. */
  follow(files: readonly string[]): void {
    for (const file of this.files.keys()) if (!files.includes(file)) this.drop(file);
    for (const file of files) {
      if (file === '-' || this.files.has(file)) continue;
      const listener = (): void => this.changed();
      watchFile(file, { interval: EVERY }, listener);
      this.files.set(file, listener);
    }
  }

  close(): void {
    for (const file of this.files.keys()) this.drop(file);
  }

  private drop(file: string): void {
    unwatchFile(file, this.files.get(file));
    this.files.delete(file);
  }
}
