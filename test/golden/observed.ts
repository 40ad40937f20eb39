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
  'slack-2021-09-30': {
    J1: { seen: '15:30Z', accept: '±30m', source: 'N3' },
    J2: { seen: null, accept: null, source: 'N4' },
    J3: { seen: null, accept: null, source: 'N5' },
    J4: { seen: null, accept: null, source: 'N5' },
    J5: { seen: '1%', accept: '0.2%..1.5%', source: 'N1' },
    J6: { seen: null, accept: null, source: 'N2' },
    J7: { seen: '2021-10-01T17:02:00Z', accept: '±1h', source: 'N5' },
    J8: { seen: null, accept: null, source: 'N3' },
    J9: { seen: null, accept: null, source: null },
    J10: { seen: null, accept: null, source: 'N2' },
  },
};
