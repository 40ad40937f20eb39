/** `validate`: reads scenarios and compiles them without running them; tells every problem of every file. */
import type { Scenario } from '../../index.ts';
import { nameOf, readPlan, tell } from '../input.ts';
import { EXIT, type Io, Unreadable } from '../io.ts';
import type { Command } from '../options.ts';
import { clean } from '../text/layout.ts';
import { count } from '../text/words.ts';

export const command: Command<'files'> = async ({ files }, io) => {
  let code: number = EXIT.fine;
  for (const file of files) {
    const sound = validate(io, file);
    if (sound === null) code = EXIT.badInput;
    else io.out(`${clean(`${nameOf(file)}: ${sound}`)}\n`);
  }
  return code;
};

/** What there is in a sound file; null after its problems were told. Every variant is looked at as well. */
function validate(io: Io, file: string): string | null {
  try {
    const text = io.readFile(file);
    const read = readPlan(io, { file }, text);
    if (!read.ok) {
      tell(io, read.problems);
      return null;
    }
    const { scenario, facts } = read.value;
    const broken = [...scenario.variants.keys()].filter((variant) => {
      const varied = readPlan(io, { file, variant }, text);
      if (varied.ok) return false;
      tell(
        io,
        varied.problems.map((problem) => ({ ...problem, says: `in variant ${variant}: ${problem.says}` })),
      );
      return true;
    });
    return broken.length > 0 ? null : contents(scenario, facts.length);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    io.err(`${error.message}\n`);
    return null;
  }
}

function contents({ nodes, links, internet, checkpoints, variants }: Scenario, questions: number): string {
  const others = internet?.declared.filter((is) => is === 0).length ?? 0;
  const parts = [
    count(nodes.size, 'node'),
    count(links.size, 'link'),
    `${count(others, 'network')} of the Internet`,
    count(questions, 'question'),
    count(variants.size, 'variant'),
    count(checkpoints.size, 'checkpoint'),
  ];
  return parts.filter((part) => !part.startsWith('0 ')).join(', ');
}
