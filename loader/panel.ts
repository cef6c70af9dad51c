import type { LoaderErrorCode } from '../shared/error-code.ts';
import type { FrameMessage, HostMessage, LauncherLook } from '../shared/port-message.ts';
import type { Events } from './events.ts';
import { type Frame, insertFrame, type Place } from './frame.ts';
import { guard } from './guard.ts';
import { holdPage } from './hold-page.ts';
import { rememberOpen } from './remembered-open.ts';
import { createShell, type Draw } from './shell.ts';

// Positions instead of names: no minifier shortens the names of fields, and this script is counted in bytes.
export type Panel = readonly [
  /** What stands in the page. */
  host: Element,
  launcher: HTMLButtonElement,
  draw: Draw,
  /** Inserts the frame if it is not there. */
  mount: () => void,
  /** Removes the frame; begins anew if the panel is open. */
  reset: () => void,
  setOpen: (isOpen: boolean) => void,
  isOpen: () => boolean,
  /** Closes the panel because its frame is of no use. */
  fail: (code: LoaderErrorCode) => void,
];

/** Who is told what is wrong, and of the frame that asks about the visitor. */
type Told = readonly [tell: (code: LoaderErrorCode) => void, hear: (frame?: Frame<HostMessage>[2]) => void];

/** Launcher and frame of the widget called `name`. Neither is in the page yet, and the frame is not made. */
export function createPanel(
  [name, look, place]: readonly [name: string, look: LauncherLook, place: Place<FrameMessage>],
  emit: Events['emit'],
  [tell, hear]: Told,
): Panel {
  const [host, root, launcher, draw] = createShell(look);
  let [show, drop, send]: Frame<HostMessage> | [] = [];
  let isOpen = false;
  let release: (() => void) | undefined;
  const fail = (code: LoaderErrorCode): void => {
    setOpen(false);
    reset();
    tell(navigator.onLine || code === 'BLOCKED_BY_CSP' ? code : 'OFFLINE');
  };
  const receive = (message: FrameMessage): void => {
    if (message.t === 'error') tell('VISITOR_REFUSED');
    if (message.t === 'visitor-needed') hear(send);
    if (message.t === 'look') draw(message);
    if (message.t === 'event') emit(message.name);
    if (message.t === 'close') setOpen(false);
    if (message.t === 'restart') reset();
    if (message.t === 'ready') {
      show?.(isOpen);
      emit('ready');
    }
    if (message.t === 'unread') {
      draw(message);
      emit('unread', message.n);
    }
  };
  const mount = guard((): void => {
    if (!drop) [show, drop, send] = insertFrame(root, place, [receive, fail]);
  });
  const reset = (): void => {
    drop?.();
    drop = undefined;
    hear();
    if (isOpen) mount();
  };
  const setOpen = guard((next: boolean): void => {
    if (next === isOpen || (next && !host.isConnected)) return;
    isOpen = next;
    draw({ isOpen });
    rememberOpen(name, isOpen);
    if (isOpen) release = holdPage(() => setOpen(false));
    else release?.();
    if (isOpen) mount();
    show?.(isOpen);
    if (!isOpen && root.activeElement) launcher.focus();
    emit(isOpen ? 'opened' : 'closed');
  });
  return [host, launcher, draw, mount, reset, setOpen, () => isOpen, fail];
}
