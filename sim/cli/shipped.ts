/** Where the files that ship with the package lie: the page, and the scenarios. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds package.json, whether this runs from source or as built. */
function root(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) {
    const above = dirname(folder);
    if (above === folder) throw new Error('the package is whole: there is a package.json above the program');
    folder = above;
  }
  return folder;
}

export function pageFolder(): string {
  const folder = join(root(), 'dist', 'page');
  if (!existsSync(join(folder, 'index.html'))) throw new Error('the replay is built: dist/page/index.html is there');
  return folder;
}

/** The page as one file, to be filled with a run. */
export function singlePage(): string {
  const file = join(root(), 'dist', 'single', 'index.html');
  if (!existsSync(file)) throw new Error('the page is built as one file: dist/single/index.html is there');
  return file;
}

export const scenarioFile = (...path: readonly string[]): string => join(root(), 'scenarios', ...path);
