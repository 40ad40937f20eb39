/** From the text of a file to a tree with places: its size, and whether it is YAML or JSON. */

import { readJson } from './json.ts';
import type { Problem } from './problems.ts';
import { MAX_JSON, MAX_YAML, scanYaml } from './scan.ts';
import { type Dict, problemAt, rootOrigin, Source, type Tree } from './tree.ts';
import { readYaml } from './yaml.ts';

/** The document of a scenario file, as far as it can be read; null when nothing can be made of it. */
export function readSource(text: string, file: string, problems: Problem[]): Dict | null {
  const body = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  const source = new Source(file, body);
  const refuse = (says: string, hint?: string): null => {
    problems.push(problemAt(rootOrigin(source), says, hint));
    return null;
  };
  const json = file.toLowerCase().endsWith('.json');
  const most = json ? MAX_JSON : MAX_YAML;
  if (body.length > most) {
    const smaller = 'a generated network may be written as JSON (.json), up to 64 MB';
    return refuse(`the file is larger than ${most / 1048576} MB`, json ? undefined : smaller);
  }
  if (body.trim() === '') return refuse('the file is empty', 'a scenario begins with `netfall: 1`');
  const tree = json ? readJson(body, source, problems) : yaml(body, source, problems);
  if (!tree || tree.is === 'map') return tree;
  const nothing = tree.is === 'leaf' && tree.value === null;
  const says = nothing ? 'the file holds only comments' : 'a scenario is a map of keys and values';
  return refuse(says, 'it begins with `netfall: 1`');
}

/** A value on a command line: `90s`, `[ a, b ]`, `{ any: [ a, b ] }`. */
export function readValue(text: string, source: Source, problems: Problem[]): Tree | null {
  return yaml(text, source, problems);
}

function yaml(text: string, source: Source, problems: Problem[]): Tree | null {
  const refused = scanYaml(text, source);
  if (!refused) return readYaml(text, source, problems);
  problems.push(refused);
  return null;
}
