import * as v from 'valibot';
import { API_BASE } from '../../../shared/api-path.ts';
import {
  revokeKeyAnswerSchema,
  rotateKeyAnswerSchema,
  rotateKeyRequestSchema,
  rotationsAnswerSchema,
} from '../../../shared/keys-api.ts';
import { NO_BODY, type OperationDocs } from '../operation.ts';

/** The routes of `keys.ts`. */
export const KEY_OPERATIONS: OperationDocs = {
  [`POST ${API_BASE}/rotate-key`]: {
    id: 'rotateKey',
    summary: 'Replace a key, while the old one works on for a while',
    about:
      'Public keys are rotated by owners and admins, signing and identity keys by owners. The secret of the new key is in ' +
      'this answer and nowhere else.',
    tag: 'Keys',
    guard: 'admin',
    permission: 'keys:read',
    body: { schema: rotateKeyRequestSchema },
    answers: { 200: { about: 'The rotation, and the new key.', schema: rotateKeyAnswerSchema } },
    errors: ['WIDGET_NOT_FOUND', 'ROTATION_CONFLICT', 'TOO_MANY_KEYS'],
  },
  [`GET ${API_BASE}/rotations`]: {
    id: 'listRotations',
    summary: 'List keys, who uses them, and their rotations',
    tag: 'Keys',
    guard: 'admin',
    permission: 'keys:read',
    answers: { 200: { about: 'Keys and rotations.', schema: rotationsAnswerSchema } },
    errors: ['WIDGET_NOT_FOUND'],
  },
  [`POST ${API_BASE}/rotations/:id/revoke`]: {
    id: 'revokeKey',
    summary: 'End the overlap of a rotation now',
    about:
      'The old key stops working within 5 seconds, in every process and for open streams. Again it changes nothing.',
    tag: 'Keys',
    guard: 'admin',
    permission: 'keys:read',
    path: { id: { schema: v.pipe(v.string(), v.uuid()), about: 'The id of the rotation.' } },
    body: NO_BODY,
    answers: { 200: { about: 'Revoked.', schema: revokeKeyAnswerSchema } },
    errors: ['WIDGET_NOT_FOUND', 'ROTATION_NOT_FOUND', 'ROTATION_CONFLICT'],
  },
};
