import type { ConversationId } from '../../shared/ids.ts';
import type { Clock } from '../gateways/clock.ts';
import type { ConversationCursor } from '../store/conversations.ts';
import type { MessageCursor } from '../store/messages.ts';
import type { ChatStore } from './chat-store.ts';
import { type ConversationPage, listConversations } from './conversation-list.ts';
import { readTranscript, type TranscriptPage } from './conversation-transcript.ts';
import type { VisitorCaller } from './widget.ts';

/** What a visitor can read of what was said. */
export type Conversations = {
  /** Newest first, or those before a cursor. */
  list(caller: VisitorCaller, before: ConversationCursor | undefined): Promise<ConversationPage>;
  /** The last messages, or those before a cursor. Throws AppError `CONVERSATION_NOT_FOUND` unless it is the visitor's. */
  read(
    caller: VisitorCaller,
    conversationId: ConversationId,
    before: MessageCursor | undefined,
  ): Promise<TranscriptPage>;
};

export function createConversations(parts: { readonly store: ChatStore; readonly clock: Clock }): Conversations {
  return {
    list: (caller, before) => listConversations(caller, before, parts),
    read: (caller, conversationId, before) => readTranscript(caller, { conversationId, before }, parts),
  };
}
