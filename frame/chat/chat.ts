import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { MESSAGE_MAX_CHARACTERS } from '../../shared/chat-limits.ts';
import type { Configuration } from '../../shared/configuration.ts';
import { type ConversationState, createConversation } from './conversation.ts';
import { type Exchange, isRunning } from './exchange.ts';
import type { LiveChat } from './live/live-chat.ts';
import type { Trouble } from './trouble.ts';
import type { Content } from './views/content.tsx';
import type { Menu } from './views/menu.tsx';

/** The chat as the panel shows it. It can be typed into before the code that talks to the server has arrived. */
export type Chat = {
  /** The widget's look and words, which may change while the panel is open. */
  readonly configuration: Signal<Configuration>;
  readonly draft: Signal<string>;
  /** How many more characters the message may have; below zero it is too long. */
  readonly charactersLeft: ReadonlySignal<number>;
  readonly canSend: ReadonlySignal<boolean>;
  /** The visitor pressed *send* before the server could be asked. */
  readonly isWaitingToSend: Signal<boolean>;
  readonly conversation: Signal<ConversationState>;
  /** The exchange whose reply is still coming. */
  readonly running: ReadonlySignal<Exchange | undefined>;
  readonly view: Signal<'conversation' | 'history'>;
  /** Whether it is known what to show: the latest conversation, or that there is none. */
  readonly isReady: Signal<boolean>;
  readonly isOnline: ReadonlySignal<boolean>;
  readonly trouble: Signal<Trouble | undefined>;
  /** The line under the composer. */
  readonly notice: Signal<string>;
  /** What a screen reader is to say, politely. */
  readonly announcement: Signal<string>;
  /** What comes after the first sight: the way to the server, and what draws the rest of the panel. */
  readonly live: Signal<LiveChat | undefined>;
  readonly parts: Signal<LateParts | undefined>;

  edit(text: string): void;
  /** Sends the draft, now or as soon as it is possible; does nothing if the draft cannot be sent. */
  send(): void;
  startConversation(): void;
};

export type LateParts = { readonly Content: typeof Content; readonly Menu: typeof Menu };

export function createChat(isOnline: ReadonlySignal<boolean>, configuration: Configuration): Chat {
  const draft = signal('');
  const conversation = signal(createConversation());
  const view = signal<'conversation' | 'history'>('conversation');
  const live = signal<LiveChat | undefined>(undefined);
  const isReady = signal(false);
  const isWaitingToSend = signal(false);
  const charactersLeft = computed(() => MESSAGE_MAX_CHARACTERS - draft.value.trim().length);
  const running = computed(() => {
    const last = conversation.value.exchanges.value.at(-1);
    return last && isRunning(last.reply.value) ? last : undefined;
  });
  const canSend = computed(
    () => isOnline.value && !running.value && draft.value.trim() !== '' && charactersLeft.value >= 0,
  );
  return {
    configuration: signal(configuration),
    draft,
    charactersLeft,
    canSend,
    isWaitingToSend,
    conversation,
    running,
    view,
    isReady,
    isOnline,
    trouble: signal(undefined),
    notice: signal(configuration.texts.notice),
    announcement: signal(''),
    live,
    parts: signal(undefined),
    edit(text) {
      draft.value = text;
      isWaitingToSend.value = false;
    },
    send() {
      if (!canSend.value) return;
      if (isReady.value && live.value) live.value.send();
      else isWaitingToSend.value = true;
    },
    startConversation() {
      conversation.value = createConversation();
      view.value = 'conversation';
    },
  };
}
