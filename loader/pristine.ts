import type { HostPage } from '../shared/host-handshake.ts';
import { guard } from './guard.ts';

// What the handshake relies on is taken from the browser while the script is parsed. A page, or a library on it, that
// patches a prototype afterwards (to wrap events, or to forge `origin`) changes nothing here.
export const { apply, getOwnPropertyDescriptor } = Reflect;
const { addEventListener, removeEventListener } = EventTarget.prototype;
export const { attachShadow } = Element.prototype;

/** What a handshake with a frame on this page goes by. */
export const hostPage: HostPage<MessageEvent, MessagePort> = [
  (receive) => listen(window, 'message', receive),
  // An own accessor of every event, the same function on all of them ([LegacyUnforgeable]).
  keepGetter(new Event(''), 'isTrusted'),
  keepGetter(MessageEvent.prototype, 'origin'),
  keepGetter(MessageEvent.prototype, 'source'),
  keepGetter<{ readonly data: unknown }, 'data'>(MessageEvent.prototype, 'data'),
  MessageChannel,
];

/** The origin of the host page; `"null"` when it is opaque, which `location.origin` would hide. */
export const hostOrigin: string = origin;

type EventMap = WindowEventMap & DocumentEventMap;

/** Listens until the answered function is called. An exception of the handler is reported only. */
export function listen<T extends keyof EventMap>(
  target: EventTarget,
  type: T,
  handler: (event: EventMap[T]) => void,
): () => void {
  const args = [type, guard(handler)];
  apply(addEventListener, target, args);
  return () => apply(removeEventListener, target, args);
}

function keepGetter<T extends object, K extends keyof T & string>(
  owner: T,
  name: K,
): (target: object) => T[K] | undefined {
  const get = getOwnPropertyDescriptor(owner, name)?.get;
  return (target) => get && apply(get, target, []);
}
