/** Programs of the machine: where they lie, and what they say. */
import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where daemons lie, though not always in a person's `PATH`. */
const FOLDERS = [...(process.env.PATH ?? '').split(delimiter), '/usr/local/sbin', '/usr/sbin', '/sbin'];

/** The full path of a program; null when it is not installed. */
export function find(program: string): string | null {
  const isThere = (path: string): boolean => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  };
  return FOLDERS.map((folder) => join(folder, program)).find(isThere) ?? null;
}

/** The full path of a program that must be installed. */
export function programAt(program: string): string {
  const path = find(program);
  if (path === null) throw new Error(`${program} is not installed`);
  return path;
}

/** All that a program says to the end, on both its outputs, however it ends. */
export function saying(program: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(program, args, (_, stdout, stderr) => resolve(stdout + stderr));
  });
}

/** What a program says to the end; it is an error when it fails. */
export function output(program: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(program, args, (error, stdout, stderr) => {
      if (error) reject(new Error(`${program} ${args.join(' ')}: ${stderr || stdout || error.message}`));
      else resolve(stdout);
    });
  });
}
