/** What `check` found, for people: per file the score, then every claim with how often it held. */
import type { ClaimPart } from '../../index.ts';
import type { Checked, CheckedClaim, CheckedPart } from '../checking.ts';
import type { Io } from '../io.ts';
import { hang, indent, textWidth, wrap } from './layout.ts';
import { type Palette, paintOf } from './paint.ts';
import { claimLines, headline } from './score.ts';
import { count } from './words.ts';

export function checkReport({ file, scenario, title, seeds, parts }: Checked, isFirst: boolean, io: Io): string {
  const width = textWidth(io.columns);
  const paint = paintOf(io);
  const lines = isFirst ? [] : [''];
  lines.push(...wrap(title, width).map(paint.title));
  lines.push(...wrap(`${scenario} · ${seeds === 1 ? 'seed 1' : `seeds 1 to ${seeds}`}`, width).map(paint.dim));
  for (const part of parts) lines.push('', ...partLines(part, seeds, file, width, paint));
  return `${lines.join('\n')}\n`;
}

/** How each claim moves without each of its causes. */
function partsLines(claims: readonly CheckedClaim[], width: number, paint: Palette): string[] {
  const parted = claims.filter(({ parts }) => parts.length > 0);
  if (parted.length === 0) return [];
  const lines = parted.flatMap(({ id, says, simulated, parts }) => [
    ...wrap(`${id} ${says}: ${simulated ?? 'never'}`, width - 2).map((line, k) =>
      k === 0 ? line.replace(id, paint.mark(id)) : line,
    ),
    ...parts.flatMap((part) => hang('    ', sayPart(part), width - 2)),
  ]);
  return ['', paint.title('What makes it up'), '', ...indent(lines)];
}

function sayPart({ title, simulated, change, range, compared, runs }: ClaimPart): string {
  const moves = change === null ? '' : ` (${change}${range === null ? '' : `, from ${range[0]} to ${range[1]}`})`;
  const some = runs > 1 && compared < runs ? `; to be compared in ${compared} of ${runs} runs` : '';
  return `${title}: ${simulated ?? 'never'}${moves}${some}`;
}

function partLines(part: CheckedPart, seeds: number, file: string, width: number, paint: Palette): string[] {
  const { variant, claims, races } = part;
  const verdicts = variant === null ? part.verdicts : null;
  const lines: string[] = [];
  if (variant !== null) lines.push(...wrap(`${variant}: ${part.title}`, width).map(paint.title));
  else if (claims.length > 0) lines.push(headline(claims, paint, verdicts));
  else lines.push('It claims nothing of what was seen.');
  if (claims.length > 0) {
    const shares = seeds > 1 ? new Map(claims.map(({ id, passed, runs }) => [id, { passed, runs }])) : undefined;
    lines.push('', ...indent(claimLines({ claims, verdicts, shares }, width - 2, paint)));
  }
  lines.push(...partsLines(claims, width, paint));
  const runs = claims[0]?.runs ?? seeds;
  if (runs < seeds) lines.push(paint.warn(`  That is after ${count(runs, 'run')} of ${seeds}.`));
  if (races.length > 0) {
    const which = races.length === 1 ? 'The run of seed' : `${races.length} runs could not settle, the first with seed`;
    const asked = `netfall run ${file}${variant === null ? '' : ` --variant ${variant}`} --seed ${races[0]}`;
    const says = races.length === 1 ? `${which} ${races[0]} could not settle` : `${which} ${races[0]}`;
    lines.push(...indent(wrap(`${says}: see ${asked}`, width - 2).map(paint.bad)));
  }
  return lines;
}
