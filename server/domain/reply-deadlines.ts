import type { Clock } from '../gateways/clock.ts';
import type { ChatStore } from './chat-store.ts';
import type { LiveReply } from './reply-live.ts';
import { INTERRUPTED } from './reply-state.ts';

const FIRST_TOKEN_MS = 30_000;
const WHOLE_REPLY_MS = 100_000;
/** A reply nobody listens to for so long is given up; a reload of the page comes back sooner. */
const UNHEARD_MS = 30_000;
const LEASE_RENEWAL_MS = 3_000;

type DeadlineParts = { readonly clock: Clock; readonly store: Pick<ChatStore, 'findMessage'> };

/**
 * Looks at a reply under way, about once a second: ends it if the model is too slow or nobody listens any more, here or
 * on another process; renews its lease. Rejects if the store does not answer, having changed nothing.
 */
export async function checkDeadlines(reply: LiveReply, { clock, store }: DeadlineParts): Promise<void> {
  const now = clock.now().getTime();
  const since = (moment: Date) => now - moment.getTime();
  const patience = reply.hasBegun ? WHOLE_REPLY_MS : FIRST_TOKEN_MS;
  if (since(reply.startedAt) > patience) reply.end({ status: 'failed', failure: 'MODEL_TIMEOUT' });
  if (since(reply.lastWriteAt) > LEASE_RENEWAL_MS) reply.renewLease();
  if (reply.unheardSince === undefined || since(reply.unheardSince) <= UNHEARD_MS) return;
  const watchedAt = (await store.findMessage(reply.replyId))?.watchedAt;
  const isHeard = reply.unheardSince === undefined || (watchedAt !== undefined && since(watchedAt) <= UNHEARD_MS);
  if (!isHeard) reply.end(INTERRUPTED);
}
