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
  'facebook-2021': {
    K01: { seen: '15:39Z', accept: '±2m', source: 'KENTIK' },
    K02: { seen: '15:40Z', accept: '±2m', source: 'CF1' },
    K03: { seen: '15:42Z', accept: '±2m', source: 'RIPE' },
    K04: { seen: '15:53:47Z', accept: '15:51Z..15:57Z', source: 'RIPE' },
    K05: { seen: '11m', accept: '8m..14m', source: 'RIPE' },
    K06: { seen: '15:50Z', accept: '±3m', source: 'CF1' },
    K07: { seen: null, accept: null, source: 'CF1' },
    K08: { seen: null, accept: null, source: 'META2' },
    K09: { seen: '30x', accept: '15..60', source: 'CF1' },
    K10: { seen: '5x', accept: '2..8', source: 'PDNS' },
    K11: { seen: null, accept: null, source: 'CF1' },
    K12: { seen: null, accept: null, source: 'META2' },
    K13: { seen: null, accept: '..15m', source: 'META2' },
    K14: { seen: null, accept: '..18:51Z', source: 'NYT' },
    K15: { seen: null, accept: null, source: 'CTO' },
    K16: { seen: '21:00:40Z', accept: '20:50Z..21:03Z', source: 'EVANS' },
    K17: { seen: '21:17Z', accept: '±4m', source: 'CF1' },
    K18: { seen: '21:20Z', accept: '21:05Z..21:25Z', source: 'CF1' },
    K19: { seen: '22:45Z', accept: '22:30Z..23:00Z', source: 'TE' },
    K20: { seen: '330m', accept: '±15m', source: 'CF1' },
    K21: { seen: '6.3%', accept: '3%..15%', source: 'CATCH' },
    K22: { seen: null, accept: null, source: 'META2' },
  },
  'pakistan-youtube-2008-02-24': {
    L1: { seen: null, accept: '80%..', source: 'NANOG' },
    L2: { seen: '80m', accept: '±2m', source: 'RIS' },
    L3: { seen: null, accept: '5%..95%', source: 'RIS' },
    L4: { seen: '11m', accept: '±2m', source: 'RIS' },
    L5: { seen: null, accept: '10%..', source: 'TALK' },
    L5b: { seen: null, accept: null, source: 'TALK' },
    L6: { seen: '33m', accept: '±3m', source: 'RIS' },
    L7: { seen: null, accept: '1%..', source: 'RIS' },
    L8: { seen: '21:01Z', accept: '±2m', source: 'RIS' },
    L9: { seen: '4m', accept: '1m..8m', source: 'TALK' },
    L10: { seen: null, accept: null, source: 'RIS' },
  },
  'verizon-2019-06-24': {
    K1: { seen: null, accept: '..5m', source: 'NANOG' },
    K2: { seen: '20000', accept: '±10%', source: 'NANOG' },
    K3: { seen: '2400', accept: '±10%', source: 'NANOG' },
    K4: { seen: null, accept: null, source: 'NANOG' },
    K5: { seen: '15', accept: '±5', source: 'CF1' },
    K6: { seen: null, accept: null, source: 'CF2' },
    K7: { seen: null, accept: null, source: 'CF1' },
    K8: { seen: '12:37Z', accept: '12:32Z..12:44Z', source: 'CF3' },
    K9: { seen: null, accept: '..10m', source: 'CF3' },
    K10: { seen: null, accept: '..1%', source: 'CF1' },
    K11: { seen: null, accept: '..1%', source: 'CF1' },
  },
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
