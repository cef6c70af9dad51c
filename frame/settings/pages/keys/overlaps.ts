import { DEFAULT_OVERLAP_SECONDS } from '../../../../shared/keys-api.ts';

const HOUR = 60 * 60;

export const OVERLAPS = [
  { value: '0', label: 'None: the old key stops at once' },
  { value: String(HOUR), label: '1 hour' },
  { value: String(DEFAULT_OVERLAP_SECONDS), label: '24 hours' },
  { value: String(7 * 24 * HOUR), label: '7 days' },
  { value: String(30 * 24 * HOUR), label: '30 days' },
] as const;

export type Overlap = (typeof OVERLAPS)[number]['value'];
export const USUAL_OVERLAP: Overlap = String(DEFAULT_OVERLAP_SECONDS);
