import type { LoaderErrorCode } from '../shared/error-code.ts';
import { FRAME_ATTRIBUTES } from '../shared/frame-element.ts';
import { createNonce } from '../shared/nonce.ts';
import type { FrameMessage } from '../shared/port-message.ts';
import { hostOrigin, listen } from './pristine.ts';
import { shakeHands } from './shake-hands.ts';

/** Which frame: its widget's key, the origin that serves it (the only peer of the handshake), and its accessible name. */
export type Place = readonly [key: string, widgetOrigin: string, title: string];

/** Who hears every checked message, `ready` first; and who hears that the frame is of no use, and then drops it. */
type Ears = readonly [receive: (message: FrameMessage) => void, fail: (code: LoaderErrorCode) => void];

export type Frame = readonly [
  /** Shows or hides a frame that is ready, and tells it so. While it is shown it is pinged. */
  show: (isOpen: boolean) => void,
  /** Removes the iframe and closes the port. */
  drop: () => void,
];

/** Inserts an iframe at the beginning of `root` and connects to the document in it, once. */
export function insertFrame(root: ShadowRoot, [key, widgetOrigin, title]: Place, [receive, fail]: Ears): Frame {
  const nonce = createNonce();
  const iframe = createIframe(`${widgetOrigin}/frame/${key}?o=${hostOrigin}#${nonce}`, title);
  let isReady = false;
  let hasLoaded = false;
  let lostPings = 0;
  let timer: number | undefined;
  const after = (milliseconds: number, run: () => void): void => {
    clearTimeout(timer);
    timer = setTimeout(run, milliseconds);
  };
  const refuse = (): void => fail('FRAME_REFUSED');
  const hear = (message: FrameMessage): void => {
    isReady = true;
    lostPings = 0;
    receive(message);
  };
  const [send, close] = shakeHands([iframe, widgetOrigin, nonce], hear, refuse);
  const ping = (): void => {
    send({ t: 'ping' });
    // One unanswered ping can be a machine that slept; two in a row are a frame that is gone.
    after(20_000, () => (lostPings++ ? fail('TIMEOUT') : ping()));
  };
  listen(iframe, 'load', () => {
    // A second document in the same iframe is nobody we know, whatever origin it has.
    if (hasLoaded) refuse();
    // A refusal loads too, and never says anything.
    else if (!isReady) after(3_000, refuse);
    hasLoaded = true;
  });
  after(10_000, () => fail('TIMEOUT'));
  root.prepend(iframe);
  return [
    (isOpen) => {
      if (!isReady) return;
      clearTimeout(timer);
      const t = isOpen ? 'open' : 'close';
      iframe.className = t;
      // Before the frame hears that it is open, because it only takes the focus on to a field if it has it.
      if (isOpen && root.activeElement) iframe.focus();
      send({ t });
      if (isOpen) ping();
    },
    () => {
      clearTimeout(timer);
      close();
      iframe.remove();
    },
  ];
}

function createIframe(src: string, title: string): HTMLIFrameElement {
  return Object.assign(document.createElement('iframe'), FRAME_ATTRIBUTES, { title, src });
}
