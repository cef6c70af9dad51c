import type { MessageId } from '../../../shared/ids.ts';
import { ApiError, type ApiErrorCode, isSessionCode } from '../../api/api-error.ts';
import type { Chat } from '../chat.ts';
import type { ConversationState } from '../conversation.ts';
import { createExchange, type Exchange } from '../exchange.ts';
import type { Trouble } from '../trouble.ts';
import { createMessageId } from './message-id.ts';
import type { ReplyFollower } from './reply-follower.ts';
import { REFUSED, RESTING } from './troubles.ts';

export type MessageSender = {
  send(): void;
  tryAgain(exchange: Exchange): void;
  /** Follows a reply that was still coming when its conversation was loaded. */
  follow(conversation: ConversationState, exchange: Exchange): Promise<void>;
};

type Dependencies = {
  readonly chat: Chat;
  readonly follower: Pick<ReplyFollower, 'follow'>;
  /** Loads the conversation again, because the server knows it differently. */
  readonly reload: (conversation: ConversationState) => void;
};

export function createMessageSender({ chat, follower, reload }: Dependencies): MessageSender {
  function begin(conversation: ConversationState, text: string, retryOf?: MessageId): void {
    const question = { messageId: createMessageId(), text, ...(retryOf && { retryOf }) };
    const exchange = createExchange(question, new Date().toISOString());
    const others = conversation.exchanges.value.filter(({ messageId }) => messageId !== retryOf);
    conversation.exchanges.value = [...others, exchange];
    void follow(conversation, exchange);
  }

  async function follow(conversation: ConversationState, exchange: Exchange): Promise<void> {
    try {
      await follower.follow(conversation, exchange);
    } catch (error) {
      refuse(conversation, exchange, error instanceof ApiError ? error.code : 'UNREADABLE_ANSWER');
    }
  }

  function refuse(conversation: ConversationState, exchange: Exchange, code: ApiErrorCode): void {
    const found = findTrouble(code);
    chat.trouble.value = found?.trouble ?? chat.trouble.value;
    const isUnsent = exchange.reply.value.id === undefined;
    if (found !== undefined && isUnsent && chat.draft.value === '') giveBack(conversation, exchange);
    else if (code === 'REPLY_NOT_RETRYABLE') reload(conversation);
    else giveUp(conversation, exchange, code);
  }

  function giveBack(conversation: ConversationState, exchange: Exchange): void {
    conversation.exchanges.value = conversation.exchanges.value.filter((other) => other !== exchange);
    chat.edit(exchange.text);
  }

  return {
    follow,
    send() {
      const text = chat.draft.value.trim();
      chat.edit('');
      chat.trouble.value = undefined;
      chat.announcement.value = '';
      begin(chat.conversation.value, text);
    },
    tryAgain(exchange) {
      if (chat.running.value !== undefined) return;
      const { messageId, text, reply } = exchange;
      const { id, status } = reply.value;
      if (status !== 'unsent' && status !== 'lost') return begin(chat.conversation.value, text, messageId);
      reply.value = { ...reply.value, status: id === undefined ? 'sending' : 'streaming' };
      void follow(chat.conversation.value, exchange);
    },
  };
}

/**
 * Refusals that give the message back to the visitor: what it is about would be refused again, has to wait for another
 * day, or has to go along into another document, which is said elsewhere.
 */
function findTrouble(code: ApiErrorCode): { readonly trouble: Trouble | undefined } | undefined {
  if (['INVALID_REQUEST', 'BODY_TOO_LARGE', 'MESSAGE_CONFLICT'].includes(code)) return { trouble: REFUSED };
  if (code === 'DAILY_LIMIT_REACHED') return { trouble: RESTING };
  return isSessionCode(code) ? { trouble: undefined } : undefined;
}

/** The message stays where it is, to be sent again or to have the rest of its reply fetched. */
function giveUp({ id }: ConversationState, { reply }: Exchange, code: ApiErrorCode): void {
  if (code === 'CONVERSATION_NOT_FOUND') id.value = undefined;
  reply.value =
    reply.value.id === undefined || code === 'REPLY_NOT_FOUND'
      ? { status: 'unsent', text: '', citations: [] }
      : { ...reply.value, status: 'lost', isReconnecting: false };
}
