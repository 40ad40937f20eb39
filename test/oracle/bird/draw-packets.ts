/** Small internets for packets: blocks inside blocks, by whom they belong to and by others, served, dropped, sent on, or holed. */
import { drawInternet } from '../draw.ts';
import type { Block, Internet } from '../internet.ts';
import { dice } from '../networks.ts';

export function drawPackets(seed: number): Internet {
  const roll = dice(seed);
  const internet = [0, 1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000, 9000]
    .map((more) => drawInternet(seed + more))
    .find(({ speakers }) => speakers.length >= 5 && speakers.length <= 7);
  if (!internet) throw new Error(`seed ${seed} draws no internet of the right size`);
  const names = internet.speakers.map(({ name }) => name);
  const any = (): string => names[roll(names.length)] as string;
  const other = (than: string): string => {
    const left = names.filter((name) => name !== than);
    return left[roll(left.length)] as string;
  };
  const siteOf = (block: string): string => internet.blocks.find(({ name }) => name === block)?.sites[0] as string;
  // A part of a block is its owner's own, one time in two.
  const blocks = internet.blocks.map((block): Block => {
    return block.name === 'deep' && roll(2) === 0 ? { ...block, sites: [siteOf('wide')] } : block;
  });
  return {
    ...internet,
    blocks: [
      ...blocks,
      { name: 'stolen', cidr: '10.1.7.0/24', sites: [other(siteOf('one'))] },
      { name: 'loose', cidr: '10.3.16.0/24', sites: [other(siteOf('wide'))], traffic: 'on' },
      { name: 'dropped', cidr: '10.4.0.0/16', sites: [any()], traffic: 'drop' },
      { name: 'holed', cidr: '10.5.0.0/16', sites: [any()], holed: true },
    ],
  };
}
