import {
  type RevokeKeyAnswer,
  type RotateKeyAnswer,
  type RotateKeyRequest,
  type RotationsAnswer,
  revokeKeyAnswerSchema,
  rotateKeyAnswerSchema,
  rotationsAnswerSchema,
} from '../../../shared/keys-api.ts';
import type { AdminApi } from './admin-api.ts';

/** Every key and where it is used, and the last 100 rotations. */
export function getRotations(api: AdminApi): Promise<RotationsAnswer> {
  return api.ask({ method: 'GET', path: '/rotations' }, rotationsAnswerSchema);
}

/** Makes a new key; the old one works through the overlap. The secret in the answer is never told again. */
export function rotateKey(api: AdminApi, body: RotateKeyRequest): Promise<RotateKeyAnswer> {
  return api.ask({ method: 'POST', path: '/rotate-key', body }, rotateKeyAnswerSchema);
}

/** Ends the overlap of a rotation now. */
export function revokeKey(api: AdminApi, rotationId: string): Promise<RevokeKeyAnswer> {
  return api.ask({ method: 'POST', path: `/rotations/${rotationId}/revoke` }, revokeKeyAnswerSchema);
}
