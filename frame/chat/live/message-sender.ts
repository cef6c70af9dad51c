import { ApiError, type ApiErrorCode, isSessionCode } from '../../api/api-error.ts';
import type { Chat } from '../chat.ts';
import type { ConversationState } from '../conversation.ts';
import { createExchange, type Exchange } from '../exchange.ts';
import { createMessageId } from './message-id.ts';
import type { ReplyFollower } from './reply-follower.ts';
import { REFUSED } from './troubles.ts';

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

/** The message itself was refused: the same text would be refused again, so the visitor gets it back to change it. */
const REFUSED_MESSAGE: readonly ApiErrorCode[] = ['INVALID_REQUEST', 'BODY_TOO_LARGE', 'MESSAGE_CONFLICT'];

export function createMessageSender({ chat, follower, reload }: Dependencies): MessageSender {
  function begin(conversation: ConversationState, exchange: Exchange): void {
    const others = conversation.exchanges.value.filter(({ messageId }) => messageId !== exchange.retryOf);
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
    const isFreeToGiveBack = exchange.reply.value.id === undefined && chat.draft.value === '';
    if (isFreeToGiveBack && REFUSED_MESSAGE.includes(code)) {
      chat.trouble.value = REFUSED;
      giveBack(conversation, exchange);
    } else if (isFreeToGiveBack && isSessionCode(code)) {
      // The draft is what goes along into the next document.
      giveBack(conversation, exchange);
    } else if (code === 'REPLY_NOT_RETRYABLE') reload(conversation);
    else giveUp(conversation, exchange, code);
  }

  function giveUp(conversation: ConversationState, { reply }: Exchange, code: ApiErrorCode): void {
    if (code === 'CONVERSATION_NOT_FOUND') conversation.id.value = undefined;
    reply.value =
      reply.value.id === undefined || code === 'REPLY_NOT_FOUND'
        ? { status: 'unsent', text: '', citations: [] }
        : { ...reply.value, status: 'lost', isReconnecting: false };
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
      begin(chat.conversation.value, createExchange({ messageId: createMessageId(), text }, now()));
    },
    tryAgain(exchange) {
      const { messageId, text, reply } = exchange;
      const conversation = chat.conversation.value;
      if (chat.running.value !== undefined) return;
      if (reply.value.status === 'unsent' || reply.value.status === 'lost') {
        reply.value = { ...reply.value, status: reply.value.id === undefined ? 'sending' : 'streaming' };
        void follow(conversation, exchange);
      } else {
        begin(conversation, createExchange({ messageId: createMessageId(), text, retryOf: messageId }, now()));
      }
    },
  };
}

function now(): string {
  return new Date().toISOString();
}
