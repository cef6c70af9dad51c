import { type ReadonlySignal, signal } from '@preact/signals';
import { createPortChannel, type PortChannel } from '../../shared/port-channel.ts';
import {
  type FrameEvent,
  type FrameMessage,
  HOST_MESSAGE_GUARDS,
  type HostMessage,
  type LauncherLook,
  type PreviewMessage,
} from '../../shared/port-message.ts';
import type { Handshake } from './handshake.ts';

/** What a page says about its visitor. */
export type VisitorMessage = Extract<HostMessage, { readonly t: 'identity' | 'logout' | 'context' }>;

/** What the frame knows of the page around it, and the little it may tell it. */
export type HostPage = {
  /** Whether the panel is shown. */
  readonly isOpen: ReadonlySignal<boolean>;
  /** What the settings view has said of a preview, the latest of each. */
  readonly preview: ReadonlySignal<PreviewMessage>;
  /** Speaks over the port of `handshake` from now on: says `ready`, then how the launcher looks. */
  connect(handshake: Handshake, look: LauncherLook): void;
  /** Says how the launcher looks from now on. */
  showLook(look: LauncherLook): void;
  /** Asks for the panel to be closed. */
  close(): void;
  /** Asks for a new document in place of this one. */
  restart(): void;
  report(name: FrameEvent): void;
  /** Counts one more answer the visitor has not seen; the count starts again when the panel opens. */
  countUnread(): void;
  forgetUnread(): void;
  /** Asks what the page has to say about its visitor; `listener` hears that, and whatever it says later. */
  askVisitor(listener: (message: VisitorMessage) => void): void;
  /** Tells the embedder, in the console and by an event, that who the visitor is was not believed. */
  refuseVisitor(): void;
};

/** Until {@link HostPage.connect} everything that is said is dropped: there is nobody to hear it. */
export function createHostPage(): HostPage {
  const isOpen = signal(false);
  const preview = signal<PreviewMessage>({});
  let channel: PortChannel<FrameMessage> | undefined;
  let unread = 0;
  let hearVisitor: ((message: VisitorMessage) => void) | undefined;

  function receive(message: HostMessage): void {
    const { t } = message;
    if (t === 'ping') channel?.send({ t: 'pong' });
    else if (t === 'preview') preview.value = { ...preview.value, ...message };
    else if (t === 'open' || t === 'close') isOpen.value = t === 'open';
    else hearVisitor?.(message);
    if (t === 'open') forgetUnread();
  }

  function forgetUnread(): void {
    if (unread > 0) tellUnread(0);
  }

  function tellUnread(n: number): void {
    unread = n;
    channel?.send({ t: 'unread', n: Math.min(n, MOST_UNREAD) });
  }

  return {
    isOpen,
    preview,
    connect({ port, f }, look) {
      channel = createPortChannel<HostMessage, FrameMessage>(port, {
        guards: HOST_MESSAGE_GUARDS,
        dataOf: ({ data }) => data,
        onMessage: receive,
        onBroken: () => {
          channel = undefined;
        },
      });
      channel.send({ t: 'ready', f });
      channel.send({ t: 'look', look });
    },
    showLook: (look) => channel?.send({ t: 'look', look }),
    close() {
      isOpen.value = false;
      channel?.send({ t: 'close' });
    },
    restart: () => channel?.send({ t: 'restart' }),
    report: (name) => channel?.send({ t: 'event', name }),
    countUnread: () => tellUnread(unread + 1),
    forgetUnread,
    askVisitor(listener) {
      hearVisitor = listener;
      channel?.send({ t: 'visitor-needed' });
    },
    refuseVisitor: () => channel?.send({ t: 'error' }),
  };
}

/** The most the port's guard lets through. */
const MOST_UNREAD = 999;
