import * as strings from '../../ui/strings.ts';
import type { Trouble } from '../trouble.ts';

export const REFUSED: Trouble = { code: 'refused', text: strings.refused };
export const RESTING: Trouble = { code: 'resting', text: strings.resting };
export const BUSY: Trouble = { code: 'busy', text: strings.busy };

/** The session is over; `goOn` begins another. */
export function createEnded(goOn: () => void): Trouble {
  return { code: 'ended', text: strings.ended, wayOut: { label: strings.continueChat, take: goOn } };
}

/** The widget was taken away from this site; `contact` says where else to turn, and may be empty. */
export function createUnavailable(contact: string): Trouble {
  return { code: 'unavailable', text: `${strings.unavailable} ${contact}`.trim() };
}
