import { API_BASE } from '../../../shared/api-path.ts';
import {
  identifyAnswerSchema,
  identifyRequestSchema,
  openSessionAnswerSchema,
  openSessionRequestSchema,
  renewSessionAnswerSchema,
} from '../../../shared/session.ts';
import { NO_BODY, type OperationDocs } from '../operation.ts';

const BASE = `${API_BASE}/session`;
const SET_COOKIE =
  'The `__Host-` cookie by which this browser finds its conversation again on this site: HttpOnly, Secure, Partitioned. ' +
  'Only if the settings say that anything is remembered.';

/** The routes of `session.ts`. */
export const SESSION_OPERATIONS: OperationDocs = {
  [`POST ${BASE}`]: {
    id: 'openSession',
    summary: 'Swap the ticket of a frame for a session, once',
    tag: 'Visitors',
    guard: 'frame',
    body: { schema: openSessionRequestSchema },
    answers: {
      200: { about: 'The session.', schema: openSessionAnswerSchema, headers: { 'Set-Cookie': SET_COOKIE } },
    },
    errors: ['TICKET_INVALID', 'TICKET_EXPIRED', 'TICKET_USED', 'KEY_REVOKED', 'ORIGIN_NOT_ALLOWED'],
  },
  [`POST ${BASE}/renew`]: {
    id: 'renewSession',
    summary: 'Get a new token before the old one expires',
    about: 'For up to 8 hours from when the session was opened.',
    tag: 'Visitors',
    guard: 'visitor',
    body: NO_BODY,
    answers: { 200: { about: 'The new token.', schema: renewSessionAnswerSchema } },
  },
  [`POST ${BASE}/identify`]: {
    id: 'identifyVisitor',
    summary: 'Say who the visitor is, with a token of the company’s backend',
    about:
      'The token is signed with the identity key: HS256, `sub`, `aud` is the public key, `exp` at most 15 minutes ahead. ' +
      'The conversation so far becomes the identified visitor’s; docs/identity.md.',
    tag: 'Visitors',
    guard: 'visitor',
    body: { schema: identifyRequestSchema },
    answers: { 200: { about: 'The visitor is known.', schema: identifyAnswerSchema } },
    errors: ['IDENTITY_INVALID', 'IDENTITY_EXPIRED', 'IDENTITY_CONFLICT'],
  },
  [`DELETE ${BASE}`]: {
    id: 'endSession',
    summary: 'Log out, everywhere in this browser',
    tag: 'Visitors',
    guard: 'visitor',
    body: NO_BODY,
    answers: { 204: { about: 'Ended.', headers: { 'Set-Cookie': 'Takes the cookie away.' } } },
  },
};
