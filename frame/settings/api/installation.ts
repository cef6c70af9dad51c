import { type InstallationAnswer, installationAnswerSchema } from '../../../shared/installation-api.ts';
import type { AdminApi } from './admin-api.ts';

/** What the server is set up with: where the loader is, and which model answers. */
export function getInstallation(api: AdminApi): Promise<InstallationAnswer> {
  return api.ask({ method: 'GET', path: '/installation' }, installationAnswerSchema);
}
