import type { Conversation, ConversationList, TranscriptMessage } from '../../../shared/conversation.ts';
import type { ConversationId } from '../../../shared/ids.ts';
import type { ConversationPage } from '../../domain/conversation-list.ts';
import type { TranscriptPage } from '../../domain/conversation-transcript.ts';
import type { Message } from '../../domain/message.ts';
import { formatPageCursor } from './page-cursor.ts';
import { presentReply } from './present-chat.ts';

export function presentConversationList({ conversations, before }: ConversationPage): ConversationList {
  return {
    conversations: conversations.map(({ id, title, createdAt, updatedAt }) => ({
      id,
      title,
      createdAt: createdAt.toISOString(),
      updatedAt: updatedAt.toISOString(),
    })),
    nextBefore:
      before === undefined ? null : formatPageCursor({ createdAt: before.createdAt, id: before.conversationId }),
  };
}

export function presentConversation(id: ConversationId, { messages, before }: TranscriptPage): Conversation {
  return {
    id,
    messages: messages.flatMap(presentTurn),
    nextBefore: before === undefined ? null : formatPageCursor({ createdAt: before.createdAt, id: before.replyId }),
  };
}

function presentTurn(message: Message): readonly TranscriptMessage[] {
  const { messageId: id, text, createdAt } = message;
  return [{ role: 'visitor', id, text, createdAt: createdAt.toISOString() }, presentReply(message, message.reply)];
}
