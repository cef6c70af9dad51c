import type { ConversationId } from '../../../shared/ids.ts';
import type { ChatApi } from '../../api/chat-api.ts';
import { type ConversationState, createConversation } from '../conversation.ts';
import { readExchanges } from './read-exchanges.ts';

type Api = Pick<ChatApi, 'getConversation'>;

/** The conversation with its last page of messages. Throws an `ApiError`. */
export async function loadConversation(api: Api, id: ConversationId): Promise<ConversationState> {
  const { messages, nextBefore } = await api.getConversation(id);
  const { exchanges, replies } = readExchanges(messages);
  return createConversation(id, exchanges, { cursor: nextBefore, replies });
}

/** Puts the page before in front of the messages that are here. Throws an `ApiError`. */
export async function loadEarlier(api: Api, { id, exchanges, earlier }: ConversationState): Promise<void> {
  const { cursor, replies } = earlier.value;
  if (id.value === undefined || cursor === null) return;
  const { messages, nextBefore } = await api.getConversation(id.value, cursor);
  if (earlier.value.cursor !== cursor) return;
  const page = readExchanges(messages, replies);
  earlier.value = { cursor: nextBefore, replies: page.replies };
  exchanges.value = [...page.exchanges, ...exchanges.value];
}
