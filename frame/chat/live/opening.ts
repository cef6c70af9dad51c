import type { ConversationId } from '../../../shared/ids.ts';
import { ApiError, isPassing } from '../../api/api-error.ts';
import type { BackOff } from '../../api/back-off.ts';
import type { ChatApi } from '../../api/chat-api.ts';
import type { Session } from '../../session/session.ts';
import type { Chat } from '../chat.ts';
import { isRunning } from '../exchange.ts';
import { UNREACHABLE } from '../trouble.ts';
import { loadConversation } from './load-conversation.ts';
import type { MessageSender } from './message-sender.ts';

export type Opening = {
  /** Opens the session, brings back the latest conversation, then sends what was waiting. */
  start(): Promise<void>;
  openConversation(id: ConversationId): Promise<void>;
};

type Dependencies = {
  readonly chat: Chat;
  readonly api: Pick<ChatApi, 'getConversation'>;
  readonly session: Pick<Session, 'open'>;
  readonly sender: Pick<MessageSender, 'send' | 'follow'>;
  readonly backOff: BackOff;
};

/** After this many failures the panel stops waiting for a conversation and greets instead. */
const MOST_ATTEMPTS = 5;

export function createOpening({ chat, api, session, sender, backOff }: Dependencies): Opening {
  /** Calls again while it fails for reasons that pass; answers `undefined` when it is of no use to go on. */
  async function patiently<T>(call: () => Promise<T>, mostAttempts: number): Promise<T | undefined> {
    for (let attempt = 1; ; attempt++) {
      try {
        const answer = await call();
        if (chat.trouble.value === UNREACHABLE) chat.trouble.value = undefined;
        return answer;
      } catch (error) {
        if (!isPassing(error) || attempt === mostAttempts) return reportTrouble(chat, error);
        if (attempt > 1) {
          chat.trouble.value = UNREACHABLE;
          chat.isReady.value = true;
        }
        await backOff(attempt, { leastMs: error.retryAfterSeconds * 1000 });
      }
    }
  }

  async function openConversation(id: ConversationId): Promise<void> {
    const before = chat.conversation.value;
    chat.view.value = 'conversation';
    chat.isReady.value = false;
    const conversation = await patiently(() => loadConversation(api, id), MOST_ATTEMPTS);
    // The visitor may have begun another conversation meanwhile.
    if (conversation !== undefined && chat.conversation.value === before) {
      chat.conversation.value = conversation;
      for (const exchange of conversation.exchanges.value) {
        if (isRunning(exchange.reply.value)) void sender.follow(conversation, exchange);
      }
    }
    chat.isReady.value = true;
  }

  return {
    openConversation,
    async start() {
      const answer = await patiently(() => session.open(), Number.POSITIVE_INFINITY);
      const id = answer?.conversationId;
      const isUntouched = chat.conversation.value.exchanges.value.length === 0;
      if (id && isUntouched) await openConversation(id);
      chat.isReady.value = true;
      if (chat.isWaitingToSend.value && chat.canSend.value) sender.send();
      chat.isWaitingToSend.value = false;
    },
  };
}

/** A conversation that is gone is no trouble: there is simply none to show. */
function reportTrouble({ trouble }: Chat, error: unknown): undefined {
  const isGone = error instanceof ApiError && error.code === 'CONVERSATION_NOT_FOUND';
  if (!isGone) trouble.value ??= UNREACHABLE;
}
