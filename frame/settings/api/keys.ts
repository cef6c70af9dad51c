import { type RotationsAnswer, rotationsAnswerSchema } from '../../../shared/keys-api.ts';
import type { AdminApi } from './admin-api.ts';

/** Every key and where it is used, and the last 100 rotations. */
export function getRotations(api: AdminApi): Promise<RotationsAnswer> {
  return api.ask({ method: 'GET', path: '/rotations' }, rotationsAnswerSchema);
}
