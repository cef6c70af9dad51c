import type { AppError } from '../errors.ts';
import type { Clock } from '../gateways/clock.ts';
import type { ReplyListener } from './reply-state.ts';

export type Listeners = ReplyListener & {
  subscribe(listener: ReplyListener): () => void;
  /** Since when nobody has been listening; `undefined` while somebody is. */
  unheardSince(): Date | undefined;
};

/** Those who follow a reply. A listener may leave, or another come, while one is being told. */
export function createListeners(clock: Clock): Listeners {
  const listeners = new Set<ReplyListener>();
  let unheardSince: Date | undefined = clock.now();
  return {
    subscribe(listener) {
      listeners.add(listener);
      unheardSince = undefined;
      return () => {
        if (listeners.delete(listener) && listeners.size === 0) unheardSince = clock.now();
      };
    },
    unheardSince: () => unheardSince,
    changed() {
      for (const listener of listeners) listener.changed();
    },
    lost(error: AppError) {
      for (const listener of listeners) listener.lost(error);
    },
  };
}
