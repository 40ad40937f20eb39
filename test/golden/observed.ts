/**
 * What was seen in each outage, and how far off a run may be: copied once from the published sources, so that no tolerance widens
 * unnoticed. A wider one needs another source.
 */
export interface Observed {
  /** As the checkpoint writes it; null: the claim is so or not so. */
  readonly seen: string | null;
  readonly accept: string | null;
  readonly source: string | null;
}

/** By the name of the file, then by checkpoint. */
export const OBSERVED: Readonly<Record<string, Readonly<Record<string, Observed>>>> = {
  'cloudflare-2022-06-21': {
    B1: { seen: '0', accept: null, source: 'CF' },
    B2: { seen: '19', accept: null, source: 'CF' },
    B3: { seen: '50%', accept: '±7%', source: 'CF' },
    B4: { seen: '4%', accept: '±1%', source: 'CF' },
    B5: { seen: '06:32Z', accept: '±3m', source: 'CFT' },
    B6: { seen: '06:51Z', accept: '±8m', source: 'CFT' },
    B7: { seen: '06:58Z', accept: '±5m', source: 'CF' },
    B8: { seen: '07:42Z', accept: '±6m', source: 'CF' },
    B9: { seen: null, accept: null, source: 'CF' },
    B10: { seen: null, accept: null, source: 'CF' },
    B11: { seen: null, accept: '1..', source: 'CF' },
  },
};
