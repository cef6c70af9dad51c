import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { Chat, type ChatParts } from '../../server/domain/chat.ts';
import type { ReplySource, ReplyState } from '../../server/domain/reply-state.ts';
import { wholeReply } from '../../server/domain/reply-whole.ts';
import type { VisitorCaller } from '../../server/domain/widget.ts';
import { type ConversationId, conversationIdSchema, type MessageId, messageIdSchema } from '../../shared/ids.ts';
import { type Origin, parseOrigin } from '../../shared/origin.ts';
import { createPublicKey } from '../../shared/public-key.ts';
import { DEFAULT_SETTINGS } from '../../shared/settings.ts';
import { createMemoryChatStore, type MemoryChatStore } from './memory-chat-store.ts';
import { createMovingClock } from './moving-clock.ts';
import { createScriptedModel, type ScriptedModel } from './scripted-model.ts';

export type TestChat = {
  readonly chat: Chat;
  readonly store: MemoryChatStore;
  readonly model: ScriptedModel;
  readonly clock: ReturnType<typeof createMovingClock>;
};

/** A chat over a store in memory and a scripted model; over the store and clock of another one, as a second process. */
export function createTestChat(
  shared: Partial<Pick<TestChat, 'store' | 'clock'>> = {},
  parts: Partial<ChatParts> = {},
): TestChat {
  const { store = createMemoryChatStore(), clock = createMovingClock() } = shared;
  const model = createScriptedModel();
  const chat = new Chat({
    store,
    clock,
    modelGateway: model,
    knowledge: { prepare: async () => () => [], refresh() {} },
    quota: { take: async () => async () => {} },
    analytics: { count() {} },
    unanswered: { note() {} },
    ownerId: randomUUID(),
    log: { info() {}, warn() {}, error() {} },
    ...parts,
  });
  return { chat, store, model, clock };
}

export function createVisitor(over: Partial<VisitorCaller> = {}): VisitorCaller {
  const visitorId = over.visitorId ?? randomUUID();
  return {
    widget: {
      id: randomUUID(),
      companyId: randomUUID(),
      slug: 'main',
      version: 1,
      settings: { ...DEFAULT_SETTINGS, assistant: { instructions: 'Be brief.', temperature: 0.2 } },
      keys: [],
      secretKeys: [],
      keysRevision: 0,
    },
    publicKey: createPublicKey('v'.repeat(22)),
    visitorId,
    browserId: visitorId,
    origin: requireOrigin('https://shop.example'),
    sessionId: randomUUID(),
    ...over,
  };
}

export const newMessageId = (): MessageId => v.parse(messageIdSchema, randomUUID());
export const newConversationId = (): ConversationId => v.parse(conversationIdSchema, randomUUID());

/** The reply when it has ended. */
export function ended(source: ReplySource): Promise<ReplyState> {
  return wholeReply(source, new AbortController().signal);
}

/** Resolves when the state of the reply is as wanted. */
export function until(source: ReplySource, isWanted: (state: ReplyState) => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const unsubscribe = source.subscribe({ changed: check, lost: reject });
    function check(): void {
      if (!isWanted(source.current())) return;
      unsubscribe();
      resolve();
    }
    check();
  });
}

function requireOrigin(text: string): Origin {
  const origin = parseOrigin(text);
  if (origin === undefined) throw new RangeError(`"${text}" is no origin`);
  return origin;
}
