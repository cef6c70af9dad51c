import {
  type OpenSessionAnswer,
  openSessionAnswerSchema,
  type RenewSessionAnswer,
  renewSessionAnswerSchema,
} from '../../shared/session.ts';
import { requestJson } from './request.ts';

/** Swaps the document's ticket for a session. Throws `TICKET_USED` the second time. */
export function openSession(ticket: string): Promise<OpenSessionAnswer> {
  return requestJson({ method: 'POST', path: '/session', body: { ticket } }, openSessionAnswerSchema);
}

/** A new token of the same session. */
export function renewSession(token: string): Promise<RenewSessionAnswer> {
  return requestJson({ method: 'POST', path: '/session/renew', token }, renewSessionAnswerSchema);
}
