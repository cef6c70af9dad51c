import type { ConversationId } from '../../shared/ids.ts';
import type { Clock } from '../gateways/clock.ts';
import type { ConversationCursor } from '../store/conversations.ts';
import type { ChatStore } from './chat-store.ts';
import { reachOf } from './conversation-reach.ts';
import type { VisitorCaller } from './widget.ts';

const PAGE_SIZE = 20;

export type ListedConversation = {
  readonly id: ConversationId;
  /** The beginning of the visitor's first message. */
  readonly title: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
};

export type ConversationPage = {
  /** Newest first. */
  readonly conversations: readonly ListedConversation[];
  /** Where the conversations before these begin; absent on the last page. */
  readonly before?: ConversationCursor;
};

/** The visitor's conversations, newest first, or those before a cursor. */
export async function listConversations(
  caller: VisitorCaller,
  before: ConversationCursor | undefined,
  { store, clock }: { readonly store: Pick<ChatStore, 'findConversations'>; readonly clock: Clock },
): Promise<ConversationPage> {
  const found = await store.findConversations(reachOf(caller, clock.now()), { limit: PAGE_SIZE + 1, before });
  const conversations = found
    .slice(0, PAGE_SIZE)
    .map(({ _id, title, createdAt, updatedAt }) => ({ id: _id, title, createdAt, updatedAt }));
  const oldest = conversations.at(-1);
  if (found.length <= PAGE_SIZE || oldest === undefined) return { conversations };
  return { conversations, before: { createdAt: oldest.createdAt, conversationId: oldest.id } };
}
