import type { LoaderErrorCode } from '../shared/error-code.ts';
import type { FrameEvent } from '../shared/port-message.ts';
import { guard } from './guard.ts';

/** What an embedder may listen to, and what the listener is given. */
export type WidgetEvents = {
  /** The frame has answered: from here on a visitor can type. */
  readonly ready: undefined;
  readonly opened: undefined;
  readonly closed: undefined;
  /** How many replies the visitor has not seen. */
  readonly unread: number;
  readonly error: { readonly code: LoaderErrorCode; readonly message: string };
} & { readonly [E in FrameEvent]: undefined };

/** Written as a method because one list holds the listeners of all names; `emit` picks by name before it calls. */
export type Listener<N extends keyof WidgetEvents> = { call(detail?: WidgetEvents[N]): void }['call'];

export type Events = {
  /** Calls `listener` at every event of the name; answers the function that ends it. */
  readonly on: <N extends keyof WidgetEvents>(name: N, listener: Listener<N>) => () => void;
  /** Like `on`, for the next event only. */
  readonly once: <N extends keyof WidgetEvents>(name: N, listener: Listener<N>) => () => void;
  /** Calls the listeners in the order they came. One that throws is reported and keeps no other from being called. */
  readonly emit: <N extends keyof WidgetEvents>(name: N, detail?: WidgetEvents[N]) => void;
};

export function createEvents(): Events {
  const subscriptions = new Set<readonly [name: string, listener: Listener<keyof WidgetEvents>]>();
  const on: Events['on'] = (name, listener) => {
    const subscription = [name, listener] as const;
    subscriptions.add(subscription);
    return () => subscriptions.delete(subscription);
  };
  return {
    on,
    once(name, listener) {
      const stop = on(name, (detail) => {
        stop();
        listener(detail);
      });
      return stop;
    },
    emit(wanted, detail) {
      for (const [name, listener] of [...subscriptions]) if (name === wanted) guard(listener)(detail);
    },
  };
}
