import { signal } from '@preact/signals';
import type { Reply } from '../../../shared/chat.ts';
import type { TranscriptMessage } from '../../../shared/conversation.ts';
import type { Exchange, ReplyState } from '../exchange.ts';

type Page = {
  readonly exchanges: readonly Exchange[];
  /** Replies whose question is on the page before this one. */
  readonly replies: readonly Reply[];
};

/**
 * Pairs the messages of a stored transcript, in their order. `later` are the replies that the page after this one could
 * not pair. A message without a reply was never answered; it can be sent again under its own id.
 */
export function readExchanges(messages: readonly TranscriptMessage[], later: readonly Reply[] = []): Page {
  const replies = new Map<string, Reply>(later.map((reply) => [reply.replyTo, reply]));
  for (const message of messages) if (message.role === 'assistant') replies.set(message.replyTo, message);
  const exchanges: Exchange[] = [];
  for (const message of messages) {
    if (message.role === 'assistant') continue;
    const { id: messageId, text, createdAt } = message;
    exchanges.push({ messageId, text, createdAt, reply: signal(readReply(replies.get(messageId))) });
    replies.delete(messageId);
  }
  return { exchanges, replies: [...replies.values()] };
}

function readReply(reply: Reply | undefined): ReplyState {
  if (reply === undefined) return { status: 'unsent', text: '', citations: [] };
  const { id, status, text, citations, failure, feedback } = reply;
  return { id, status, text, citations, ...(failure && { failureCode: failure.code }), ...(feedback && { feedback }) };
}
