/** Reads the files people name: whole, as UTF-8, never more than a scenario may hold. */
import { closeSync, fstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { Unreadable } from './io.ts';

const MEGABYTE = 1024 * 1024;
/** In bytes; the loader has the same limits of texts in characters. */
const MOST_YAML = 4 * MEGABYTE;
const MOST_JSON = 64 * MEGABYTE;
const MOST_DATA = 64 * MEGABYTE;

/** Pipes and devices have no size, so reading itself stops at the limit. */
export function readText(path: string): string {
  const json = path.toLowerCase().endsWith('.json');
  const hint = json ? '' : '; a generated network may be written as JSON (.json), up to 64 MB';
  const bytes = readUpTo(path, json ? MOST_JSON : MOST_YAML, hint);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Unreadable(`${path}: this is not text in UTF-8; is it compressed, or saved in another encoding?`);
  }
}

/** The bytes of a file of data, as they are. */
export const readData = (path: string): Uint8Array => readUpTo(path, MOST_DATA, '');

function readUpTo(path: string, most: number, hint: string): Buffer {
  let bytes: Buffer;
  try {
    bytes = readAtMost(path, most + 1);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Unreadable(`${path}: ${reasonOf(error as NodeJS.ErrnoException, path)}`, code === 'ENOENT');
  }
  if (bytes.length > most) throw new Unreadable(`${path}: the file is larger than ${most / MEGABYTE} MB${hint}`);
  return bytes;
}

function readAtMost(path: string, most: number): Buffer {
  const file = path === '-' ? 0 : openSync(path, 'r');
  try {
    const stat = fstatSync(file);
    if (stat.isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' });
    // Longer than allowed: one byte tells it.
    if (stat.isFile() && stat.size >= most) return Buffer.alloc(most);
    const pieces: Buffer[] = [];
    let read = 0;
    while (read < most) {
      const piece = Buffer.allocUnsafe(Math.min(64 * 1024, most - read));
      const count = readOnce(file, piece);
      if (count === 0) break;
      pieces.push(piece.subarray(0, count));
      read += count;
    }
    return Buffer.concat(pieces);
  } finally {
    if (file !== 0) closeSync(file);
  }
}

/** A pipe that has nothing yet says so instead of waiting, and its end may look like an error. */
function readOnce(file: number, piece: Buffer): number {
  for (;;) {
    try {
      return readSync(file, piece);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EOF') return 0;
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}

function reasonOf({ code, message }: NodeJS.ErrnoException, path: string): string {
  if (code === 'ENOENT' || code === 'ENOTDIR') return `there is no such file${meant(path)}`;
  if (code === 'EISDIR') return 'this is a folder; name the scenario file inside it';
  if (code === 'EACCES' || code === 'EPERM') return 'reading this file is not allowed';
  if (code === 'ERR_INVALID_ARG_VALUE') return 'this is no name of a file';
  return `the file cannot be read (${code ?? message})`;
}

/** A neighbour that differs only in its ending, or in case. */
function meant(path: string): string {
  const stem = (name: string): string => name.toLowerCase().replace(/\.[a-z]+$/, '');
  try {
    const folder = dirname(path);
    const near = readdirSync(folder).find((name) => stem(name) === stem(basename(path)));
    return near === undefined ? '' : `; did you mean "${folder === '.' ? near : `${folder}/${near}`}"?`;
  } catch {
    return '';
  }
}
