/** Opens an address in the browser of the person at this machine. */
import type { Io } from '../io.ts';

const OPENER: Partial<Record<NodeJS.Platform, readonly [command: string, ...first: string[]]>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
};

/** Nothing is lost when it fails: the address is printed too. */
export async function openBrowser(url: string, io: Io): Promise<void> {
  const { spawn } = await import('node:child_process');
  const [command, ...first] = OPENER[process.platform] ?? ['xdg-open'];
  const failed = (): void => io.err('No browser could be opened; open the address above yourself.\n');
  const child = spawn(command as string, [...first, url], { stdio: 'ignore', detached: true });
  child.on('error', failed);
  child.on('exit', (code) => {
    if (code) failed();
  });
  child.unref();
}
