import type { ConversationId } from '../../shared/ids.ts';
import type { OpenSessionAnswer } from '../../shared/session.ts';
import type { Persistence } from '../../shared/settings.ts';
import { AppError } from '../errors.ts';
import type { Clock } from '../gateways/clock.ts';
import { insertSession } from '../store/sessions.ts';
import { insertVisitor, type VisitorPlace } from '../store/visitors.ts';
import { type ConversationReach, reachOf } from './conversation-reach.ts';
import type { SigningKeys } from './secret-keys.ts';
import { sessionSigningKey } from './session-signing.ts';
import { issueSessionToken, lastMoment, type SessionClaims } from './session-token.ts';
import { readTicket } from './ticket.ts';
import { hashResumeSecret, type Remembered, resumeBrowser } from './visitor.ts';
import type { WidgetDirectory } from './widget-directory.ts';

export type OpenedSession = {
  readonly sessionId: string;
  readonly answer: OpenSessionAnswer;
  readonly place: VisitorPlace;
  /** What the resume cookie is to hold; absent if there is to be none. */
  readonly cookie?: { readonly secret: string; readonly maxAgeSeconds: number };
};

/** What the visitor brings along for a place. */
export type ReadRemembered = (place: VisitorPlace) => Remembered;

export type OpeningParts = {
  readonly signingKeys: SigningKeys;
  readonly directory: WidgetDirectory;
  readonly findLatestConversationId: (reach: ConversationReach) => Promise<ConversationId | null>;
  readonly clock: Clock;
};

/**
 * Swaps a ticket for a session, once: the insert of the session uses the ticket up. The visitor is whoever the browser or
 * the tab remembers, as far as the widget's settings let it; nobody's word is taken here for who that is.
 */
export async function openSession(
  ticketToken: string,
  readRemembered: ReadRemembered,
  { signingKeys, directory, findLatestConversationId, clock }: OpeningParts,
): Promise<OpenedSession> {
  const startedAt = clock.now();
  const ticket = await readTicket(ticketToken, signingKeys.ticket, startedAt);
  const { sessionId, publicKey, origin } = ticket;
  const widget = await directory.requireEmbeddable(publicKey, origin);
  const { persistence } = widget.settings;
  const place = { widgetId: widget.id, origin };
  const browser = await resumeBrowser(place, readRemembered(place), { persistence, now: startedAt });
  const browserId = browser.id;
  const session = { id: sessionId, ...place, browserId, startedAt, expireAt: lastMoment(startedAt) };
  if (!(await insertSession(session))) throw new AppError('TICKET_USED');
  if (browser.isNew) {
    const resumeHash = hashResumeSecret(browser.secret);
    await insertVisitor({ id: browserId, ...place, resumeHash, createdAt: startedAt });
  }
  const reach = reachOf({ widget, visitorId: browserId, browserId }, startedAt);
  return {
    sessionId,
    place,
    ...cookieFor(persistence, browser.secret),
    answer: {
      ...(await answerOpened({ ...ticket, browserId, startedAt }, signingKeys, startedAt)),
      conversationId: browser.isNew ? null : await findLatestConversationId(reach),
      ...(persistence.kind === 'tab' && { resume: browser.secret }),
    },
  };
}

/** What a session that was just opened is worked with: its first token, and the key that signs its answers. */
export async function answerOpened(claims: SessionClaims, signingKeys: SigningKeys, now: Date) {
  const signingKey = sessionSigningKey(signingKeys.answer, claims.sessionId);
  return {
    ...(await issueSessionToken(claims, signingKeys.session, now)),
    signingKey: Buffer.from(signingKey.secret).toString('base64url'),
    signingKeyId: signingKey.id,
  };
}

const DAY_SECONDS = 24 * 60 * 60;
/** The longest life a browser grants a cookie (https://httpwg.org/http-extensions/draft-ietf-httpbis-rfc6265bis.html). */
const LONGEST_COOKIE_DAYS = 400;

function cookieFor(persistence: Persistence, secret: string): Pick<OpenedSession, 'cookie'> {
  if (persistence.kind === 'tab' || persistence.kind === 'never') return {};
  const days = persistence.kind === 'days' ? persistence.days : LONGEST_COOKIE_DAYS;
  return { cookie: { secret, maxAgeSeconds: days * DAY_SECONDS } };
}
