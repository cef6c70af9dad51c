import { unreachable } from '../ui/first-strings.ts';

/** Why something does not work right now. */
export type TroubleCode = 'unreachable' | 'refused' | 'busy' | 'resting' | 'ended' | 'unavailable';

/** One line above the composer: what does not work, and the way out if there is one. */
export type Trouble = {
  readonly code: TroubleCode;
  readonly text: string;
  readonly wayOut?: { readonly label: string; readonly take: () => void };
};

export const UNREACHABLE: Trouble = { code: 'unreachable', text: unreachable };
