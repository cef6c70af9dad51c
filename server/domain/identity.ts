import { createHash } from 'node:crypto';
import type { ConversationId } from '../../shared/ids.ts';
import type { IdentifyAnswer } from '../../shared/session.ts';
import { AppError } from '../errors.ts';
import type { Clock } from '../gateways/clock.ts';
import { moveConversations } from '../store/conversations.ts';
import { findLiveVisitor, identifySessions, isIdentityEnded, noteIdentity } from '../store/sessions.ts';
import { ensureIdentified } from '../store/visitors.ts';
import { type ConversationReach, reachOf } from './conversation-reach.ts';
import { readIdentityToken } from './identity-token.ts';
import { keyStateAt } from './key-state.ts';
import type { KeyUses } from './key-uses.ts';
import type { SecretKeyRing } from './secret-key.ts';
import type { Sessions } from './sessions.ts';
import { identifiedVisitorId } from './visitor.ts';
import type { VisitorCaller } from './widget.ts';

export type IdentityParts = {
  readonly keyRing: SecretKeyRing;
  readonly keyUses: Pick<KeyUses, 'note'>;
  readonly sessions: Pick<Sessions, 'forget'>;
  readonly findLatestConversationId: (reach: ConversationReach) => Promise<ConversationId | null>;
  readonly clock: Clock;
};

const USED_BEFORE_LOGOUT = "The visitor's token is from before they logged out; sign a new one";

/**
 * Makes the visitor whom the company's backend says they are, for as long as the session lasts, in every tab of the
 * browser that is open now. What they wrote without a name becomes theirs. It can be repeated. Throws AppError
 * `IDENTITY_*`; `IDENTITY_CONFLICT` if the session belongs to somebody else: they have to log out first, so that nobody
 * is ever shown what another wrote. `IDENTITY_EXPIRED` also for a token that was used before its visitor logged out: a tab that
 * was not told would bring them back.
 */
export async function identifyVisitor(
  caller: VisitorCaller,
  jwt: string,
  { keyRing, keyUses, sessions, findLatestConversationId, clock }: IdentityParts,
): Promise<IdentifyAnswer> {
  const { widget, origin, browserId, sessionId } = caller;
  const now = clock.now();
  const { subject, keyId } = await readIdentityToken(jwt, {
    keys: keyRing.liveKeys(widget, 'identity'),
    audiences: widget.keys.filter((key) => keyStateAt(key, now) !== 'revoked').map(({ publicKey }) => publicKey),
    now,
  });
  const identityHash = createHash('sha256').update(jwt).digest('hex');
  if (await isIdentityEnded(identityHash)) throw new AppError('IDENTITY_EXPIRED', { message: USED_BEFORE_LOGOUT });
  keyUses.note(widget.id, keyId, origin);
  const place = { widgetId: widget.id, origin };
  const visitorId = identifiedVisitorId(place, subject);
  if (caller.visitorId !== browserId && caller.visitorId !== visitorId) throw new AppError('IDENTITY_CONFLICT');

  await ensureIdentified({ id: visitorId, ...place, subject, createdAt: now });
  await identifySessions(browserId, visitorId);
  await noteIdentity(sessionId, identityHash);
  sessions.forget(browserId);
  // Two at once, who say they are different people: the store has let one of them in.
  if ((await findLiveVisitor(sessionId)) !== visitorId) throw new AppError('IDENTITY_CONFLICT');
  await moveConversations(browserId, visitorId);
  return { conversationId: await findLatestConversationId(reachOf({ widget, visitorId, browserId }, now)) };
}
