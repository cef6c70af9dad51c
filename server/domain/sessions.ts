import type { ConversationId } from '../../shared/ids.ts';
import type { OpenSessionAnswer } from '../../shared/session.ts';
import { AppError } from '../errors.ts';
import type { Clock } from '../gateways/clock.ts';
import { endSessions, insertSession, isSessionLive } from '../store/sessions.ts';
import { forgetResumeHash, insertVisitor, type VisitorPlace } from '../store/visitors.ts';
import type { SigningKey } from './answer-signer.ts';
import { createRecentAnswers } from './recent-answers.ts';
import type { SigningKeys } from './secret-keys.ts';
import { sessionSigningKey } from './session-signing.ts';
import { issueSessionToken, lastMoment, readSessionToken, type SessionToken } from './session-token.ts';
import { issueTicket, readTicket, type Ticket } from './ticket.ts';
import { hashResumeSecret, resumeVisitor } from './visitor.ts';
import type { VisitorCaller } from './widget.ts';
import { SETTINGS_MAX_AGE_MS, type WidgetDirectory } from './widget-directory.ts';

export type OpenedSession = {
  readonly sessionId: string;
  readonly answer: OpenSessionAnswer;
  readonly place: VisitorPlace;
  /** For the resume cookie. */
  readonly resumeSecret: string;
};

export type Sessions = {
  /** A ticket for a document that exactly this site may show. Nothing is written. */
  issueTicket(site: Omit<Ticket, 'sessionId'>): Promise<string>;
  /**
   * Swaps a ticket for a session, once: of many that try at the same time one succeeds. `readResumeSecret` answers what
   * the visitor's browser remembers for this place. Throws AppError `TICKET_*`, `KEY_REVOKED`, `ORIGIN_NOT_ALLOWED`.
   */
  open(ticket: string, readResumeSecret: (place: VisitorPlace) => string | undefined): Promise<OpenedSession>;
  /** Who holds this token now. Throws AppError `SESSION_*`, `KEY_REVOKED`, `ORIGIN_NOT_ALLOWED`. */
  authenticate(token: string): Promise<VisitorCaller>;
  /** A new token for the session of `token`, which has to be valid. Throws as `authenticate`. */
  renew(token: string): Promise<SessionToken>;
  /** What answers within a session are signed with, whether it is live or not. */
  signingKeyOf(sessionId: string): SigningKey;
  /** Ends all sessions of the visitor, here at once and elsewhere within five seconds; the next visitor is a new one. */
  end(caller: VisitorCaller): Promise<void>;
};

type Dependencies = {
  readonly signingKeys: SigningKeys;
  readonly directory: WidgetDirectory;
  readonly findLatestConversationId: (visitorId: string) => Promise<ConversationId | null>;
  readonly clock: Clock;
};

const REMEMBERED_SESSIONS = 50_000;

export function createSessions({ signingKeys, directory, findLatestConversationId, clock }: Dependencies): Sessions {
  const liveness = createRecentAnswers({
    ask: ({ sessionId }: { readonly sessionId: string; readonly visitorId: string }) => isSessionLive(sessionId),
    keyOf: ({ sessionId }) => sessionId,
    maxAgeMs: SETTINGS_MAX_AGE_MS,
    maxEntries: REMEMBERED_SESSIONS,
    clock,
  });

  const signingKeyOf = (sessionId: string) => sessionSigningKey(signingKeys.answer, sessionId);

  async function readLiveClaims(token: string) {
    const claims = await readSessionToken(token, signingKeys.session, clock.now());
    if (!(await liveness.get(claims))) throw new AppError('SESSION_ENDED');
    return claims;
  }

  return {
    issueTicket: (site) => issueTicket(site, signingKeys.ticket, clock.now()),

    async open(ticketToken, readResumeSecret) {
      const ticket = await readTicket(ticketToken, signingKeys.ticket, clock.now());
      const widget = await directory.requireEmbeddable(ticket.publicKey, ticket.origin);
      const place = { widgetId: widget.id, origin: ticket.origin };
      const visitor = await resumeVisitor(place, readResumeSecret(place));
      const startedAt = clock.now();
      const session = { id: ticket.sessionId, ...place, visitorId: visitor.id, startedAt };
      if (!(await insertSession({ ...session, expireAt: lastMoment(startedAt) }))) throw new AppError('TICKET_USED');
      if (visitor.isNew) {
        const resumeHash = hashResumeSecret(visitor.secret);
        await insertVisitor({ id: visitor.id, ...place, resumeHash, createdAt: startedAt });
      }
      const claims = { ...ticket, visitorId: visitor.id, startedAt };
      const signingKey = signingKeyOf(ticket.sessionId);
      return {
        sessionId: ticket.sessionId,
        place,
        resumeSecret: visitor.secret,
        answer: {
          ...(await issueSessionToken(claims, signingKeys.session, startedAt)),
          signingKey: Buffer.from(signingKey.secret).toString('base64url'),
          signingKeyId: signingKey.id,
          conversationId: visitor.isNew ? null : await findLatestConversationId(visitor.id),
        },
      };
    },

    async authenticate(token) {
      const { publicKey, origin, visitorId, sessionId } = await readLiveClaims(token);
      const widget = await directory.requireEmbeddable(publicKey, origin);
      return { widget, publicKey, visitorId, origin, sessionId };
    },

    async renew(token) {
      return issueSessionToken(await readLiveClaims(token), signingKeys.session, clock.now());
    },

    signingKeyOf,

    async end({ visitorId }) {
      await endSessions(visitorId, clock.now());
      await forgetResumeHash(visitorId);
      liveness.forget((session) => session.visitorId === visitorId);
    },
  };
}
