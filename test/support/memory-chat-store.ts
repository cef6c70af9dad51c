import type { ChatStore } from '../../server/domain/chat-store.ts';
import type { ConversationReach } from '../../server/domain/conversation-reach.ts';
import type { ConversationDocument } from '../../server/store/conversations.ts';
import type { MessageDocument } from '../../server/store/messages.ts';

export type MemoryChatStore = ChatStore & {
  readonly messages: Map<string, MessageDocument>;
  /** Every text that was written into a reply, in order. */
  readonly writtenTexts: string[];
  /** While set, every call rejects with it. */
  failure: Error | undefined;
  /** How many calls were rejected with a failure. */
  failures: number;
};

/** A store that several chats can share, as several processes share one, and that a test can look into or break. */
export function createMemoryChatStore(): MemoryChatStore {
  const messages = new Map<string, MessageDocument>();
  const writtenTexts: string[] = [];
  const store: ChatStore = {
    ...createConversationPart(),
    ...createMessagePart(messages),
    ...createReplyPart(messages, writtenTexts),
  };
  return breakable(store, { messages, writtenTexts, failure: undefined, failures: 0 });
}

type ConversationPart = Pick<ChatStore, 'recordConversation' | 'hasConversation' | 'findConversations'>;
type MessagePart = Pick<ChatStore, 'insertMessage' | 'findMessage' | 'findMessages' | 'findRetried'>;
type ReplyPart = Omit<ChatStore, keyof ConversationPart | keyof MessagePart>;

type Placed = { readonly createdAt: Date; readonly _id: string };

function newestFirst(a: Placed, b: Placed): number {
  return b.createdAt.getTime() - a.createdAt.getTime() || (a._id < b._id ? 1 : -1);
}

function createConversationPart(): ConversationPart {
  const conversations = new Map<string, ConversationDocument>();
  return {
    async recordConversation(conversation) {
      const { updatedAt, ...known } = conversations.get(conversation._id) ?? conversation;
      const isLater = conversation.updatedAt > updatedAt;
      conversations.set(known._id, { ...known, updatedAt: isLater ? conversation.updatedAt : updatedAt });
    },
    async hasConversation(reach, id) {
      const found = conversations.get(id);
      return found !== undefined && isWithin(found, reach);
    },
    async findConversations(reach, { limit, before }) {
      const cursor = before && { createdAt: before.createdAt, _id: before.conversationId };
      return [...conversations.values()]
        .filter((one) => isWithin(one, reach) && (cursor === undefined || newestFirst(cursor, one) < 0))
        .sort(newestFirst)
        .slice(0, limit);
    },
  };
}

function isWithin(conversation: ConversationDocument, { visitorIds, browserId, since }: ConversationReach): boolean {
  const { visitorId, updatedAt } = conversation;
  const isThere = browserId === undefined || conversation.browserId === browserId;
  return visitorIds.includes(visitorId) && isThere && (since === undefined || updatedAt >= since);
}

function createMessagePart(messages: Map<string, MessageDocument>): MessagePart {
  const isRetryOfSame = (one: MessageDocument, other: MessageDocument) =>
    one.retryOf !== undefined && one.retryOf === other.retryOf && one.conversationId === other.conversationId;
  return {
    async insertMessage(message) {
      const isTaken = [...messages.values()].some((one) => one._id === message._id || isRetryOfSame(one, message));
      if (!isTaken) messages.set(message._id, message);
      return !isTaken;
    },
    findMessage: async (replyId) => messages.get(replyId),
    async findMessages(conversationId, { limit, before }) {
      const cursor = before && { createdAt: before.createdAt, _id: before.replyId };
      return [...messages.values()]
        .filter(
          (one) => one.conversationId === conversationId && (cursor === undefined || newestFirst(cursor, one) < 0),
        )
        .sort(newestFirst)
        .slice(0, limit);
    },
    async findRetried(conversationId, messageIds) {
      const retries = [...messages.values()].filter((one) => one.conversationId === conversationId);
      return new Set(messageIds.filter((id) => retries.some(({ retryOf }) => retryOf === id)));
    },
  };
}

const INTERRUPTION = { status: 'interrupted', failure: 'INTERRUPTED' } as const;

function createReplyPart(messages: Map<string, MessageDocument>, writtenTexts: string[]): ReplyPart {
  function endWhere(predicate: (message: MessageDocument) => boolean, reply: object, endedAt: Date): number {
    const found = [...messages.values()].filter((one) => one.reply.status === 'streaming' && predicate(one));
    for (const { leaseUntil: _lease, ...message } of found) {
      messages.set(message._id, { ...message, reply: { ...message.reply, ...reply }, endedAt });
    }
    return found.length;
  }
  return {
    async writeReply({ replyId, ownerId, reply, leaseUntil, now }) {
      const known = messages.get(replyId);
      if (known?.ownerId !== ownerId || known.reply.status !== 'streaming') return false;
      const { leaseUntil: _lease, ...rest } = known;
      writtenTexts.push(reply.text);
      messages.set(replyId, { ...rest, reply, ...(reply.status === 'streaming' ? { leaseUntil } : { endedAt: now }) });
      return true;
    },
    markStopped: async (replyId, now) => endWhere(({ _id }) => _id === replyId, { status: 'stopped' }, now) === 1,
    async markInterrupted(replyId, now) {
      const isExpired = ({ _id, leaseUntil }: MessageDocument) =>
        _id === replyId && leaseUntil !== undefined && leaseUntil < now;
      return endWhere(isExpired, INTERRUPTION, now) === 1;
    },
    async markAllInterrupted(which, now) {
      return endWhere(({ leaseUntil }) => which === 'every' || (leaseUntil ?? now) < now, INTERRUPTION, now);
    },
    async markWatched(replyId, watchedAt) {
      const known = messages.get(replyId);
      if (known !== undefined) messages.set(replyId, { ...known, watchedAt });
    },
  };
}

/** Every call takes a turn of the event loop, as a call of a real store does, and fails while `failure` is set. */
function breakable(store: ChatStore, state: Omit<MemoryChatStore, keyof ChatStore>): MemoryChatStore {
  return new Proxy(
    { ...store, ...state },
    {
      get(target, name: keyof MemoryChatStore) {
        const value = target[name];
        if (typeof value !== 'function') return value;
        return async (...parameters: never[]) => {
          await new Promise((resolve) => setImmediate(resolve));
          if (target.failure !== undefined) {
            target.failures++;
            throw target.failure;
          }
          return await (value as (...all: never[]) => unknown)(...parameters);
        };
      },
    },
  );
}
