import { type Signal, signal } from '@preact/signals';
import type { Reply } from '../../shared/chat.ts';
import type { ConversationId } from '../../shared/ids.ts';
import type { Exchange } from './exchange.ts';

/** A conversation as the panel holds it. */
export type ConversationState = {
  /** None until the server confirmed the first message. */
  readonly id: Signal<ConversationId | undefined>;
  readonly exchanges: Signal<readonly Exchange[]>;
  /** Where the older messages begin that are not loaded; `null` when all are here. */
  readonly earlier: Signal<Earlier>;
};

export type Earlier = {
  readonly cursor: string | null;
  /** A reply at the start of a page, whose question is on the page before. */
  readonly replies: readonly Reply[];
};

export function createConversation(
  id?: ConversationId,
  exchanges: readonly Exchange[] = [],
  earlier: Earlier = { cursor: null, replies: [] },
): ConversationState {
  return { id: signal(id), exchanges: signal(exchanges), earlier: signal(earlier) };
}
