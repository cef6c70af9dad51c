import type { Clock } from '../gateways/clock.ts';
import type { MessageDocument } from '../store/messages.ts';
import type { ChatStore } from './chat-store.ts';

export type ExpiryParts = {
  readonly store: Pick<ChatStore, 'findMessage' | 'markInterrupted'>;
  readonly clock: Clock;
};

/** The message as it is, or with its reply interrupted if it was under way and its owner's lease has run out. */
export async function interruptIfExpired(
  message: MessageDocument,
  { store, clock }: ExpiryParts,
): Promise<MessageDocument> {
  const now = clock.now();
  const isExpired =
    message.reply.status === 'streaming' && message.leaseUntil !== undefined && message.leaseUntil < now;
  if (!isExpired) return message;
  await store.markInterrupted(message._id, now);
  return (await store.findMessage(message._id)) ?? message;
}
