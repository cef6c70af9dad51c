import type { Origin } from '../../shared/origin.ts';
import { AppError } from '../errors.ts';
import { endSessions, findLiveVisitor } from '../store/sessions.ts';
import { forgetResumeHash } from '../store/visitors.ts';
import type { SigningKey } from './answer-signer.ts';
import { openPreview, type PreviewRequest, requirePreviewedWidget } from './preview-session.ts';
import { createRecentAnswers } from './recent-answers.ts';
import { type OpenedSession, type OpeningParts, openSession, type ReadRemembered } from './session-opening.ts';
import { sessionSigningKey } from './session-signing.ts';
import { issueSessionToken, readSessionToken, type SessionToken } from './session-token.ts';
import { issueTicket, type Ticket } from './ticket.ts';
import type { VisitorCaller } from './widget.ts';
import { SETTINGS_MAX_AGE_MS } from './widget-directory.ts';

export type Sessions = {
  /** A ticket for a document that exactly this site may show. Nothing is written. */
  issueTicket(site: Omit<Ticket, 'sessionId'>): Promise<string>;
  /**
   * Swaps a ticket for a session, once: of many that try at the same time one succeeds. Throws AppError `TICKET_*`,
   * `KEY_REVOKED`, `ORIGIN_NOT_ALLOWED`.
   */
  open(ticket: string, readRemembered: ReadRemembered): Promise<OpenedSession>;
  /** Swaps a preview ticket for a session with a draft, once. Throws AppError `TICKET_*`. */
  openPreview(request: PreviewRequest): Promise<OpenedSession>;
  /** Who holds this token now. Throws AppError `SESSION_*`, `KEY_REVOKED`, `ORIGIN_NOT_ALLOWED`. */
  authenticate(token: string): Promise<VisitorCaller>;
  /** A new token for the session of `token`, which has to be valid. Throws as `authenticate`. */
  renew(token: string): Promise<SessionToken>;
  /** What answers within a session are signed with, whether it is live or not. */
  signingKeyOf(sessionId: string): SigningKey;
  /** Makes the next question about any session of the browser go to the store. */
  forget(browserId: string): void;
  /** Ends all sessions of the browser, here at once and elsewhere within five seconds; who comes next is a new visitor. */
  end(caller: VisitorCaller): Promise<void>;
};

type SessionParts = OpeningParts & {
  /** Where the settings view is, which shows previews; absent if there is none. */
  readonly settingsOrigin: Origin | undefined;
};

const REMEMBERED_SESSIONS = 50_000;

export function createSessions(parts: SessionParts): Sessions {
  const { signingKeys, directory, clock, settingsOrigin } = parts;
  const visitors = createRecentAnswers({
    ask: ({ sessionId }: { readonly sessionId: string; readonly browserId: string }) => findLiveVisitor(sessionId),
    keyOf: ({ sessionId }) => sessionId,
    maxAgeMs: SETTINGS_MAX_AGE_MS,
    maxEntries: REMEMBERED_SESSIONS,
    clock,
  });
  const forget = (browserId: string) => visitors.forget((session) => session.browserId === browserId);

  async function readLiveClaims(token: string) {
    const claims = await readSessionToken(token, signingKeys.session, clock.now());
    const visitorId = await visitors.get(claims);
    if (visitorId === undefined) throw new AppError('SESSION_ENDED');
    return { ...claims, visitorId };
  }

  return {
    issueTicket: (site) => issueTicket(site, signingKeys.ticket, clock.now()),
    open: (ticket, readRemembered) => openSession(ticket, readRemembered, parts),
    async openPreview(request) {
      if (settingsOrigin === undefined) throw new AppError('TICKET_INVALID');
      return openPreview(request, settingsOrigin, parts);
    },
    signingKeyOf: (sessionId) => sessionSigningKey(signingKeys.answer, sessionId),
    forget,

    async authenticate(token) {
      const claims = await readLiveClaims(token);
      const { origin, visitorId, browserId, sessionId } = claims;
      const publicKey = 'publicKey' in claims ? claims.publicKey : undefined;
      const widget =
        'draftId' in claims
          ? await requirePreviewedWidget(claims.draftId, clock.now())
          : await directory.requireEmbeddable(claims.publicKey, origin);
      return { widget, publicKey, visitorId, browserId, origin, sessionId };
    },

    async renew(token) {
      return issueSessionToken(await readLiveClaims(token), signingKeys.session, clock.now());
    },

    async end({ browserId }) {
      await endSessions(browserId, clock.now());
      await forgetResumeHash(browserId);
      forget(browserId);
    },
  };
}
