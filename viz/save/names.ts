/** What saved files are called: after the run, its variant and the moment, in letters that every system takes. */
import { clockOf } from '../frame/time.ts';
import type { World } from '../frame/world.ts';

/** `facebook-2021_own-oob_155200_picture.svg`; without a moment what is about the whole run. */
export function fileName(
  { run, brief }: Pick<World, 'run' | 'brief'>,
  at: number | null,
  what: string,
  ending: string,
): string {
  const branched = run.written !== null && (run.written.patch !== null || run.written.set.length > 0);
  const parts = [
    run.scene.id,
    run.variant,
    run.seed === '1' ? null : `seed-${run.seed}`,
    branched ? 'changed' : null,
    at === null ? null : momentOf(run.epoch, at, brief),
    what === '' ? null : what,
  ];
  const name = parts
    .filter((part) => part !== null)
    .map(plain)
    .filter(Boolean)
    .join('_');
  return `${name || 'netfall'}.${ending}`;
}

function momentOf(epoch: number, at: number, brief: boolean): string {
  const { main, rest, day } = clockOf(epoch, at, brief);
  return `${day.replace(/\D/g, '') ? `day${day.replace(/\D/g, '')}-` : ''}${main}${rest}`
    .replaceAll(':', '')
    .replace(' ', '');
}

const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9.-]+/g, '-')
    .replace(/^[.-]+|[.-]+$/g, '')
    .slice(0, 60);
