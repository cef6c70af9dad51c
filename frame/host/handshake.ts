import { createNonce, isNonce, type Nonce } from '../../shared/nonce.ts';
import { HANDSHAKE_TIMEOUT_MS, PROTOCOL_VERSION, parseWindowMessage } from '../../shared/window-message.ts';

/** The part of `window` the handshake uses. */
export type HandshakeWindow = {
  readonly parent: unknown;
  readonly location: { readonly hash: string };
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
  removeEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
  setTimeout(run: () => void, milliseconds: number): number;
  clearTimeout(timer: number): void;
};

export type Handshake = {
  readonly port: MessagePort;
  /** The frame's own nonce, which `ready` repeats over the port. */
  readonly f: Nonce;
};

type Options = {
  /** The only origin that may be the peer; it comes from the server, which enforces it with `frame-ancestors`. */
  readonly origin: string;
  /** Posts to the parent window, and to nobody whose origin is not `origin`. */
  readonly postToParent: (message: unknown, origin: string) => void;
};

/**
 * The frame's side of the handshake. Resolves with the port, or with `undefined` if no host page answered in time.
 *
 * 1. The loader put its nonce `n` into our URL's fragment. Without it nobody is asked.
 * 2. We say `hello {n, f}` to the parent, addressed to the one origin the server named. If the parent is somebody else
 *    the browser drops the message unseen; we never try another origin.
 * 3. The loader answers `init {n, f}` with exactly one port. We accept it once: trusted event, that origin, our parent
 *    as source, both nonces. Everything else is dropped in silence.
 * 4. The window listener goes away for good, and all further talk is over the port.
 */
export function shakeHands(page: HandshakeWindow, { origin, postToParent }: Options): Promise<Handshake | undefined> {
  const n = page.location.hash.slice(1);
  if (!isNonce(n) || page.parent === page) return Promise.resolve(undefined);
  const f = createNonce();

  return new Promise((resolve) => {
    const timer = page.setTimeout(() => settle(undefined), HANDSHAKE_TIMEOUT_MS);

    function settle(handshake: Handshake | undefined): void {
      page.clearTimeout(timer);
      page.removeEventListener('message', receive);
      resolve(handshake);
    }

    function receive(event: MessageEvent): void {
      if (!event.isTrusted || event.origin !== origin || event.source !== page.parent) return;
      const [port] = event.ports;
      if (port === undefined || event.ports.length !== 1) return;
      if (parseWindowMessage(event.data, 'init', n)?.f === f) settle({ port, f });
    }

    page.addEventListener('message', receive);
    postToParent({ v: PROTOCOL_VERSION, t: 'hello', n, f }, origin);
  });
}
