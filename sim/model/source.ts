/** From the text of a file to a tree with places: sizes, YAML or JSON, nothing doubled, nothing empty. */

import { readJson } from './json.ts';
import type { Problem, Result } from './problems.ts';
import { MAX_JSON, MAX_YAML, scanYaml } from './scan.ts';
import { type Dict, problemAt, rootOrigin, Source, type Tree } from './tree.ts';
import { readYaml } from './yaml.ts';

export { MAX_JSON, MAX_YAML } from './scan.ts';

/** The document of a scenario file. `nulls` says where a value may be empty: in patches, where null deletes. */
export function readSource(text: string, file: string): Result<Dict> {
  const body = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  const source = new Source(file, body);
  const fail = (...problems: Problem[]) => ({ ok: false, problems }) as const;
  const whole = rootOrigin(source);
  const json = file.toLowerCase().endsWith('.json');
  const most = json ? MAX_JSON : MAX_YAML;
  if (body.length > most) {
    return fail(
      problemAt(
        whole,
        `the file is larger than ${most / 1048576} MB`,
        json ? undefined : 'a generated network may be written as JSON (.json), up to 64 MB',
      ),
    );
  }
  if (body.trim() === '') return fail(problemAt(whole, 'the file is empty', 'a scenario begins with `netfall: 1`'));
  const problems: Problem[] = [];
  const tree = json ? readJson(body, source, problems) : yaml(body, source, problems);
  if (!tree) return fail(...problems);
  if (tree.is !== 'map') {
    const nothing = tree.is === 'leaf' && tree.value === null;
    return fail(
      ...problems,
      problemAt(
        whole,
        nothing ? 'the file holds only comments' : 'a scenario is a map of keys and values',
        'it begins with `netfall: 1`',
      ),
    );
  }
  return problems.length > 0 ? fail(...problems) : { ok: true, value: tree };
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
