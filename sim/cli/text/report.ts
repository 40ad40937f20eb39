/** A run told to people: its title and story, who was hit, how it compares with what was seen, and where the trace went. */

import type { Simulation } from '../../index.ts';
import { formatClock, formatDateTime, formatDuration } from '../../index.ts';
import type { Io } from '../io.ts';
import type { Args } from '../options.ts';
import { impactLines } from './impact.ts';
import { clean, indent, textWidth, wrap } from './layout.ts';
import { type Palette, paintOf } from './paint.ts';
import { claimLines, headline } from './score.ts';
import { storyLines } from './story.ts';
import { clockAt, count } from './words.ts';

export function report(simulation: Simulation, asked: Pick<Args, 'file' | 'full' | 'out'>, io: Io): string {
  const { plan, trace, impact, troubled, checkpoints, expectations } = simulation;
  const { scenario } = plan;
  const width = textWidth(io.columns);
  const paint = paintOf(io);
  const variant = scenario.variant === null ? undefined : scenario.variants.get(scenario.variant);
  const lines = wrap(scenario.title, width).map(paint.title);
  if (variant) lines.push(...wrap(`What if: ${variant.title}`, width).map(paint.title));
  const { start } = scenario;
  const stretch = `${formatDateTime(start).slice(0, 10)}, ${formatClock(start, 0)} to ${formatClock(start, trace.end)} UTC`;
  const names = [scenario.id, ...(scenario.variant === null ? [] : [scenario.variant]), `seed ${trace.seed}`, stretch];
  lines.push(...wrap(names.join(' · '), width).map(paint.dim), '');
  lines.push(...storyLines(simulation, asked.full, width, paint));
  const hit = impactLines(impact, troubled, scenario, width - 2, paint);
  if (hit.length > 0) lines.push('', paint.title('Who was hit'), '', ...indent(hit));
  if (checkpoints.length > 0) {
    lines.push('', paint.title('What was seen, and what came out'), '', `  ${headline(checkpoints, paint)}`, '');
    lines.push(...indent(claimLines({ claims: checkpoints, brief: true }, width - 2, paint)));
  }
  if (expectations.length > 0) {
    lines.push('', paint.title('What this variant must show'), '');
    lines.push(...indent(claimLines({ claims: expectations, verdicts: null }, width - 2, paint)));
  }
  lines.push('', ...ending(simulation, asked, width, paint));
  return `${lines.join('\n')}\n`;
}

function ending(
  { plan, trace }: Simulation,
  { file, out }: Pick<Args, 'file' | 'out'>,
  width: number,
  { bad, dim }: Palette,
): string[] {
  const { start } = plan.scenario;
  const lines: string[] = [];
  const last = trace.count > 0 ? clockAt(start, trace.columns.at[trace.count - 1] as number) : null;
  if (trace.reason === 'race') {
    const says = `The run stopped at ${clockAt(start, trace.end)}: it could not settle. Within one instant these facts kept changing each other: `;
    lines.push(...wrap(`${says}${[...trace.flipping, trace.flipping[0]].join(' → ')}.`, width).map(bad));
  } else if (last === null) lines.push(...wrap('Nothing changed in this run.', width));
  else if (trace.reason === 'quiet') lines.push(...wrap(`Nothing more happens after ${last}.`, width));
  else
    lines.push(
      ...wrap(
        `The run ends at ${clockAt(start, trace.end)}, ${formatDuration(trace.end)} after its start; it may not be over.`,
        width,
      ),
    );
  const kept =
    out === undefined ? `To see it: netfall view ${file}. To keep the trace: --out FILE.` : `The trace is in ${out}.`;
  lines.push(
    ...wrap(`${count(trace.count, 'change')}, digest ${trace.digest.slice(0, 12)}. ${kept}`, width).map((line) =>
      dim(clean(line)),
    ),
  );
  return lines;
}
