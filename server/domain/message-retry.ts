import type { ConversationId, MessageId } from '../../shared/ids.ts';
import { AppError } from '../errors.ts';
import { replyIdOf } from './message-ids.ts';
import { type ExpiryParts, interruptIfExpired } from './reply-expiry.ts';

/**
 * The text of a message that may be asked again. Throws AppError `REPLY_NOT_FOUND` if there is no such message in the
 * conversation, `REPLY_NOT_RETRYABLE` if its reply is complete or still under way.
 */
export async function readRetriedText(
  conversationId: ConversationId,
  retryOf: MessageId,
  parts: ExpiryParts,
): Promise<string> {
  const found = await parts.store.findMessage(replyIdOf(conversationId, retryOf));
  if (found === undefined) throw new AppError('REPLY_NOT_FOUND', { field: 'retryOf' });
  const { text, reply } = await interruptIfExpired(found, parts);
  if (reply.status === 'complete' || reply.status === 'streaming') throw new AppError('REPLY_NOT_RETRYABLE');
  return text;
}
