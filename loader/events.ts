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
export type Listener<D> = { call(detail?: D): void }['call'];

/** What is said by the names in `M`, and heard by whoever listens to them. */
export type Events<M = WidgetEvents> = {
  /** Calls `listener` at every event of the name; answers the function that ends it. */
  readonly on: <N extends keyof M>(name: N, listener: Listener<M[N]>) => () => void;
  /** Like `on`, for the next event only. */
  readonly once: <N extends keyof M>(name: N, listener: Listener<M[N]>) => () => void;
  /** Calls the listeners in the order they came. One that throws is reported and keeps no other from being called. */
  readonly emit: <N extends keyof M>(name: N, detail?: M[N]) => void;
};

export function createEvents<M = WidgetEvents>(): Events<M> {
  const subscriptions = new Set<readonly [name: keyof M, listener: Listener<M[keyof M]>]>();
  const on: Events<M>['on'] = (name, listener) => {
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
