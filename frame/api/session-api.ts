import {
  type IdentifyAnswer,
  identifyAnswerSchema,
  type OpenSessionAnswer,
  type OpenSessionRequest,
  openSessionAnswerSchema,
  type RenewSessionAnswer,
  renewSessionAnswerSchema,
} from '../../shared/session.ts';
import { type AnswerVerifier, createAnswerVerifier } from './answer-verifier.ts';
import { type Access, parseJson, receive, request, requestJson, textOf } from './request.ts';

export type OpenedSession = {
  readonly answer: OpenSessionAnswer;
  /** Absent where nothing can be verified. */
  readonly verifier: AnswerVerifier | undefined;
};

/**
 * Swaps the document's ticket for a session; `resume` is what an earlier answer gave this tab to remember, `proof` what
 * a preview ticket needs. Throws
 * `TICKET_USED` the second time.
 */
export async function openSession(body: OpenSessionRequest): Promise<OpenedSession> {
  const received = await receive({ method: 'POST', path: '/session', body });
  const answer = parseJson(textOf(received), openSessionAnswerSchema);
  const verifier = await createAnswerVerifier(answer);
  await verifier?.requireSigned(received);
  return { answer, verifier };
}

/** A new token of the same session. */
export function renewSession(access: Access): Promise<RenewSessionAnswer> {
  return requestJson({ method: 'POST', path: '/session/renew', access }, renewSessionAnswerSchema);
}

/** Says whose session it is. Throws `IDENTITY_*` if the token is not believed, or if it is somebody else's session. */
export function identifyVisitor(access: Access, jwt: string): Promise<IdentifyAnswer> {
  return requestJson({ method: 'POST', path: '/session/identify', access, body: { jwt } }, identifyAnswerSchema);
}

/** Ends every session of this browser. */
export async function endSession(access: Access): Promise<void> {
  await request({ method: 'DELETE', path: '/session', access });
}
