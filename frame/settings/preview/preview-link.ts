import { type ReadonlySignal, signal } from '@preact/signals';
import type { Configuration } from '../../../shared/configuration.ts';
import { shakeHandsWithFrame } from '../../../shared/host-handshake.ts';
import type { Nonce } from '../../../shared/nonce.ts';
import {
  FRAME_MESSAGE_GUARDS,
  type FrameMessage,
  type HostMessage,
  type LauncherLook,
} from '../../../shared/port-message.ts';
import { createPacedSend } from './paced-send.ts';

/** The chat in the preview's iframe, as far as the view speaks with it. */
export type PreviewLink = {
  readonly isReady: ReadonlySignal<boolean>;
  /** How its launcher looks; `undefined` before it has said so. */
  readonly look: ReadonlySignal<LauncherLook | undefined>;
  /** Lets it look and speak so from now on. */
  show(configuration: Configuration): void;
  /** Lets it open the one session it may have. */
  admit(ticket: string): void;
  close(): void;
};

type Options = {
  readonly iframe: HTMLIFrameElement;
  readonly origin: string;
  readonly nonce: Nonce;
  /** The session is over, or the channel broke: only a new document can go on. */
  readonly onEnded: () => void;
};

/** Shakes hands with the chat in `iframe`. What is shown before it is ready is shown then. */
export function linkPreview({ iframe, origin, nonce, onEnded }: Options): PreviewLink {
  const isReady = signal(false);
  const look = signal<LauncherLook | undefined>(undefined);
  let latest: Configuration | undefined;

  function receive(message: FrameMessage): void {
    if (message.t === 'ready') {
      // It is never told that it is open: an open chat takes the focus, which is the admin's here.
      isReady.value = true;
      if (latest !== undefined) tell(latest);
    } else if (message.t === 'look') look.value = message.look;
    else if (message.t === 'restart') onEnded();
  }

  const [send, close] = shakeHandsWithFrame<FrameMessage, HostMessage, MessageEvent, MessagePort>(
    [
      (hear) => {
        window.addEventListener('message', hear);
        return () => window.removeEventListener('message', hear);
      },
      (event) => event.isTrusted,
      (event) => event.origin,
      (event) => event.source,
      (event) => event.data,
      MessageChannel,
    ],
    [iframe, origin, nonce, FRAME_MESSAGE_GUARDS],
    receive,
    onEnded,
  );
  const tell = createPacedSend<Configuration>(
    (configuration) => send({ t: 'preview', configuration: JSON.stringify(configuration) }),
    () => performance.now(),
  );

  return {
    isReady,
    look,
    show(configuration) {
      latest = configuration;
      if (isReady.peek()) tell(configuration);
    },
    admit: (ticket) => send({ t: 'preview', ticket }),
    close() {
      tell.stop();
      close();
    },
  };
}
