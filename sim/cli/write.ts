/** Writes files whole or not at all: beside their place first, and moved there when complete. */
import {
  chmodSync,
  closeSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Unreadable } from './io.ts';

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** False when `stop` came first: then nothing is left behind. */
export async function writeWhole(path: string, pieces: Iterable<string>, stop: AbortSignal): Promise<boolean> {
  try {
    const there = statOf(path);
    // A pipe or a device is written to, never replaced.
    if (there && !there.isFile() && !there.isDirectory()) return await fill(openSync(path, 'w'), pieces, stop);
    return await replace(there ? realpathSync(path) : path, there, pieces, stop);
  } catch (error) {
    const { code, message, syscall } = error as NodeJS.ErrnoException;
    if (syscall === undefined) throw error;
    throw new Unreadable(`${path}: ${REASONS[code ?? ''] ?? `the file cannot be written (${code ?? message})`}`);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such folder to write to',
  ENOTDIR: 'there is no such folder to write to',
  EISDIR: 'this is a folder; name a file to write to',
  EACCES: 'writing here is not allowed',
  EPERM: 'writing here is not allowed',
  EROFS: 'writing here is not allowed',
  ENOSPC: 'there is no space left',
};

async function replace(
  path: string,
  there: Stats | null,
  pieces: Iterable<string>,
  stop: AbortSignal,
): Promise<boolean> {
  if (there?.isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR', syscall: 'open' });
  const fresh = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  try {
    const whole = await fill(openSync(fresh, 'wx'), pieces, stop);
    if (!whole) return false;
    if (there) chmodSync(fresh, there.mode & 0o777);
    renameSync(fresh, path);
    return true;
  } finally {
    rmSync(fresh, { force: true });
  }
}

async function fill(file: number, pieces: Iterable<string>, stop: AbortSignal): Promise<boolean> {
  try {
    for (const piece of pieces) {
      const bytes = Buffer.from(piece);
      for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
      await nextTurn();
      if (stop.aborted) return false;
    }
    try {
      fsyncSync(file);
    } catch {
      // Not everything can be synced; what was written stands all the same.
    }
    return true;
  } finally {
    closeSync(file);
  }
}

function statOf(path: string): Stats | null {
  try {
    return statSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
