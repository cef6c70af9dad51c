import type { AdminCaller } from '../domain/admin-caller.ts';

/** Who saves in the name of the demo. */
export const SEED: AdminCaller = {
  companyId: 'harbour-outfitters',
  subject: 'demo',
  role: 'owner',
  widgetSlug: 'demo',
};
