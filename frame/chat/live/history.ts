import { type Signal, signal } from '@preact/signals';
import type { ConversationList } from '../../../shared/conversation.ts';
import type { ChatApi } from '../../api/chat-api.ts';

export type History = {
  /** Newest first; `undefined` until the first page is here. */
  readonly conversations: Signal<ConversationList['conversations'] | undefined>;
  readonly nextBefore: Signal<string | null>;
  readonly hasFailed: Signal<boolean>;
  /** Loads the newest page again; what was here stays until it comes. */
  load(): Promise<void>;
  loadMore(): Promise<void>;
};

export function createHistory(api: Pick<ChatApi, 'listConversations'>): History {
  const conversations = signal<ConversationList['conversations'] | undefined>(undefined);
  const nextBefore = signal<string | null>(null);
  const hasFailed = signal(false);

  async function loadPage(before?: string): Promise<void> {
    hasFailed.value = false;
    try {
      const page = await api.listConversations(before);
      const known = before === undefined ? [] : (conversations.value ?? []);
      conversations.value = [...known, ...page.conversations];
      nextBefore.value = page.nextBefore;
    } catch {
      hasFailed.value = true;
    }
  }

  return {
    conversations,
    nextBefore,
    hasFailed,
    load: () => loadPage(),
    loadMore: () => loadPage(nextBefore.value ?? undefined),
  };
}
