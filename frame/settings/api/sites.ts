import { type EmbedAttempts, embedAttemptsSchema } from '../../../shared/embed-attempts-api.ts';
import { type CheckedSite, checkedSiteSchema } from '../../../shared/site-check-api.ts';
import type { AdminApi } from './admin-api.ts';

/** What a typed line would be kept as, or why it cannot be a site. Saves nothing. */
export function checkSite(api: AdminApi, site: string, signal: AbortSignal): Promise<CheckedSite> {
  return api.ask({ method: 'POST', path: '/settings/check-site', body: { site }, signal }, checkedSiteSchema);
}

/** Who tried to embed the widget and was refused, latest first. */
export function getEmbedAttempts(api: AdminApi): Promise<EmbedAttempts> {
  return api.ask({ method: 'GET', path: '/reports' }, embedAttemptsSchema);
}
