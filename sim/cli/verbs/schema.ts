/** `schema`: the JSON Schema of scenario files, for editors and checkers. */
import { jsonSchema } from '../../index.ts';
import { EXIT } from '../io.ts';
import type { Command } from '../options.ts';

export const command: Command = async (_, io) => {
  io.out(`${JSON.stringify(jsonSchema(), null, 2)}\n`);
  return EXIT.fine;
};
