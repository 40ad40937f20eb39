/** The card of a question at a moment: asked, watched, or told beside what was expected. */
import type { Session } from '../state/session.ts';
import { becauseOf, type Question } from './question.ts';
import { clockText } from './time.ts';
import type { World } from './world.ts';

export interface OptionMark {
  readonly text: string;
  readonly note: string;
  readonly taken: boolean;
  readonly right: boolean;
}

export interface QuestionFrame {
  readonly id: string;
  readonly phase: 'open' | 'watched' | 'told';
  /** `1 of 5`. */
  readonly count: string;
  readonly lead: string;
  readonly text: string;
  readonly options: readonly OptionMark[];
  /** What was expected, and what became of that instead; empty where nothing was said. */
  readonly expected: string;
  readonly became: string;
  readonly happened: string;
  readonly because: string;
  /** The change with the answer. */
  readonly row: number;
  readonly spoken: string;
}

export function questionFrame(world: World, { asked, answers }: Session): QuestionFrame | null {
  if (!asked) return null;
  const all = world.questions();
  const at = all.findIndex(({ id }) => id === asked.id);
  const question = all[at];
  if (!question) return null;
  const taken = question.options[answers[asked.id] ?? -1];
  const { text, happened, row } = question;
  const because = becauseOf(world.run, row, question.root);
  const told = asked.phase === 'told';
  return {
    id: question.id,
    phase: asked.phase,
    count: `${at + 1} of ${all.length}`,
    lead: leadOf(world, question, at === 0),
    text,
    options: question.options.map((option) => ({
      text: option.text,
      note: option.note,
      taken: option === taken,
      right: told && option === question.right,
    })),
    expected: taken?.text ?? '',
    became: taken && taken !== question.right ? taken.became : '',
    happened,
    because,
    row,
    spoken:
      asked.phase === 'open'
        ? `A question: ${text} Playing goes on when you have answered.`
        : told
          ? `You expected: ${taken?.text ?? 'nothing'}. What happened: ${happened} ${because}`
          : '',
  };
}

/** What one must know to guess: the change that is about to come, else what was said or happened last. */
function leadOf({ run, turning, story, brief }: World, { ask, reveal }: Question, first: boolean): string {
  if (first) {
    const at = run.changes.at[turning.root]!;
    // Where all happens in an instant, what is said of it would give the answer away.
    const says = reveal.at > at ? run.captions.find((one) => one.at === at)?.says : undefined;
    return says ?? `At ${clockText(run.epoch, at, brief)}, ${run.changes.says(turning.root)}.`;
  }
  const said = run.captions.findLast((one) => one.step <= ask.step && one.at <= ask.at);
  const line = story.lines.at(story.lineOf[ask.step - 1] ?? -1);
  return said && (!line || said.step >= line.step)
    ? said.says
    : line
      ? `${clockText(run.epoch, line.from, brief)}: ${line.text}.`
      : '';
}
