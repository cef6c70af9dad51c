import { findConversations, hasConversation, recordConversation } from '../store/conversations.ts';
import { findMessage, findMessages, findRetried, insertMessage } from '../store/messages.ts';
import {
  markAllInterrupted,
  markInterrupted,
  markStopped,
  markWatched,
  writeReply,
} from '../store/messages-replies.ts';

/** What the chat needs of the store, as one thing, so that a test can bring its own. */
export const chatStore = {
  recordConversation,
  hasConversation,
  findConversations,
  insertMessage,
  findMessage,
  findMessages,
  findRetried,
  writeReply,
  markStopped,
  markInterrupted,
  markAllInterrupted,
  markWatched,
};

export type ChatStore = typeof chatStore;
